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
