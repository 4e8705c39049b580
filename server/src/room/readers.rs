//! Who listens: news is gathered for them while there is typing, and goes out once for all.
//!
//! Readers do not type, so a little later is soon enough for them, and those who do type need not wait for it. An act goes
//! out at once.

use std::sync::Arc;
use std::time::Duration;

use plenary_shared::entry::Entry;
use plenary_shared::ids::Hash;
use plenary_shared::record::{Record, Sealed};
use plenary_shared::status::StatusBoard;
use plenary_shared::time::Timestamp;
use tokio::sync::broadcast;
use tokio::time::Instant;

use super::{News, Published};

/// For how long typing is gathered after readers were told of some. One person's keystrokes are further apart, and wait for
/// nothing; those of ten together would fill a line of 64 kbit/s if each were told by itself.
const PAUSE: Duration = Duration::from_millis(70);
/// Events that a reader may fall behind. It then reads on from the log, where what it lacks makes one event: who is on a
/// weak line gets less often news of more.
const EVENTS: usize = 16;

pub(super) struct Readers {
    events: broadcast::Sender<Arc<Published>>,
    /// What they have not been told of.
    waiting: Vec<(Entry, Hash)>,
    /// Before this, typing waits.
    next: Instant,
}

impl Readers {
    pub(super) fn none() -> Self {
        Self {
            events: broadcast::Sender::new(EVENTS),
            waiting: Vec::new(),
            next: Instant::now(),
        }
    }

    /// One more. Those who listen already must have been told of everything before.
    pub(super) fn listen(&self) -> News {
        self.events.subscribe()
    }

    /// These entries are to be told of.
    pub(super) fn owe(&mut self, sealed: &[Sealed]) {
        if self.events.receiver_count() > 0 {
            let entries = sealed.iter().map(|s| (s.entry.clone(), s.hash));
            self.waiting.extend(entries);
        }
    }

    /// When what waits goes out, if anything waits.
    pub(super) fn due(&self) -> Option<Instant> {
        if self.waiting.iter().any(|(entry, _)| entry.act.is_some()) {
            return Some(Instant::now());
        }
        (!self.waiting.is_empty()).then_some(self.next)
    }

    /// Tells of what waits, as the record stands. The board is that of the record.
    pub(super) fn tell(&mut self, record: &Record, board: &StatusBoard, now: Timestamp) {
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(news) = Published::of(record, board, &waiting, now) {
            self.send(news);
        }
        self.next = Instant::now() + PAUSE;
    }

    /// Sends news that is of no entry.
    pub(super) fn send(&self, news: Published) {
        // Who listened may have gone meanwhile.
        let _ = self.events.send(Arc::new(news));
    }
}
