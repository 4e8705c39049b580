//! The facilitator opens an agreed or deleted clause again. Every earlier decision on that text ends.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Clause, Draft, Manuscript, Stance, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator opens an agreed or deleted clause again. Every earlier decision on that text ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    /// The clause.
    pub clause: ClauseId,
    /// Why.
    pub reason: Prose,
}

impl Rules for Reopen {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Reopen(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "reopen a clause")?;
        floor::reason(&self.reason, "Reopening a clause")?;
        let clause = floor::clause(draft, &self.clause)?;
        if clause.is_agreed() || clause.is_deleted() {
            return Ok(());
        }
        Err(Refusal::new(
            "not-agreed",
            format!("Clause {} is neither agreed nor deleted.", self.clause),
            "It is open already: propose or take positions on it.",
        ))
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        // A deleted clause bears no mark in the text.
        let agreed = draft
            .clauses
            .get(&self.clause)
            .is_some_and(Clause::is_agreed);
        let unmark = TextEdit::MarkAgreed {
            clause: self.clause.clone(),
            digest: None,
        };
        agreed.then_some(unmark).into_iter().collect()
    }

    /// Everything that could make the same text agreed again ends: the question, and every approval (§3.9: an old
    /// decision resurfaces). Objections stand, as they outlive every text (P3).
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let clause = floor::clause_mut(entry, draft, &self.clause)?;
        if !clause.is_agreed() && !clause.is_deleted() {
            return Err(Corrupt::at(entry.seq, "the clause was open"));
        }
        clause.agreement = None;
        clause.agreement_change = None;
        clause.deleted = None;
        clause.question = None;
        clause.positions.retain(|_, p| p.stance == Stance::Object);
        clause.reopened = Some(entry.seq);
        Ok(())
    }
}
