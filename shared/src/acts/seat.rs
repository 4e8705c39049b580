//! A delegation takes its place in the draft; again with the same code, its particulars change.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::Role;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, Language, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation takes its place in the draft; again with the same code, its particulars change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The delegation's code, for example `AVR`.
    pub delegation: DelegationId,
    /// Its full name.
    pub name: Name,
    /// The most that a person of this delegation may do.
    #[serde(default)]
    pub role: Role,
    /// Whether its positions count in decisions; a chair's, an observer's and an archivist's never do.
    #[serde(default = "yes")]
    pub entitled: bool,
    /// Its weight under rules that weigh; a whole number.
    #[serde(default = "one")]
    pub weight: u32,
    /// Languages it works in, first choice first.
    #[serde(default)]
    pub languages: Vec<Language>,
}

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

impl Rules for Seat {
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
