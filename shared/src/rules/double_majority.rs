//! A double majority: so many of the delegations that may decide are in favour, and together have so much of the weight.
//!
//! Counted of all, as a majority of members is: who says nothing is not in favour. There are more in favour than
//! against.

use super::{Case, Verdict, majority::sentence, own, words};
use crate::draft::DoubleMajority;
use crate::ids::DelegationId;
use crate::tally::{Lack, Outcome, Tally};

/// What the double majority says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>, double: DoubleMajority) -> Verdict {
    let seats = &case.draft.seats;
    let all = seats.entitled().count();
    let total: u64 = seats.entitled().map(|(_, d)| u64::from(d.weight)).sum();
    let weight = |who: &[DelegationId]| -> u64 {
        let seated = who.iter().filter_map(|d| seats.sitting(d));
        seated.map(|d| u64::from(d.weight)).sum()
    };
    let (support, accept) = (own(tally, &tally.support), own(tally, &tally.accept));
    let objecting = own(tally, &tally.object);
    let in_favour = support.len() + accept.len();
    let weighing = weight(&support) + weight(&accept);
    let against = objecting.len();
    let reached = |in_favour: usize, weighing: u64| {
        in_favour > against
            && double.delegations.is_reached(in_favour as u64, all as u64)
            && double.weight.is_reached(weighing, total)
    };
    let needed = format!(
        "{} of all {all} must be in favour, with {} of the weight of {total}",
        double.delegations, double.weight
    );
    let count = format!("{in_favour} in favour with a weight of {weighing}, {against} against");
    if reached(in_favour, weighing) {
        return (Outcome::Reached, format!("Reached: {count}; {needed}."));
    }
    // Whatever the others may still say.
    if against > 0 && !reached(all - against, total - weight(&objecting)) {
        let (outcome, why) = words::blocked(tally, case, &objecting);
        return (outcome, format!("{why} {}.", sentence(&needed)));
    }
    words::short(
        Lack::Favour,
        &format!("{count}; {needed}{}", words::groups_do_not_vote(tally)),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, objects, supports};

    #[test]
    fn neither_the_many_nor_the_heavy_decide_alone() {
        let mut room = Room::sitting();
        let rule =
            json!({"decision": {"double_majority": {"delegations": [1, 2], "weight": [13, 20]}}});
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        for (code, weight) in [("AVR", 6), ("MRD", 2), ("TSL", 1), ("PEN", 1)] {
            room.does(
                "SEC",
                &json!({"seat": {
                    "delegation": code, "name": code, "entitled": true, "weight": weight,
                }}),
            );
        }
        let needed =
            "more than half of all 4 must be in favour, with at least 13/20 of the weight of 10";
        room.does("AVR", &supports("op-1"));
        room.does("TSL", &supports("op-1"));
        assert_eq!(
            room.why("op-1"),
            format!("Short: 2 in favour with a weight of 7, 0 against; {needed}.")
        );
        room.does("PEN", &supports("op-1"));
        room.does("MRD", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            format!("Reached: 3 in favour with a weight of 8, 1 against; {needed}.")
        );
        room.does("AVR", &objects("op-2"));
        for who in ["MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-2"));
        }
        assert_eq!(
            room.why("op-2"),
            "Blocked by 1: AVR (cost). More than half of all 4 must be in favour, with at least 13/20 of the weight of 10."
        );
    }
}
