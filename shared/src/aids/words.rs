//! How the aids speak: lists, names of delegations and groups, and how long something still takes.

use std::collections::BTreeSet;

use crate::draft::Seats;
use crate::ids::{DelegationId, GroupId};
use crate::status::listed;
use crate::time::Timestamp;

/// How many items a sentence names before it counts the rest.
const NAMED: usize = 8;

/// `OP1, OP2 and OP3`; after the eighth, `… and 4 more`.
pub(super) fn list(items: &[String]) -> String {
    if items.len() > NAMED + 1 {
        let named: Vec<_> = items.iter().take(NAMED).cloned().collect();
        return format!("{} and {} more", named.join(", "), items.len() - NAMED);
    }
    if items.is_empty() {
        return "nobody".to_owned();
    }
    listed(items.to_vec())
}

/// `1 clause`, `7 clauses`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Delegations by name, and by group where a whole group is among them: `Averland and Group ISL`, `all 24 delegations`.
pub(super) fn delegations(seats: &Seats, who: &[DelegationId]) -> String {
    let mut left: BTreeSet<&DelegationId> = who.iter().collect();
    let entitled: BTreeSet<_> = seats.entitled().map(|(id, _)| id).collect();
    if left.len() > 2 && left == entitled {
        return format!("all {} delegations", left.len());
    }
    let deciding = |group: &GroupId| -> BTreeSet<DelegationId> {
        let members = seats.members(group).into_iter();
        members.filter(|d| entitled.contains(d)).collect()
    };
    let mut groups: Vec<_> = seats.groups.keys().map(|g| (g, deciding(g))).collect();
    groups.sort_by_key(|(id, members)| (std::cmp::Reverse(members.len()), *id));
    let mut named = Vec::new();
    for (id, members) in groups {
        if members.len() > 1 && members.iter().all(|d| left.contains(d)) {
            left.retain(|d| !members.contains(*d));
            named.push(format!("Group {id}"));
        }
    }
    let name = |id: &&DelegationId| match seats.delegations.get(*id) {
        Some(delegation) => delegation.name.as_str().to_owned(),
        None => id.to_string(),
    };
    let mut all: Vec<String> = left.iter().map(name).collect();
    all.extend(named);
    list(&all)
}

/// `in 3 days`, `in 5 hours`, `in 12 minutes`: rounded down, so that nobody is told of time that is not there.
pub(super) fn left_until(until: Timestamp, now: Timestamp) -> String {
    const MINUTE: i64 = 60_000;
    let left = until.0.saturating_sub(now.0);
    let (n, unit) = match left {
        n if n < MINUTE => return "in less than a minute".to_owned(),
        n if n < 2 * 60 * MINUTE => (n / MINUTE, "minute"),
        n if n < 48 * 60 * MINUTE => (n / (60 * MINUTE), "hour"),
        n => (n / (24 * 60 * MINUTE), "day"),
    };
    format!("in {n} {unit}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, delegation};
    use serde_json::json;

    #[test]
    fn long_lists_are_counted_at_their_end() {
        let items = |n: usize| (1..=n).map(|n| format!("OP{n}")).collect::<Vec<_>>();
        assert_eq!(list(&items(1)), "OP1");
        assert_eq!(list(&items(3)), "OP1, OP2 and OP3");
        assert!(list(&items(9)).ends_with("OP8 and OP9"));
        assert!(list(&items(12)).ends_with("OP8 and 4 more"));
    }

    #[test]
    fn a_whole_group_is_named_once_and_the_whole_room_is_counted() {
        let mut room = Room::sitting();
        let group = json!({"form_group": {"group": "ISL", "name": "Islands", "members": ["AVR", "MRD", "OBS"]}});
        room.does("SEC", &group);
        let who = |codes: &[&str]| codes.iter().map(|c| delegation(c)).collect::<Vec<_>>();
        let seats = &room.draft.seats;
        assert_eq!(delegations(seats, &who(&["AVR"])), "AVR");
        assert_eq!(
            delegations(seats, &who(&["AVR", "MRD", "TSL"])),
            "TSL and Group ISL"
        );
        assert_eq!(
            delegations(seats, &who(&["AVR", "MRD", "PEN", "TSL"])),
            "all 4 delegations"
        );
    }

    #[test]
    fn time_left_is_rounded_down() {
        let hours = |h: i64, minutes: i64| {
            left_until(Timestamp(h * 3_600_000 + minutes * 60_000), Timestamp(0))
        };
        assert_eq!(hours(0, 0), "in less than a minute");
        assert_eq!(hours(0, 1), "in 1 minute");
        assert_eq!(hours(1, 59), "in 119 minutes");
        assert_eq!(hours(47, 59), "in 47 hours");
        assert_eq!(hours(71, 59), "in 2 days");
    }
}
