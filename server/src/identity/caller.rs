//! Who was let in, or why not.

use std::sync::Arc;

use plenary_shared::entry::By;
use plenary_shared::ids::DraftId;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Me, SeatView};

/// Somebody whose credential was good at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The conference secretariat.
    Secretariat,
    /// A person of a delegation.
    Seat(Arc<SeatView>),
}

impl Caller {
    /// As whom the log knows the caller.
    pub fn by(&self) -> By {
        match self {
            Self::Secretariat => By::Secretariat,
            Self::Seat(s) => By::Seat {
                delegation: s.delegation.clone(),
                seat: s.seat.clone(),
                role: s.role,
            },
        }
    }

    /// Whether the seat was given for the draft. Whether the draft is there for the caller is another question, which
    /// only [`super::Identity::admitted`] answers: of working papers no seat tells anything.
    pub(super) fn sits_in(&self, draft: DraftId) -> bool {
        match self {
            Self::Secretariat => true,
            Self::Seat(s) => s.drafts.contains(&draft),
        }
    }

    /// Whether it is the secretariat.
    pub fn is_secretariat(&self) -> bool {
        matches!(self, Self::Secretariat)
    }

    /// The seat, if it is one.
    pub fn seat(&self) -> Option<&SeatView> {
        match self {
            Self::Secretariat => None,
            Self::Seat(s) => Some(s),
        }
    }

    /// When a live connection has to end by itself; never for the secretariat.
    pub fn good_until(&self) -> Option<Timestamp> {
        self.seat().map(|s| s.expires)
    }

    /// What the caller is told about itself.
    pub fn me(&self) -> Me {
        Me {
            secretariat: self.is_secretariat(),
            seat: self.seat().cloned(),
        }
    }
}

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAuthenticated {
    /// Nobody's token.
    #[error("this token is not known here: check that it was copied whole and is for this server")]
    Unknown,
    /// The seat's time is over.
    #[error("this seat has expired: ask the secretariat for a new invitation")]
    Expired,
    /// The seat was taken back.
    #[error("this seat was revoked: ask the secretariat for a new invitation")]
    Revoked,
    /// Not signed in, or no longer.
    #[error("this browser is not signed in any more: open the invitation link again")]
    SignedOut,
    /// Nobody's ticket.
    #[error("this ticket is not known, was used, or is older than 30 seconds: ask for another one")]
    Ticket,
}

impl NotAuthenticated {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown-token",
            Self::Expired => "seat-expired",
            Self::Revoked => "seat-revoked",
            Self::SignedOut => "signed-out",
            Self::Ticket => "unknown-ticket",
        }
    }
}
