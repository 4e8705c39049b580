//! The main sponsor takes the proposal back.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
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
        unimplemented!()
    }
    fn decide(&self, _: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        unimplemented!()
    }
    fn fold(&self, _: &Entry, _: &mut Draft) -> Result<(), Corrupt> {
        unimplemented!()
    }
}
