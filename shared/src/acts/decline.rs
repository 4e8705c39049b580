//! The facilitator sets a proposal aside, with a reason.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
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
        unimplemented!()
    }
    fn decide(&self, _: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        unimplemented!()
    }
    fn fold(&self, _: &Entry, _: &mut Draft) -> Result<(), Corrupt> {
        unimplemented!()
    }
}
