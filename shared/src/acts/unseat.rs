//! A delegation leaves the draft. Its record stays; its positions no longer count.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::DelegationId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation leaves the draft. Its record stays; its positions no longer count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unseat {
    /// Who leaves.
    pub delegation: DelegationId,
}

impl Rules for Unseat {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Unseat(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "unseat a delegation")?;
        match draft.seats.sitting(&self.delegation) {
            Some(_) => Ok(()),
            None => Err(Refusal::not_seated(&self.delegation)),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        match draft.seats.delegations.get_mut(&self.delegation) {
            Some(delegation) => {
                delegation.left = true;
                Ok(())
            }
            None => Err(Corrupt::at(
                entry.seq,
                format!("{} never sat here", self.delegation),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, objects, supports};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn who_sits_can_be_unseated_once() {
        let mut room = Room::sitting();
        let unseat = json!({"unseat": {"delegation": "AVR"}});
        room.allows("CHAIR", &unseat);
        room.refuses("MRD", &unseat, "not-entitled");
        room.does("SEC", &unseat);
        room.refuses("SEC", &unseat, "not-seated");
    }

    #[test]
    fn who_has_left_may_not_act_and_blocks_no_longer() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.allows("AVR", &supports("op-2"));
        room.does("SEC", &json!({"unseat": {"delegation": "AVR"}}));
        room.refuses("AVR", &supports("op-2"), "not-seated");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }
}
