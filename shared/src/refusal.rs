//! Every "no" of the procedure: a stable code for programs, a sentence for people, a hint at what to do next.

use std::fmt;

use crate::ids::{ClauseId, DelegationId, Language, ProposalId};

/// A submission that the rules do not allow. The log and the draft are as if it had never been made.
///
/// The `code` is a promise to programs; the sentence and the hint may be worded better any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, lower case, hyphenated: `stale-text`.
    pub code: &'static str,
    /// What is the matter, as one sentence to the person who asked.
    pub sentence: String,
    /// What that person can do next, as one sentence.
    pub hint: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence, self.hint)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// A refusal in full.
    pub fn new(code: &'static str, sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            hint: hint.into(),
        }
    }

    /// No clause of that id.
    pub fn unknown_clause(clause: &ClauseId) -> Self {
        Self::new(
            "unknown-clause",
            format!("There is no clause {clause} in this draft."),
            "List the clauses and their ids with `plenary show --ids`.",
        )
    }

    /// No proposal of that id.
    pub fn unknown_proposal(proposal: &ProposalId) -> Self {
        Self::new(
            "unknown-proposal",
            format!("There is no proposal {proposal} in this draft."),
            "List the proposals with `plenary status`.",
        )
    }

    /// No such language in this draft.
    pub fn unknown_language(language: &Language) -> Self {
        Self::new(
            "unknown-language",
            format!("This draft is not written in {language}."),
            "Use one of the draft's authentic or working languages.",
        )
    }

    /// The caller's delegation does not sit in this draft.
    pub fn not_seated(delegation: &DelegationId) -> Self {
        Self::new(
            "not-seated",
            format!("{delegation} has no seat in this draft."),
            "Ask the secretariat to seat the delegation.",
        )
    }

    /// The act, or the change, is not for this role.
    pub fn not_entitled(what: &str, who_may: &str) -> Self {
        Self::new(
            "not-entitled",
            format!("Your seat may not {what}."),
            format!("Ask {who_may} to do it."),
        )
    }

    /// The text has changed since the submitter saw it.
    pub fn stale_text(what: &str) -> Self {
        Self::new(
            "stale-text",
            format!("The text of {what} has changed since you saw it."),
            "Read the present text and submit again.",
        )
    }
}
