//! What a refusal speaks of, by name, for whoever phrases it in another language than English.

use std::fmt::Display;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thing that a refusal speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Told {
    /// A number: a limit, hours.
    Number(u64),
    /// An id, a name, a moment.
    One(String),
    /// Several ids.
    Many(Vec<String>),
}

impl Told {
    /// Ids, in the order in which they are told.
    pub fn many<T: Display>(all: impl IntoIterator<Item = T>) -> Self {
        Self::Many(all.into_iter().map(|one| one.to_string()).collect())
    }
}
