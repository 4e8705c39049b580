//! Those who misbehave: each keeps at it until it is stopped, and comes back when it is sent away. They come from an
//! address of their own.

use std::time::Duration;

use plenary_shared::draft::{LocalEdit, Peer, Text};
use plenary_shared::entry::Place;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::message::Message;
use plenary_tests::dice::Dice;
use plenary_tests::hall::sync_message;
use plenary_tests::typist::{Typist, Wire};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep};

/// Connections that the crowd holds open: every second one shows the seat's token, the others say nothing.
const CROWD: usize = 1_000;
/// Those of whoever sends heads slowly, and of the seat that types as fast as it can.
const SLOW: usize = 200;
const GREEDY: usize = 16;
/// From where they come.
const FROM: &str = "127.0.0.66:0";
/// Bytes of noise in a second, and in one frame.
const NOISE: usize = 1_000_000;
const FRAME: usize = 16 << 10;

/// Whom it is done to.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where the server listens.
    pub address: String,
    /// A seat's token: who misbehaves may sit there.
    pub token: String,
    /// The draft.
    pub draft: DraftId,
}

/// A way to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Asks for everything again and again, and never reads.
    Deaf,
    /// Sends a megabyte of noise a second: frames that are no messages, and messages of a type that nobody knows.
    Noise,
    /// Holds a thousand connections.
    Crowd,
    /// Says again what it has said before, as fast as it is taken.
    Replay,
    /// Sends the heads of requests one letter at a time.
    SlowHeads,
    /// Types as fast as it can, on many connections of one seat.
    Greedy,
}

impl Kind {
    /// Nobody; each alone; all together.
    pub fn alone_and_together() -> Vec<(&'static str, Vec<Self>)> {
        let all = [
            ("one who never reads", Self::Deaf),
            ("1 MB/s of noise", Self::Noise),
            ("1,000 connections", Self::Crowd),
            ("old messages again", Self::Replay),
            ("200 slow heads", Self::SlowHeads),
            ("a seat that types as fast as it can", Self::Greedy),
        ];
        let alone = all.map(|(called, kind)| (called, vec![kind]));
        let together = all.map(|(_, kind)| kind).to_vec();
        [("nobody", Vec::new())]
            .into_iter()
            .chain(alone)
            .chain([("all of these", together)])
            .collect()
    }

    /// Begins, on tasks that go on until they are stopped.
    ///
    /// # Errors
    /// If even an honest beginning fails.
    pub async fn begin(self, target: &Target, tasks: &mut JoinSet<()>) -> anyhow::Result<()> {
        let target = target.clone();
        match self {
            Self::Deaf => drop(tasks.spawn(again(target, deaf))),
            Self::Noise => {
                tasks.spawn(again(target.clone(), garbage));
                tasks.spawn(again(target, unknown));
            }
            Self::Crowd => {
                for n in 0..CROWD {
                    tasks.spawn(again((target.clone(), n % 2 == 0), one_of_many));
                }
            }
            Self::Greedy => {
                for n in 0..GREEDY {
                    let actor = [100, u8::try_from(n).unwrap_or(0)].repeat(8);
                    let typist = Typist::new("greedy", &target.token, target.draft, &actor);
                    tasks.spawn(greedy(target.clone(), typist));
                }
            }
            Self::Replay => {
                let old = said_before(&target).await?;
                tasks.spawn(again((target, old), replay));
            }
            Self::SlowHeads => {
                for _ in 0..SLOW {
                    tasks.spawn(again(target.clone(), slow_head));
                }
            }
        }
        Ok(())
    }
}

/// Comes back whenever it is sent away.
async fn again<T: Clone, F: Future<Output = anyhow::Result<()>>>(what: T, act: fn(T) -> F) {
    loop {
        // Sent away, or cut off: that is what it is here for.
        let _ = act(what.clone()).await;
        sleep(Duration::from_millis(100)).await;
    }
}

impl Target {
    fn url(&self) -> String {
        format!("ws://{}/sync", self.address)
    }

    /// A socket at the address of those who misbehave.
    fn socket() -> anyhow::Result<TcpSocket> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(FROM.parse()?)?;
        Ok(socket)
    }

    async fn stream(&self) -> anyhow::Result<TcpStream> {
        Ok(Self::socket()?.connect(self.address.parse()?).await?)
    }

    async fn joined(&self, name: &str) -> anyhow::Result<Wire> {
        let mut wire = Wire::over(self.stream().await?, &self.url(), &self.token).await?;
        wire.join(name).await?;
        Ok(wire)
    }
}

async fn deaf(target: Target) -> anyhow::Result<()> {
    let socket = Target::socket()?;
    socket.set_recv_buffer_size(4096)?;
    let stream = socket.connect(target.address.parse()?).await?;
    let mut wire = Wire::over(stream, &target.url(), &target.token).await?;
    wire.join("deaf").await?;
    loop {
        let replica = Text::replica_of(target.draft, &[66; 16]);
        if let Some(asks) = Peer::new().generate(&replica) {
            wire.sync("deaf", target.draft, asks).await?;
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// Half of the noise each.
fn every_frame() -> tokio::time::Interval {
    interval(
        Duration::from_secs(1) * 2 * u32::try_from(FRAME).unwrap_or(1)
            / u32::try_from(NOISE).unwrap_or(1),
    )
}

async fn garbage(target: Target) -> anyhow::Result<()> {
    let (mut dice, mut pause) = (Dice::of(3), every_frame());
    loop {
        // Nothing of it is a message: it is sent away at once, and comes back.
        let mut wire = target.joined("garbage").await?;
        pause.tick().await;
        wire.write(dice.bytes(FRAME)).await?;
        while wire.hear().await.is_ok() {}
    }
}

async fn unknown(target: Target) -> anyhow::Result<()> {
    let mut wire = target.joined("unknown").await?;
    let mut pause = every_frame();
    let message = Message::Error {
        sender_id: "unknown".into(),
        target_id: "plenary".into(),
        message: "x".repeat(FRAME),
    };
    loop {
        pause.tick().await;
        wire.write(message.encode()).await?;
    }
}

async fn one_of_many((target, speaks): (Target, bool)) -> anyhow::Result<()> {
    let mut stream = target.stream().await?;
    let request = format!(
        "GET /sync HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        target.address, target.token
    );
    if speaks {
        stream.write_all(request.as_bytes()).await?;
    }
    let mut answer = [0; 1024];
    while stream.read(&mut answer).await? > 0 {}
    // Let go, it comes again a little later: there are always about as many.
    sleep(Duration::from_secs(1)).await;
    Ok(())
}

/// A change that was taken in, as the message that brought it.
async fn said_before(target: &Target) -> anyhow::Result<Vec<u8>> {
    let mut typist = Typist::new("replay", &target.token, target.draft, &[77; 16]);
    typist.connect(&target.url()).await?;
    typist.level().await?;
    let edit = LocalEdit {
        place: Place::Clause("c-2".parse()?),
        language: "en".parse()?,
        at: 0,
        delete: 0,
        insert: "Once ".into(),
    };
    let change = typist
        .text
        .type_in(&edit, plenary_shared::time::Timestamp(0));
    typist.level().await?;
    Ok(sync_message(
        &change.map(|c| c.0).into_iter().collect::<Vec<_>>(),
    ))
}

async fn replay((target, old): (Target, Vec<u8>)) -> anyhow::Result<()> {
    let mut wire = target.joined("replay").await?;
    let message = Message::Sync {
        sender_id: "replay".into(),
        target_id: "plenary".into(),
        document_id: target.draft.to_string(),
        data: old,
    };
    let message = message.encode();
    loop {
        wire.write(message.clone()).await?;
        // It reads as well, so that it is not sent away for not reading.
        while let Ok(heard) = tokio::time::timeout(Duration::ZERO, wire.hear()).await {
            heard?;
        }
    }
}

async fn slow_head(target: Target) -> anyhow::Result<()> {
    let mut stream = target.stream().await?;
    for letter in b"GET /health HTTP/1.1\r\nX-Slow: "
        .iter()
        .chain([&b'a'; 10_000])
    {
        stream.write_all(&[*letter]).await?;
        sleep(Duration::from_secs(1)).await;
    }
    Ok(())
}

/// Types and takes away again, in the clause where the honest do not write, so that it never becomes too long. It waits for
/// nothing: each keystroke is a message of its own, sent as soon as the line takes it.
async fn greedy(target: Target, mut typist: Typist) {
    let edit = |delete| {
        Some(LocalEdit {
            place: Place::Clause("c-2".parse().ok()?),
            language: "en".parse().ok()?,
            at: 0,
            delete,
            insert: if delete == 0 {
                "xy".into()
            } else {
                String::new()
            },
        })
    };
    let (Some(puts), Some(takes)) = (edit(0), edit(2)) else {
        return;
    };
    loop {
        let types = async {
            let wire = Wire::over(target.stream().await?, &target.url(), &target.token).await?;
            typist.connect_over(wire).await?;
            typist.level().await?;
            loop {
                for edit in [&puts, &takes] {
                    let change = typist
                        .text
                        .type_in(edit, plenary_shared::time::Timestamp(0));
                    typist
                        .say(change.map(|c| c.0).into_iter().collect())
                        .await?;
                }
            }
        };
        let _: anyhow::Result<()> = types.await;
        sleep(Duration::from_millis(100)).await;
    }
}
