//! The draft decides by this rule from now on.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript, Rule};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The draft decides by this rule from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRule {
    /// The rule of decision.
    pub rule: Rule,
}

impl Rules for SetRule {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::SetRule(self.clone()))
    }

    fn decide(&self, by: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "change the rule of decision")?;
        sound(&self.rule)
    }

    fn fold(&self, _: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.rule = self.rule.clone();
        Ok(())
    }
}

/// Whether the rule can be meant.
pub(super) fn sound(rule: &Rule) -> Result<(), Refusal> {
    if rule.quorum == Some(0) {
        return Err(Refusal::new(
            "quorum-of-none",
            "A quorum of nobody would let an empty room decide.",
            "Set a quorum of at least 1, or leave it out for more than half.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, call};
    use serde_json::json;

    #[test]
    fn the_rule_is_set_by_who_conducts_and_has_a_quorum_of_somebody() {
        let mut room = Room::sitting();
        let of = |n: u32| json!({"set_rule": {"rule": {"quorum": n}}});
        room.allows("CHAIR", &of(4));
        room.refuses("AVR", &of(4), "not-entitled");
        room.refuses("SEC", &of(0), "quorum-of-none");
        room.allows("CHAIR", &call("op-1"));
        room.does("SEC", &of(4));
        room.refuses("CHAIR", &call("op-1"), "no-quorum");
    }
}
