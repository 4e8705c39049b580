//! How a clause or a proposal stands under the draft's rule, and why, in words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Clause, Draft, Proposal, Question, Voices};
use crate::ids::{DelegationId, Digest, GroupId};

/// What the rule says of the present text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule is satisfied.
    Reached,
    /// Somebody blocks.
    Blocked {
        /// Who, in the order of their codes.
        by: Vec<DelegationId>,
    },
    /// Nobody blocks, but something is missing.
    Short {
        /// What, as a sentence.
        missing: String,
        /// What kind of thing.
        lack: Lack,
    },
}

/// What is missing where nobody blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Nobody may decide.
    Room,
    /// The question has not been put.
    Question,
    /// Too few are present who may decide.
    Quorum,
    /// Somebody has still to answer in the round.
    Round,
    /// Too few are in favour so far.
    Favour,
}

/// The count of positions on a text. Delegations are counted once each, in the order of their codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    /// Who supports it.
    pub support: Vec<DelegationId>,
    /// Who can live with it.
    pub accept: Vec<DelegationId>,
    /// Who joins with a reservation.
    pub reserve: Vec<DelegationId>,
    /// Who stands aside.
    pub abstain: Vec<DelegationId>,
    /// Who objects; objections outlive changes of the wording until they are lifted.
    pub object: Vec<DelegationId>,
    /// Who has said nothing on this text.
    pub silent: Vec<DelegationId>,
    /// Whose position is on an earlier text, and counts for nothing.
    pub stale: Vec<DelegationId>,
    /// Who is counted by what a group said for it, and which group. Under rules that count votes, only what a
    /// delegation says itself is one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub through: BTreeMap<DelegationId, GroupId>,
    /// What the rule says.
    pub outcome: Outcome,
    /// All that in one sentence.
    pub why: String,
}

impl Tally {
    /// Counts under the draft's rule.
    pub fn of(
        draft: &Draft,
        voices: Voices<'_>,
        question: Option<&Question>,
        present_text: Digest,
    ) -> Self {
        crate::rules::tally(draft, voices, question, present_text)
    }

    /// How a clause stands on its present text.
    pub fn of_clause(draft: &Draft, clause: &Clause) -> Self {
        let text = draft.negotiated().map(|l| clause.digest(l));
        let text = text.unwrap_or_else(|| Digest::of(""));
        Self::of(draft, clause.voices(), clause.question.as_ref(), text)
    }

    /// How a proposal stands on its present wording. No question is put on a proposal: it is taken in or declined.
    pub fn of_proposal(draft: &Draft, proposal: &Proposal) -> Self {
        let text = draft.negotiated().map(|l| proposal.digest(l));
        let text = text.unwrap_or_else(|| Digest::of(""));
        Self::of(draft, proposal.voices(), None, text)
    }
}
