//! Sealed versions, and statements for the record.

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::entry::By;
use crate::ids::{Heads, Name, Prose, Seq};
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

/// A statement for the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Said {
    /// Who.
    pub by: By,
    /// What it speaks of; the whole draft if none.
    pub on: Option<Target>,
    /// The statement.
    pub text: Prose,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}
