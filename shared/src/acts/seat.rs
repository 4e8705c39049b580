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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, delegation, objects, seat};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_secretariat_and_the_facilitator_seat_delegations() {
        let room = Room::sitting();
        let new = seat("KLM", "delegate", true);
        room.allows("SEC", &new);
        room.allows("CHAIR", &new);
        room.refuses("PEN", &new, "not-entitled");
        room.refuses("AVR", &new, "not-entitled");
    }

    #[test]
    fn only_delegates_and_pen_holders_can_be_entitled_to_decide() {
        let room = Room::sitting();
        for role in ["observer", "archivist", "facilitator"] {
            room.allows("SEC", &seat("KLM", role, false));
            room.refuses("SEC", &seat("KLM", role, true), "not-entitled-role");
        }
        room.allows("SEC", &seat("KLM", "pen-holder", true));
    }

    #[test]
    fn a_delegation_cannot_take_the_code_of_a_group() {
        let mut room = Room::sitting();
        room.allows("SEC", &seat("ISL", "delegate", true));
        room.does(
            "SEC",
            &json!({"form_group": {"group": "ISL", "name": "Islands", "members": ["AVR"]}}),
        );
        room.refuses("SEC", &seat("ISL", "delegate", true), "id-taken");
    }

    #[test]
    fn a_roster_has_its_limit_and_known_delegations_may_still_change() {
        let mut room = Room::sitting();
        let sample = room
            .draft
            .seats
            .delegations
            .get(&delegation("AVR"))
            .unwrap()
            .clone();
        room.allows("SEC", &seat("KLM", "delegate", true));
        for n in room.draft.seats.delegations.len()..limits::DELEGATIONS {
            let code = format!("D{n}").parse().unwrap();
            room.draft.seats.delegations.insert(code, sample.clone());
        }
        room.refuses("SEC", &seat("KLM", "delegate", true), "limit-reached");
        room.allows("SEC", &seat("AVR", "pen-holder", true));
    }

    #[test]
    fn seating_again_changes_the_particulars_and_who_returns_speaks_as_before() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("SEC", &json!({"unseat": {"delegation": "AVR"}}));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        room.does("SEC", &seat("AVR", "pen-holder", true));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        let avr = room.draft.seats.sitting(&delegation("AVR")).unwrap();
        assert_eq!(avr.role, Role::PenHolder);
    }
}
