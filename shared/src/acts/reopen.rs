//! The facilitator opens an agreed or deleted clause again. Every earlier decision on that text ends.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Clause, Decision, Draft, Manuscript, TextEdit, VoteResult};
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

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "reopen a clause")?;
        floor::reason(&self.reason, "Reopening a clause")?;
        floor::settled_clause(draft, &self.clause)?;
        match draft.rule.reopen.decision() {
            None => Ok(()),
            Some(needed) => Err(self.vote_needed(draft, &needed, at)),
        }
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

impl Reopen {
    /// The chair does not reopen it alone: what is needed, and how far it is. A vote that is carried reopens the clause by
    /// itself, so that there is never one that waits for the chair.
    fn vote_needed(&self, draft: &Draft, needed: &Decision, at: Timestamp) -> Refusal {
        let id = &self.clause;
        let so_far = match draft.vote_to_reopen(id) {
            None => "no vote on it was held".to_owned(),
            Some((vote, v)) if v.is_hidden(at) => format!("vote {vote} on it is open"),
            Some((vote, v)) => {
                let is = v.result.map_or("open", VoteResult::name);
                format!("vote {vote} on it is {is}: {}", v.told())
            }
        };
        let open = draft.vote_to_reopen(id).filter(|(_, v)| v.result.is_none());
        let hint = match open {
            Some((vote, _)) => {
                format!("If vote {vote} is carried, the clause is reopened by that.")
            }
            None => {
                format!("Put it to the vote with `plenary vote open {id} --reopen --reason …`.")
            }
        };
        Refusal::new(
            "vote-needed",
            format!("Clause {id} is reopened by {needed}; {so_far}."),
            hint,
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, act, agree, call, casts, clause, closes_vote, delegation, delete, en, incorporate,
        objects, opens_vote_on, reopen, supports,
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
    fn unless_the_rule_says_otherwise_two_thirds_reopen() {
        let mut room = Room::sitting();
        room.does("SEC", &json!({"set_rule": {"rule": {}}}));
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        let no = |room: &Room| {
            let no = room.decide("CHAIR", &act(&reopen("op-1"))).unwrap_err();
            assert_eq!(no.code, "vote-needed");
            no.sentence
        };
        let needed = "Clause op-1 is reopened by at least two thirds of those present and voting";
        assert_eq!(no(&room), format!("{needed}; no vote on it was held."));
        let mut open = opens_vote_on(&json!({"reopen": "op-1"}));
        open["open_vote"]["reason"] = json!("New instructions came.");
        room.does("CHAIR", &open);
        for (who, choice) in [("AVR", "for"), ("MRD", "against"), ("TSL", "abstain")] {
            room.does(who, &casts("v1", choice));
        }
        let roll = "1 for (AVR), 1 against (MRD), 1 abstaining (TSL)";
        assert_eq!(
            no(&room),
            format!("{needed}; vote v1 on it is open: {roll}.")
        );
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(
            no(&room),
            format!("{needed}; vote v1 on it is not carried: {roll}.")
        );
        room.does("CHAIR", &open);
        for (who, choice) in [("AVR", "for"), ("MRD", "against"), ("TSL", "for")] {
            room.does(who, &casts("v2", choice));
        }
        room.does("CHAIR", &closes_vote("v2"));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_vote_to_reopen_is_for_the_agreement_that_stood_then() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        let mut open = opens_vote_on(&json!({"reopen": "op-1"}));
        open["open_vote"]["reason"] = json!("New instructions came.");
        room.does("CHAIR", &open);
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &casts("v1", "for"));
        }
        room.does("CHAIR", &reopen("op-1"));
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
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
