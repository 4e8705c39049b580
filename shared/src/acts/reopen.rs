//! The facilitator opens an agreed or deleted clause again. Every earlier decision on that text ends.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Clause, Draft, Manuscript, TextEdit};
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

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let clause = floor::clause_mut(entry, draft, &self.clause)?;
        if !clause.is_agreed() && !clause.is_deleted() {
            return Err(Corrupt::at(entry.seq, "the clause was open"));
        }
        clause.end_decisions(entry.seq);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, call, clause, delegation, delete, en, incorporate, objects, reopen, supports,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_reopens_what_is_settled_with_a_reason() {
        let mut room = Room::sitting();
        room.refuses("CHAIR", &reopen("op-9"), "unknown-clause");
        room.refuses("CHAIR", &reopen("op-1"), "not-agreed");
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.refuses("PEN", &reopen("op-1"), "not-entitled");
        room.refuses("SEC", &reopen("op-1"), "not-entitled");
        let unreasoned = json!({"reopen": {"clause": "op-1", "reason": ""}});
        room.refuses("CHAIR", &unreasoned, "reason-needed");
        room.does("CHAIR", &reopen("op-1"));
        room.refuses("CHAIR", &reopen("op-1"), "not-agreed");
    }

    #[test]
    fn reopening_ends_every_earlier_decision_on_the_text() {
        let mut room = Room::sitting();
        for who in ["AVR", "MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.does("CHAIR", &reopen("op-1"));
        room.types("op-1", en(), "Decides to meet monthly;");
        room.types("op-1", en(), "Decides to meet annually;");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        room.refuses("CHAIR", &agree("op-1"), "rule-not-satisfied");
    }

    #[test]
    fn a_deleted_clause_comes_back_with_its_words_and_its_objections() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-2"));
        room.does("MRD", &supports("op-2"));
        room.does("MRD", &delete("op-2"));
        room.does("PEN", &incorporate("p1"));
        room.does("CHAIR", &reopen("op-2"));
        assert_eq!(room.words("op-2"), "Requests a report.");
        let positions = &room.draft.clauses.get(&clause("op-2")).unwrap().positions;
        assert_eq!(
            positions.keys().cloned().collect::<Vec<_>>(),
            [delegation("AVR")]
        );
    }
}
