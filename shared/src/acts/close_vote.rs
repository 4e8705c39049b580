//! The facilitator closes a vote: it is counted, and a clause that it carries is agreed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, agree, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, TextEdit, VoteResult};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::VoteId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator closes a vote: it is counted, and a clause that it carries is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseVote {
    /// The vote.
    pub vote: VoteId,
    /// What comes of it: always what the count says, filled in by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VoteResult>,
}

impl Rules for CloseVote {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let vote = draft.votes.get(&self.vote);
        Ok(Act::CloseVote(Self {
            vote: self.vote.clone(),
            result: vote.map(|v| draft.result_of(v)),
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "close a vote")?;
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
                "Close it after that time, or when everybody has voted.",
            ));
        }
        Ok(())
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        match (self.result, draft.votes.get(&self.vote)) {
            (Some(VoteResult::Carried), Some(vote)) => vec![agree::mark(draft, &vote.clause)],
            _ => Vec::new(),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let vote = floor::vote_mut(entry, draft, &self.vote)?;
        vote.result = self.result;
        let (clause, digests) = (vote.clause.clone(), vote.digests.clone());
        match self.result {
            Some(VoteResult::Carried) => {
                agree::settle(entry, draft, &clause, &digests, BTreeSet::new())
            }
            Some(VoteResult::NotCarried | VoteResult::NoQuorum | VoteResult::Void) => Ok(()),
            None => Err(Corrupt::at(entry.seq, "the vote has no result")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, call, casts, closes_vote, delete, en, objects, opens_vote, reopen,
    };
    use crate::draft::VoteResult;
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
}
