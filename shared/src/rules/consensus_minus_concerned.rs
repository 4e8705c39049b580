//! Consensus minus the States concerned: those that the rule names do not block, all others do.
//!
//! What the CSCE decided in Prague in 1992 for clear, gross and uncorrected violations, and what is often told as
//! "consensus minus one". As under consensus minus so many, an objection that need not block never stands in for the
//! question (§3.7, 3).

use std::collections::BTreeSet;

use super::{Case, Verdict, consensus, words};
use crate::ids::DelegationId;
use crate::tally::{Lack, Outcome, Tally};

/// What consensus minus those concerned says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>, concerned: &BTreeSet<DelegationId>) -> Verdict {
    if tally.object.is_empty() {
        return consensus::judge(tally, case);
    }
    let others = tally.object.iter().filter(|d| !concerned.contains(*d));
    let others: Vec<_> = others.cloned().collect();
    if !others.is_empty() {
        return words::blocked(tally, case, &others);
    }
    let who = words::objections(case, &tally.object);
    if case.question.is_some() {
        return (
            Outcome::Reached,
            format!("Reached: the question was put, and only those concerned object: {who}."),
        );
    }
    words::short(
        Lack::Question,
        &format!(
            "the question has not been put, and only those concerned object: {who}{}",
            words::unheard(tally)
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, call, objects};
    use crate::wire::view::ClauseStatus;

    #[test]
    fn who_is_concerned_does_not_block_and_everybody_else_does() {
        let mut room = Room::sitting();
        let rule = json!({"decision": {"consensus_minus_concerned": ["MRD"]}});
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        room.does("MRD", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, and only those concerned object: MRD (cost), and 3 have said nothing."
        );
        room.does("CHAIR", &call("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Reached: the question was put, and only those concerned object: MRD (cost)."
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: AVR (cost). 2 silent.");
    }
}
