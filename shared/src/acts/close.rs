//! The draft is closed: nothing more is entered.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Prose;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The draft is closed: nothing more is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// Why, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

impl Rules for Close {
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
