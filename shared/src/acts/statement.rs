//! A delegation says something for the record: an explanation of position, an interpretation.

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Prose;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation says something for the record: an explanation of position, an interpretation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it speaks of; the whole draft if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Target>,
    /// The statement.
    pub text: Prose,
}

impl Rules for Statement {
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
