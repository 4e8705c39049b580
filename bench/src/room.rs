//! A room full of people, the same for every server: some type into one text, many listen, and every keystroke is timed
//! from the moment it is typed to the moment each listener has it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures_util::StreamExt as _;
use futures_util::stream::{SplitSink, SplitStream};
use hdrhistogram::Histogram;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

mod automerge;
mod events;
mod light;
mod lines;
mod raw;
mod yjs;

pub use automerge::Automerge;
pub use events::Reader;
pub use light::Light;
pub use raw::Raw;
pub use yjs::{Dialect, Yjs};

/// What one writes to.
pub type Sink = SplitSink<WebSocketStream<TcpStream>, Frame>;
/// What one hears.
pub type Source = SplitStream<WebSocketStream<TcpStream>>;

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Who listens.
    pub listeners: usize,
    /// Who types.
    pub writers: usize,
    /// Keystrokes of each writer in a second.
    pub rate: f64,
    /// How long.
    pub seconds: f64,
}

/// What is measured.
pub struct Room {
    load: Load,
    measuring: AtomicBool,
    leaving: AtomicBool,
    ready: AtomicUsize,
    delivered: AtomicU64,
    bytes: AtomicU64,
    /// When each writer typed its keystrokes.
    typed: Vec<Mutex<Vec<Instant>>>,
    /// Which writer an id in the messages stands for.
    writers: Mutex<HashMap<Vec<u8>, usize>>,
    latency: Mutex<Histogram<u64>>,
}

/// Somebody in the room, speaking one server's protocol.
pub trait Client: Send {
    /// Takes a message in, and answers it as the protocol asks. Every keystroke in it is told with
    /// [`Room::heard`], but for a writer.
    fn take(
        &mut self,
        bytes: &[u8],
        room: &Room,
        listens: bool,
    ) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// Types one character at the end of the text.
    fn type_one(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// The next message.
    fn source(&mut self) -> &mut Source;

    /// By what its keystrokes are known in messages.
    fn id(&self) -> Vec<u8>;

    /// Whether it has the text.
    fn is_ready(&self) -> bool;

    /// Whether it has all that the server said it has.
    fn is_level(&mut self) -> bool {
        self.is_ready()
    }

    /// The text as it has it; none if its protocol knows no text.
    fn text(&self) -> Option<String>;
}

impl Room {
    /// An empty room.
    ///
    /// # Errors
    /// Never, in practice: if the bounds of the histogram are impossible.
    pub fn new(load: Load) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            load,
            measuring: AtomicBool::default(),
            leaving: AtomicBool::default(),
            ready: AtomicUsize::default(),
            delivered: AtomicU64::default(),
            bytes: AtomicU64::default(),
            typed: (0..load.writers).map(|_| Mutex::default()).collect(),
            writers: Mutex::default(),
            latency: Mutex::new(Histogram::new_with_bounds(1, 120_000_000, 3)?),
        }))
    }

    /// A listener has the `k`-th keystroke (from nought) of the writer known by `id`.
    pub fn heard(&self, id: &[u8], k: usize, now: Instant) {
        let Some(writer) = lock(&self.writers).get(id).copied() else {
            return;
        };
        let typed = self.typed.get(writer).and_then(|t| lock(t).get(k).copied());
        if let Some(at) = typed {
            let took = now.saturating_duration_since(at).as_micros();
            // What is beyond the bounds is counted as delivered all the same.
            let _ = lock(&self.latency).record(u64::try_from(took).unwrap_or(u64::MAX).max(1));
            self.delivered.fetch_add(1, Relaxed);
        }
    }

    /// A message of so many bytes reached a listener.
    pub fn weighed(&self, bytes: usize) {
        if self.measuring.load(Relaxed) {
            self.bytes.fetch_add(bytes as u64, Relaxed);
        }
    }

    /// From now on `writer` is known by `id`, too.
    pub fn known(&self, id: Vec<u8>, writer: usize) {
        lock(&self.writers).insert(id, writer);
    }

    fn is_measuring(&self) -> bool {
        self.measuring.load(Relaxed)
    }

    fn is_over(&self) -> bool {
        self.leaving.load(Relaxed)
    }

    /// Waits until so many are in the room with the text before them.
    ///
    /// # Errors
    /// If they are not within a minute.
    pub async fn filled(&self, people: usize) -> anyhow::Result<()> {
        let began = Instant::now();
        while self.ready.load(Relaxed) < people {
            let there = self.ready.load(Relaxed);
            anyhow::ensure!(
                began.elapsed() < Duration::from_secs(60),
                "only {there} of {people} have the text after a minute"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    /// Lets all writers type for as long as the load says, and waits until everybody has heard everything, or five
    /// seconds have passed.
    pub async fn work(&self) -> Worked {
        self.measuring.store(true, Relaxed);
        let began = Instant::now();
        tokio::time::sleep(Duration::from_secs_f64(self.load.seconds)).await;
        self.measuring.store(false, Relaxed);
        // A keystroke under way when the time is over is typed still.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let typed: usize = self.typed.iter().map(|t| lock(t).len()).sum();
        let wanted = (typed * self.load.listeners) as u64;
        let draining = Instant::now();
        while self.delivered.load(Relaxed) < wanted && draining.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let latency = lock(&self.latency);
        Worked {
            took: began.elapsed(),
            typed,
            wanted,
            delivered: self.delivered.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            median: Duration::from_micros(latency.value_at_quantile(0.5)),
            p99: Duration::from_micros(latency.value_at_quantile(0.99)),
        }
    }

    /// Everybody leaves.
    pub fn close(&self) {
        self.leaving.store(true, Relaxed);
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Worked {
    /// How long it took until all was heard.
    pub took: Duration,
    /// Keystrokes.
    pub typed: usize,
    /// Deliveries that there should be.
    pub wanted: u64,
    /// Deliveries that there were.
    pub delivered: u64,
    /// Bytes of messages that reached listeners.
    pub bytes: u64,
    /// From key to screen.
    pub median: Duration,
    /// The same, for all but one in a hundred.
    pub p99: Duration,
}

/// Somebody comes, listens or types (`writer` numbers those who do), and leaves with the text.
///
/// # Errors
/// If the connection breaks.
pub async fn sit(
    room: Arc<Room>,
    mut client: impl Client,
    writer: Option<usize>,
) -> anyhow::Result<Option<String>> {
    let mut counted = false;
    let mut ticks: Option<tokio::time::Interval> = None;
    while !room.is_over() {
        if !counted && client.is_ready() {
            counted = true;
            room.ready.fetch_add(1, Relaxed);
        }
        if let (Some(writer), None, true) = (writer, &ticks, room.measuring.load(Relaxed)) {
            room.known(client.id(), writer);
            let pause = 1.0 / room.load.rate;
            // One after another, as people do, not all at once.
            let turn = pause * share(writer, room.load.writers);
            let start = tokio::time::Instant::now() + Duration::from_secs_f64(turn);
            let every = Duration::from_secs_f64(pause);
            ticks = Some(tokio::time::interval_at(start, every));
        }
        let tick = async {
            match ticks.as_mut() {
                Some(t) => drop(t.tick().await),
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        let frame = tokio::select! {
            frame = client.source().next() => Some(frame.context("the server has closed")??),
            () = tick => None,
        };
        match (frame, writer) {
            (Some(Frame::Binary(bytes)), _) => {
                if writer.is_none() {
                    room.weighed(bytes.len());
                }
                client.take(&bytes, &room, writer.is_none()).await?;
            }
            (Some(Frame::Close(why)), _) => anyhow::bail!("the server closed: {why:?}"),
            (None, Some(writer)) if ticks.is_some() && room.measuring.load(Relaxed) => {
                if let Some(typed) = room.typed.get(writer) {
                    lock(typed).push(Instant::now());
                }
                client.type_one().await?;
            }
            _ => {}
        }
    }
    Ok(client.text())
}

fn share(part: usize, of: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(of.max(1))
}

/// Opens a websocket.
///
/// # Errors
/// If there is none.
pub async fn connect(url: &str, token: Option<&str>) -> anyhow::Result<(Sink, Source)> {
    let mut request = url.into_client_request()?;
    if let Some(token) = token {
        let bearer = format!("Bearer {token}").parse()?;
        request.headers_mut().insert("Authorization", bearer);
    }
    let host = url.trim_start_matches("ws://");
    let host = host.split('/').next().unwrap_or(host);
    let stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?;
    let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
    Ok(socket.split())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
