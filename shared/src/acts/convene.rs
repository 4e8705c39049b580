//! The first entry of every log: the draft exists, in these languages and under these rules. Carries the first text.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::draft::{Draft, Manuscript};
use crate::draft::{Mode, Rule};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DraftId, Language, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The first entry of every log: the draft exists, in these languages and under these rules. Carries the first text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Convene {
    /// The draft that this log is of; binds the log to its name.
    pub draft: DraftId,
    /// The draft's title in the list of drafts (the text has its own).
    pub title: Name,
    /// Languages whose text is equally authoritative; the first is the one negotiated in.
    pub authentic: Vec<Language>,
    /// Languages of working translations.
    #[serde(default)]
    pub working: Vec<Language>,
    /// The rule of decision.
    #[serde(default)]
    pub rule: Rule,
    /// Who may type into clauses.
    #[serde(default)]
    pub mode: Mode,
}

impl Rules for Convene {
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
