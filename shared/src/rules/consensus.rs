//! Consensus: nobody who may decide objects, and the question was put or everybody has answered it unasked.
//!
//! Silence is consent only after the question (P5). A question put before an objection does not override it; once the
//! objection is lifted the question still stands.

use super::{Case, Verdict, words};
use crate::tally::{Lack, Outcome, Tally};

/// What consensus says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>) -> Verdict {
    let (silent, stale) = (tally.silent.len(), tally.stale.len());
    if !tally.object.is_empty() {
        return words::blocked(tally, case, &tally.object);
    }
    if case.question.is_some() {
        let rest = match silent + stale {
            0 => String::new(),
            n => format!(" {n} said nothing on this text."),
        };
        (
            Outcome::Reached,
            format!("Reached: the question was put, and nobody objects.{rest}"),
        )
    } else if silent + stale == 0 {
        (
            Outcome::Reached,
            "Reached: every delegation has spoken, and nobody objects.".into(),
        )
    } else {
        words::short(
            Lack::Question,
            &format!("the question has not been put{}", words::unheard(tally)),
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, call, en, lifts, objects, seat, supports};

    #[test]
    fn who_blocks_is_named_with_the_reason() {
        let mut room = Room::sitting();
        room.does("MRD", &json!({"object": {
            "on": {"clause": "op-1"},
            "reason": "The definition is not the one that our parliament has adopted twice already.\nMore below.",
        }}));
        room.does("AVR", &objects("op-1"));
        room.does("TSL", &supports("op-1"));
        room.does("CHAIR", &call("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Blocked by 2: AVR (cost), MRD (The definition is not the one that our parliament has…). 1 silent."
        );
    }

    #[test]
    fn what_is_missing_is_said_before_the_question() {
        let mut room = Room::sitting();
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, and 4 have said nothing."
        );
        for who in ["AVR", "MRD", "TSL"] {
            room.does(who, &supports("op-1"));
        }
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, and 1 has said nothing."
        );
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(
            room.why("op-1"),
            "Short: the question has not been put, and 1 has said nothing, and 3 spoke on an earlier text."
        );
    }

    #[test]
    fn the_question_or_everybodys_word_makes_consensus() {
        let mut room = Room::sitting();
        for who in ["AVR", "MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        assert_eq!(
            room.why("op-1"),
            "Reached: every delegation has spoken, and nobody objects."
        );
        room.does("CHAIR", &call("op-2"));
        assert_eq!(
            room.why("op-2"),
            "Reached: the question was put, and nobody objects. 4 said nothing on this text."
        );
    }

    #[test]
    fn the_question_does_not_override_an_objection_made_before_or_after_it() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: AVR (cost). 3 silent.");
        room.does("CHAIR", &call("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: AVR (cost). 3 silent.");
        room.does("AVR", &lifts("op-1"));
        assert!(room.why("op-1").starts_with("Reached"));
    }

    #[test]
    fn who_may_not_decide_does_not_block() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("SEC", &seat("AVR", "delegate", false));
        assert!(room.why("op-1").starts_with("Short"));
    }
}
