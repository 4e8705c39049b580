//! Recorded votes: who voted how on which exact text, and what came of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::draft::{Draft, Share};
use crate::ids::{ClauseId, DelegationId, Digest, Language, Seq, VoteId};
use crate::time::Timestamp;

/// How a delegation votes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// In favour.
    For,
    /// Against.
    Against,
    /// Neither; it counts for the quorum, and otherwise as not voting.
    Abstain,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoteResult {
    /// The clause is agreed by it.
    Carried,
    /// The majority was not reached. Everything is as it was.
    NotCarried,
    /// Too few votes were cast. Everything is as it was.
    NoQuorum,
    /// The text, or what was before the room, has changed since the vote was opened.
    Void,
}

/// A recorded vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Vote {
    /// The clause voted on.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one.
    pub digests: BTreeMap<Language, Digest>,
    /// Which share of the votes for and against must be for; `[1, 2]` is more than half.
    #[schema(value_type = Vec<u32>)]
    pub share: Share,
    /// How many votes must be cast, abstentions among them.
    pub quorum: u32,
    /// Until when votes are cast; until the facilitator closes it if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The roll: who voted how, in the order of their codes.
    pub roll: BTreeMap<DelegationId, Choice>,
    /// What came of it; none while votes are cast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VoteResult>,
    /// The entry that opened it.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

impl Vote {
    /// How many chose that.
    pub fn count(&self, choice: Choice) -> u32 {
        let chosen = self.roll.values().filter(|c| **c == choice).count();
        u32::try_from(chosen).unwrap_or(u32::MAX)
    }

    /// The count alone, whatever has become of the text. Abstentions are not votes for or against; nought
    /// to nought is no majority, and neither is a tie (§2.8).
    pub fn counted(&self) -> VoteResult {
        let (yes, no) = (self.count(Choice::For), self.count(Choice::Against));
        if u64::from(yes) + u64::from(no) + u64::from(self.count(Choice::Abstain))
            < u64::from(self.quorum)
        {
            return VoteResult::NoQuorum;
        }
        let all = u64::from(yes) + u64::from(no);
        if self.share.is_reached(yes.into(), all) && yes > no {
            VoteResult::Carried
        } else {
            VoteResult::NotCarried
        }
    }

    /// The vote in words: `3 for (AVR, BNU, NRM), 1 against (VLS), none abstaining`.
    pub fn told(&self) -> String {
        let part = |choice: Choice, word: &str| {
            let who = self.roll.iter().filter(|(_, c)| **c == choice);
            let who: Vec<_> = who.map(|(d, _)| d.as_str()).collect();
            match who.len() {
                0 => format!("none {word}"),
                n => format!("{n} {word} ({})", who.join(", ")),
            }
        };
        [
            part(Choice::For, "for"),
            part(Choice::Against, "against"),
            part(Choice::Abstain, "abstaining"),
        ]
        .join(", ")
    }
}

impl VoteResult {
    /// The result in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::NotCarried => "not carried",
            Self::NoQuorum => "no quorum",
            Self::Void => "void",
        }
    }
}

impl Draft {
    /// What comes of the vote if it is closed now: void if its text is no longer the one thing before the room.
    pub fn result_of(&self, vote: &Vote) -> VoteResult {
        let stands = self.clauses.get(&vote.clause).is_some_and(|c| {
            let same = |(l, d): (&Language, &Digest)| c.digests.get(l) == Some(d);
            !c.is_agreed() && !c.is_deleted() && vote.digests.iter().all(same)
        });
        if stands && self.live_on(&vote.clause).next().is_none() {
            vote.counted()
        } else {
            VoteResult::Void
        }
    }

    /// The vote that is open on the clause.
    pub fn open_vote_on(&self, clause: &ClauseId) -> Option<&VoteId> {
        let open = self.votes.iter();
        let mut open = open.filter(|(_, v)| v.result.is_none() && v.clause == *clause);
        open.next().map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(share: [u32; 2], yes: usize, no: usize, abstain: usize, expected: VoteResult) {
        let choices = [
            (Choice::For, yes),
            (Choice::Against, no),
            (Choice::Abstain, abstain),
        ];
        let choices = choices.iter().flat_map(|(c, n)| vec![*c; *n]);
        let roll = choices
            .enumerate()
            .map(|(n, c)| (format!("D{n}").parse().unwrap(), c))
            .collect();
        let vote = Vote {
            clause: "op-1".parse().unwrap(),
            digests: BTreeMap::new(),
            share: share.try_into().unwrap(),
            quorum: 3,
            until: None,
            roll,
            result: None,
            seq: Seq(1),
            at: Timestamp(0),
        };
        assert_eq!(vote.counted(), expected);
    }

    #[test]
    fn votes_are_counted_exactly() {
        check([1, 2], 2, 1, 0, VoteResult::Carried);
        check([1, 2], 2, 2, 0, VoteResult::NotCarried);
        check([1, 2], 0, 0, 5, VoteResult::NotCarried);
        check([1, 2], 1, 0, 9, VoteResult::Carried);
        check([1, 2], 2, 0, 0, VoteResult::NoQuorum);
        check([2, 3], 2, 1, 0, VoteResult::Carried);
        check([2, 3], 3, 2, 4, VoteResult::NotCarried);
        check([2, 3], 4, 2, 0, VoteResult::Carried);
        check([2, 3], 0, 0, 3, VoteResult::NotCarried);
        check([1, 1], 3, 0, 1, VoteResult::Carried);
        check([1, 1], 3, 1, 0, VoteResult::NotCarried);
        check([1, 3], 2, 2, 0, VoteResult::NotCarried);
    }
}
