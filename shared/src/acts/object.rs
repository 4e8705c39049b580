//! A delegation objects. The objection blocks consensus until it is lifted, whatever becomes of the wording.

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation objects. The objection blocks consensus until it is lifted, whatever becomes of the wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// The clause or proposal objected to.
    pub on: Target,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Why. An objection without a reason is refused.
    pub reason: Prose,
    /// The proposal that would meet the objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<ProposalId>,
}

impl Rules for Object {
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
