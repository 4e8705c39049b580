//! A delegation takes its place in the draft; again with the same code, its particulars change.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Delegation, Draft, Manuscript, Role};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, Language, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, limits};

/// A delegation takes its place in the draft; again with the same code, its particulars change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The delegation's code, for example `AVR`.
    pub delegation: DelegationId,
    /// Its full name.
    pub name: Name,
    /// The most that a person of this delegation may do.
    #[serde(default)]
    pub role: Role,
    /// Whether its positions count in decisions; a chair's, an observer's and an archivist's never do.
    #[serde(default = "yes")]
    pub entitled: bool,
    /// Its weight under rules that weigh; a whole number.
    #[serde(default = "one")]
    pub weight: u32,
    /// Languages it works in, first choice first.
    #[serde(default)]
    pub languages: Vec<Language>,
}

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

impl Rules for Seat {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Seat(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "seat a delegation")?;
        let decides = matches!(self.role, Role::Delegate | Role::PenHolder);
        if self.entitled && !decides {
            return Err(Refusal::new(
                "not-entitled-role",
                format!(
                    "A delegation seated as {} takes no part in decisions.",
                    self.role
                ),
                "Seat it with `entitled` set to false, or as a delegate.",
            ));
        }
        let code = self.delegation.as_str();
        if draft.seats.groups.keys().any(|g| g.as_str() == code) {
            return Err(Refusal::id_taken(code));
        }
        let known = &draft.seats.delegations;
        if !known.contains_key(&self.delegation) && known.len() >= limits::DELEGATIONS {
            return Err(Refusal::limit_reached("delegations", limits::DELEGATIONS));
        }
        Ok(())
    }

    /// A delegation that had left and sits again is as it was: what it last said counts again.
    fn fold(&self, _: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.seats.delegations.insert(
            self.delegation.clone(),
            Delegation {
                name: self.name.clone(),
                role: self.role,
                entitled: self.entitled,
                weight: self.weight,
                languages: self.languages.clone(),
                left: false,
            },
        );
        Ok(())
    }
}
