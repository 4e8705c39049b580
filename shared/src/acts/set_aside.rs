//! Under consent, the facilitator finds that an objection does not hold: it stays on record, and blocks no more.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Decision, Draft, Manuscript, Party, Position, Stance};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Prose;
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::wire::view::target_in_words;

/// Under consent, the facilitator finds that an objection does not hold: it stays on record, and blocks no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// What was objected to.
    pub on: Target,
    /// Whose objection: a delegation's, or one that a group made for its members.
    pub whose: Party,
    /// Why it does not hold.
    pub reason: Prose,
}

impl Rules for SetAside {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::SetAside(self.clone()))
    }

    /// Under every other rule an objection is the objector's alone to lift.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "set an objection aside")?;
        if draft.rule.decision != Decision::Consent {
            return Err(Refusal::new(
                "not-under-this-rule",
                format!(
                    "This draft decides by {}, under which an objection is not tested.",
                    draft.rule.decision
                ),
                "Seek to have it lifted.",
            ));
        }
        floor::reason(&self.reason, "Setting an objection aside")?;
        let voices = match &self.on {
            Target::Clause(id) => floor::open_clause(draft, id)?.voices(),
            Target::Proposal(id) => floor::live_proposal(draft, id)?.voices(),
        };
        let position = match &self.whose {
            Party::Delegation(id) => voices.own.get(id),
            Party::Group(id) => voices.groups.positions.get(id),
        };
        match position {
            Some(p) if p.stance == Stance::Object && p.set_aside.is_none() => Ok(()),
            _ => Err(Refusal::new(
                "no-objection",
                format!(
                    "{} has no objection to {} that is still to be tested.",
                    self.whose,
                    target_in_words(&self.on)
                ),
                "See who objects with `plenary status`.",
            )),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let (own, groups) = floor::voices_mut(entry, draft, &self.on)?;
        let objection = match &self.whose {
            Party::Delegation(id) => own.get_mut(id),
            Party::Group(id) => groups.positions.get_mut(id),
        };
        let objects = |p: &&mut Position| p.stance == Stance::Object;
        let objection = objection.filter(objects);
        let objection = objection.ok_or_else(|| Corrupt::at(entry.seq, "nobody objected"))?;
        objection.set_aside = Some(self.reason.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::testing::{Room, agree, call, objects, supports};

    fn sets_aside(who: &str, reason: &str) -> Value {
        json!({"set_aside": {"on": {"clause": "op-1"}, "whose": {"delegation": who}, "reason": reason}})
    }

    #[test]
    fn the_facilitator_tests_objections_where_the_rule_is_consent() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        let act = sets_aside("AVR", "It harms no aim of ours.");
        room.refuses("CHAIR", &act, "not-under-this-rule");
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"decision": "consent"}}}),
        );
        for who in ["AVR", "PEN", "SEC"] {
            room.refuses(who, &act, "not-entitled");
        }
        room.refuses("CHAIR", &sets_aside("AVR", " "), "reason-needed");
        room.refuses("CHAIR", &sets_aside("MRD", "None."), "no-objection");
        let mut elsewhere = act.clone();
        elsewhere["set_aside"]["on"] = json!({"clause": "op-9"});
        room.refuses("CHAIR", &elsewhere, "unknown-clause");
        room.does("CHAIR", &act);
        room.refuses("CHAIR", &act, "no-objection");
        room.does("CHAIR", &call("op-1"));
        for who in ["MRD", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        room.does("CHAIR", &agree("op-1"));
        room.refuses("CHAIR", &act, "clause-agreed");
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn an_objection_of_a_group_is_tested_like_any_other() {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"decision": "consent"}}}),
        );
        room.does(
            "SEC",
            &json!({"form_group": {
                "group": "ISL", "name": "Islands", "members": ["MRD", "TSL"], "spokesperson": "MRD",
            }}),
        );
        let mut objection = objects("op-1");
        objection["object"]["as_group"] = json!("ISL");
        room.does("MRD", &objection);
        let mut act = sets_aside("MRD", "It is a wish.");
        room.refuses("CHAIR", &act, "no-objection");
        act["set_aside"]["whose"] = json!({"group": "ISL"});
        room.refuses("MRD", &act, "not-entitled");
        room.does("CHAIR", &call("op-1"));
        for who in ["AVR", "MRD", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        // Tessal is heard through the group, and was not in the room.
        room.refuses("CHAIR", &agree("op-1"), "rule-not-satisfied");
        room.does("CHAIR", &act);
        room.refuses("CHAIR", &act, "no-objection");
        room.does("CHAIR", &agree("op-1"));
        assert_eq!(room.replayed(), room.draft);
    }
}
