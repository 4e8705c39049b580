//! What is decided and said of each clause. Its words are in the text; here are their digests.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::Target;
use crate::draft::{Draft, Groupwise, LateObjection, Rendering};
use crate::ids::{DelegationId, Digest, Hash, Language, ProposalId, Prose, Seq, SilenceId, VoteId};
use crate::time::Timestamp;

/// Where a delegation stands on an exact text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Wants it.
    Support,
    /// Can live with it.
    Accept,
    /// Joins, with a reservation on the record; does not block.
    Reserve,
    /// Stands aside.
    Abstain,
    /// Blocks.
    Object,
}

impl Stance {
    /// The stance in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Accept => "accept",
            Self::Reserve => "reserve",
            Self::Abstain => "abstain",
            Self::Object => "object",
        }
    }
}

/// One delegation's latest position on a clause or a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Position {
    /// Where it stands.
    pub stance: Stance,
    /// The exact text, by its digest in the language negotiated in.
    pub digest: Digest,
    /// The entry that says so.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// The reason of an objection, the text of a reservation.
    pub note: Option<Prose>,
    /// The proposal that would meet an objection.
    pub alternative: Option<ProposalId>,
    /// Why the chair found that an objection does not hold; it then blocks nothing under consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<Prose>,
    /// Whether the delegation has signed it itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub signed: bool,
}

/// The question, put by the chair on an exact text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Question {
    /// The exact text.
    pub digest: Digest,
    /// Who was in the room.
    pub present: BTreeSet<DelegationId>,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// A declared agreement on an exact text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Agreement {
    /// The exact text in every authentic language that had one.
    pub digests: BTreeMap<Language, Digest>,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// How it was reached.
    #[serde(default)]
    pub how: How,
    /// The delegations whose confirmation it awaits; while there are any it is an agreement ad referendum.
    pub awaiting: BTreeSet<DelegationId>,
    /// Objections that came too late for the silence that made it, in the order in which they were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<LateObjection>,
}

/// How an agreement was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The chair declared it, as the draft's rule allowed.
    #[default]
    Declared,
    /// Nobody objected until the deadline of this silence procedure.
    Silence(SilenceId),
    /// This recorded vote carried it.
    Vote(VoteId),
}

/// What is known of a clause besides its words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clause {
    /// The present wording per language.
    pub digests: BTreeMap<Language, Digest>,
    /// The last entry that changed a wording.
    pub changed: Seq,
    /// What was last said of each translation: which wording it renders.
    pub translations: BTreeMap<Language, Rendering>,
    /// Set by a deletion that was taken in, until the clause is reopened: the entry.
    pub deleted: Option<Seq>,
    /// The latest position of each delegation.
    pub positions: BTreeMap<DelegationId, Position>,
    /// What groups have said of it.
    pub groups: Groupwise,
    /// The last question put.
    pub question: Option<Question>,
    /// The agreement in force. Its text is locked.
    pub agreement: Option<Agreement>,
    /// The last formal reopening.
    pub reopened: Option<Seq>,
    /// The change to the text that made the agreement known there: whoever's edit builds on it has seen the agreement.
    pub agreement_change: Option<Hash>,
    /// The live proposals that name it, new clauses to follow it among them, in the order in which they were made. An
    /// index: it follows from the proposals, and saves looking through all of them.
    pub proposals: Vec<ProposalId>,
}

impl Clause {
    /// The present wording in the language, as a digest; that of no text at all if there is none.
    pub fn digest(&self, language: &Language) -> Digest {
        self.digests
            .get(language)
            .copied()
            .unwrap_or_else(|| Digest::of(""))
    }

    /// Whether its text is locked by an agreement.
    pub fn is_agreed(&self) -> bool {
        self.agreement.is_some()
    }

    /// Whether the agreement on it awaits a confirmation by that delegation (R-A2).
    pub fn awaits(&self, delegation: &DelegationId) -> bool {
        let agreement = self.agreement.as_ref();
        agreement.is_some_and(|a| a.awaiting.contains(delegation))
    }

    /// Ends every decision on its text: whatever could make the same words agreed again, the question and all approvals
    /// among it (§3.9: an old decision resurfaces). Objections stand, as they outlive every text (P3).
    pub(crate) fn end_decisions(&mut self, seq: Seq) {
        self.agreement = None;
        self.agreement_change = None;
        self.deleted = None;
        self.question = None;
        self.positions.retain(|_, p| p.stance == Stance::Object);
        let groups = &mut self.groups.positions;
        groups.retain(|_, p| p.stance == Stance::Object);
        self.reopened = Some(seq);
    }

    /// Whether it was agreed to be deleted.
    pub fn is_deleted(&self) -> bool {
        self.deleted.is_some()
    }
}

impl Draft {
    /// The exact text that a position on the target speaks of, by its digest in the language negotiated in; none if
    /// there is no such clause or proposal.
    pub fn present_text(&self, target: &Target) -> Option<Digest> {
        let negotiated = self.negotiated()?;
        match target {
            Target::Clause(id) => self.clauses.get(id).map(|c| c.digest(negotiated)),
            Target::Proposal(id) => self.proposals.get(id).map(|p| p.digest(negotiated)),
        }
    }
}
