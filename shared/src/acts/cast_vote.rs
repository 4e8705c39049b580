//! A delegation votes, by name. Until the close it may vote otherwise; the last counts.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Choice, Draft, Manuscript, VoteResult};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Hash, VoteId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation votes, by name. Until the close it may vote otherwise; the last counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CastVote {
    /// The vote.
    pub vote: VoteId,
    /// How.
    pub choice: Choice,
    /// Random bytes of the server, where it is not to be seen yet how: without them, whoever knows the entry's hash
    /// could try the three choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Hash>,
}

impl Rules for CastVote {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::CastVote(self.clone()))
    }

    /// Delegations vote, never groups (§3.3); what is void is not voted on, as nobody would vote on the text before them.
    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::voice(draft, by, "vote")?;
        let vote = floor::open_vote(draft, &self.vote)?;
        // Exactly at the deadline is in time.
        if let Some(until) = vote.until.filter(|until| at > *until) {
            return Err(Refusal::new(
                "vote-ended",
                format!("Vote {} ended at {until}.", self.vote),
                "Explain your vote in a statement, or ask the facilitator for another vote.",
            ));
        }
        if draft.result_of(vote) == VoteResult::Void {
            return Err(Refusal::stale_text(&vote.on.to_string()));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?.clone();
        let vote = floor::vote_mut(entry, draft, &self.vote)?;
        vote.roll.insert(delegation, self.choice);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, casts, closes_vote, delegation, en, opens_vote};
    use crate::draft::Choice;
    use crate::ids::VoteId;
    use crate::time::Timestamp;
    use serde_json::json;

    #[test]
    fn who_decides_votes_and_may_vote_otherwise_until_the_close() {
        let mut room = Room::sitting();
        room.refuses("AVR", &casts("v1", "for"), "unknown-vote");
        room.does("CHAIR", &opens_vote("op-1"));
        for who in ["CHAIR", "OBS", "ARC", "SEC", "SERVER"] {
            room.refuses(who, &casts("v1", "for"), "not-entitled");
        }
        room.does("AVR", &casts("v1", "for"));
        room.does("AVR", &casts("v1", "against"));
        let vote = room
            .draft
            .votes
            .get(&"v1".parse::<VoteId>().unwrap())
            .unwrap();
        assert_eq!(vote.roll, [(delegation("AVR"), Choice::Against)].into());
        room.does("CHAIR", &closes_vote("v1"));
        room.refuses("AVR", &casts("v1", "for"), "vote-closed");
    }

    #[test]
    fn nobody_votes_on_words_that_have_changed_or_after_the_end() {
        let mut room = Room::sitting();
        let mut open = opens_vote("op-1");
        open["open_vote"]["until"] = json!("2999-01-01T00:00:00Z");
        room.does("CHAIR", &open);
        let mut over = room.clone();
        let id = "v1".parse::<VoteId>().unwrap();
        over.draft.votes.get_mut(&id).unwrap().until = Some(Timestamp(0));
        over.refuses("AVR", &casts("v1", "for"), "vote-ended");
        room.allows("AVR", &casts("v1", "for"));
        room.types("op-1", en(), "Decides to meet monthly;");
        room.refuses("AVR", &casts("v1", "for"), "stale-text");
    }
}
