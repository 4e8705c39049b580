//! The main sponsor takes the proposal back.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Motion, ProposalState};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::ProposalId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The main sponsor takes the proposal back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The proposal withdrawn.
    pub proposal: ProposalId,
}

impl Rules for Withdraw {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Withdraw(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "withdraw a proposal")?;
        let proposal = floor::live_proposal(draft, &self.proposal)?;
        if proposal.by != *delegation {
            return Err(Refusal::new(
                "not-yours",
                format!("{} was made by {}.", self.proposal, proposal.by),
                format!("Ask {} to withdraw it, or object to it.", proposal.by),
            ));
        }
        // Once votes are cast, what is voted on stays there (rules 80 and 122 of the General Assembly).
        match draft.open_vote_on(&Motion::Proposal(self.proposal.clone())) {
            Some((vote, v)) if !v.roll.is_empty() => Err(Refusal::new(
                "vote-running",
                format!("Votes have been cast on {} in {vote}.", self.proposal),
                "Vote against it, or wait for the close.",
            )),
            _ => Ok(()),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        match draft.take_off_floor(&self.proposal, ProposalState::Withdrawn) {
            Some(_) => Ok(()),
            None => Err(Corrupt::at(entry.seq, "the proposal is not on the floor")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, casts, closes_vote, opens_vote_on, replace};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_main_sponsor_alone_takes_a_live_proposal_back() {
        let mut room = Room::sitting();
        let withdraws = json!({"withdraw": {"proposal": "p1"}});
        room.refuses("AVR", &withdraws, "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does("MRD", &json!({"cosponsor": {"proposal": "p1"}}));
        room.refuses("MRD", &withdraws, "not-yours");
        room.refuses("AVR as observer", &withdraws, "not-entitled");
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("AVR", &withdraws);
        room.refuses("AVR", &withdraws, "proposal-not-live");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }

    #[test]
    fn once_votes_are_cast_on_it_a_proposal_stays() {
        let mut room = Room::sitting();
        let withdraw = json!({"withdraw": {"proposal": "p1"}});
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does("CHAIR", &opens_vote_on(&json!({"proposal": "p1"})));
        room.allows("AVR", &withdraw);
        room.does("MRD", &casts("v1", "for"));
        room.refuses("AVR", &withdraw, "vote-running");
        room.does("CHAIR", &closes_vote("v1"));
        room.allows("AVR", &withdraw);
    }
}
