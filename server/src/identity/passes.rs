//! Credentials that stand for another one for a while: sign-ins and tickets.

use std::collections::{BTreeMap, HashMap, VecDeque};

use plenary_shared::ids::SeatId;
use plenary_shared::time::Timestamp;

use super::Caller;
use super::token::TokenHash;

/// For whom a pass stands. By name, not as a [`Caller`]: whether the seat is still good is asked each time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    /// The secretariat.
    Secretariat,
    /// A seat.
    Seat(SeatId),
}

impl Holder {
    pub(super) fn of(caller: &Caller) -> Self {
        match caller {
            Caller::Secretariat => Self::Secretariat,
            Caller::Seat(s) => Self::Seat(s.seat.clone()),
        }
    }
}

/// One pass.
pub(super) struct Pass {
    pub(super) holder: Holder,
    pub(super) expires: Timestamp,
}

/// Passes of one kind, so many of each holder.
#[derive(Default)]
pub(super) struct Passes {
    passes: HashMap<TokenHash, Pass>,
    /// Each holder's, oldest first. That bounds the memory: expired ones go when newer ones come.
    of: BTreeMap<Holder, VecDeque<TokenHash>>,
}

impl Passes {
    /// Adds a pass. Those that had to go are answered.
    pub(super) fn issue(
        &mut self,
        hash: TokenHash,
        holder: Holder,
        expires: Timestamp,
        most: usize,
    ) -> Vec<TokenHash> {
        let held = self.of.entry(holder.clone()).or_default();
        held.push_back(hash);
        let over = held.len().saturating_sub(most);
        let gone: Vec<_> = held.drain(..over).collect();
        for hash in &gone {
            self.passes.remove(hash);
        }
        self.passes.insert(hash, Pass { holder, expires });
        gone
    }

    /// For whom a pass stands, if it is still good.
    pub(super) fn holder(&self, hash: &TokenHash, now: Timestamp) -> Option<&Holder> {
        self.passes
            .get(hash)
            .filter(|p| now < p.expires)
            .map(|p| &p.holder)
    }

    /// Takes a pass away.
    pub(super) fn take(&mut self, hash: &TokenHash) -> Option<Pass> {
        let pass = self.passes.remove(hash)?;
        if let Some(held) = self.of.get_mut(&pass.holder) {
            held.retain(|h| h != hash);
            if held.is_empty() {
                self.of.remove(&pass.holder);
            }
        }
        Some(pass)
    }

    /// Takes all passes of a holder away.
    pub(super) fn take_all(&mut self, holder: &Holder) -> Vec<TokenHash> {
        let held = self.of.remove(holder).unwrap_or_default();
        for hash in &held {
            self.passes.remove(hash);
        }
        held.into()
    }
}
