//! The stream of a draft's news: resumed after the last entry heard, however often the connection breaks.

use std::io::{BufRead as _, BufReader, ErrorKind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::wire::view::{Event, Reminder, VoteView};

use super::Api;
use crate::failure::{Exit, Failure, Outcome};

/// The server sends a comment every 15 seconds: three missed ones mean that the connection is dead.
const DEAD_AFTER: Duration = Duration::from_secs(50);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A draft's news, one event after the other.
pub(crate) struct News<'a> {
    api: &'a Api,
    draft: DraftId,
    after: Option<Seq>,
    line: Option<Receiver<Line>>,
    failures: u32,
}

/// What came next.
pub(crate) enum Heard {
    /// The stream is open.
    Connected,
    /// News.
    Event(Box<Event>),
    /// A deadline comes near.
    Reminder(Reminder),
    /// From now on it is seen how each delegation has voted.
    Revealed(Box<VoteView>),
    /// The connection broke; it is tried again after the pause.
    Broken(String, Duration),
}

enum Line {
    Text(String),
    End(String),
}

impl<'a> News<'a> {
    /// The news after that entry; without one, what comes from now on.
    pub(crate) fn new(api: &'a Api, draft: DraftId, after: Option<Seq>) -> Self {
        Self {
            api,
            draft,
            after,
            line: None,
            failures: 0,
        }
    }

    /// Waits for what comes next. Does not sleep: after [`Heard::Broken`] the caller waits as long as it likes.
    ///
    /// # Errors
    /// When the server says no, for which no retry helps.
    pub(crate) fn next(&mut self) -> Outcome<Heard> {
        let Some(line) = &self.line else {
            return self.connect();
        };
        let mut data = String::new();
        let mut kind = String::new();
        loop {
            let text = match line.recv_timeout(DEAD_AFTER) {
                Ok(Line::Text(text)) => text,
                Ok(Line::End(why)) => return Ok(self.broken(why)),
                Err(RecvTimeoutError::Timeout) => {
                    return Ok(self.broken("nothing was heard for a while".into()));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok(self.broken("the stream ended".into()));
                }
            };
            if let Some(part) = text.strip_prefix("data:") {
                data.push_str(part.strip_prefix(' ').unwrap_or(part));
                data.push('\n');
            } else if let Some(name) = text.strip_prefix("event:") {
                name.trim().clone_into(&mut kind);
            } else if text.is_empty() && !data.is_empty() && kind == "revealed" {
                let vote = serde_json::from_str(&data)
                    .map_err(|e| Failure::not_understood(self.api.base().as_str(), e))?;
                return Ok(Heard::Revealed(vote));
            } else if text.is_empty() && !data.is_empty() && kind == "reminder" {
                let reminder = serde_json::from_str(&data)
                    .map_err(|e| Failure::not_understood(self.api.base().as_str(), e))?;
                return Ok(Heard::Reminder(reminder));
            } else if text.is_empty() && !data.is_empty() {
                let event: Event = serde_json::from_str(&data)
                    .map_err(|e| Failure::not_understood(self.api.base().as_str(), e))?;
                self.failures = 0;
                self.after = Some(event.seq);
                return Ok(Heard::Event(Box::new(event)));
            }
        }
    }

    fn broken(&mut self, why: String) -> Heard {
        self.line = None;
        let pause = Duration::from_millis(250 << self.failures.min(7)).min(LONGEST_PAUSE);
        self.failures += 1;
        Heard::Broken(why, pause)
    }

    fn connect(&mut self) -> Outcome<Heard> {
        let id = self.draft.to_string();
        let url = self
            .api
            .address(&["api", "v1", "drafts", &id, "events"], &[]);
        let mut request = self
            .api
            .agent
            .get(url.as_str())
            .config()
            .timeout_recv_response(Some(Duration::from_secs(30)))
            .timeout_per_read(Some(DEAD_AFTER))
            .build()
            .header("Authorization", format!("Bearer {}", self.api.token))
            .header("Accept", "text/event-stream");
        if let Some(after) = self.after {
            request = request.header("Last-Event-ID", after.to_string());
        }
        let mut answer = match request.call() {
            Ok(answer) => answer,
            Err(e) => return super::broken(self.api.base(), e).map(|why| self.broken(why)),
        };
        match answer.status().as_u16() {
            200 => {}
            502..=504 => return Ok(self.broken("the server is not ready".into())),
            status => {
                let bytes = answer.body_mut().read_to_vec().unwrap_or_default();
                return Err(self.api.no(status, &bytes));
            }
        }
        let (sender, receiver) = channel();
        let reader = BufReader::new(answer.into_body().into_reader());
        let spawned = std::thread::Builder::new()
            .name("news".into())
            .spawn(move || {
                let mut lines = reader.lines();
                loop {
                    let (line, last) = match lines.next() {
                        Some(Ok(text)) => (Line::Text(text), false),
                        // In gzip, a stream that ends is one that was cut.
                        Some(Err(e)) if e.kind() != ErrorKind::UnexpectedEof => {
                            (Line::End(e.to_string()), true)
                        }
                        _ => (Line::End("the server ended the stream".into()), true),
                    };
                    if sender.send(line).is_err() || last {
                        return;
                    }
                }
            });
        spawned.map_err(|e| Failure::new(Exit::Other, "thread", format!("{e}."), "Try again."))?;
        self.line = Some(receiver);
        Ok(Heard::Connected)
    }
}
