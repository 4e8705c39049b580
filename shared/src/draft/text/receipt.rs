//! What a peer in step answers to nearly every message: that it has what was sent, and nothing else.

use automerge::sync::{ChunkList, Message, MessageFlags};

use super::chunks::{Incoming, read_message};
use super::peer::Shared;

/// A sync message by which a peer says that it has what was sent to it: it brings nothing, asks for nothing, and needs no
/// answer.
#[derive(Debug, Clone)]
pub struct Receipt(Message);

impl Receipt {
    /// The message as a receipt; none if it says anything else, or cannot be read.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let message = read_message(bytes).ok()?;
        let begins_anew = |flags: &MessageFlags| flags.contains(MessageFlags::SYNC_RESET);
        let only_has = message.changes.is_empty()
            && message.need.is_empty()
            && !message.heads.is_empty()
            && !message.flags.as_ref().is_some_and(begins_anew);
        only_has.then_some(Self(message))
    }

    /// Whether it says that this has arrived, and all before it.
    pub fn is_for(&self, sent: &Shared) -> bool {
        *self.0.heads == *sent.heads
    }
}

impl From<Receipt> for Incoming {
    fn from(Receipt(mut message): Receipt) -> Self {
        message.changes = ChunkList::empty();
        Self {
            message,
            changes: Vec::new(),
            brought: false,
        }
    }
}
