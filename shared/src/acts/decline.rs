//! The facilitator sets a proposal aside, with a reason.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, ProposalState};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator sets a proposal aside, with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// The proposal declined.
    pub proposal: ProposalId,
    /// Why.
    pub reason: Prose,
}

impl Rules for Decline {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Decline(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "decline a proposal")?;
        floor::reason(&self.reason, "Declining a proposal")?;
        floor::live_proposal(draft, &self.proposal).map(drop)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft
            .take_off_floor(&self.proposal, ProposalState::Declined)
            .ok_or_else(|| Corrupt::at(entry.seq, "the proposal is not on the floor"))?
            .declined_because = Some(self.reason.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, proposal, replace};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_declines_a_live_proposal_with_a_reason() {
        let mut room = Room::sitting();
        let declines = |reason: &str| json!({"decline": {"proposal": "p1", "reason": reason}});
        room.refuses("CHAIR", &declines("Too late."), "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.refuses("PEN", &declines("Too late."), "not-entitled");
        room.refuses("SEC", &declines("Too late."), "not-entitled");
        room.refuses("CHAIR", &declines(""), "reason-needed");
        room.does("CHAIR", &declines("Too late."));
        room.refuses("CHAIR", &declines("Too late."), "proposal-not-live");
        let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
        assert_eq!(p1.declined_because.as_ref().unwrap().as_str(), "Too late.");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }
}
