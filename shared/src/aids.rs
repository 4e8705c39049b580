//! What helps a facilitator to see where a negotiation stands and what to do next: computed from the record, never stored.
//!
//! Everything here is a fact of the record, put in order. Nothing of it decides anything.
//!
//! **Who sees what.** What is said of a clause is said to everybody who sits in the draft, as the status says it too. What
//! is summed up by delegation (how often it objects, what awaits it) is for the facilitator and the secretariat; a
//! delegation sees its own sums, and nobody else sees any (R-M2: delegations are never ranked in public).

use crate::draft::{Draft, Kind, Manuscript, Role};
use crate::entry::By;
use crate::ids::{ClauseId, DelegationId};
use crate::numbering::{self, Labels};
use crate::status::status_of;
use crate::tally::Tally;
use crate::wire::view::ClauseStatus;

mod awaited;
mod matrix;
mod mergeable;
mod next;
mod opposition;
mod procedure;
mod progress;
mod table;
mod words;

pub use awaited::{Awaited, AwaitedFrom, AwaitedOn};
pub use matrix::{Cell, Column, Matrix, Row, Totals};
pub use mergeable::{Mergeable, mergeable};
pub use next::{Next, Step, StepKind};
pub use opposition::{Opposed, Opposing, Opposition};
pub use procedure::{Procedure, Section};
pub use progress::{Course, MOMENTS, Measures, Per, Point, Progress};
pub use table::harmless;

/// Who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// The facilitator or the secretariat: everything, by clause and by delegation.
    Chair,
    /// A delegation: everything by clause, and its own by delegation.
    Delegation(DelegationId),
    /// An observer or an archivist: what is said of clauses.
    Reader,
}

impl Audience {
    /// Who reads, by the role in which it does. A pen-holder reads as its delegation, and whoever has a seat whose
    /// delegation does not sit here in such a role, as an observer.
    pub fn of(draft: &Draft, by: &By) -> Self {
        match by {
            By::Server | By::Secretariat => Self::Chair,
            By::Seat {
                delegation, role, ..
            } => {
                let sitting = draft.seats.sitting(delegation);
                match role {
                    _ if !sitting.is_some_and(|d| d.role.covers(*role)) => Self::Reader,
                    Role::Facilitator => Self::Chair,
                    Role::PenHolder | Role::Delegate => Self::Delegation(delegation.clone()),
                    Role::Archivist | Role::Observer => Self::Reader,
                }
            }
        }
    }

    /// Whether it sees what is summed up of that delegation.
    fn sees(&self, delegation: &DelegationId) -> bool {
        match self {
            Self::Chair => true,
            Self::Delegation(own) => own == delegation,
            Self::Reader => false,
        }
    }
}

/// Every clause that is not deleted, in order, with what all the aids begin with.
struct Picture<'a> {
    draft: &'a Draft,
    labels: Labels,
    clauses: Vec<Standing<'a>>,
}

/// A clause with its number, its status and its tally.
struct Standing<'a> {
    id: &'a ClauseId,
    label: String,
    kind: Kind,
    status: ClauseStatus,
    tally: Tally,
}

impl<'a> Picture<'a> {
    fn of(draft: &'a Draft, manuscript: &'a Manuscript) -> Self {
        let labels = numbering::labels(draft, manuscript);
        let clauses = manuscript.in_order().into_iter();
        let clauses = clauses.filter_map(|(id, paragraph)| {
            let (label, known) = (labels.get(id)?.clone(), draft.clauses.get(id)?);
            let tally = Tally::of_clause(draft, known);
            Some(Standing {
                id,
                label,
                kind: paragraph.kind,
                status: status_of(draft, id, known, &tally),
                tally,
            })
        });
        Self {
            draft,
            clauses: clauses.collect(),
            labels,
        }
    }

    /// The clauses that are still to be settled.
    fn unsettled(&self) -> impl Iterator<Item = &Standing<'a>> {
        self.clauses.iter().filter(|c| !c.is_locked())
    }

    /// The number of a clause; its id if it has none.
    fn label(&self, clause: &ClauseId) -> String {
        let label = self.labels.get(clause).cloned();
        label.unwrap_or_else(|| clause.to_string())
    }

    /// The numbers of clauses.
    fn label_all<'b>(&self, clauses: impl IntoIterator<Item = &'b ClauseId>) -> Vec<String> {
        clauses.into_iter().map(|id| self.label(id)).collect()
    }
}

impl Standing<'_> {
    /// Whether its words are agreed, finally or ad referendum.
    fn is_locked(&self) -> bool {
        matches!(
            self.status,
            ClauseStatus::Agreed | ClauseStatus::AgreedAdRef | ClauseStatus::Adopted
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, delegation};

    #[test]
    fn who_sees_sums_by_delegation_follows_from_the_role_and_the_roster() {
        let room = Room::sitting();
        let reads = |who: &str| Audience::of(&room.draft, &room.by(who));
        assert_eq!(reads("SEC"), Audience::Chair);
        assert_eq!(reads("CHAIR"), Audience::Chair);
        assert_eq!(reads("CHAIR as observer"), Audience::Reader);
        assert_eq!(reads("PEN"), Audience::Delegation(delegation("PEN")));
        assert_eq!(reads("AVR"), Audience::Delegation(delegation("AVR")));
        // A seat that claims more than its delegation may do reads as an observer, and so does a stranger.
        assert_eq!(reads("AVR as facilitator"), Audience::Reader);
        assert_eq!(reads("XXX"), Audience::Reader);
        assert_eq!(reads("ARC"), Audience::Reader);
    }
}
