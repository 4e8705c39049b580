//! A delegation proposes other words, a new clause, or that a clause be deleted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::Kind;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Heads, Language, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation proposes other words, a new clause, or that a clause be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// The proposal's id; left out, the server gives the next free one (`p1`, `p2`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// What is to be done.
    pub amendment: Amendment,
    /// The wording per language; empty for a deletion. Sponsors may go on writing it together in the text.
    #[serde(default)]
    pub text: BTreeMap<Language, Prose>,
    /// Why, in the proposer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<Prose>,
    /// The text it was written against; completed by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
}

/// What a proposal wants done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amendment {
    /// Other words for a clause.
    Replace {
        /// The clause.
        clause: ClauseId,
    },
    /// A new clause.
    InsertAfter {
        /// The clause it follows; left out, it comes first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<ClauseId>,
        /// What kind of clause it is.
        kind: Kind,
        /// Its depth: 1 for a paragraph, 2 for its sub-paragraphs, and so on.
        #[serde(default = "one")]
        level: u8,
        /// The id that the new clause gets; completed by the server.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new: Option<ClauseId>,
    },
    /// Away with a clause.
    Delete {
        /// The clause.
        clause: ClauseId,
    },
}

fn one() -> u8 {
    1
}

/// The text a proposal was written against: the proposal is a set of changes to it, so that taking it in later does not
/// undo what was changed in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The moment in the text's history.
    pub heads: Heads,
    /// The clause's digest at that moment, in the language negotiated in.
    pub digest: Digest,
}

impl Rules for Propose {
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
