//! Who is asking: from a credential to a [`Caller`].
//!
//! All that is known of credentials is in memory, and kept in the storage before it is answered; of the secrets only
//! hashes are. Facts about a seat are only ever added (given, for one draft more, revoked), each as a record of its
//! own, so that two changes at once cannot undo each other and no lock is held while the disk is waited for.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use plenary_shared::draft::Paper;
use plenary_shared::ids::{DraftId, SeatId};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{NewSeat, SeatView, Ticket};
use tokio::sync::broadcast;

use crate::storage::{Storage, StorageError};
use known::Known;
use passes::Holder;

mod caller;
mod known;
mod passes;
mod records;
mod token;

pub use caller::{Caller, NotAuthenticated};
pub use token::Token;

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;

/// How long a seat is good if nothing is said.
pub const SEAT_LIFE_MS: i64 = 30 * DAY;
/// How long a seat may be good: two years.
pub const SEAT_LIFE_MOST_MS: i64 = 731 * DAY;
/// How long a browser stays signed in.
pub const SIGN_IN_LIFE_MS: i64 = 12 * HOUR;
/// How long a ticket waits for its websocket.
pub const TICKET_LIFE_MS: i64 = 30 * SECOND;
/// Drafts of one seat.
pub const SEAT_DRAFTS: usize = 1_000;
/// Browsers in which one seat may be signed in; a further one signs out the oldest.
const SIGN_INS: usize = 20;
/// Unused tickets of one seat; a further one replaces the oldest.
const TICKETS: usize = 16;
/// Revocations that a live connection may be behind before it has to look for itself ([`Identity::current`]).
const REVOCATIONS: usize = 1_024;

/// All credentials.
pub struct Identity {
    storage: Arc<dyn Storage>,
    known: RwLock<Known>,
    revoked: broadcast::Sender<SeatId>,
}

impl Identity {
    /// Reads what is kept.
    ///
    /// # Errors
    /// If the storage fails, or a record in it cannot be read.
    pub async fn load(storage: Arc<dyn Storage>, now: Timestamp) -> Result<Self, IdentityError> {
        let known = RwLock::new(records::load(&*storage, now).await?);
        let (revoked, _) = broadcast::channel(REVOCATIONS);
        Ok(Self {
            storage,
            known,
            revoked,
        })
    }

    /// Makes the secretariat's token if there is none yet. It is never shown again.
    ///
    /// # Errors
    /// If the storage fails; then there is still none.
    pub async fn first_start(&self) -> Result<Option<Token>, IdentityError> {
        if self.read().has_secretariat() {
            return Ok(None);
        }
        self.replace_secretariat_token().await.map(Some)
    }

    /// Gives the secretariat another token in place of one that was lost or became known. Its sign-ins end.
    ///
    /// # Errors
    /// If the storage fails; then the old one is still good.
    pub async fn replace_secretariat_token(&self) -> Result<Token, IdentityError> {
        let token = Token::fresh();
        records::put_secretariat(&*self.storage, &token.hash()).await?;
        let ended = self.write().set_secretariat(token.hash());
        for sign_in in ended {
            records::forget_sign_in(&*self.storage, &sign_in).await?;
        }
        Ok(token)
    }

    /// Gives a seat. The token is never shown again.
    ///
    /// # Errors
    /// If it asks for too much, or the storage fails; then no seat is given.
    pub async fn invite(
        &self,
        new: NewSeat,
        now: Timestamp,
    ) -> Result<(SeatView, Token), IdentityError> {
        let life = match new.expires_in {
            None => SEAT_LIFE_MS,
            Some(seconds) => i64::try_from(seconds)
                .ok()
                .and_then(|s| s.checked_mul(SECOND))
                .filter(|life| (1..=SEAT_LIFE_MOST_MS).contains(life))
                .ok_or(IdentityError::Life)?,
        };
        let mut drafts = new.drafts;
        drafts.sort_unstable();
        drafts.dedup();
        if drafts.len() > SEAT_DRAFTS {
            return Err(IdentityError::TooManyDrafts);
        }
        let seat = SeatView {
            seat: token::fresh_seat_id(),
            delegation: new.delegation,
            role: new.role,
            drafts,
            label: new.label,
            given: now,
            expires: Timestamp(now.0.saturating_add(life)),
            revoked: false,
        };
        let token = Token::fresh();
        records::put_seat(&*self.storage, &token.hash(), &seat).await?;
        self.write().add_seat(token.hash(), seat.clone());
        Ok((seat, token))
    }

    /// Lets a seat sit in further drafts too.
    ///
    /// # Errors
    /// If there is no such seat, it would sit in too many, or the storage fails.
    pub async fn add_drafts(
        &self,
        seat: &SeatId,
        drafts: &[DraftId],
    ) -> Result<SeatView, IdentityError> {
        let held = self
            .seat(seat)
            .ok_or_else(|| IdentityError::NoSuchSeat(seat.clone()))?;
        if held.drafts.len() + drafts.len() > SEAT_DRAFTS {
            return Err(IdentityError::TooManyDrafts);
        }
        for draft in drafts {
            records::put_seat_draft(&*self.storage, seat, *draft).await?;
        }
        let extended = self.write().add_drafts(seat, drafts);
        extended.ok_or_else(|| IdentityError::NoSuchSeat(seat.clone()))
    }

    /// Takes a seat back: its token, sign-ins and tickets are good no more, and live connections are told.
    ///
    /// It holds from the moment it is asked for, as whoever revokes a seat wants it closed even if the disk fails.
    ///
    /// # Errors
    /// If there is no such seat, or the storage fails: then it holds only until the server restarts.
    pub async fn revoke(&self, seat: &SeatId) -> Result<(), IdentityError> {
        let ended = self.write().revoke(seat);
        let ended = ended.ok_or_else(|| IdentityError::NoSuchSeat(seat.clone()))?;
        // Nobody may be connected.
        let _ = self.revoked.send(seat.clone());
        records::put_revoked(&*self.storage, seat).await?;
        for sign_in in ended {
            records::forget_sign_in(&*self.storage, &sign_in).await?;
        }
        Ok(())
    }

    /// Tells of each seat that is revoked from now on. A receiver that fell behind asks [`Self::current`].
    pub fn revocations(&self) -> broadcast::Receiver<SeatId> {
        self.revoked.subscribe()
    }

    /// All seats, oldest first.
    pub fn seats(&self) -> Vec<SeatView> {
        self.read().seats()
    }

    /// One seat.
    pub fn seat(&self, seat: &SeatId) -> Option<SeatView> {
        self.read().seat(seat).cloned()
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// If it is nobody's, or the seat's no more.
    pub fn authenticate(&self, token: &str, now: Timestamp) -> Result<Caller, NotAuthenticated> {
        self.read().caller_with(token, now)
    }

    /// The caller of a live connection as he stands now: with drafts added since, or no longer admitted at all.
    ///
    /// # Errors
    /// If the seat has expired or was revoked.
    pub fn current(&self, caller: &Caller, now: Timestamp) -> Result<Caller, NotAuthenticated> {
        self.read().caller(&Holder::of(caller), now)
    }

    /// The caller as he acts in the draft; none if the draft is not there for him, whether there is such a draft or not.
    ///
    /// A working paper is there for the delegates of the delegations in it, as long as they sit in the draft that it is
    /// meant for; all of them hold the pen in it. It is there for nobody else: not for who presides, and not for the
    /// secretariat.
    pub fn admitted(&self, caller: &Caller, draft: DraftId) -> Option<Caller> {
        self.read().admitted(caller, draft)
    }

    /// Makes a draft, which nobody has convened yet, a working paper: from then on it is there for its members only.
    /// How many papers that party already has for that draft must be less than `most`.
    ///
    /// # Errors
    /// If it has so many, or the storage fails; then nothing is kept.
    pub async fn keep_paper(
        &self,
        draft: DraftId,
        paper: Paper,
        most: usize,
    ) -> Result<(), IdentityError> {
        {
            let mut known = self.write();
            let same = |p: &&Paper| p.of == paper.of && p.parent == paper.parent;
            if known.papers.values().filter(same).count() >= most {
                return Err(IdentityError::TooManyPapers(most));
            }
            known.papers.insert(draft, paper.clone());
        }
        let kept = records::put_paper(&*self.storage, draft, &paper).await;
        if kept.is_err() {
            self.write().papers.remove(&draft);
        }
        kept
    }

    /// Forgets a paper that was not convened after all.
    ///
    /// # Errors
    /// If the storage fails.
    pub async fn forget_paper(&self, draft: DraftId) -> Result<(), IdentityError> {
        records::forget_paper(&*self.storage, draft).await?;
        self.write().papers.remove(&draft);
        Ok(())
    }

    /// The working paper that the draft is, if it is one.
    pub fn paper(&self, draft: DraftId) -> Option<Paper> {
        self.read().papers.get(&draft).cloned()
    }

    /// Signs a browser in: what its cookie holds, and until when. The cookie never holds the seat's own token.
    ///
    /// # Errors
    /// If the storage fails.
    pub async fn sign_in(
        &self,
        caller: &Caller,
        now: Timestamp,
    ) -> Result<(Token, Timestamp), IdentityError> {
        let token = Token::fresh();
        let mut expires = Timestamp(now.0.saturating_add(SIGN_IN_LIFE_MS));
        if let Some(end) = caller.good_until() {
            expires = expires.min(end);
        }
        let holder = Holder::of(caller);
        records::put_sign_in(&*self.storage, &token.hash(), &holder, expires).await?;
        let ended = self
            .write()
            .sign_ins
            .issue(token.hash(), holder, expires, SIGN_INS);
        for sign_in in ended {
            records::forget_sign_in(&*self.storage, &sign_in).await?;
        }
        Ok((token, expires))
    }

    /// Whose cookie this is.
    ///
    /// # Errors
    /// If it is nobody's, it has ended, or the seat is good no more.
    pub fn signed_in(&self, cookie: &str, now: Timestamp) -> Result<Caller, NotAuthenticated> {
        let known = self.read();
        let hash = Token::hash_of(cookie).ok_or(NotAuthenticated::SignedOut)?;
        let holder = known
            .sign_ins
            .holder(&hash, now)
            .ok_or(NotAuthenticated::SignedOut)?;
        known.caller(holder, now)
    }

    /// Signs a browser out. One that is not signed in is as good as signed out.
    ///
    /// # Errors
    /// If the storage fails: then it holds only until the server restarts.
    pub async fn sign_out(&self, cookie: &str) -> Result<(), IdentityError> {
        let Some(hash) = Token::hash_of(cookie) else {
            return Ok(());
        };
        let ended = self.write().sign_ins.take(&hash);
        if ended.is_some() {
            records::forget_sign_in(&*self.storage, &hash).await?;
        }
        Ok(())
    }

    /// A ticket for one websocket: browsers can send no token when they open one.
    pub fn ticket(&self, caller: &Caller, now: Timestamp) -> Ticket {
        let ticket = Token::fresh();
        let expires = Timestamp(now.0.saturating_add(TICKET_LIFE_MS));
        self.write()
            .tickets
            .issue(ticket.hash(), Holder::of(caller), expires, TICKETS);
        Ticket {
            ticket: ticket.reveal().to_owned(),
            expires,
        }
    }

    /// Whose ticket this is. It is good once.
    ///
    /// # Errors
    /// If it is nobody's, or was used, or too old; or the seat is good no more.
    pub fn redeem(&self, ticket: &str, now: Timestamp) -> Result<Caller, NotAuthenticated> {
        let hash = Token::hash_of(ticket).ok_or(NotAuthenticated::Ticket)?;
        let mut known = self.write();
        let pass = known.tickets.take(&hash).ok_or(NotAuthenticated::Ticket)?;
        if pass.expires <= now {
            return Err(NotAuthenticated::Ticket);
        }
        known.caller(&pass.holder, now)
    }

    /// A thread that panicked here left nothing half done: each change is one step.
    fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a credential was not given, changed or loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The lifetime that was asked for.
    #[error("a seat is good for at least a second and at most 731 days: ask for a time between")]
    Life,
    /// The drafts that were asked for.
    #[error("a seat sits in at most 1000 drafts: give a second one for the others")]
    TooManyDrafts,
    /// The working papers of one party for one draft.
    #[error("there are {0} working papers of theirs for this draft already: go on in one of them")]
    TooManyPapers(usize),
    /// No seat of that id.
    #[error("there is no seat {0}: the list of seats tells their ids")]
    NoSuchSeat(SeatId),
    /// The storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A record that is not what this build writes.
    #[error("the kept record {kind}/{key} cannot be read ({why})")]
    Unreadable {
        /// What it is about.
        kind: &'static str,
        /// Which one.
        key: String,
        /// What is wrong with it, and what to do.
        why: String,
    },
}

#[cfg(test)]
mod tests;
