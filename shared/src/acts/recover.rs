//! The server keeps what a delegation typed into an agreed clause before it could know of the agreement: the agreed text stands, the attempt becomes a proposal of that delegation.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Base, Rules};
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Language, ProposalId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The server keeps what a delegation typed into an agreed clause before it could know of the agreement: the agreed text stands, the attempt becomes a proposal of that delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// Each wording that was set aside.
    pub attempts: Vec<Attempt>,
}

/// One wording that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// The proposal that keeps it.
    pub proposal: ProposalId,
    /// The agreed clause that it was typed into.
    pub clause: ClauseId,
    /// The language.
    pub language: Language,
    /// The agreed text that it was typed against.
    pub base: Base,
}

impl Rules for Recover {
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
