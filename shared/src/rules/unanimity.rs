//! Unanimity: everybody who may decide is explicitly for the present text.
//!
//! Nothing is taken from silence, and the question need not be put. Who stands aside, or joins with a reservation, is
//! not for the text as it stands.

use super::{Case, Verdict, words};
use crate::tally::{Lack, Outcome, Tally};

/// What unanimity says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>) -> Verdict {
    if !tally.object.is_empty() {
        return words::blocked(tally, case, &tally.object);
    }
    let mut missing = Vec::new();
    for (who, one, more) in [
        (&tally.silent, "has said nothing", "have said nothing"),
        (
            &tally.stale,
            "spoke on an earlier text",
            "spoke on an earlier text",
        ),
        (&tally.abstain, "stands aside", "stand aside"),
        (
            &tally.reserve,
            "joins with a reservation",
            "join with a reservation",
        ),
    ] {
        match who.len() {
            0 => {}
            1 => missing.push(format!("1 {one}")),
            n => missing.push(format!("{n} {more}")),
        }
    }
    if missing.is_empty() {
        return (
            Outcome::Reached,
            "Reached: every delegation is for it.".into(),
        );
    }
    let missing = missing.join(", and ");
    words::short(
        Lack::Favour,
        &format!("every delegation must be for it, and {missing}"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, call, en, objects, supports};

    #[test]
    fn everybody_must_be_for_it_in_so_many_words() {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"decision": "unanimity"}}}),
        );
        let stands = |stance: &str| json!({"take_position": {"on": {"clause": "op-1"}, "stance": stance, "note": "Noted."}});
        room.does("CHAIR", &call("op-1"));
        room.does("AVR", &stands("accept"));
        room.does("MRD", &stands("abstain"));
        room.does("TSL", &stands("reserve"));
        assert_eq!(
            room.why("op-1"),
            "Short: every delegation must be for it, and 1 has said nothing, and 1 stands aside, and 1 joins with a reservation."
        );
        room.does("MRD", &supports("op-1"));
        room.does("TSL", &stands("accept"));
        room.does("PEN", &objects("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: PEN (cost).");
        room.does("PEN", &supports("op-1"));
        assert_eq!(room.why("op-1"), "Reached: every delegation is for it.");
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(
            room.why("op-1"),
            "Short: every delegation must be for it, and 4 spoke on an earlier text."
        );
    }
}
