//! Who has the text open: one [`Member`] a connection, with what is known of its replica and its bounded queue.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use plenary_shared::draft::{Author, Peer, Shared, Text, Whole};
use plenary_shared::entry::By;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::message::Message;
use tokio::sync::{Notify, mpsc};

use super::{Receipts, Word};
use crate::congestion::Congestion;
use crate::limits::UNREAD_BYTES;
use crate::shares::{AtWork, Share};

/// A websocket connection, for as long as the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// What a room has for a connection.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A sync message for this connection alone.
    Sync(Vec<u8>),
    /// A sync message that goes to many.
    Shared(Arc<[u8]>),
    /// What another connection tells; not kept.
    Ephemeral(Arc<Message>),
    /// Why the connection is closed, in words for who sits there.
    Error(String),
}

/// The way to a connection: a bounded queue, and a way to cut it when even that is full.
#[derive(Debug, Clone)]
pub struct Line {
    /// What is to be written, and which draft it is about.
    pub out: mpsc::Sender<(DraftId, Outgoing)>,
    /// Ends the connection without another word.
    pub cut: Arc<Notify>,
    /// Bytes of sync messages for it alone that are not written yet.
    pub unread: Arc<AtomicUsize>,
    /// The share of the seat that sits there.
    pub share: Arc<Share>,
    /// What it says it has received.
    pub receipts: Arc<Receipts>,
    /// Whether the line itself is full.
    pub congestion: Congestion,
}

impl Line {
    /// Whether one more message may wait to be written. On a full line it had better wait here: what comes later then is in
    /// the same one.
    fn has_room(&self) -> bool {
        !self.congestion.is_there()
            && self.out.capacity() > 0
            && self.unread.load(Ordering::Relaxed) < UNREAD_BYTES
    }
}

/// A connection that has the text open.
pub(super) struct Member {
    pub(super) by: By,
    /// None for one that may only read.
    pub(super) author: Option<Author>,
    pub(super) peer: Peer,
    line: Line,
    /// Its queue was full when there was something to say. Nothing was noted as sent, so the ordinary next message
    /// brings all of it.
    behind: bool,
    /// The whole text as it was sent before what the connection says was heard.
    greeted: Option<Whole>,
}

/// All of them.
pub(super) struct Members {
    draft: DraftId,
    all: BTreeMap<ConnectionId, Member>,
    welcome: Welcome,
}

/// Changes after which the whole text is written anew for the next who comes. Until then what is newer is added to it.
const WELCOME_ANEW: usize = 2000;

/// What newcomers get: the whole text, written once for all who come at the beginning of a meeting.
#[derive(Default)]
struct Welcome {
    whole: Option<Whole>,
    /// Changes since.
    since: usize,
}

impl Welcome {
    fn whole(&mut self, text: &Text) -> &Whole {
        if self.since > WELCOME_ANEW {
            self.whole = None;
        }
        let whole = self.whole.get_or_insert_with(|| {
            self.since = 0;
            Whole::of(text)
        });
        whole.bring_up_to(text);
        whole
    }
}

impl Members {
    pub(super) fn of(draft: DraftId) -> Self {
        Self {
            draft,
            all: BTreeMap::new(),
            welcome: Welcome::default(),
        }
    }

    pub(super) fn join(
        &mut self,
        connection: ConnectionId,
        by: By,
        author: Option<Author>,
        line: Line,
    ) {
        // Who was greeted has come in already.
        self.all.entry(connection).or_insert_with(|| Member {
            by,
            author,
            peer: Peer::new(),
            line,
            behind: false,
            greeted: None,
        });
    }

    pub(super) fn leave(&mut self, connection: ConnectionId) {
        self.all.remove(&connection);
    }

    pub(super) fn get(&mut self, connection: ConnectionId) -> Option<&mut Member> {
        self.all.get_mut(&connection)
    }

    /// Sends the text, which nobody has opened yet, to those of whose messages can be seen that they have nothing.
    pub(super) fn greet(&mut self, text: &Text, waiting: &[Word]) {
        for word in waiting {
            match word {
                Word::Join {
                    connection,
                    by,
                    author,
                    line,
                } => self.join(*connection, by.clone(), author.clone(), line.clone()),
                Word::Sync {
                    connection, bytes, ..
                } => {
                    let Some(member) = self.all.get_mut(connection) else {
                        continue;
                    };
                    if member.greeted.is_none() && Peer::begins_with_nothing(bytes) {
                        let whole = self.welcome.whole(text);
                        member.say(self.draft, Outgoing::Shared(whole.bytes()));
                        member.greeted = Some(whole.clone());
                    }
                }
                _ => {}
            }
        }
    }

    /// Tells a connection why it is closed, and forgets it.
    pub(super) fn dismiss(&mut self, connection: ConnectionId, why: String) {
        if let Some(member) = self.all.remove(&connection)
            && member
                .line
                .out
                .try_send((self.draft, Outgoing::Error(why)))
                .is_err()
        {
            member.line.cut.notify_one();
        }
    }

    /// Passes on what is not kept, to whoever has room for it.
    pub(super) fn pass_on(&self, from: ConnectionId, message: &Arc<Message>) {
        for (_, member) in self.all.iter().filter(|(id, _)| **id != from) {
            let told = Outgoing::Ephemeral(Arc::clone(message));
            let _ = member.line.out.try_send((self.draft, told));
        }
    }

    /// Says what there is to say: the shared message to everybody in step, the ordinary next message to everybody else
    /// (if nothing is new, only to those who are owed an answer). `sole` is the one connection that brought all that is
    /// new, if one did: it needs only to hear that it arrived. What costs more with a longer history is the ordinary
    /// message; whoever is in step never needs it.
    pub(super) fn publish(
        &mut self,
        text: &Text,
        shared: Option<&Shared>,
        sole: Option<ConnectionId>,
        answered: &[ConnectionId],
    ) {
        let arrived = sole.map(|_| Shared::of(text, &[]));
        let welcome = &mut self.welcome;
        welcome.since += shared.map_or(0, Shared::changes);
        for (id, member) in &mut self.all {
            member.hear_receipt(text);
            match shared {
                Some(shared) if !member.behind && member.peer.is_in_step(text) => {
                    if !member.line.has_room() {
                        member.behind = true;
                        continue;
                    }
                    let own = arrived.as_ref().filter(|_| sole == Some(*id));
                    let shared = own.unwrap_or(shared);
                    member.peer.note_shared(shared);
                    member.line.receipts.expect(shared);
                    member.say(self.draft, Outgoing::Shared(Arc::clone(&shared.bytes)));
                }
                Some(_) => member.answer(self.draft, text, welcome),
                None if answered.contains(id) || member.behind => {
                    member.answer(self.draft, text, welcome);
                }
                None => {}
            }
        }
        self.all.retain(|_, m| !m.line.out.is_closed());
    }

    /// How many connections have the text open.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether somebody waits for room in its queue.
    pub(super) fn any_behind(&self) -> bool {
        self.all.values().any(|m| m.behind)
    }
}

impl Member {
    /// What is done for this connection until the answer is dropped is charged to its seat.
    pub(super) fn at_work(&self) -> AtWork {
        self.line.share.at_work()
    }

    /// So much was done for this connection.
    pub(super) fn charge(&self, work: Duration) {
        self.line.share.charge(work);
    }

    /// Only after its capacity was seen: this task alone fills the queue but for the connection's own few words, and if
    /// one of those came in between, the connection is cut rather than left with a gap.
    fn say(&self, draft: DraftId, what: Outgoing) {
        if self.line.out.try_send((draft, what)).is_err() {
            self.line.cut.notify_one();
        }
    }

    /// Takes note of what arrived there. Receipts say nothing that could be malformed: they were read.
    fn hear_receipt(&mut self, text: &Text) {
        if let Some(receipt) = self.line.receipts.take() {
            let _ = self.peer.heard(text, receipt.into());
        }
    }

    fn answer(&mut self, draft: DraftId, text: &Text, welcome: &mut Welcome) {
        let _work = self.at_work();
        if !self.line.has_room() {
            self.behind = true;
            return;
        }
        self.behind = false;
        if self.peer.has_nothing() {
            let greeted = self.greeted.take();
            let whole = greeted.as_ref().unwrap_or_else(|| welcome.whole(text));
            let bytes = self.peer.welcome(whole);
            if greeted.is_none() {
                return self.say(draft, Outgoing::Shared(bytes));
            }
            // It was sent this already; what has been typed since comes in the ordinary way.
            if whole.is_up_to(text) {
                return;
            }
        }
        if let Some(bytes) = self.peer.generate(text) {
            self.line.unread.fetch_add(bytes.len(), Ordering::Relaxed);
            self.say(draft, Outgoing::Sync(bytes));
        } else if self.peer.is_lost() {
            let why = "malformed: the sync message cannot be answered".to_owned();
            self.say(draft, Outgoing::Error(why));
        }
    }
}
