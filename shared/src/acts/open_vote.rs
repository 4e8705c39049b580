//! The facilitator puts a clause to a recorded vote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, agree, free};
use crate::draft::{Draft, Manuscript, Share, Vote};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Language, VoteId};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, rules};

/// The facilitator puts a clause to a recorded vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenVote {
    /// The vote's id; the next free one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteId>,
    /// The clause voted on.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
    /// Which share of the votes for and against must be for, `[2, 3]` for two thirds; more than half if left out.
    #[serde(default = "half")]
    #[schema(value_type = Vec<u32>)]
    pub share: Share,
    /// How many votes must be cast, abstentions among them; the draft's quorum if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// Until when votes are cast; until the facilitator closes it if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

fn half() -> Share {
    Share::try_from([1, 2]).expect("one half is a share")
}

impl Rules for OpenVote {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut completed = self.clone();
        completed.vote.get_or_insert_with(|| free::vote(draft));
        if completed.digests.is_empty()
            && let Some(clause) = draft.clauses.get(&self.clause)
        {
            completed.digests = agree::texts(draft, clause);
        }
        if completed.quorum.is_none() {
            let needed = rules::quorum(draft);
            completed.quorum = needed.and_then(|n| u32::try_from(n).ok());
        }
        Ok(Act::OpenVote(completed))
    }

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "put a clause to the vote")?;
        agree::is_the_text(draft, &self.clause, &self.digests)?;
        if let Some(open) = draft.open_vote_on(&self.clause) {
            return Err(Refusal::new(
                "vote-running",
                format!("Vote {open} on clause {} is still open.", self.clause),
                "Close it first.",
            ));
        }
        if let Some(vote) = self.vote.as_ref().filter(|v| draft.votes.contains_key(*v)) {
            return Err(Refusal::id_taken(vote.as_str()));
        }
        match self.quorum {
            None => {
                return Err(Refusal::new(
                    "no-quorum",
                    "No delegation of this draft is entitled to decide.",
                    "Ask the secretariat to seat delegations that are.",
                ));
            }
            Some(0) => {
                return Err(Refusal::new(
                    "quorum-of-none",
                    "A quorum of nobody would let an empty room decide.",
                    "Set a quorum of at least 1, or leave it out for that of the draft.",
                ));
            }
            Some(_) => {}
        }
        if self.until.is_some_and(|until| until <= at) {
            return Err(Refusal::new(
                "vote-ended",
                "That vote would have ended before it began.",
                "Name a time that is still to come, or none.",
            ));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let (Some(id), Some(quorum)) = (self.vote.clone(), self.quorum) else {
            return Err(Corrupt::at(entry.seq, "the vote has no id or no quorum"));
        };
        let vote = Vote {
            clause: self.clause.clone(),
            digests: self.digests.clone(),
            share: self.share,
            quorum,
            until: self.until,
            roll: BTreeMap::new(),
            result: None,
            seq: entry.seq,
            at: entry.at,
        };
        match draft.votes.insert(id, vote) {
            None => Ok(()),
            Some(_) => Err(Corrupt::at(entry.seq, "there was a vote of that id")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, agree, another_text, call, delete, en, opens_vote, seat};
    use serde_json::json;

    #[test]
    fn the_facilitator_alone_puts_one_present_text_to_the_vote() {
        let mut room = Room::sitting();
        for who in ["PEN", "AVR", "SEC"] {
            room.refuses(who, &opens_vote("op-1"), "not-entitled");
        }
        room.refuses("CHAIR", &opens_vote("op-9"), "unknown-clause");
        let mut stale = opens_vote("op-1");
        stale["open_vote"]["digests"] = json!({"en": another_text()});
        room.refuses("CHAIR", &stale, "stale-text");
        room.does("CHAIR", &opens_vote("op-1"));
        room.refuses("CHAIR", &opens_vote("op-1"), "vote-running");
        let mut taken = opens_vote("t");
        taken["open_vote"]["vote"] = json!("v1");
        room.refuses("CHAIR", &taken, "id-taken");
        room.does("AVR", &delete("op-2"));
        room.refuses("CHAIR", &opens_vote("op-2"), "proposals-pending");
        room.does("CHAIR", &call("t"));
        room.does("CHAIR", &agree("t"));
        room.refuses("CHAIR", &opens_vote("t"), "clause-agreed");
    }

    #[test]
    fn its_terms_can_be_meant() {
        let mut room = Room::sitting();
        let with = |field: &str, value: serde_json::Value| {
            let mut open = opens_vote("op-1");
            open["open_vote"][field] = value;
            open
        };
        room.refuses("CHAIR", &with("quorum", json!(0)), "quorum-of-none");
        room.refuses(
            "CHAIR",
            &with("until", json!("2020-01-01T00:00:00Z")),
            "vote-ended",
        );
        room.allows("CHAIR", &with("until", json!("2999-01-01T00:00:00Z")));
        let mut empty = room.clone();
        for code in ["MRD", "TSL", "PEN", "AVR"] {
            empty.does("SEC", &seat(code, "delegate", false));
        }
        empty.refuses("CHAIR", &opens_vote("op-1"), "no-quorum");
        let unsound =
            serde_json::from_value::<super::OpenVote>(json!({"clause": "op-1", "share": [4, 3]}));
        assert!(unsound.is_err());
        room.types("op-2", en(), "");
        room.refuses("CHAIR", &opens_vote("op-2"), "text-needed");
    }
}
