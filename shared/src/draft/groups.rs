//! What groups say for their members, and who of them is heard through a group.
//!
//! A group's position is kept as the group's, and counted for whoever belongs to it when it is counted. A member's own
//! position on the same text prevails, whenever it was taken; among several groups the strictest is heard (§3.3).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::draft::{Clause, Position, Proposal, Seats, Stance};
use crate::ids::{DelegationId, Digest, GroupId};

/// What groups have said of a clause or a proposal, and which of their members are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Groupwise {
    /// The latest position of each group.
    pub positions: BTreeMap<GroupId, Position>,
    /// The groups that have joined a proposal, for naming them; their members of that day are among its sponsors.
    pub cosponsors: BTreeSet<GroupId>,
    /// The sponsors of a proposal whom only a group has brought to it.
    pub brought: BTreeSet<DelegationId>,
    /// Delegations that no group speaks for here.
    pub dissociated: BTreeSet<DelegationId>,
}

/// All that was said of one clause or proposal.
#[derive(Debug, Clone, Copy)]
pub struct Voices<'a> {
    /// By delegations.
    pub own: &'a BTreeMap<DelegationId, Position>,
    /// By groups.
    pub groups: &'a Groupwise,
}

/// What a delegation is heard to say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Heard<'a> {
    /// Nothing at all.
    Silent,
    /// Something, on an earlier text.
    Stale,
    /// A position that counts, and the group through which it is heard; none if it is its own.
    Standing(&'a Position, Option<&'a GroupId>),
}

impl Clause {
    /// All that was said of it.
    pub fn voices(&self) -> Voices<'_> {
        Voices {
            own: &self.positions,
            groups: &self.groups,
        }
    }
}

impl Proposal {
    /// All that was said of it.
    pub fn voices(&self) -> Voices<'_> {
        Voices {
            own: &self.positions,
            groups: &self.groups,
        }
    }
}

impl Proposal {
    /// No group speaks for the delegation any more: it is not among the sponsors because of one either.
    pub(crate) fn dissociate(&mut self, delegation: &DelegationId) {
        if self.groups.brought.remove(delegation) {
            self.cosponsors.remove(delegation);
        }
    }
}

impl Voices<'_> {
    /// What each entitled delegation is heard to say of the present text. Approvals expire with the text they were given
    /// on, objections do not (P3).
    pub(crate) fn heard(&self, seats: &Seats, text: Digest) -> BTreeMap<DelegationId, Heard<'_>> {
        let stands = |p: &Position| p.stance == Stance::Object || p.digest == text;
        let mut heard = BTreeMap::new();
        for (delegation, _) in seats.entitled() {
            let said = match self.own.get(delegation) {
                None => Heard::Silent,
                Some(p) if stands(p) => Heard::Standing(p, None),
                Some(_) => Heard::Stale,
            };
            heard.insert(delegation.clone(), said);
        }
        for (group, position) in &self.groups.positions {
            for member in seats.members(group) {
                // Who has left the group's position does not come back under it when its own expires (§3.9).
                if self.groups.dissociated.contains(&member) || seats.dissociated.contains(&member)
                {
                    continue;
                }
                let Some(said) = heard.get_mut(&member) else {
                    continue;
                };
                match said {
                    Heard::Standing(_, None) => {}
                    Heard::Silent if !stands(position) => *said = Heard::Stale,
                    Heard::Silent | Heard::Stale if stands(position) => {
                        *said = Heard::Standing(position, Some(group));
                    }
                    Heard::Standing(other, Some(_))
                        if stands(position) && position.stance.is_stricter(other.stance) =>
                    {
                        *said = Heard::Standing(position, Some(group));
                    }
                    Heard::Silent | Heard::Stale | Heard::Standing(_, Some(_)) => {}
                }
            }
        }
        heard
    }
}

impl Stance {
    /// Whether it is further from approval than the other: what a member of two groups is heard to say.
    fn is_stricter(self, other: Self) -> bool {
        let rank = |stance| match stance {
            Self::Support => 0,
            Self::Accept => 1,
            Self::Abstain => 2,
            Self::Reserve => 3,
            Self::Object => 4,
        };
        rank(self) > rank(other)
    }
}

impl Seats {
    /// The delegations that belong to the group now, through other groups too. Groups hold no circles, and each is
    /// looked into once.
    pub fn members(&self, group: &GroupId) -> BTreeSet<DelegationId> {
        let mut members = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut to_see = vec![group.clone()];
        while let Some(id) = to_see.pop() {
            let Some(formed) = self.groups.get(&id) else {
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            for code in &formed.members {
                if let Ok(delegation) = code.parse()
                    && self.sitting(&delegation).is_some()
                {
                    members.insert(delegation);
                }
                to_see.extend(code.parse::<GroupId>());
            }
        }
        members
    }

    /// Whether any group speaks for the delegation.
    pub fn is_in_a_group(&self, delegation: &DelegationId) -> bool {
        let mut groups = self.groups.keys();
        groups.any(|g| self.members(g).contains(delegation))
    }
}
