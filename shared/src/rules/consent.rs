//! Consent, as sociocratic circles decide: in a round everybody in the room answers, and no objection is left that holds.
//!
//! The question opens the round. An objection has a reason, and the chair tests it: one that does not hold is set aside
//! with the reason for that, and stays on record as a concern. Everybody answers for itself, not through a group.

use super::{Case, Verdict, own, words};
use crate::draft::Heard;
use crate::ids::DelegationId;
use crate::tally::{Lack, Outcome, Tally};

/// What consent says of the count.
pub(super) fn judge(tally: &Tally, case: &Case<'_>) -> Verdict {
    let holds = |d: &&DelegationId| match case.heard.get(*d) {
        Some(Heard::Standing(position, _)) => position.set_aside.is_none(),
        Some(Heard::Silent | Heard::Stale) | None => true,
    };
    let valid: Vec<_> = tally.object.iter().filter(holds).cloned().collect();
    if !valid.is_empty() {
        return words::blocked(tally, case, &valid);
    }
    let Some(question) = case.question else {
        return words::short(
            Lack::Question,
            "the round has not begun: the question has not been put",
        );
    };
    let answers = [
        &tally.support,
        &tally.accept,
        &tally.reserve,
        &tally.abstain,
        &tally.object,
    ];
    let answered: Vec<_> = answers.iter().flat_map(|who| own(tally, who)).collect();
    let present = case.draft.seats.entitled().map(|(id, _)| id);
    let present = present.filter(|d| question.present.contains(*d));
    let missing = present.filter(|d| !answered.contains(d));
    let missing: Vec<_> = missing.map(DelegationId::as_str).collect();
    if !missing.is_empty() {
        let who = missing.join(", ");
        return words::short(Lack::Round, &format!("still to answer in the round: {who}"));
    }
    let concerns = match tally.object.len() {
        0 => String::new(),
        _ => format!(" Set aside: {}.", words::objections(case, &tally.object)),
    };
    (
        Outcome::Reached,
        format!("Reached: everybody in the room has answered, and no objection holds.{concerns}"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, call, objects, supports};
    use crate::wire::view::ClauseStatus;

    #[test]
    fn everybody_in_the_room_answers_and_no_objection_holds() {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"decision": "consent"}}}),
        );
        room.does("AVR", &supports("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: the round has not begun: the question has not been put."
        );
        room.does("CHAIR", &call("op-1"));
        assert_eq!(
            room.why("op-1"),
            "Short: still to answer in the round: MRD, PEN."
        );
        room.does(
            "PEN",
            &json!({"take_position": {"on": {"clause": "op-1"}, "stance": "abstain"}}),
        );
        room.does("MRD", &objects("op-1"));
        assert_eq!(room.why("op-1"), "Blocked by 1: MRD (cost). 1 silent.");
        room.does(
            "CHAIR",
            &json!({"set_aside": {
                "on": {"clause": "op-1"}, "whose": {"delegation": "MRD"}, "reason": "It costs nothing.",
            }}),
        );
        assert_eq!(
            room.why("op-1"),
            "Reached: everybody in the room has answered, and no objection holds. Set aside: MRD (cost)."
        );
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.does("MRD", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
    }
}
