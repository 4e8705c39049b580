//! A delegation says something for the record: an explanation of position, an interpretation.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Explains, Manuscript, Motion, Role, Said, When};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Prose, VoteId};
use crate::limits;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation says something for the record: an explanation of position, an interpretation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it speaks of; the whole draft if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Target>,
    /// The vote that it explains, before the close or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteId>,
    /// The statement.
    pub text: Prose,
}

impl Rules for Statement {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Statement(self.clone()))
    }

    /// Everybody may speak for the record, observers too; an archivist keeps it.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let may = |r: Role| r != Role::Archivist;
        admit::seat(by, "make a statement", "a delegate or an observer", may)?;
        if self.text.as_str().trim().is_empty() {
            return Err(Refusal::new(
                "text-needed",
                "The statement says nothing.",
                "Write what is to stand in the record.",
            ));
        }
        if draft.statements.len() >= limits::STATEMENTS {
            return Err(Refusal::limit_reached("statements", limits::STATEMENTS));
        }
        let own = |s: &&Said| s.by.delegation() == by.delegation();
        if draft.statements.iter().filter(own).count() >= limits::STATEMENTS_OF_ONE {
            return Err(Refusal::limit_reached(
                "statements of one delegation",
                limits::STATEMENTS_OF_ONE,
            ));
        }
        if let Some(vote) = &self.vote {
            explanation(by, draft, vote)?;
        }
        match &self.on {
            Some(Target::Clause(id)) => floor::clause(draft, id).map(drop),
            Some(Target::Proposal(id)) if !draft.proposals.contains_key(id) => {
                Err(Refusal::unknown_proposal(id))
            }
            Some(Target::Proposal(_)) | None => Ok(()),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.statements.push_back(Said {
            by: entry.by.clone(),
            on: self.on.clone(),
            explains: self.vote.as_ref().map(|id| Explains {
                vote: id.clone(),
                when: match draft.votes.get(id).and_then(|v| v.result) {
                    None => When::Before,
                    Some(_) => When::After,
                },
            }),
            text: self.text.clone(),
            seq: entry.seq,
            at: entry.at,
        });
        Ok(())
    }
}

/// Whoever may vote explains a vote, but not on the own proposal (rule 88 of the General Assembly).
fn explanation(by: &By, draft: &Draft, id: &VoteId) -> Result<(), Refusal> {
    let delegation = admit::voice(draft, by, "explain a vote")?;
    let vote = draft
        .votes
        .get(id)
        .ok_or_else(|| Refusal::unknown_vote(id))?;
    let own = match &vote.on {
        Motion::Proposal(p) => draft.proposals.get(p).is_some_and(|p| p.by == *delegation),
        Motion::Clause(_) | Motion::Reopen(_) | Motion::Adopt(_) => false,
    };
    if own {
        return Err(Refusal::new(
            "own-proposal",
            "A sponsor does not explain its vote on its own proposal.",
            "Make a statement on the proposal itself.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, casts, closes_vote, opens_vote, opens_vote_on, replace};
    use crate::draft::When;
    use crate::limits;
    use serde_json::json;

    #[test]
    fn everybody_but_the_archivist_speaks_for_the_record() {
        let mut room = Room::sitting();
        let states = json!({"statement": {"text": "We thank the host."}});
        for who in ["CHAIR", "PEN", "AVR", "OBS"] {
            room.does(who, &states);
        }
        room.refuses("ARC", &states, "not-entitled");
        room.refuses("SEC", &states, "not-entitled");
        assert_eq!(room.draft.statements.len(), 4);
    }

    #[test]
    fn a_statement_says_something_of_something_that_is_there() {
        let room = Room::sitting();
        room.refuses("AVR", &json!({"statement": {"text": " "}}), "text-needed");
        let on = |target| json!({"statement": {"on": target, "text": "Noted."}});
        room.allows("AVR", &on(json!({"clause": "op-1"})));
        room.refuses("AVR", &on(json!({"clause": "op-9"})), "unknown-clause");
        room.refuses("AVR", &on(json!({"proposal": "p9"})), "unknown-proposal");
    }

    #[test]
    fn a_vote_is_explained_before_and_after_but_not_on_the_own_proposal() {
        let mut room = Room::sitting();
        let explains =
            |vote| json!({"statement": {"vote": vote, "text": "We had hoped for more."}});
        room.refuses("AVR", &explains("v1"), "unknown-vote");
        room.does("CHAIR", &opens_vote("op-1"));
        room.refuses("OBS", &explains("v1"), "not-entitled");
        room.does("AVR", &explains("v1"));
        room.does("AVR", &casts("v1", "abstain"));
        room.does("CHAIR", &closes_vote("v1"));
        room.does("AVR", &explains("v1"));
        let said = room.draft.statements.iter();
        let when: Vec<_> = said.map(|s| s.explains.clone().unwrap().when).collect();
        assert_eq!(when, [When::Before, When::After]);
        room.does("AVR", &replace("op-2", "Requests two reports."));
        room.does("CHAIR", &opens_vote_on(&json!({"proposal": "p1"})));
        room.refuses("AVR", &explains("v2"), "own-proposal");
        room.allows("MRD", &explains("v2"));
    }

    #[test]
    fn one_delegations_statements_leave_room_for_the_others() {
        let mut room = Room::sitting();
        let states = json!({"statement": {"text": "Once more."}});
        room.does("AVR", &states);
        let said = room.draft.statements.get(0).unwrap().clone();
        for _ in 1..limits::STATEMENTS_OF_ONE {
            room.draft.statements.push_back(said.clone());
        }
        room.refuses("AVR", &states, "limit-reached");
        room.allows("MRD", &states);
        for _ in limits::STATEMENTS_OF_ONE..limits::STATEMENTS {
            room.draft.statements.push_back(said.clone());
        }
        room.refuses("MRD", &states, "limit-reached");
    }
}
