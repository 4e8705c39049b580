//! All that is known of credentials, in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use plenary_shared::draft::{Paper, Role};
use plenary_shared::ids::{DraftId, SeatId};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::SeatView;

use super::passes::{Holder, Passes};
use super::token::{Token, TokenHash};
use super::{Caller, NotAuthenticated};

/// Who may come in, and with what.
#[derive(Default)]
pub(super) struct Known {
    secretariat: Option<TokenHash>,
    seats: BTreeMap<SeatId, Arc<SeatView>>,
    tokens: HashMap<TokenHash, SeatId>,
    pub(super) sign_ins: Passes,
    pub(super) tickets: Passes,
    /// The working papers, by the draft that each is.
    pub(super) papers: BTreeMap<DraftId, Paper>,
}

impl Known {
    pub(super) fn has_secretariat(&self) -> bool {
        self.secretariat.is_some()
    }

    /// The sign-ins that end by it are answered.
    pub(super) fn set_secretariat(&mut self, token: TokenHash) -> Vec<TokenHash> {
        self.secretariat = Some(token);
        self.tickets.take_all(&Holder::Secretariat);
        self.sign_ins.take_all(&Holder::Secretariat)
    }

    pub(super) fn add_seat(&mut self, token: TokenHash, seat: SeatView) {
        self.tokens.insert(token, seat.seat.clone());
        self.seats.insert(seat.seat.clone(), Arc::new(seat));
    }

    /// The seat as it is then, if there is one.
    pub(super) fn add_drafts(&mut self, seat: &SeatId, drafts: &[DraftId]) -> Option<SeatView> {
        let seat = Arc::make_mut(self.seats.get_mut(seat)?);
        seat.drafts.extend_from_slice(drafts);
        seat.drafts.sort_unstable();
        seat.drafts.dedup();
        Some(seat.clone())
    }

    /// The sign-ins that end by it are answered, if there is such a seat.
    pub(super) fn revoke(&mut self, seat: &SeatId) -> Option<Vec<TokenHash>> {
        Arc::make_mut(self.seats.get_mut(seat)?).revoked = true;
        let holder = Holder::Seat(seat.clone());
        self.tickets.take_all(&holder);
        Some(self.sign_ins.take_all(&holder))
    }

    pub(super) fn seat(&self, seat: &SeatId) -> Option<&SeatView> {
        self.seats.get(seat).map(|s| &**s)
    }

    pub(super) fn seats(&self) -> Vec<SeatView> {
        let mut seats: Vec<_> = self.seats.values().map(|s| SeatView::clone(s)).collect();
        seats.sort_by(|a, b| (a.given, &a.seat).cmp(&(b.given, &b.seat)));
        seats
    }

    pub(super) fn caller_with(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Caller, NotAuthenticated> {
        let hash = Token::hash_of(token).ok_or(NotAuthenticated::Unknown)?;
        if self.secretariat == Some(hash) {
            return Ok(Caller::Secretariat);
        }
        let seat = self.tokens.get(&hash).ok_or(NotAuthenticated::Unknown)?;
        self.seat_now(seat, now)
    }

    pub(super) fn caller(
        &self,
        holder: &Holder,
        now: Timestamp,
    ) -> Result<Caller, NotAuthenticated> {
        match holder {
            Holder::Secretariat => Ok(Caller::Secretariat),
            Holder::Seat(seat) => self.seat_now(seat, now),
        }
    }

    /// The caller as he acts in the draft; none if it is not there for him.
    pub(super) fn admitted(&self, caller: &Caller, draft: DraftId) -> Option<Caller> {
        let Some(paper) = self.papers.get(&draft) else {
            return caller.sits_in(draft).then(|| caller.clone());
        };
        let Caller::Seat(seat) = caller else {
            return None;
        };
        let is_member = paper.members.contains_key(&seat.delegation)
            && seat.drafts.contains(&paper.parent)
            && matches!(seat.role, Role::Delegate | Role::PenHolder);
        is_member.then(|| {
            Caller::Seat(Arc::new(SeatView {
                role: Role::PenHolder,
                ..SeatView::clone(seat)
            }))
        })
    }

    fn seat_now(&self, seat: &SeatId, now: Timestamp) -> Result<Caller, NotAuthenticated> {
        let seat = self.seats.get(seat).ok_or(NotAuthenticated::Unknown)?;
        if seat.revoked {
            return Err(NotAuthenticated::Revoked);
        }
        if seat.expires <= now {
            return Err(NotAuthenticated::Expired);
        }
        Ok(Caller::Seat(Arc::clone(seat)))
    }
}
