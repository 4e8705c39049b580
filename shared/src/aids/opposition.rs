//! Where opposition concentrates: the clauses that most object to, and what each delegation objects to.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Audience, Picture};
use crate::ids::{ClauseId, DelegationId, ProposalId};
use crate::tally::Tally;

/// Where opposition concentrates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Opposition {
    /// Unsettled clauses that somebody objects to, those with most objections first.
    pub clauses: Vec<Opposed>,
    /// Delegations that object to anything on the floor, those that object to most first; only those that the reader may
    /// see sums of.
    pub delegations: Vec<Opposing>,
}

/// A clause that somebody objects to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opposed {
    /// The clause.
    pub clause: ClauseId,
    /// Its number.
    pub label: String,
    /// Who objects, in the order of their codes.
    pub by: Vec<DelegationId>,
    /// How it stands, in a sentence.
    pub why: String,
}

/// A delegation that objects to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opposing {
    /// The delegation.
    pub delegation: DelegationId,
    /// The unsettled clauses that it objects to, in order.
    pub clauses: Vec<ClauseId>,
    /// The live proposals that it objects to.
    pub proposals: Vec<ProposalId>,
}

impl Opposition {
    /// The opposition as the draft stands: what entitled delegations object to, themselves or through a group.
    pub(super) fn of(picture: &Picture<'_>, audience: &Audience) -> Self {
        let mut opposing: BTreeMap<DelegationId, (Vec<ClauseId>, Vec<ProposalId>)> =
            BTreeMap::new();
        let mut clauses = Vec::new();
        for standing in picture.unsettled().filter(|c| !c.tally.object.is_empty()) {
            for delegation in &standing.tally.object {
                let (clauses, _) = opposing.entry(delegation.clone()).or_default();
                clauses.push(standing.id.clone());
            }
            clauses.push(Opposed {
                clause: standing.id.clone(),
                label: standing.label.clone(),
                by: standing.tally.object.clone(),
                why: standing.tally.why.clone(),
            });
        }
        // Sorting is stable: equally many stay in the order of the text.
        clauses.sort_by_key(|c| Reverse(c.by.len()));
        for (id, proposal) in picture.draft.proposals.iter().filter(|(_, p)| p.is_live()) {
            for delegation in Tally::of_proposal(picture.draft, proposal).object {
                let (_, proposals) = opposing.entry(delegation).or_default();
                proposals.push(id.clone());
            }
        }
        let mut delegations: Vec<_> = opposing
            .into_iter()
            .filter(|(delegation, _)| audience.sees(delegation))
            .map(|(delegation, (clauses, proposals))| Opposing {
                delegation,
                clauses,
                proposals,
            })
            .collect();
        delegations.sort_by_key(|d| Reverse(d.clauses.len() + d.proposals.len()));
        Self {
            clauses,
            delegations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, agree, call, delegation, lifts, objects, replace};
    use serde_json::json;

    fn opposition(room: &Room, audience: &Audience) -> Opposition {
        Opposition::of(&Picture::of(&room.draft, &room.manuscript), audience)
    }

    #[test]
    fn the_most_contested_comes_first_and_settled_clauses_are_left_out() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        for who in ["TSL", "MRD"] {
            room.does(who, &objects("op-2"));
        }
        room.does("PEN", &replace("op-1", "Decides to meet monthly;"));
        room.does(
            "MRD",
            &json!({"object": {"on": {"proposal": "p1"}, "reason": "cost"}}),
        );
        let found = opposition(&room, &Audience::Chair);
        let clauses: Vec<_> = found
            .clauses
            .iter()
            .map(|c| (&*c.label, c.by.len()))
            .collect();
        assert_eq!(clauses, [("OP2", 2), ("OP1", 1)]);
        assert_eq!(
            found.clauses[0].why,
            "Blocked by 2: MRD (cost), TSL (cost). 2 silent."
        );
        let who: Vec<_> = found
            .delegations
            .iter()
            .map(|d| d.delegation.as_str())
            .collect();
        assert_eq!(who, ["MRD", "AVR", "TSL"]);
        assert_eq!(found.delegations[0].proposals.len(), 1);

        room.does("PEN", &json!({"withdraw": {"proposal": "p1"}}));
        room.does("AVR", &lifts("op-1"));
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        let found = opposition(&room, &Audience::Chair);
        assert_eq!(found.clauses.len(), 1);
        assert_eq!(found.delegations.len(), 2);
    }

    #[test]
    fn delegations_are_never_ranked_before_others() {
        let mut room = Room::sitting();
        for who in ["TSL", "MRD"] {
            room.does(who, &objects("op-2"));
        }
        let own = opposition(&room, &Audience::Delegation(delegation("TSL")));
        assert_eq!(own.clauses.len(), 1);
        assert_eq!(own.delegations.len(), 1);
        assert_eq!(own.delegations[0].delegation, delegation("TSL"));
        assert!(opposition(&room, &Audience::Reader).delegations.is_empty());
    }
}
