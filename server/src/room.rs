//! One draft, live: the handle by which everybody else speaks to it.
//!
//! A task owns the draft (`room/task.rs`); nobody locks it. Whatever is submitted waits in a bounded inbox, is taken out once
//! a tick, decided in order, made durable with one append, and only then stands, is published and acknowledged.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Bytes;
use plenary_shared::acts::Act;
use plenary_shared::draft::{Author, Draft, Manuscript, Rewording, Text, TextEdit};
use plenary_shared::entry::{By, Entry};
use plenary_shared::fold::Corrupt;
use plenary_shared::ids::{ClauseId, DraftId, Hash, Heads, Seq};
use plenary_shared::record::{Record, moment};
use plenary_shared::refusal::Refusal;
use plenary_shared::signing::SignedAct;
use plenary_shared::status::StatusBoard;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Acknowledged, Pointer, Reworded};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::shares::Turn;
use crate::storage::{Storage, StorageError};

mod blind;
mod course;
mod events;
mod lines;
mod members;
mod open;
mod pointer;
mod readers;
mod receipts;
mod rewording;
mod task;
#[cfg(test)]
mod tests;

pub use events::Published;
pub(crate) use events::event;
pub use lines::Lines;
pub use members::{ConnectionId, Line, Outgoing};
pub(crate) use open::open;
pub use receipts::Receipts;
pub(crate) use task::House;

/// Submissions that wait for a room at most. One more is answered with [`RoomError::Busy`].
const INBOX: usize = 1024;
/// Entries read from storage at once.
const PAGE: usize = 1000;

/// What a room could not do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RoomError {
    /// There is no such draft.
    #[error("there is no such draft")]
    Unknown,
    /// The rules forbid it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The idempotency key was used before, with another act.
    #[error("this idempotency key was used before with another act")]
    KeyReused,
    /// The draft's log is damaged: it can be read up to there, and nothing is entered.
    #[error("the draft is read-only, because its record is damaged: {0}")]
    Damaged(#[from] Corrupt),
    /// The disk.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Too much waits already.
    #[error("the draft has more waiting than it can take in; try again in a moment")]
    Busy,
    /// The server is closing.
    #[error("the server is closing")]
    Gone,
}

/// A draft as it stands: durable, and what everybody else sees.
#[derive(Debug, Clone)]
pub struct Live {
    /// The draft with its words.
    pub record: Record,
    /// Set if the log is damaged: the record is as the entries before the damage leave it, and nothing is entered.
    pub damaged: Option<Corrupt>,
}

impl Deref for Live {
    type Target = Record;
    fn deref(&self) -> &Record {
        &self.record
    }
}

/// A moment of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// As it stands.
    Now,
    /// After that entry.
    Seq(Seq),
    /// At a sealed version, by name.
    Version(String),
    /// After the last entry that had been made by then.
    Time(Timestamp),
}

/// A draft at an earlier moment.
#[derive(Debug, Clone)]
pub struct Past {
    /// The state after that entry.
    pub draft: Draft,
    /// The words.
    pub manuscript: Manuscript,
    /// The moment in the text's history.
    pub heads: Heads,
    /// The text with its history, up to the present.
    pub text: Text,
}

type Reader = Box<dyn FnOnce(&Live) + Send>;

/// What happens in a draft, as it happens.
pub type News = broadcast::Receiver<Arc<Published>>;

/// What can be said to a room.
enum Word {
    /// An act is submitted.
    Act {
        by: By,
        act: Box<Act>,
        signed: Option<SignedAct>,
        first_text: Vec<TextEdit>,
        key: Option<Hash>,
        reply: oneshot::Sender<Result<Acknowledged, RoomError>>,
    },
    /// Somebody without a replica gives a whole new wording.
    Reword {
        by: By,
        author: Author,
        wanted: Box<Rewording>,
        actor: Vec<u8>,
        reply: oneshot::Sender<Result<Reworded, RoomError>>,
    },
    /// Somebody reads.
    Read(Reader),
    /// Somebody listens from now on.
    Listen(oneshot::Sender<(Record, News)>),
    /// Somebody asks for the status.
    Board(oneshot::Sender<StatusBoard>),
    /// A connection opens the text.
    Join {
        connection: ConnectionId,
        by: By,
        author: Option<Author>,
        line: Line,
    },
    /// A connection's sync message.
    Sync {
        connection: ConnectionId,
        bytes: Bytes,
        /// Given back when the message is taken out of the inbox.
        _turn: Option<Turn>,
    },
    /// A connection tells the others something that is not kept.
    Ephemeral {
        connection: ConnectionId,
        message: Arc<plenary_shared::wire::message::Message>,
    },
    /// The chair points at a clause, or at none.
    Point(Pointer),
    /// A connection goes.
    Leave { connection: ConnectionId },
    /// The room closes: snapshot, then an answer.
    Close(oneshot::Sender<()>),
}

impl Word {
    /// Whether what is said can only be answered with the text and its history.
    fn needs_the_text(&self) -> bool {
        match self {
            Self::Act { .. } | Self::Reword { .. } | Self::Sync { .. } => true,
            Self::Read(_)
            | Self::Join { .. }
            | Self::Listen(_)
            | Self::Board(_)
            | Self::Ephemeral { .. }
            | Self::Point(_)
            | Self::Leave { .. }
            | Self::Close(_) => false,
        }
    }
}

/// A live draft. Cheap to clone; the draft itself is with its task.
#[derive(Clone)]
pub struct Room {
    id: DraftId,
    words: mpsc::Sender<Word>,
    pointer: watch::Sender<Option<ClauseId>>,
    storage: Arc<dyn Storage>,
}

impl Room {
    /// The draft's id.
    pub fn id(&self) -> DraftId {
        self.id
    }

    /// Whether its task has ended: the draft is to be opened anew.
    pub(crate) fn is_gone(&self) -> bool {
        self.words.is_closed()
    }

    /// How many hold it: connections, readers, requests, and whoever has opened it.
    pub(crate) fn handles(&self) -> usize {
        self.words.strong_count()
    }

    /// Submits an act; answers when it is durable, or refused.
    ///
    /// # Errors
    /// [`RoomError`]; nothing was entered, but for [`StorageError::Failed`], which leaves that open until a retry with
    /// the same key.
    pub async fn act(
        &self,
        by: By,
        act: Act,
        key: Option<Hash>,
    ) -> Result<Acknowledged, RoomError> {
        self.submit(by, act, None, Vec::new(), key).await
    }

    /// The same with the delegation's own signature.
    ///
    /// # Errors
    /// As [`Room::act`].
    pub(crate) async fn act_signed(
        &self,
        by: By,
        act: Act,
        signed: SignedAct,
        key: Option<Hash>,
    ) -> Result<Acknowledged, RoomError> {
        self.submit(by, act, Some(signed), Vec::new(), key).await
    }

    pub(crate) async fn submit(
        &self,
        by: By,
        act: Act,
        signed: Option<SignedAct>,
        first_text: Vec<TextEdit>,
        key: Option<Hash>,
    ) -> Result<Acknowledged, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.say(Word::Act {
            by,
            act: Box::new(act),
            signed,
            first_text,
            key,
            reply,
        })?;
        answer.await.map_err(|_| RoomError::Gone)?
    }

    /// Submits a whole new wording; answers when it is durable, or refused. `actor` signs it: a retry with the same one
    /// finds what was entered.
    ///
    /// # Errors
    /// As [`Room::act`].
    pub(crate) async fn reword(
        &self,
        by: By,
        author: Author,
        wanted: Rewording,
        actor: Vec<u8>,
    ) -> Result<Reworded, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.say(Word::Reword {
            by,
            author,
            wanted: Box::new(wanted),
            actor,
            reply,
        })?;
        answer.await.map_err(|_| RoomError::Gone)?
    }

    /// Asks something of the draft as it stands. Runs on the room's task: keep it short.
    ///
    /// # Errors
    /// [`RoomError::Gone`] if the server is closing.
    pub async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Live) -> T + Send + 'static,
    ) -> Result<T, RoomError> {
        let (reply, answer) = oneshot::channel();
        let ask = Word::Read(Box::new(move |live| {
            // Whoever asked may have gone.
            let _ = reply.send(question(live));
        }));
        // A reader waits its turn; only submissions are turned away.
        self.words.send(ask).await.map_err(|_| RoomError::Gone)?;
        answer.await.map_err(|_| RoomError::Gone)
    }

    /// The status of the draft as it stands, kept up to date by the room's task.
    ///
    /// # Errors
    /// [`RoomError::Gone`] if the server is closing.
    pub async fn board(&self) -> Result<StatusBoard, RoomError> {
        let (reply, answer) = oneshot::channel();
        let ask = Word::Board(reply);
        self.words.send(ask).await.map_err(|_| RoomError::Gone)?;
        answer.await.map_err(|_| RoomError::Gone)
    }

    /// The last entry made by that time. Entries are in the order of their times.
    async fn last_by(&self, time: Timestamp, last: Seq) -> Result<Seq, RoomError> {
        let (mut made, mut after) = (0, last.0 + 1);
        while made + 1 < after {
            let middle = made + (after - made) / 2;
            let page = self.entries(Seq(middle - 1), 1).await?;
            match page.first() {
                Some((entry, _, _)) if entry.at <= time => made = middle,
                _ => after = middle,
            }
        }
        match made {
            0 => Err(unknown_moment(&format!("entry made by {time}")).into()),
            made => Ok(Seq(made)),
        }
    }

    /// The draft at a moment. An earlier one is folded again from the log; its words come from the text's history.
    ///
    /// # Errors
    /// [`RoomError::Refused`] with `unknown-moment` if there is no such entry or version.
    pub async fn at(&self, at: At) -> Result<Past, RoomError> {
        let live = self.read(Live::clone).await?;
        let record = live.record;
        let seq = match &at {
            At::Now => record.draft.seq,
            At::Seq(seq) => *seq,
            At::Time(time) => self.last_by(*time, record.draft.seq).await?,
            At::Version(name) => {
                let known = record
                    .draft
                    .versions
                    .iter()
                    .find(|v| v.name.as_str() == name);
                known
                    .map(|v| v.seq)
                    .ok_or_else(|| unknown_moment(&format!("version “{name}”")))?
            }
        };
        if seq == record.draft.seq {
            return Ok(Past {
                heads: record.text.heads(),
                draft: record.draft,
                manuscript: record.manuscript,
                text: record.text,
            });
        }
        if seq > record.draft.seq || seq == Seq(0) {
            return Err(unknown_moment(&format!("entry {seq}")).into());
        }
        let log = self.log_until(seq).await?;
        let id = self.id;
        // Folding ten thousand entries takes a while; not on the network's threads.
        tokio::task::spawn_blocking(move || {
            let (draft, heads) = moment(id, log)?;
            let manuscript = record.text.manuscript_at(&heads);
            let manuscript = manuscript
                .ok_or_else(|| Corrupt::at(seq, "the text's history does not know this moment"))?;
            Ok(Past {
                draft,
                manuscript,
                heads,
                text: record.text,
            })
        })
        .await
        .map_err(|_| RoomError::Gone)?
    }

    /// The next entries after `after`, and none beyond `until`.
    pub(crate) async fn page(
        &self,
        after: Seq,
        until: Seq,
    ) -> Result<Vec<(Seq, Vec<u8>)>, RoomError> {
        let left = usize::try_from(until.0.saturating_sub(after.0)).unwrap_or(usize::MAX);
        Ok(self.storage.read(self.id, after, left.min(PAGE)).await?)
    }

    async fn log_until(&self, until: Seq) -> Result<Vec<Vec<u8>>, RoomError> {
        let mut log = Vec::new();
        let mut after = Seq(0);
        while after < until {
            let page = self.page(after, until).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            log.extend(page.into_iter().map(|(_, bytes)| bytes));
        }
        Ok(log)
    }

    /// Reads the log up to there into something, a page at a time: no more of it is held at once.
    ///
    /// # Errors
    /// [`RoomError::Damaged`] if an entry cannot be read.
    pub async fn read_log<T: Send + 'static>(
        &self,
        until: Seq,
        mut into: T,
        read: fn(&mut T, Seq, &[u8]) -> Result<(), Corrupt>,
    ) -> Result<T, RoomError> {
        let mut after = Seq(0);
        while after < until {
            let page = self.page(after, until).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            let task = tokio::task::spawn_blocking(move || {
                for (seq, bytes) in page {
                    read(&mut into, seq, &bytes)?;
                }
                Ok::<_, Corrupt>(into)
            });
            into = task.await.map_err(|_| RoomError::Gone)??;
        }
        Ok(into)
    }

    /// Entries of the log, in order, at most `limit`, with their hashes and bytes. Only what is durable.
    ///
    /// # Errors
    /// [`RoomError::Damaged`] if one of them cannot be read.
    pub async fn entries(
        &self,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<(Entry, Hash, Vec<u8>)>, RoomError> {
        let page = self.storage.read(self.id, after, limit).await?;
        let read = |(seq, bytes): (Seq, Vec<u8>)| {
            let entry = Entry::decode(&bytes).map_err(|e| Corrupt::at(seq, e.to_string()))?;
            Ok((entry, Entry::hash_of(&bytes), bytes))
        };
        page.into_iter().map(read).collect()
    }

    /// The record, and the news of everything that comes after it: encoded once for all who listen. Who falls behind is
    /// told so, and reads on from the log.
    ///
    /// # Errors
    /// [`RoomError::Gone`] if the server is closing.
    pub async fn listen(&self) -> Result<(Record, News), RoomError> {
        let (reply, answer) = oneshot::channel();
        let ask = Word::Listen(reply);
        self.words.send(ask).await.map_err(|_| RoomError::Gone)?;
        answer.await.map_err(|_| RoomError::Gone)
    }

    /// A connection opens the text. `author` is none for one that may only read.
    pub(crate) async fn join(
        &self,
        connection: ConnectionId,
        by: By,
        author: Option<Author>,
        line: Line,
    ) -> Result<(), RoomError> {
        self.words
            .send(Word::Join {
                connection,
                by,
                author,
                line,
            })
            .await
            .map_err(|_| RoomError::Gone)
    }

    /// A connection's sync message. Waits if the room is busy: that slows the sender down.
    pub(crate) async fn sync(
        &self,
        connection: ConnectionId,
        bytes: Bytes,
        turn: Option<Turn>,
    ) -> Result<(), RoomError> {
        self.words
            .send(Word::Sync {
                connection,
                bytes,
                _turn: turn,
            })
            .await
            .map_err(|_| RoomError::Gone)
    }

    /// A connection tells the others something that is not kept. Dropped if the room is busy.
    pub(crate) fn ephemeral(
        &self,
        connection: ConnectionId,
        message: Arc<plenary_shared::wire::message::Message>,
    ) -> Result<(), RoomError> {
        match self.words.try_send(Word::Ephemeral {
            connection,
            message,
        }) {
            Ok(()) | Err(mpsc::error::TrySendError::Full(_)) => Ok(()),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(RoomError::Gone),
        }
    }

    /// A connection goes.
    pub(crate) async fn leave(&self, connection: ConnectionId) {
        // A room that has gone has forgotten it already.
        let _ = self.words.send(Word::Leave { connection }).await;
    }

    /// Closes the room once what waits is done: a snapshot is kept.
    pub(crate) async fn close(&self) {
        let (reply, done) = oneshot::channel();
        if self.words.send(Word::Close(reply)).await.is_ok() {
            let _ = done.await;
        }
    }

    fn say(&self, word: Word) -> Result<(), RoomError> {
        self.words.try_send(word).map_err(|e| match e {
            mpsc::error::TrySendError::Full(_) => RoomError::Busy,
            mpsc::error::TrySendError::Closed(_) => RoomError::Gone,
        })
    }
}

fn unknown_moment(what: &str) -> Refusal {
    Refusal::new(
        "unknown-moment",
        format!("This draft has no {what}."),
        "List the entries with `plenary log`, the versions with `plenary version list`.",
    )
}
