//! A group of delegations is known to the draft by a code and its members; again with the same code, the members change.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{GroupId, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A group of delegations is known to the draft by a code and its members; again with the same code, the members change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormGroup {
    /// The group's code, for example `ISL`.
    pub group: GroupId,
    /// Its full name.
    pub name: Name,
    /// Codes of delegations and of other groups.
    pub members: Vec<String>,
}

impl Rules for FormGroup {
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
