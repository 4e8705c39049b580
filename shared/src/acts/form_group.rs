//! A group of delegations is known to the draft by a code and its members; again with the same code, the members change.

use std::collections::BTreeSet;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Group, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, GroupId, Name};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A group of delegations is known to the draft by a code and its members; again with the same code, the members change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormGroup {
    /// The group's code, for example `ISL`.
    pub group: GroupId,
    /// Its full name.
    pub name: Name,
    /// Codes of delegations and of other groups.
    pub members: Vec<String>,
    /// The delegation that speaks for it; nobody does if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spokesperson: Option<DelegationId>,
}

impl Rules for FormGroup {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::FormGroup(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "form a group")?;
        let seats = &draft.seats;
        let is_delegation = |code: &str| seats.delegations.keys().any(|d| d.as_str() == code);
        if is_delegation(self.group.as_str()) {
            return Err(Refusal::id_taken(self.group.as_str()));
        }
        if self.members.is_empty() {
            return Err(Refusal::new(
                "group-empty",
                format!("Group {} has no members.", self.group),
                "Name the codes of its members.",
            ));
        }
        if let Some(spokesperson) = &self.spokesperson
            && seats.sitting(spokesperson).is_none()
        {
            return Err(Refusal::not_seated(spokesperson));
        }
        let mut seen = BTreeSet::new();
        for member in &self.members {
            if !seen.insert(member) {
                return Err(Refusal::new(
                    "member-twice",
                    format!(
                        "{member} is named twice among the members of {}.",
                        self.group
                    ),
                    "Name each member once.",
                ));
            }
            let group = seats.groups.keys().find(|g| g.as_str() == member);
            if *member == *self.group.as_str()
                || group.is_some_and(|g| holds(&seats.groups, g, self.group.as_str()))
            {
                return Err(Refusal::new(
                    "group-in-itself",
                    format!(
                        "{} would be a member of itself, through {member}.",
                        self.group
                    ),
                    "Leave that member out.",
                ));
            }
            if group.is_none() && !is_delegation(member) {
                return Err(Refusal::new(
                    "unknown-member",
                    format!("{member} is neither a delegation nor a group of this draft."),
                    "Seat the delegation, or form that group, first.",
                ));
            }
        }
        Ok(())
    }

    fn fold(&self, _: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.seats.groups.insert(
            self.group.clone(),
            Group {
                name: self.name.clone(),
                members: self.members.clone(),
                spokesperson: self.spokesperson.clone(),
            },
        );
        Ok(())
    }
}

/// Whether the code is somewhere within the group. Groups hold no circles, so this ends; each group is looked into once.
fn holds(groups: &OrdMap<GroupId, Group>, start: &GroupId, code: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut to_see = vec![start];
    while let Some(id) = to_see.pop() {
        if !seen.insert(id) {
            continue;
        }
        for member in groups.get(id).map_or(&[][..], |g| &g.members) {
            if member == code {
                return true;
            }
            to_see.extend(groups.keys().find(|g| g.as_str() == member));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::Room;
    use serde_json::json;

    fn form(group: &str, members: &[&str]) -> serde_json::Value {
        json!({"form_group": {"group": group, "name": "Some States", "members": members}})
    }

    #[test]
    fn the_secretariat_and_the_facilitator_form_groups() {
        let room = Room::sitting();
        room.allows("SEC", &form("ISL", &["AVR"]));
        room.allows("CHAIR", &form("ISL", &["AVR"]));
        room.refuses("AVR", &form("ISL", &["AVR"]), "not-entitled");
    }

    #[test]
    fn a_group_has_known_members_each_once_and_a_code_of_its_own() {
        let room = Room::sitting();
        room.allows("SEC", &form("ISL", &["AVR", "MRD"]));
        room.refuses("SEC", &form("ISL", &[]), "group-empty");
        room.refuses("SEC", &form("ISL", &["AVR", "AVR"]), "member-twice");
        room.refuses("SEC", &form("ISL", &["AVR", "XXX"]), "unknown-member");
        room.refuses("SEC", &form("AVR", &["MRD"]), "id-taken");
    }

    #[test]
    fn who_speaks_for_a_group_has_a_seat() {
        let room = Room::sitting();
        let mut led = form("ISL", &["AVR", "MRD"]);
        led["form_group"]["spokesperson"] = json!("AVR");
        room.allows("SEC", &led);
        led["form_group"]["spokesperson"] = json!("XXX");
        room.refuses("SEC", &led, "not-seated");
    }

    #[test]
    fn groups_nest_but_never_in_a_circle() {
        let mut room = Room::sitting();
        room.does("SEC", &form("ISL", &["AVR"]));
        room.does("SEC", &form("SEA", &["ISL", "MRD"]));
        room.does("SEC", &form("ALL", &["SEA", "ISL"]));
        room.allows("SEC", &form("ISL", &["TSL"]));
        room.refuses("SEC", &form("ISL", &["TSL", "ALL"]), "group-in-itself");
        room.refuses("SEC", &form("ISL", &["ISL"]), "group-in-itself");
    }
}
