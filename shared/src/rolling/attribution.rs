//! Who wants which words: groups first, then delegations, each in the order of their codes (R-B6).
//!
//! The record does not keep the order in which groups joined a proposal, and codes are the same in every language.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::draft::{Draft, Heard, Proposal, Stance};
use crate::ids::{DelegationId, Digest, GroupId};

/// A name behind words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Attribution {
    /// A group, named once for its members.
    Group(GroupId),
    /// A delegation for itself.
    Delegation(DelegationId),
}

impl fmt::Display for Attribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(id) => id.fmt(f),
            Self::Delegation(id) => id.fmt(f),
        }
    }
}

/// `ISL, AVR, KEN`.
pub(super) fn names(who: &[Attribution]) -> String {
    let names: Vec<_> = who.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// Who has made or joined these proposals. Whom only a group has brought is named by the group.
pub(super) fn sponsors<'a>(
    draft: &Draft,
    proposals: impl IntoIterator<Item = &'a Proposal>,
) -> Vec<Attribution> {
    let mut who = BTreeSet::new();
    for proposal in proposals {
        let groups = &proposal.groups;
        let mut named = BTreeSet::new();
        for group in &groups.cosponsors {
            named.extend(draft.seats.members(group));
            who.insert(Attribution::Group(group.clone()));
        }
        let all = std::iter::once(&proposal.by).chain(&proposal.cosponsors);
        // Who was brought by a group and has left it since is a sponsor still, and nobody names it any more.
        let own = all.filter(|d| !(groups.brought.contains(*d) && named.contains(*d)));
        who.extend(own.cloned().map(Attribution::Delegation));
    }
    who.into_iter().collect()
}

/// Who objects to these proposals as they stand now, itself or through a group. Objections to an earlier wording are left
/// out: they wait for another look, and the brackets show what is wanted now.
pub(super) fn objectors<'a>(
    draft: &Draft,
    proposals: impl IntoIterator<Item = &'a Proposal>,
) -> Vec<Attribution> {
    let Some(negotiated) = draft.negotiated() else {
        return Vec::new();
    };
    let mut who = BTreeSet::new();
    for proposal in proposals {
        let digest: Digest = proposal.digest(negotiated);
        let objects = |stance: Stance, on: Digest| stance == Stance::Object && on == digest;
        let voices = proposal.voices();
        for (delegation, heard) in voices.heard(&draft.seats, digest) {
            if let Heard::Standing(position, through) = heard
                && objects(position.stance, position.digest)
            {
                who.insert(match through {
                    Some(group) => Attribution::Group(group.clone()),
                    None => Attribution::Delegation(delegation),
                });
            }
        }
        // Who may not decide is heard as well.
        for (delegation, position) in &proposal.positions {
            if objects(position.stance, position.digest)
                && draft.seats.sitting(delegation).is_some()
            {
                who.insert(Attribution::Delegation(delegation.clone()));
            }
        }
    }
    who.into_iter().collect()
}
