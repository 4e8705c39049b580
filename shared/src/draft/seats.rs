//! Who sits in a draft: delegations, their roles, and the groups they form.

use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

use crate::ids::{DelegationId, GroupId, Language, Name};

/// What a seat may do, from least to most.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads.
    Observer,
    /// Reads, compares, seals versions.
    Archivist,
    /// Proposes and takes positions; types into clauses if the draft is open.
    #[default]
    Delegate,
    /// Writes the text and takes proposals into it.
    PenHolder,
    /// Presides: puts questions, declares agreement.
    Facilitator,
}

impl Role {
    /// Whether a delegation seated in this role may have a person in that one.
    pub fn covers(self, person: Self) -> bool {
        match self {
            Self::Facilitator => true,
            Self::PenHolder => matches!(person, Self::PenHolder | Self::Delegate | Self::Observer),
            Self::Delegate => matches!(person, Self::Delegate | Self::Observer),
            Self::Archivist => matches!(person, Self::Archivist | Self::Observer),
            Self::Observer => person == Self::Observer,
        }
    }

    /// Whether it may write clauses and structure.
    pub fn holds_the_pen(self) -> bool {
        matches!(self, Self::PenHolder | Self::Facilitator)
    }

    /// The role in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observer => "observer",
            Self::Archivist => "archivist",
            Self::Delegate => "delegate",
            Self::PenHolder => "pen-holder",
            Self::Facilitator => "facilitator",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Role {
    type Err = crate::ids::Unusable;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        [
            Self::Observer,
            Self::Archivist,
            Self::Delegate,
            Self::PenHolder,
            Self::Facilitator,
        ]
        .into_iter()
        .find(|r| r.name() == s)
        .ok_or_else(|| crate::ids::Unusable {
            what: "a role",
            why: "is one of observer, archivist, delegate, pen-holder, facilitator".into(),
        })
    }
}

/// A delegation in the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Delegation {
    /// Its full name.
    pub name: Name,
    /// The most that its people may do.
    pub role: Role,
    /// Whether its positions count in decisions.
    pub entitled: bool,
    /// Its weight under rules that weigh.
    pub weight: u32,
    /// Its languages, first choice first.
    pub languages: Vec<Language>,
    /// Set once it has left: its record stays, its positions no longer count.
    pub left: bool,
}

/// A group of delegations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Group {
    /// Its full name.
    pub name: Name,
    /// Codes of delegations and of other groups.
    pub members: Vec<String>,
    /// The delegation that speaks for it; none: nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spokesperson: Option<DelegationId>,
}

/// The roster of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seats {
    /// Delegations by code.
    pub delegations: OrdMap<DelegationId, Delegation>,
    /// Groups by code.
    pub groups: OrdMap<GroupId, Group>,
    /// Delegations that no group speaks for, on anything.
    pub dissociated: OrdSet<DelegationId>,
}

impl Seats {
    /// The delegation, if it sits here now.
    pub fn sitting(&self, id: &DelegationId) -> Option<&Delegation> {
        self.delegations.get(id).filter(|d| !d.left)
    }

    /// The delegations whose positions count, in the order of their codes.
    pub fn entitled(&self) -> impl Iterator<Item = (&DelegationId, &Delegation)> {
        self.delegations
            .iter()
            .filter(|(_, d)| d.entitled && !d.left)
    }
}
