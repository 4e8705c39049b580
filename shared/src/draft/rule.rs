//! The rule of a draft: how its clauses are decided, and everything else that it settles for itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::draft::{DoubleMajority, Electorate, Majority, Share};
use crate::ids::DelegationId;

/// How the draft decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The kind of rule.
    #[serde(default)]
    pub decision: Decision,
    /// How many entitled delegations must be present when the question is put; more than half of them if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// Nothing is agreed until everything is agreed: every agreement is ad referendum until the text is adopted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing_agreed: bool,
    /// How many hours a silence procedure lasts at least; [`Rule::SILENCE_HOURS`] if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence_hours: Option<u32>,
    /// How an agreed or deleted clause is opened again; by two thirds of those present and voting if left out.
    #[serde(
        default = "Procedural::two_thirds",
        skip_serializing_if = "Procedural::is_two_thirds"
    )]
    pub reopen: Procedural,
    /// How the text is adopted once everything is agreed; by the chair, with a quorum in the room, if left out.
    #[serde(
        default = "Procedural::chair",
        skip_serializing_if = "Procedural::is_chair"
    )]
    pub adopt: Procedural,
    /// Whether clauses and proposals are put to a recorded vote, and by which majority.
    #[serde(default, skip_serializing_if = "is_default")]
    pub vote: Voting,
    /// When it is seen how each delegation has voted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub show_votes: Shown,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            decision: Decision::default(),
            quorum: None,
            nothing_agreed: false,
            silence_hours: None,
            reopen: Procedural::two_thirds(),
            adopt: Procedural::chair(),
            vote: Voting::default(),
            show_votes: Shown::default(),
        }
    }
}

impl Rule {
    /// Three days, as the General Assembly has it (decision 74/544).
    pub const SILENCE_HOURS: u32 = 72;

    /// How long a silence procedure lasts at least, in milliseconds.
    pub fn shortest_silence(&self) -> i64 {
        i64::from(self.silence_hours.unwrap_or(Self::SILENCE_HOURS)) * 3_600_000
    }
}

/// The kinds of decision rule; one file each in `rules/`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// No entitled delegation objects, and the question was put.
    #[default]
    Consensus,
    /// The same, but so many may object.
    ConsensusMinus(u32),
    /// The same, but those named as concerned may object.
    ConsensusMinusConcerned(BTreeSet<DelegationId>),
    /// Everybody in the room has answered, and no objection is left that holds.
    Consent,
    /// Every entitled delegation supports or accepts the text.
    Unanimity,
    /// So many are in favour, of those present and voting or of all.
    Majority(Majority),
    /// So many delegations are in favour, with so much weight.
    DoubleMajority(DoubleMajority),
}

impl std::fmt::Display for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Consensus => f.write_str("consensus"),
            Self::ConsensusMinus(n) => write!(f, "consensus minus {n}"),
            Self::ConsensusMinusConcerned(who) => {
                let who: Vec<_> = who.iter().map(DelegationId::as_str).collect();
                write!(f, "consensus but for {}", who.join(", "))
            }
            Self::Consent => f.write_str("consent"),
            Self::Unanimity => f.write_str("unanimity"),
            Self::Majority(m) => match m.of {
                Electorate::Present => write!(f, "{} of those present and voting", m.share),
                Electorate::Members => write!(f, "{} of all who may decide", m.share),
            },
            Self::DoubleMajority(m) => write!(
                f,
                "{} of all who may decide, with {} of the weight",
                m.delegations, m.weight
            ),
        }
    }
}

/// How a procedural question is decided: whether a clause is reopened, whether the text is adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Procedural {
    /// By the chair alone.
    Chair,
    /// By a recorded vote in which nobody is against.
    Consensus,
    /// By a recorded vote with such a majority.
    Majority(Majority),
}

impl Procedural {
    /// At least two thirds of those present and voting: reconsideration in rules 81 and 123 of the General Assembly.
    pub fn two_thirds() -> Self {
        let share = Share::try_from([2, 3]).expect("two thirds are a share");
        Self::Majority(Majority {
            of: Electorate::Present,
            share,
        })
    }

    /// The chair alone.
    pub fn chair() -> Self {
        Self::Chair
    }

    fn is_two_thirds(&self) -> bool {
        *self == Self::two_thirds()
    }

    fn is_chair(&self) -> bool {
        *self == Self::Chair
    }

    /// What a vote on the question must reach; none if the chair needs no vote.
    pub fn decision(self) -> Option<Decision> {
        match self {
            Self::Chair => None,
            Self::Consensus => Some(Decision::Consensus),
            Self::Majority(majority) => Some(Decision::Majority(majority)),
        }
    }
}

impl std::fmt::Display for Procedural {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.decision() {
            None => f.write_str("the chair alone"),
            Some(decision) => write!(f, "{decision}"),
        }
    }
}

/// Whether clauses and proposals are put to a recorded vote, and by which majority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Voting {
    /// They are, and the chair names what is needed: left out, the draft's own rule if it counts votes, else more than
    /// half of those present and voting.
    #[default]
    Named,
    /// They are not: the text is decided by the draft's rule alone.
    Never,
    /// They are, by this majority and no other.
    Majority(Majority),
}

/// When it is seen how each delegation has voted. Who has voted is always seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// At once.
    #[default]
    AtOnce,
    /// When the vote is closed.
    AtClose,
    /// In the last five minutes, when votes can still be changed: the General Assembly's rule of November 2020.
    LastMinutes,
}
