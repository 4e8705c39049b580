//! Recorded votes: who voted how on which exact text, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::everything_agreed;
use crate::draft::{Clause, Decision, Draft, Proposal, Shown};
use crate::ids::{ClauseId, DelegationId, Digest, Language, Name, ProposalId, Prose, Seq, VoteId};
use crate::rules;
use crate::time::Timestamp;

/// How long before the close votes are seen under [`Shown::LastMinutes`].
const LAST_MINUTES_MS: i64 = 5 * 60_000;

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

/// What is put to a vote.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// That the clause be agreed as it stands.
    Clause(ClauseId),
    /// That the proposal be taken into the text.
    Proposal(ProposalId),
    /// That the agreed or deleted clause be opened again.
    Reopen(ClauseId),
    /// That the text be adopted, under this name.
    Adopt(Name),
}

impl std::fmt::Display for Motion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Clause(id) => write!(f, "clause {id}"),
            Self::Proposal(id) => write!(f, "proposal {id}"),
            Self::Reopen(id) => write!(f, "reopening clause {id}"),
            Self::Adopt(name) => write!(f, "adopting the text as \"{name}\""),
        }
    }
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoteResult {
    /// What was put to the vote is done.
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
    /// What is voted on.
    pub on: Motion,
    /// The exact text voted on, in every authentic language that has one; of an adoption none, as nothing can change
    /// while everything is agreed.
    pub digests: BTreeMap<Language, Digest>,
    /// What must be reached.
    pub by: Decision,
    /// How many votes must be cast, abstentions among them.
    pub quorum: u32,
    /// Until when votes are cast; until the facilitator closes it if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Why a clause is to be reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
    /// When it is seen how each delegation has voted: what the rule said when the vote was opened.
    pub shown: Shown,
    /// The roll: who voted how, in the order of their codes.
    pub roll: BTreeMap<DelegationId, Choice>,
    /// Who else has voted, where the reader may not see yet how ([`crate::withheld`]); nobody in the record itself.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unseen: BTreeSet<DelegationId>,
    /// What came of it; none while votes are cast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<VoteResult>,
    /// The entry that opened it.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

impl Vote {
    /// Whether that delegation has voted, seen or not.
    pub fn has_voted(&self, delegation: &DelegationId) -> bool {
        self.roll.contains_key(delegation) || self.unseen.contains(delegation)
    }

    /// How many chose that.
    pub fn count(&self, choice: Choice) -> usize {
        self.roll.values().filter(|c| **c == choice).count()
    }

    /// From when on it is seen how each delegation has voted, though the vote is open: some minutes before its close, if
    /// the rule hides it until then.
    pub fn revealed_at(&self) -> Option<Timestamp> {
        let close = self.until.filter(|_| self.shown == Shown::LastMinutes)?;
        Some(Timestamp(close.0.saturating_sub(LAST_MINUTES_MS)))
    }

    /// Whether it is not to be seen yet how each delegation has voted.
    pub fn is_hidden(&self, at: Timestamp) -> bool {
        self.result.is_none()
            && match self.shown {
                Shown::AtOnce => false,
                Shown::AtClose => true,
                Shown::LastMinutes => {
                    let close = self.until.map_or(i64::MAX, |until| until.0);
                    at.0 < close.saturating_sub(LAST_MINUTES_MS)
                }
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
        let mut told = [
            part(Choice::For, "for"),
            part(Choice::Against, "against"),
            part(Choice::Abstain, "abstaining"),
        ]
        .join(", ");
        if !self.unseen.is_empty() {
            let who: Vec<_> = self.unseen.iter().map(DelegationId::as_str).collect();
            if self.roll.is_empty() {
                told.clear();
            } else {
                told += "; ";
            }
            let (n, who) = (who.len(), who.join(", "));
            told += &format!("{n} voted ({who}), how is not shown yet");
        }
        told
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
    /// What comes of the vote if it is closed now: void if what it is on is no longer before the room as it was.
    pub fn result_of(&self, vote: &Vote) -> VoteResult {
        if self.stands(vote) {
            rules::count(&self.seats, vote)
        } else {
            VoteResult::Void
        }
    }

    /// Whether what was put to the vote can still be done, and means what it meant when the vote was opened.
    fn stands(&self, vote: &Vote) -> bool {
        let decided_since = |c: &Clause| c.agreement.as_ref().is_some_and(|a| a.seq > vote.seq);
        match &vote.on {
            Motion::Clause(id) => {
                let open = |c: &Clause| !c.is_agreed() && !c.is_deleted();
                let clause = self.clauses.get(id);
                clause.is_some_and(|c| open(c) && self.texts(c) == vote.digests)
                    && self.live_on(id).next().is_none()
            }
            Motion::Proposal(id) => self.proposals.get(id).is_some_and(|p| {
                let clause = p.clause().and_then(|c| self.clauses.get(c));
                let as_it_was =
                    |c: &Clause| !c.is_agreed() && !c.is_deleted() && c.changed <= vote.seq;
                p.is_live() && self.wordings(p) == vote.digests && clause.is_none_or(as_it_was)
            }),
            Motion::Reopen(id) => self.clauses.get(id).is_some_and(|c| {
                let settled = c.is_agreed() || c.is_deleted();
                let settled_since = decided_since(c) || c.deleted.is_some_and(|d| d > vote.seq);
                settled && !settled_since && self.texts(c) == vote.digests
            }),
            Motion::Adopt(name) => {
                !self.clauses.values().any(decided_since)
                    && !self.versions.iter().any(|v| v.name == *name)
                    && everything_agreed(self).is_ok()
            }
        }
    }

    /// The exact wording of a proposal in each authentic language that has one; of a deletion or a move, the text
    /// concerned.
    pub(crate) fn wordings(&self, proposal: &Proposal) -> BTreeMap<Language, Digest> {
        let nothing = Digest::of("");
        let negotiated = self.negotiated();
        let wording = |l: &Language| match negotiated == Some(l) {
            true => Some(proposal.digest(l)),
            false => proposal.digests.get(l).copied(),
        };
        let authentic = self.authentic.iter();
        authentic
            .filter_map(|l| wording(l).map(|digest| (l.clone(), digest)))
            .filter(|(_, digest)| *digest != nothing)
            .collect()
    }

    /// Whether a vote is open on agreeing the clause.
    pub fn is_voted_on(&self, clause: &ClauseId) -> bool {
        self.open_vote_on(&Motion::Clause(clause.clone())).is_some()
    }

    /// The vote that is open on that.
    pub fn open_vote_on(&self, on: &Motion) -> Option<(&VoteId, &Vote)> {
        let mut votes = self.votes.iter();
        votes.find(|(_, v)| v.result.is_none() && v.on == *on)
    }

    /// The latest vote on reopening the clause since it was last settled.
    pub fn vote_to_reopen(&self, id: &ClauseId) -> Option<(&VoteId, &Vote)> {
        let clause = self.clauses.get(id)?;
        let settled = clause
            .agreement
            .as_ref()
            .map(|a| a.seq)
            .or(clause.deleted)?;
        let votes = self.votes.iter();
        let mine = votes.filter(|(_, v)| v.on == Motion::Reopen(id.clone()) && v.seq > settled);
        mine.max_by_key(|(_, v)| v.seq)
    }

    /// Where nothing is entered any more, nothing is voted on.
    pub(crate) fn void_votes(&mut self) {
        let open: Vec<_> = self
            .votes
            .iter()
            .filter(|(_, v)| v.result.is_none())
            .collect();
        let open: Vec<_> = open.into_iter().map(|(id, _)| id.clone()).collect();
        for id in open {
            if let Some(vote) = self.votes.get_mut(&id) {
                vote.result = Some(VoteResult::Void);
            }
        }
    }
}
