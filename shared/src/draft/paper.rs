//! Working papers: a text of one group, or of one delegation, beside the draft that it is meant for.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::Seats;
use crate::ids::{ClauseId, DelegationId, Digest, DraftId, GroupId, Name};

/// A delegation, or a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A delegation.
    Delegation(DelegationId),
    /// A group.
    Group(GroupId),
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delegation(id) => write!(f, "{id}"),
            Self::Group(id) => write!(f, "group {id}"),
        }
    }
}

impl Party {
    /// Whether the delegation belongs to it now: it itself, a member of the group, or who speaks for the group.
    pub fn includes(&self, delegation: &DelegationId, seats: &Seats) -> bool {
        match self {
            Self::Delegation(id) => id == delegation,
            Self::Group(id) => {
                let speaks = seats.groups.get(id).and_then(|g| g.spokesperson.as_ref());
                speaks == Some(delegation) || seats.members(id).contains(delegation)
            }
        }
    }
}

/// What makes a draft a working paper. It stands in its convening, so that the paper's log tells by itself who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Whose it is.
    pub of: Party,
    /// The draft that it is meant for.
    pub parent: DraftId,
    /// Who sits in it, by code: the party's delegations of that day. Each holds the pen, and nobody presides.
    pub members: BTreeMap<DelegationId, Name>,
}

/// Where a proposal comes from: a clause of a working paper.
///
/// Who sits in the paper finds the words there by the digest. To everybody else it says whose paper it was, and nothing
/// more of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The paper.
    pub paper: DraftId,
    /// The clause in it.
    pub clause: ClauseId,
    /// Its words, by their digest in the language negotiated in; completed by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Whose paper it is; completed by the server, which has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Party>,
}
