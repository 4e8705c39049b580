//! The gavel: the chair puts the question on a clause ("I hear no objection"), and records who is present.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The gavel: the chair puts the question on a clause ("I hear no objection"), and records who is present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The clause the question is put on.
    pub clause: ClauseId,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The delegations in the room.
    pub present: Vec<DelegationId>,
}

impl Rules for Call {
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
