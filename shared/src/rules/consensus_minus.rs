//! Consensus minus so many: that many may object without blocking, once the question was put.
//!
//! Where somebody objects, only the question makes consensus: an objection is no answer that stands in for it, or
//! objecting could bring a text nearer to being agreed (§3.7, 3).

use super::{Case, Verdict, consensus, words};
use crate::tally::{Lack, Outcome, Tally};

/// What consensus minus `most` says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>, most: u32) -> Verdict {
    let objecting = tally.object.len();
    if objecting == 0 {
        return consensus::judge(tally, case);
    }
    if usize::try_from(most).is_ok_and(|most| objecting > most) {
        return words::blocked(tally, case, &tally.object);
    }
    let who = words::objections(case, &tally.object);
    if case.question.is_some() {
        return (
            Outcome::Reached,
            format!(
                "Reached: the question was put, and no more object than the {most} that may: {who}."
            ),
        );
    }
    words::short(
        Lack::Question,
        &format!(
            "the question has not been put, and {objecting} of the {most} that may do object: {who}{}",
            words::unheard(tally)
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, call, lifts, objects, supports};
    use crate::wire::view::ClauseStatus;

    fn room(most: u32) -> Room {
        let mut room = Room::sitting();
        let rule = json!({"decision": {"consensus_minus": most}});
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        room
    }

    #[test]
    fn so_many_may_object_once_the_question_was_put() {
        let mut room = room(1);
        room.does("AVR", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, and 1 of the 1 that may do object: AVR (cost), and 3 have said nothing."
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("CHAIR", &call("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Reached: the question was put, and no more object than the 1 that may: AVR (cost)."
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does("MRD", &objects("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 2: AVR (cost), MRD (cost). 2 silent."
        );
        room.does("AVR", &lifts("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }

    #[test]
    fn an_objection_does_not_stand_in_for_the_question() {
        let mut room = room(1);
        for who in ["MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("AVR", &supports("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }

    #[test]
    fn minus_nobody_it_is_consensus() {
        let mut room = room(0);
        room.does("CHAIR", &call("op-1"));
        assert!(room.why("op-1").starts_with("Reached"));
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: AVR (cost). 3 silent.");
    }
}
