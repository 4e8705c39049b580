//! A majority: of those present and voting, or of all who may decide.
//!
//! Support and acceptance are votes in favour, objections votes against; who stands aside, joins with a reservation or
//! says nothing does not vote (R-Q1, §2.8), and what a group says is no vote of its members. There is at least one vote in favour, and more in favour than against: a tie
//! and an empty vote decide nothing, whatever the share (§3.7, 6).
//!
//! Of those present: the question was put on the present text, and only who was in the room then counts, with a quorum
//! of those who may still decide. Of all: whoever does not vote counts as not in favour, and no question is needed.

use std::collections::BTreeSet;

use super::{Case, Verdict, own, quorum, words};
use crate::draft::{Electorate, Majority};
use crate::ids::DelegationId;
use crate::tally::{Lack, Outcome, Tally};

/// What the majority says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>, majority: Majority) -> Verdict {
    let entitled: BTreeSet<&DelegationId> = case.draft.seats.entitled().map(|(d, _)| d).collect();
    let electorate = match majority.of {
        Electorate::Members => entitled,
        Electorate::Present => {
            let Some(question) = case.question else {
                return words::short(
                    Lack::Question,
                    "the question has not been put, so nobody has voted",
                );
            };
            let present: BTreeSet<_> = entitled
                .into_iter()
                .filter(|d| question.present.contains(*d))
                .collect();
            let needed = quorum(case.draft).unwrap_or(0);
            if present.len() < needed {
                return words::short(
                    Lack::Quorum,
                    &format!(
                        "{} of those present at the question may decide, and the quorum is {needed}",
                        present.len()
                    ),
                );
            }
            present
        }
    };
    let votes = |who: &[DelegationId]| -> Vec<DelegationId> {
        let mut own = own(tally, who);
        own.retain(|d| electorate.contains(d));
        own
    };
    let in_favour = votes(&tally.support).len() + votes(&tally.accept).len();
    let against = votes(&tally.object);
    let reached = |in_favour: usize| {
        let counted = match majority.of {
            Electorate::Present => in_favour + against.len(),
            Electorate::Members => electorate.len(),
        };
        in_favour > against.len() && majority.share.is_reached(in_favour as u64, counted as u64)
    };
    let share = majority.share;
    let needed = match majority.of {
        Electorate::Present => format!("{share} of those present and voting must be in favour"),
        Electorate::Members => format!("{share} of all {} must be in favour", electorate.len()),
    };
    let count = format!("{in_favour} in favour, {} against", against.len());
    if reached(in_favour) {
        return (Outcome::Reached, format!("Reached: {count}; {needed}."));
    }
    // Whatever the others may still say.
    if !against.is_empty() && !reached(electorate.len() - against.len()) {
        let (outcome, why) = words::blocked(tally, case, &against);
        return (
            outcome,
            format!("{why} {needed}.", needed = sentence(&needed)),
        );
    }
    words::short(
        Lack::Favour,
        &format!("{count}; {needed}{}", words::groups_do_not_vote(tally)),
    )
}

/// With a capital letter.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::acts::testing::{Room, call, en, objects, seat, supports};
    use crate::wire::view::ClauseStatus;

    fn room(of: &str, share: [u32; 2]) -> Room {
        let mut room = Room::sitting();
        let rule = json!({"decision": {"majority": {"of": of, "share": share}}});
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        room
    }

    fn abstains() -> Value {
        json!({"take_position": {"on": {"clause": "op-1"}, "stance": "abstain"}})
    }

    #[test]
    fn two_thirds_of_those_present_and_voting() {
        let mut room = room("present", [2, 3]);
        room.does("AVR", &supports("op-1"));
        room.does("PEN", &supports("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, so nobody has voted."
        );
        room.does("CHAIR", &call("op-1"));
        room.does("MRD", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Reached: 2 in favour, 1 against; at least two thirds of those present and voting must be in favour."
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does("PEN", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 2: MRD (cost), PEN (cost). 1 silent. At least two thirds of those present and voting must be in favour."
        );
        room.types("op-1", en(), "Decides to meet monthly;");
        assert!(room.why("op-1").contains("the question has not been put"));
    }

    #[test]
    fn who_was_not_there_and_who_stands_aside_does_not_vote() {
        let mut room = room("present", [1, 2]);
        room.does("CHAIR", &call("op-1"));
        room.does("TSL", &objects("op-1"));
        room.does("AVR", &abstains());
        assert_eq!(
            room.why("op-1"),
            "Short: 0 in favour, 0 against; more than half of those present and voting must be in favour."
        );
        room.does("MRD", &supports("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Reached: 1 in favour, 0 against; more than half of those present and voting must be in favour."
        );
        room.does("PEN", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: 1 in favour, 1 against; more than half of those present and voting must be in favour."
        );
    }

    #[test]
    fn the_quorum_is_of_those_who_may_still_decide() {
        let mut room = room("present", [1, 2]);
        room.does("CHAIR", &call("op-1"));
        room.does("AVR", &supports("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {
                "decision": {"majority": {"of": "present", "share": [1, 2]}}, "quorum": 3,
            }}}),
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does("SEC", &seat("MRD", "delegate", false));
        assert_eq!(
            room.why("op-1"),
            "Short: 2 of those present at the question may decide, and the quorum is 3."
        );
    }

    #[test]
    fn half_of_all_members_are_not_a_majority_of_them() {
        let mut room = room("members", [1, 2]);
        room.does("AVR", &supports("op-1"));
        room.does("TSL", &supports("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: 2 in favour, 0 against; more than half of all 4 must be in favour."
        );
        room.does("PEN", &supports("op-1"));
        room.does("MRD", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Reached: 3 in favour, 1 against; more than half of all 4 must be in favour."
        );
        room.does("AVR", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 2: AVR (cost), MRD (cost). More than half of all 4 must be in favour."
        );
    }
}
