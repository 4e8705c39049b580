//! A delegation says where it stands on an exact text, short of objecting.

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::acts::{Act, Rules};
use crate::draft::Stance;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation says where it stands on an exact text, short of objecting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakePosition {
    /// The clause or proposal.
    pub on: Target,
    /// The exact text, by its digest in the language negotiated in; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Where it stands; an objection is an act of its own.
    pub stance: Stance,
    /// A reservation's text, or a remark for the record. A reservation needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

impl Rules for TakePosition {
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
