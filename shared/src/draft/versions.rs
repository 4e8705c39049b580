//! Sealed versions, and statements for the record.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::entry::By;
use crate::ids::{DelegationId, Heads, Name, Prose, Seq, VoteId};
use crate::time::Timestamp;

/// A named moment of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Version {
    /// Its name, unique in the draft.
    pub name: Name,
    /// The moment in the text's history.
    pub heads: Heads,
    /// The entry that sealed it.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// Who sealed it.
    pub by: By,
}

/// The adoption of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Adoption {
    /// The version that was adopted.
    pub name: Name,
    /// Who was in the room.
    pub present: BTreeSet<DelegationId>,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// A statement for the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Said {
    /// Who.
    pub by: By,
    /// What it speaks of; the whole draft if none.
    pub on: Option<Target>,
    /// The vote that it explains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explains: Option<Explains>,
    /// The statement.
    pub text: Prose,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// Which vote a statement explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Explains {
    /// The vote.
    pub vote: VoteId,
    /// Whether it was open or closed when the statement was made.
    pub when: When,
}

/// When a vote is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Before it is closed.
    Before,
    /// After it was closed.
    After,
}

impl When {
    /// The moment in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}
