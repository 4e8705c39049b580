//! Receipts that a connection's client sends: kept on the line, until the room has something to say to it anyway.
//!
//! Of two hundred who listen, each answers every message with "I have it". If each answer were a word to the room, the room
//! would do little else than take them out.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use plenary_shared::draft::{Receipt, Shared};

/// Messages under way to one client at most whose receipts are known as such. Who falls behind further is answered in the
/// ordinary way.
const UNDER_WAY: usize = 8;

/// The receipts of one connection for one draft.
#[derive(Debug, Default)]
pub struct Receipts(Mutex<Both>);

#[derive(Debug, Default)]
struct Both {
    /// What was sent last, oldest first, and not confirmed yet.
    sent: VecDeque<Shared>,
    /// The newest receipt that the room has not heard.
    newest: Option<Receipt>,
}

impl Receipts {
    /// This is about to be sent.
    pub(super) fn expect(&self, shared: &Shared) {
        let mut both = self.lock();
        if both.sent.len() == UNDER_WAY {
            both.sent.pop_front();
        }
        both.sent.push_back(shared.clone());
    }

    /// The newest receipt, if one has come since the last look.
    pub(super) fn take(&self) -> Option<Receipt> {
        self.lock().newest.take()
    }

    /// Whether these bytes are a receipt for something that was sent, and no word to the room is needed. Whatever else the
    /// client says takes the place of a receipt before it.
    pub(crate) fn keep(&self, bytes: &[u8]) -> bool {
        let receipt = self.expects().then(|| Receipt::of(bytes)).flatten();
        let mut both = self.lock();
        both.newest = None;
        let Some(receipt) = receipt else {
            return false;
        };
        let Some(which) = both.sent.iter().rposition(|sent| receipt.is_for(sent)) else {
            return false;
        };
        both.sent.drain(..=which);
        both.newest = Some(receipt);
        true
    }

    fn expects(&self) -> bool {
        !self.lock().sent.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Both> {
        // Each of the few steps above leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
