//! A delegation joins the sponsors of a proposal, and may write its wording from then on.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, GroupId, ProposalId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation joins the sponsors of a proposal, and may write its wording from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cosponsor {
    /// The proposal joined.
    pub proposal: ProposalId,
    /// The group that joins, by its spokesperson: its members of that day become sponsors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
}

impl Rules for Cosponsor {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Cosponsor(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "co-sponsor a proposal")?;
        if let Some(group) = &self.as_group {
            admit::group(draft, by, group, "co-sponsor a proposal")?;
        }
        let proposal = floor::live_proposal(draft, &self.proposal)?;
        let joined = match &self.as_group {
            Some(group) => proposal.groups.cosponsors.contains(group),
            None => proposal.is_sponsored_by(delegation),
        };
        if joined {
            let who = self.as_group.as_ref();
            let who = who.map_or(delegation.as_str(), |g| g.as_str());
            return Err(Refusal::new(
                "already-sponsor",
                format!("{who} is among the sponsors of {} already.", self.proposal),
                "Nothing is left to do.",
            ));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?;
        let seats = &draft.seats;
        let joining: Vec<_> = match &self.as_group {
            Some(group) => {
                let members = seats.members(group).into_iter();
                let entitled = |d: &DelegationId| seats.sitting(d).is_some_and(|s| s.entitled);
                members
                    .filter(|d| entitled(d) && !seats.dissociated.contains(d))
                    .collect()
            }
            None => vec![delegation.clone()],
        };
        let proposal = draft
            .proposals
            .get_mut(&self.proposal)
            .filter(|p| p.is_live())
            .ok_or_else(|| Corrupt::at(entry.seq, "the proposal is not on the floor"))?;
        for sponsor in joining {
            let is_in_it = !proposal.groups.dissociated.contains(&sponsor);
            if self.as_group.is_none() || (is_in_it && sponsor != proposal.by) {
                let is_new = proposal.cosponsors.insert(sponsor.clone());
                if is_new && self.as_group.is_some() {
                    proposal.groups.brought.insert(sponsor);
                }
            }
        }
        proposal.groups.cosponsors.extend(self.as_group.clone());
        draft.settle_merges(&self.proposal, entry.seq);
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
