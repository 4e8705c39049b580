//! Who has the text open: one [`Member`] a connection, with what is known of its replica and its bounded queue.

use std::collections::BTreeMap;
use std::sync::Arc;

use plenary_shared::draft::{Author, Peer, Shared, Text};
use plenary_shared::entry::By;
use plenary_shared::wire::message::Message;
use tokio::sync::mpsc;

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

/// A connection that has the text open.
pub(super) struct Member {
    pub(super) by: By,
    /// None for one that may only read.
    pub(super) author: Option<Author>,
    pub(super) peer: Peer,
    out: mpsc::Sender<Outgoing>,
    /// Its queue was full when there was something to say. Nothing was noted as sent, so the ordinary next message
    /// brings all of it.
    behind: bool,
}

/// All of them.
#[derive(Default)]
pub(super) struct Members(BTreeMap<ConnectionId, Member>);

impl Members {
    pub(super) fn join(
        &mut self,
        connection: ConnectionId,
        by: By,
        author: Option<Author>,
        out: mpsc::Sender<Outgoing>,
    ) {
        self.0.insert(
            connection,
            Member {
                by,
                author,
                peer: Peer::new(),
                out,
                behind: false,
            },
        );
    }

    pub(super) fn leave(&mut self, connection: ConnectionId) {
        self.0.remove(&connection);
    }

    pub(super) fn get(&mut self, connection: ConnectionId) -> Option<&mut Member> {
        self.0.get_mut(&connection)
    }

    /// Tells a connection why it is closed, and forgets it.
    pub(super) fn dismiss(&mut self, connection: ConnectionId, why: String) {
        if let Some(member) = self.0.remove(&connection) {
            // With a full queue the closing itself must do: dropping the sender ends the connection.
            let _ = member.out.try_send(Outgoing::Error(why));
        }
    }

    /// Passes on what is not kept, to whoever has room for it.
    pub(super) fn pass_on(&self, from: ConnectionId, message: &Arc<Message>) {
        for (_, member) in self.0.iter().filter(|(id, _)| **id != from) {
            let _ = member
                .out
                .try_send(Outgoing::Ephemeral(Arc::clone(message)));
        }
    }

    /// Says what there is to say: the shared message to everybody in step (but those of `answered`, who are owed an
    /// answer of their own), the ordinary next message to everybody else.
    pub(super) fn publish(
        &mut self,
        text: &Text,
        shared: Option<&Shared>,
        answered: &[ConnectionId],
    ) {
        for (id, member) in &mut self.0 {
            match shared {
                Some(shared)
                    if !answered.contains(id) && !member.behind && member.peer.is_in_step(text) =>
                {
                    if member.out.capacity() == 0 {
                        member.behind = true;
                        continue;
                    }
                    member.peer.note_shared(shared);
                    let _ = member
                        .out
                        .try_send(Outgoing::Shared(Arc::clone(&shared.bytes)));
                }
                Some(_) => member.answer(text),
                None if answered.contains(id) || member.behind => member.answer(text),
                None => {}
            }
        }
        self.0.retain(|_, m| !m.out.is_closed());
    }

    /// Whether somebody waits for room in its queue.
    pub(super) fn any_behind(&self) -> bool {
        self.0.values().any(|m| m.behind)
    }
}

impl Member {
    fn answer(&mut self, text: &Text) {
        if self.out.capacity() == 0 {
            self.behind = true;
            return;
        }
        self.behind = false;
        if let Some(bytes) = self.peer.generate(text) {
            let _ = self.out.try_send(Outgoing::Sync(bytes));
        }
    }
}
