//! A delegation is no longer heard through its groups: on one clause, on one proposal, or on everything.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::wire::view::target_in_words;

/// A delegation is no longer heard through its groups: on one clause, on one proposal, or on everything. It takes no
/// position by that; its own, if it has one, stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dissociate {
    /// The clause or proposal; everything in the draft if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Target>,
}

impl Rules for Dissociate {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Dissociate(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::voice(draft, by, "dissociate itself from a group")?;
        let on_this = match &self.on {
            Some(Target::Clause(id)) => Some(&floor::open_clause(draft, id)?.groups),
            Some(Target::Proposal(id)) => Some(&floor::live_proposal(draft, id)?.groups),
            None => None,
        };
        if !draft.seats.is_in_a_group(delegation) {
            return Err(Refusal::new(
                "not-in-a-group",
                format!("{delegation} belongs to no group of this draft."),
                "Nobody speaks for it; take a position of its own.",
            ));
        }
        if draft.seats.dissociated.contains(delegation)
            || on_this.is_some_and(|groups| groups.dissociated.contains(delegation))
        {
            let on = self
                .on
                .as_ref()
                .map_or("everything".into(), target_in_words);
            return Err(Refusal::new(
                "already-dissociated",
                format!("No group speaks for {delegation} on {on} any more."),
                "Nothing is left to do; take a position of your own if you have one.",
            ));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?.clone();
        match &self.on {
            Some(target) => {
                let (_, groups) = floor::voices_mut(entry, draft, target)?;
                groups.dissociated.insert(delegation.clone());
                if let Target::Proposal(id) = target
                    && let Some(proposal) = draft.proposals.get_mut(id)
                {
                    proposal.dissociate(&delegation);
                }
            }
            None => {
                let live: Vec<_> = draft
                    .proposals
                    .iter()
                    .filter(|(_, p)| p.is_live())
                    .map(|(id, _)| id.clone())
                    .collect();
                for id in live {
                    if let Some(proposal) = draft.proposals.get_mut(&id) {
                        proposal.dissociate(&delegation);
                    }
                }
                draft.seats.dissociated.insert(delegation);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::testing::{
        Room, agree, call, clause, delegation, en, lifts, objects, proposal, replace, supports,
    };
    use crate::tally::Tally;
    use crate::wire::view::ClauseStatus;

    /// `AVR` speaks for `ISL`, which are `AVR` and `MRD`; `TSL` speaks for `SEA`, which are `ISL` and `TSL`.
    fn grouped() -> Room {
        let mut room = Room::sitting();
        for (group, who, members) in [
            ("ISL", "AVR", ["AVR", "MRD"]),
            ("SEA", "TSL", ["ISL", "TSL"]),
        ] {
            room.does(
                "SEC",
                &json!({"form_group": {
                    "group": group, "name": group, "members": members, "spokesperson": who,
                }}),
            );
        }
        room
    }

    fn in_group(mut act: Value, group: &str) -> Value {
        let fields = act
            .as_object_mut()
            .and_then(|a| a.values_mut().next())
            .unwrap();
        fields["as_group"] = json!(group);
        act
    }

    fn leaves() -> Value {
        json!({"dissociate": {"on": {"clause": "op-1"}}})
    }

    fn tally(room: &Room) -> Tally {
        Tally::of_clause(
            &room.draft,
            room.draft.clauses.get(&clause("op-1")).unwrap(),
        )
    }

    #[test]
    fn a_group_speaks_through_its_spokesperson_alone() {
        let mut room = grouped();
        room.does("MRD", &replace("op-2", "Requests two reports."));
        let on_p1 = json!({"cosponsor": {"proposal": "p1"}});
        for act in [supports("op-1"), objects("op-1"), lifts("op-1"), on_p1] {
            room.refuses("MRD", &in_group(act.clone(), "ISL"), "not-spokesperson");
            room.refuses("AVR", &in_group(act.clone(), "XXX"), "unknown-group");
            room.refuses("AVR as observer", &in_group(act, "ISL"), "not-entitled");
        }
        room.refuses("AVR", &in_group(lifts("op-1"), "ISL"), "no-objection");
        room.does(
            "SEC",
            &json!({"form_group": {"group": "ISL", "name": "ISL", "members": ["AVR"]}}),
        );
        room.refuses(
            "AVR",
            &in_group(supports("op-1"), "ISL"),
            "not-spokesperson",
        );
    }

    #[test]
    fn a_group_is_heard_for_its_members_and_named() {
        let mut room = grouped();
        room.does("TSL", &in_group(objects("op-1"), "SEA"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 1: Group SEA (cost). 1 silent."
        );
        assert_eq!(tally(&room).object, ["AVR", "MRD", "TSL"].map(delegation));
        room.does("MRD", &supports("op-1"));
        room.does("PEN", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 2: PEN (cost), Group SEA (cost)."
        );
        assert_eq!(tally(&room).support, [delegation("MRD")]);
        room.does("TSL", &in_group(lifts("op-1"), "SEA"));
        assert_eq!(room.why("op-1"), "Blocked by 1: PEN (cost). 2 silent.");
    }

    #[test]
    fn the_strictest_of_several_groups_is_heard() {
        let mut room = grouped();
        room.does("AVR", &in_group(supports("op-1"), "ISL"));
        room.does("TSL", &in_group(objects("op-1"), "SEA"));
        assert_eq!(tally(&room).object, ["AVR", "MRD", "TSL"].map(delegation));
        room.does("TSL", &in_group(supports("op-1"), "SEA"));
        room.does("AVR", &in_group(objects("op-1"), "ISL"));
        assert_eq!(tally(&room).object, ["AVR", "MRD"].map(delegation));
        assert_eq!(tally(&room).support, [delegation("TSL")]);
    }

    #[test]
    fn who_comes_to_the_group_later_is_heard_through_it_and_what_was_agreed_stands() {
        let mut room = grouped();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.does("AVR", &in_group(objects("op-2"), "ISL"));
        let objecting = |room: &Room| {
            Tally::of_clause(
                &room.draft,
                room.draft.clauses.get(&clause("op-2")).unwrap(),
            )
            .object
        };
        assert_eq!(objecting(&room), ["AVR", "MRD"].map(delegation));
        room.does(
            "SEC",
            &json!({"form_group": {
                "group": "ISL", "name": "ISL", "members": ["AVR", "PEN"], "spokesperson": "AVR",
            }}),
        );
        assert_eq!(objecting(&room), ["AVR", "PEN"].map(delegation));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }

    #[test]
    fn what_a_group_says_is_no_vote() {
        let mut room = grouped();
        let rule = json!({"decision": {"majority": {"of": "members", "share": [1, 2]}}});
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        room.does("TSL", &in_group(supports("op-1"), "SEA"));
        assert_eq!(
            room.why("op-1"),
            "Short: 0 in favour, 0 against; more than half of all 4 must be in favour; what a group says is no vote of its members."
        );
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &supports("op-1"));
        }
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }

    #[test]
    fn a_member_leaves_the_position_of_its_groups_without_taking_one() {
        let mut room = grouped();
        room.does("TSL", &in_group(objects("op-1"), "SEA"));
        room.refuses("PEN", &leaves(), "not-in-a-group");
        room.refuses("OBS", &leaves(), "not-entitled");
        room.refuses(
            "MRD",
            &json!({"dissociate": {"on": {"clause": "op-9"}}}),
            "unknown-clause",
        );
        let on_p1 = json!({"dissociate": {"on": {"proposal": "p1"}}});
        room.refuses("MRD", &on_p1, "unknown-proposal");
        room.does("MRD", &leaves());
        room.refuses("MRD", &leaves(), "already-dissociated");
        assert_eq!(tally(&room).object, ["AVR", "TSL"].map(delegation));
        assert_eq!(tally(&room).silent, ["MRD", "PEN"].map(delegation));
        room.does("AVR", &json!({"dissociate": {}}));
        room.refuses("AVR", &leaves(), "already-dissociated");
        room.refuses("AVR", &json!({"dissociate": {}}), "already-dissociated");
        assert_eq!(tally(&room).object, [delegation("TSL")]);
    }

    #[test]
    fn who_has_dissociated_does_not_fall_back_under_the_group_when_its_own_position_expires() {
        let mut room = grouped();
        room.does("TSL", &in_group(objects("op-1"), "SEA"));
        room.does("MRD", &leaves());
        for who in ["AVR", "MRD"] {
            room.does(who, &supports("op-1"));
        }
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(tally(&room).stale, [delegation("MRD")]);
        assert_eq!(tally(&room).object, ["AVR", "TSL"].map(delegation));
    }

    #[test]
    fn a_group_joins_a_proposal_with_its_members_of_that_day() {
        let mut room = grouped();
        room.does("PEN", &replace("op-1", "Decides to meet monthly;"));
        room.does("MRD", &json!({"dissociate": {"on": {"proposal": "p1"}}}));
        let joins = in_group(json!({"cosponsor": {"proposal": "p1"}}), "SEA");
        room.does("TSL", &joins);
        room.refuses("TSL", &joins, "already-sponsor");
        let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
        let sponsors: Vec<_> = p1.cosponsors.iter().cloned().collect();
        assert_eq!(sponsors, ["AVR", "TSL"].map(delegation));
    }

    #[test]
    fn who_was_brought_to_a_proposal_by_its_group_leaves_it_by_dissociating() {
        let mut room = grouped();
        let joins = json!({"cosponsor": {"proposal": "p1"}});
        room.does("PEN", &replace("op-1", "Decides to meet monthly;"));
        room.does("TSL", &joins);
        room.does("TSL", &in_group(joins, "SEA"));
        let sponsors = |room: &Room| -> Vec<_> {
            let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
            p1.cosponsors.iter().cloned().collect()
        };
        assert_eq!(sponsors(&room), ["AVR", "MRD", "TSL"].map(delegation));
        room.does("MRD", &json!({"dissociate": {"on": {"proposal": "p1"}}}));
        room.does("TSL", &json!({"dissociate": {"on": {"proposal": "p1"}}}));
        assert_eq!(sponsors(&room), ["AVR", "TSL"].map(delegation));
        room.does("AVR", &json!({"dissociate": {}}));
        assert_eq!(sponsors(&room), [delegation("TSL")]);
    }
}
