//! The socket: one draft's text kept in step with the server, however often the connection breaks.
//!
//! The protocol is that of automerge-repo, version 1. Whoever edits does so in [`Courier::text`] and calls
//! [`Courier::say`]; [`Courier::step`] waits for what comes next and may be dropped while it waits.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::SplitStream;
use plenary_shared::draft::{Peer, Text};
use plenary_shared::ids::{DraftId, Hash};
use plenary_shared::wire::message::Message;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::api::{Api, random_bytes};
use crate::failure::{Exit, Failure, Outcome};

mod dial;

use dial::{Dialed, NotDialed, dial};

/// The server answers pings: when nothing at all is heard for this long, the connection is dead.
const DEAD_AFTER: Duration = Duration::from_secs(45);
/// How often we ping.
const PING_EVERY: Duration = Duration::from_secs(15);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Carries the changes of one text to the server and back.
pub(crate) struct Courier {
    /// The text: edit it, then [`Courier::say`] so.
    pub(crate) text: Text,
    /// How often the connection was made anew.
    pub(crate) reconnections: u32,
    api: Api,
    draft: DraftId,
    me: String,
    peer: Peer,
    line: Line,
    patience: Duration,
    down_since: Instant,
    tries: u32,
    connected_before: bool,
}

enum Line {
    Down { until: Instant },
    Dialing(JoinHandle<Result<Dialed, NotDialed>>),
    Up(Up),
}

struct Up {
    server: String,
    frames: SplitStream<Socket>,
    outgoing: UnboundedSender<Frame>,
    heard: Instant,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// The connection stands.
    Connected,
    /// The server said something; the text may have changed.
    Heard,
    /// The connection broke, for that reason; it is made again.
    Broken(String),
}

/// Runs something that waits.
pub(crate) fn run<T>(future: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime =
        runtime.map_err(|e| Failure::new(Exit::Other, "runtime", format!("{e}."), "Try again."))?;
    runtime.block_on(future)
}

impl Courier {
    /// A courier for that text. It gives up when it had no connection for as long as its patience lasts.
    pub(crate) fn new(api: Api, text: Text, patience: Duration) -> Outcome<Self> {
        let me = format!("plenary-cli-{}", hex::encode(random_bytes::<8>()?));
        let now = Instant::now();
        let draft = text.draft();
        Ok(Self {
            text,
            reconnections: 0,
            api,
            draft,
            me,
            peer: Peer::new(),
            line: Line::Down { until: now },
            patience,
            down_since: now,
            tries: 0,
            connected_before: false,
        })
    }

    /// A courier that begins with nothing and has the whole text when this returns.
    pub(crate) async fn download(api: Api, draft: DraftId, patience: Duration) -> Outcome<Self> {
        let text = Text::replica_of(draft, &random_bytes::<16>()?);
        let mut courier = Self::new(api, text, patience)?;
        courier.until(Self::is_level).await?;
        Ok(courier)
    }

    /// Whether there is a connection.
    pub(crate) fn is_up(&self) -> bool {
        matches!(self.line, Line::Up(_))
    }

    /// Whether the server has said that it has exactly what we have.
    pub(crate) fn is_level(&self) -> bool {
        self.is_up() && self.peer.is_level(&self.text)
    }

    /// Whether the server has said that it has this change on disk.
    pub(crate) fn acknowledges(&self, change: Hash) -> bool {
        self.peer.acknowledges(&self.text, change)
    }

    /// Steps until something is so.
    pub(crate) async fn until(&mut self, mut done: impl FnMut(&Self) -> bool) -> Outcome {
        while !done(self) {
            self.step().await?;
        }
        Ok(())
    }

    /// Tells the server what is new here, if it can be told now; otherwise the next step does.
    pub(crate) fn say(&mut self) {
        let Line::Up(up) = &self.line else { return };
        // To ask for what one does not have at all is a message of its own.
        let asks = self.text.heads().0.is_empty();
        let Some(data) = self.peer.generate(&self.text) else {
            return;
        };
        let (me, server) = (self.me.clone(), up.server.clone());
        let message = Message::about(self.draft.to_string(), me, server, data, asks);
        // If the writer is gone, the reader notices too.
        let _ = up.outgoing.send(Frame::Binary(message.encode().into()));
    }

    /// Waits for what comes next and takes it in. Dropped while it waits, nothing is lost.
    ///
    /// # Errors
    /// When the server refuses what was sent, does not know us or the draft, or could not be reached for too long.
    pub(crate) async fn step(&mut self) -> Outcome<News> {
        loop {
            match &mut self.line {
                Line::Down { until } => {
                    tokio::time::sleep_until(*until).await;
                    let dialing = dial(self.api.clone(), self.me.clone());
                    self.line = Line::Dialing(tokio::spawn(dialing));
                }
                Line::Dialing(handle) => {
                    let dialed = match handle.await {
                        Ok(dialed) => dialed,
                        Err(e) => Err(NotDialed::Silence(e.to_string())),
                    };
                    return self.dialed(dialed);
                }
                Line::Up(up) => {
                    let frame = tokio::select! {
                        frame = up.frames.next() => frame,
                        () = tokio::time::sleep_until(up.heard + DEAD_AFTER) => {
                            return self.broken("nothing was heard for a while".into());
                        }
                    };
                    up.heard = Instant::now();
                    match frame {
                        Some(Ok(Frame::Binary(bytes))) => {
                            if let Some(news) = self.hear(&bytes)? {
                                return Ok(news);
                            }
                        }
                        Some(Ok(Frame::Close(close))) => {
                            let why = close
                                .map(|c| c.reason.to_string())
                                .filter(|r| !r.is_empty());
                            return self.broken(
                                why.unwrap_or_else(|| "the server closed the connection".into()),
                            );
                        }
                        Some(Ok(_)) => {}
                        Some(Err(e)) => return self.broken(e.to_string()),
                        None => return self.broken("the connection ended".into()),
                    }
                }
            }
        }
    }

    fn dialed(&mut self, dialed: Result<Dialed, NotDialed>) -> Outcome<News> {
        match dialed {
            Ok(dialed) => {
                let (outgoing, queue) = unbounded_channel();
                let (sink, frames) = dialed.socket.split();
                tokio::spawn(dial::write_out(sink, queue, PING_EVERY));
                let heard = Instant::now();
                self.line = Line::Up(Up {
                    server: dialed.server,
                    frames,
                    outgoing,
                    heard,
                });
                self.peer = Peer::new();
                self.tries = 0;
                if self.connected_before {
                    self.reconnections += 1;
                }
                self.connected_before = true;
                self.say();
                Ok(News::Connected)
            }
            Err(NotDialed::Silence(why)) => self.broken(why),
            Err(NotDialed::No(failure)) => Err(*failure),
        }
    }

    fn broken(&mut self, why: String) -> Outcome<News> {
        let now = Instant::now();
        if self.is_up() {
            self.down_since = now;
        }
        if now.duration_since(self.down_since) > self.patience {
            return Err(Failure::unreachable(self.api.base().as_str(), why));
        }
        let pause = Duration::from_millis(100 << self.tries.min(7)).min(LONGEST_PAUSE);
        self.tries += 1;
        self.line = Line::Down { until: now + pause };
        Ok(News::Broken(why))
    }

    fn hear(&mut self, bytes: &[u8]) -> Outcome<Option<News>> {
        let server = self.api.base().as_str().to_owned();
        let message = Message::decode(bytes).map_err(|e| Failure::not_understood(&server, e))?;
        let ours = self.draft.to_string();
        match message {
            Message::Sync {
                document_id, data, ..
            }
            | Message::Request {
                document_id, data, ..
            } if document_id == ours => {
                let received = self.peer.receive(&mut self.text, &data);
                received.map_err(|e| Failure::not_understood(&server, e))?;
                self.say();
                Ok(Some(News::Heard))
            }
            Message::DocUnavailable { document_id, .. } if document_id == ours => {
                Err(Failure::not_found(
                    "unknown-draft",
                    "You sit in no such draft.",
                    "List your drafts: `plenary draft list`.",
                ))
            }
            Message::Error { message, .. } => Err(refused(&message)),
            _ => Ok(None),
        }
    }
}

/// What the server says before it closes the connection: a code, a sentence and a hint, in one line.
fn refused(message: &str) -> Failure {
    let is_code = |c: &str| !c.is_empty() && c.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let (code, words) = match message.split_once(": ") {
        Some((code, words)) if is_code(code) => (code, words),
        _ => ("refused", message),
    };
    let (what, hint) = match words.split_once(". ") {
        Some((what, hint)) => (format!("{what}."), hint.to_owned()),
        None => (
            words.to_owned(),
            "Read the present text with `plenary show`.".to_owned(),
        ),
    };
    let exit = match code {
        "not-entitled" | "not-seated" | "role-not-covered" => Exit::NotAllowed,
        _ => Exit::Refused,
    };
    Failure::new(exit, code, what, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_says_before_it_closes_is_told_in_its_parts() {
        let told = refused("not-a-sponsor: Only sponsors write p5. Co-sponsor it first.");
        assert_eq!(told.code, "not-a-sponsor");
        assert_eq!(told.what, "Only sponsors write p5.");
        assert_eq!(told.hint, "Co-sponsor it first.");
        assert_eq!(told.exit, Exit::Refused);
        assert_eq!(refused("not-entitled: No. Ask.").exit, Exit::NotAllowed);
        assert_eq!(refused("Something: else").code, "refused");
    }
}
