//! A delegation joins the sponsors of a proposal, and may write its wording from then on.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::ProposalId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation joins the sponsors of a proposal, and may write its wording from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cosponsor {
    /// The proposal joined.
    pub proposal: ProposalId,
}

impl Rules for Cosponsor {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Cosponsor(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "co-sponsor a proposal")?;
        if floor::live_proposal(draft, &self.proposal)?.is_sponsored_by(delegation) {
            return Err(Refusal::new(
                "already-sponsor",
                format!(
                    "{delegation} is among the sponsors of {} already.",
                    self.proposal
                ),
                "Nothing is left to do.",
            ));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?;
        let proposal = draft
            .proposals
            .get_mut(&self.proposal)
            .filter(|p| p.is_live())
            .ok_or_else(|| Corrupt::at(entry.seq, "the proposal is not on the floor"))?;
        proposal.cosponsors.insert(delegation.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, delegation, proposal, replace};
    use serde_json::json;

    #[test]
    fn a_delegation_joins_a_live_proposal_once() {
        let mut room = Room::sitting();
        let joins = json!({"cosponsor": {"proposal": "p1"}});
        room.refuses("MRD", &joins, "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.refuses("AVR", &joins, "already-sponsor");
        room.refuses("OBS", &joins, "not-entitled");
        room.refuses("ARC", &joins, "not-entitled");
        room.refuses("SEC", &joins, "not-entitled");
        room.allows("TSL", &joins);
        room.does("MRD", &joins);
        room.refuses("MRD", &joins, "already-sponsor");
        let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
        assert!(p1.is_sponsored_by(&delegation("MRD")));
        room.does("AVR", &json!({"withdraw": {"proposal": "p1"}}));
        room.refuses("TSL", &joins, "proposal-not-live");
    }
}
