//! A vote is closed, by the facilitator or at its end by the clock: it is counted, and what it carries is done.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Adopt, Agree, Incorporate, Reopen, Rules, agree, floor};
use crate::admit;
use crate::draft::{Draft, How, Manuscript, Motion, TextEdit, Vote, VoteResult};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Heads, VoteId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A vote is closed, by the facilitator or at its end by the clock: it is counted, and what it carries is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseVote {
    /// The vote.
    pub vote: VoteId,
    /// What comes of it: always what the count says, filled in by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VoteResult>,
    /// The moment in the text's history, if the text is adopted by it; filled in by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heads: Option<Heads>,
}

impl Rules for CloseVote {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let vote = draft.votes.get(&self.vote);
        let adopts = vote.is_some_and(|v| matches!(v.on, Motion::Adopt(_)));
        Ok(Act::CloseVote(Self {
            vote: self.vote.clone(),
            result: vote.map(|v| draft.result_of(v)),
            heads: adopts.then(Heads::default),
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        if *by != By::Server {
            admit::chair(by, "close a vote")?;
        }
        let vote = floor::open_vote(draft, &self.vote)?;
        let is_running = vote.until.filter(|until| at <= *until);
        let voted = |(d, _): (&_, &_)| vote.roll.contains_key(d);
        if let Some(until) = is_running
            && self.result != Some(VoteResult::Void)
            && !draft.seats.entitled().all(voted)
        {
            return Err(Refusal::new(
                "vote-running",
                format!(
                    "Vote {} goes on until {until}, and not all have voted.",
                    self.vote
                ),
                "Wait for that time, or until everybody has voted.",
            ));
        }
        Ok(())
    }

    fn edits(&self, draft: &Draft, manuscript: &Manuscript) -> Vec<TextEdit> {
        let vote = draft.votes.get(&self.vote);
        let done = vote.and_then(|v| self.carries_out(v));
        done.map(|act| act.rules().edits(draft, manuscript))
            .unwrap_or_default()
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let deciding = draft.seats.clone();
        let vote = floor::vote_mut(entry, draft, &self.vote)?;
        if self.result.is_none() {
            return Err(Corrupt::at(entry.seq, "the vote has no result"));
        }
        vote.result = self.result;
        // Whoever may no longer decide is not counted, and so stands on no roll.
        let decides = |id: &_| deciding.sitting(id).is_some_and(|d| d.entitled);
        vote.roll.retain(|id, _| decides(id));
        let vote = vote.clone();
        let Some(act) = self.carries_out(&vote) else {
            return Ok(());
        };
        act.rules().fold(entry, draft)?;
        match &vote.on {
            Motion::Clause(id) => agree::reached(entry, draft, id, How::Vote(self.vote.clone())),
            Motion::Proposal(_) | Motion::Reopen(_) | Motion::Adopt(_) => Ok(()),
        }
    }
}

impl CloseVote {
    /// The act that follows from the vote, if it is carried: what was put to the vote is done by this entry.
    fn carries_out(&self, vote: &Vote) -> Option<Act> {
        if self.result != Some(VoteResult::Carried) {
            return None;
        }
        Some(match &vote.on {
            Motion::Clause(clause) => Act::Agree(Agree {
                clause: clause.clone(),
                digests: vote.digests.clone(),
            }),
            Motion::Proposal(proposal) => Act::Incorporate(Incorporate {
                proposal: proposal.clone(),
                digest: None,
            }),
            Motion::Reopen(clause) => Act::Reopen(Reopen {
                clause: clause.clone(),
                reason: vote.reason.clone()?,
            }),
            Motion::Adopt(name) => Act::Adopt(Adopt {
                name: name.clone(),
                heads: self.heads.clone(),
                present: vote.roll.keys().cloned().collect(),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, call, casts, closes_vote, delete, en, objects, opens_vote, opens_vote_on,
        proposal, reopen, replace,
    };
    use crate::draft::{ProposalState, VoteResult};
    use crate::ids::VoteId;
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    /// `op-1`, voted on like that: `+` for, `-` against, `o` abstaining.
    fn voted(votes: &str) -> Room {
        let mut room = Room::sitting();
        room.does("CHAIR", &opens_vote("op-1"));
        for (who, vote) in ["AVR", "MRD", "TSL", "PEN"].iter().zip(votes.chars()) {
            let choice = match vote {
                '+' => "for",
                '-' => "against",
                _ => "abstain",
            };
            room.does(who, &casts("v1", choice));
        }
        room
    }

    fn result(room: &Room) -> Option<VoteResult> {
        room.draft
            .votes
            .get(&"v1".parse::<VoteId>().unwrap())
            .unwrap()
            .result
    }

    #[test]
    fn the_facilitator_closes_it_and_the_count_decides() {
        for (votes, expected, status) in [
            ("++-", VoteResult::Carried, ClauseStatus::Agreed),
            ("+oo", VoteResult::Carried, ClauseStatus::Agreed),
            ("++--", VoteResult::NotCarried, ClauseStatus::Open),
            ("oooo", VoteResult::NotCarried, ClauseStatus::Open),
            ("++", VoteResult::NoQuorum, ClauseStatus::Open),
        ] {
            let mut room = voted(votes);
            room.refuses("PEN", &closes_vote("v1"), "not-entitled");
            // Whoever closes it does not say what comes of it.
            let claimed = json!({"close_vote": {"vote": "v1", "result": "carried"}});
            room.does("CHAIR", &claimed);
            assert_eq!(
                (result(&room), room.status("op-1")),
                (Some(expected), status),
                "{votes}"
            );
            room.refuses("CHAIR", &closes_vote("v1"), "vote-closed");
            room.refuses("CHAIR", &closes_vote("v9"), "unknown-vote");
            assert_eq!(room.replayed(), room.draft);
        }
    }

    #[test]
    fn a_vote_carries_over_an_objection_and_the_clause_is_locked() {
        let mut room = voted("+++-");
        room.does("PEN", &objects("op-1"));
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        room.refuses("PEN", &objects("op-1"), "clause-agreed");
        room.does("CHAIR", &reopen("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
    }

    #[test]
    fn what_was_changed_settled_or_amended_meanwhile_makes_the_vote_void() {
        let mut changed = voted("++++");
        changed.types("op-1", en(), "Decides to meet monthly;");
        let mut amended = voted("++++");
        amended.does("AVR", &delete("op-1"));
        let mut settled = voted("++++");
        settled.does("CHAIR", &call("op-1"));
        settled.does("CHAIR", &agree("op-1"));
        for mut room in [changed, amended, settled] {
            let before = room.status("op-1");
            room.does("CHAIR", &closes_vote("v1"));
            assert_eq!(
                (result(&room), room.status("op-1")),
                (Some(VoteResult::Void), before)
            );
        }
    }

    #[test]
    fn before_its_end_it_is_closed_only_when_all_have_voted() {
        let mut room = Room::sitting();
        let mut open = opens_vote("op-1");
        open["open_vote"]["until"] = json!("2999-01-01T00:00:00Z");
        room.does("CHAIR", &open);
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &casts("v1", "for"));
        }
        room.refuses("CHAIR", &closes_vote("v1"), "vote-running");
        room.does("PEN", &casts("v1", "abstain"));
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }

    /// Three vote for what was put to the vote.
    fn carried(room: &mut Room) {
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &casts("v1", "for"));
        }
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_proposal_that_is_carried_is_in_the_text_and_the_clause_is_still_to_be_agreed() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does("CHAIR", &opens_vote_on(&json!({"proposal": "p1"})));
        let mut edited = room.clone();
        edited.types("op-1", en(), "Decides to meet once a year;");
        edited.does("CHAIR", &closes_vote("v1"));
        assert_eq!(result(&edited), Some(VoteResult::Void));
        carried(&mut room);
        assert_eq!(room.words("op-1"), "Decides to meet monthly;");
        let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
        assert_eq!(p1.state, ProposalState::Incorporated);
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }

    #[test]
    fn where_the_rule_asks_for_a_vote_it_adopts_the_text() {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"adopt": {"majority": {"of": "present", "share": [2, 3]}}}}}),
        );
        for id in ["t", "op-1", "op-2"] {
            room.does("CHAIR", &call(id));
            room.does("CHAIR", &agree(id));
        }
        let by_the_chair =
            json!({"adopt": {"name": "Declaration", "present": ["AVR", "MRD", "PEN"]}});
        room.refuses("CHAIR", &by_the_chair, "vote-needed");
        room.does("CHAIR", &opens_vote_on(&json!({"adopt": "Declaration"})));
        carried(&mut room);
        assert_eq!(room.status("op-1"), ClauseStatus::Adopted);
        let adopted = room.draft.adopted.unwrap();
        assert_eq!(adopted.present.len(), 3);
        assert_eq!(room.draft.versions.last().unwrap().name, adopted.name);
    }

    #[test]
    fn where_the_draft_ends_its_votes_are_void() {
        let mut room = voted("++++");
        room.does("SEC", &json!({"close": {}}));
        assert_eq!(result(&room), Some(VoteResult::Void));
    }

    #[test]
    fn at_its_end_the_clock_closes_it() {
        let mut room = Room::sitting();
        let mut open = opens_vote("op-1");
        open["open_vote"]["until"] = json!(room.now.to_string());
        room.now.0 -= 1;
        room.does("CHAIR", &open);
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &casts("v1", "for"));
        }
        room.pass(0, 1);
        assert_eq!(room.draft.due(room.now), None);
        room.allows("PEN", &casts("v1", "for"));
        room.refuses("SERVER", &closes_vote("v1"), "vote-running");
        room.pass(0, 1);
        room.refuses("PEN", &casts("v1", "for"), "vote-ended");
        let due = room.draft.due(room.now).unwrap();
        room.does("SERVER", &serde_json::to_value(due).unwrap());
        assert_eq!(room.draft.due(room.now), None);
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }
}
