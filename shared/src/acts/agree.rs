//! The facilitator declares a clause agreed: its exact text is locked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Language};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator declares a clause agreed: its exact text is locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
}

impl Rules for Agree {
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
