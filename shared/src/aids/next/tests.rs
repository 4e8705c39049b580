//! What is told to whom in a small conference.

use serde_json::json;

use super::*;
use crate::acts::testing::{
    Room, agree, agree_ad_ref, call, confirm, delegation, delete, en, grants, insert_after, lapse,
    marks, objects, objects_late, opens_vote, package, replace, silence, supports,
};

fn told(room: &Room, audience: &Audience) -> Vec<String> {
    let next = Next::of(&room.draft, &room.manuscript, audience, room.now);
    next.steps.into_iter().map(|s| s.sentence).collect()
}

fn chair(room: &Room) -> Vec<String> {
    told(room, &Audience::Chair)
}

fn own(room: &Room, code: &str) -> Vec<String> {
    told(room, &Audience::Delegation(delegation(code)))
}

#[test]
fn a_fresh_draft_waits_for_the_question() {
    let room = Room::sitting();
    assert_eq!(
        chair(&room),
        [
            "Nobody objects to Title, OP1 and OP2: put the question, or circulate them under silence.",
            "Most delegations have not spoken on Title, OP1 and OP2.",
        ]
    );
    assert_eq!(
        own(&room, "AVR"),
        ["3 clauses await you: Title, OP1 and OP2."]
    );
    assert!(told(&room, &Audience::Reader).is_empty());
}

#[test]
fn what_is_ripe_comes_before_what_is_close_and_that_before_what_is_far() {
    let mut room = Room::sitting();
    room.does("CHAIR", &call("t"));
    room.does("AVR", &objects("op-1"));
    for who in ["PEN", "AVR", "MRD"] {
        room.does(who, &supports("op-2"));
    }
    assert_eq!(
        chair(&room),
        [
            "Title is ripe: declare it agreed.",
            "One delegation stands between OP1 and agreement. Blocked by 1: AVR (cost). 3 silent.",
            "Nobody objects to OP2: put the question, or circulate it under silence.",
            "OP2 awaits TSL.",
            "Most delegations have not spoken on OP1.",
        ]
    );
    assert_eq!(
        own(&room, "AVR"),
        [
            "1 clause awaits you: Title.",
            "You object to OP1.",
            "Title is ripe: the chair may declare it agreed.",
        ]
    );
    assert_eq!(
        told(&room, &Audience::Reader),
        ["Title is ripe: the chair may declare it agreed."]
    );
}

#[test]
fn a_deadline_is_told_from_the_moment_of_the_question() {
    let mut room = Room::sitting();
    room.does("CHAIR", &silence(&["op-1", "op-2"], 72));
    let until = room.draft.running_silences()[0].1.until;
    let first = |room: &Room| chair(room)[0].clone();
    assert_eq!(
        first(&room),
        format!("The silence on OP1 and OP2 ends in 3 days, at {until}.")
    );
    room.pass(69, 1);
    assert_eq!(
        first(&room),
        format!("The silence on OP1 and OP2 ends in 2 hours, at {until}.")
    );
    room.pass(4, 0);
    assert_eq!(
        first(&room),
        "The silence on OP1 and OP2 has run out: the server enters what came of it."
    );
    let next = Next::of(&room.draft, &room.manuscript, &Audience::Reader, room.now);
    assert_eq!(next.steps[0].until, Some(until));
    assert_eq!(next.steps[0].clauses.len(), 2);
}

#[test]
fn proposals_without_an_objection_may_be_taken_in_and_alternatives_are_named_together() {
    let mut room = Room::sitting();
    room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
    room.does("MRD", &insert_after("op-2", "Decides to invite observers."));
    assert_eq!(
        chair(&room)[..2],
        [
            "Nobody objects to OP1 alt 1 (p1), the only proposal on the clause; 0 delegations are in favour: it may be taken in.",
            "Nobody objects to OP2 bis (p2), the only new clause proposed there; 0 delegations are in favour: it may be taken in.",
        ]
    );
    room.does(
        "TSL",
        &json!({"object": {"on": {"proposal": "p2"}, "reason": "cost"}}),
    );
    room.does("TSL", &delete("op-1"));
    assert_eq!(
        chair(&room)[..2],
        [
            "2 proposals are on the floor for one place: OP1 alt 1 (p1) and OP1 (delete) (p3).",
            "OP2 bis (p2) is on the floor, and objected to by TSL.",
        ]
    );
    room.types("op-1", en(), "Decides to meet soon;");
    assert!(own(&room, "AVR").contains(
        &"The text has changed since you proposed OP1 alt 1 (p1): look at it again.".to_owned()
    ));
}

#[test]
fn confirmations_and_packages_are_told_until_everything_is_settled() {
    let mut room = Room::sitting();
    room.does("CHAIR", &package("A", &["op-1", "op-2"]));
    for id in ["t", "op-1"] {
        room.does("CHAIR", &call(id));
    }
    room.does("CHAIR", &agree("t"));
    room.does("CHAIR", &agree_ad_ref("op-1", &["AVR"]));
    assert_eq!(
        chair(&room)[..2],
        [
            "OP1 is agreed ad referendum and awaits the confirmation of AVR.",
            "The package \"A\" still lacks OP2.",
        ]
    );
    assert_eq!(
        own(&room, "AVR"),
        ["Your confirmation is awaited on OP1. 1 clause awaits you: OP2."]
    );
    room.does("CHAIR", &call("op-2"));
    room.does("CHAIR", &agree("op-2"));
    assert_eq!(chair(&room).len(), 1);
    room.does("AVR", &confirm("op-1"));
    assert_eq!(
        chair(&room),
        ["Every clause is settled: the text may be adopted."]
    );
    room.does(
        "CHAIR",
        &json!({"adopt": {"name": "D", "present": ["AVR", "MRD", "PEN"]}}),
    );
    let over = ["The text is adopted: only statements are still entered, and the close."];
    assert_eq!(chair(&room), over);
    assert_eq!(own(&room, "AVR"), over);
    room.does("CHAIR", &json!({"close": {}}));
    assert_eq!(
        chair(&room),
        ["The draft is closed: nothing more is entered."]
    );
}

#[test]
fn who_has_voted_is_told_to_nobody_but_itself() {
    let mut room = Room::sitting();
    room.does("CHAIR", &opens_vote("op-1"));
    room.does(
        "AVR",
        &json!({"cast_vote": {"vote": "v1", "choice": "for"}}),
    );
    assert_eq!(
        chair(&room)[0],
        "The vote v1 on OP1 is open: 3 of those who may vote have not."
    );
    assert_eq!(
        own(&room, "AVR")[0],
        "The vote v1 on OP1 is open: you have voted."
    );
    assert_eq!(
        own(&room, "MRD")[0],
        "The vote v1 on OP1 is open: you have not voted yet."
    );
}

#[test]
fn an_objection_to_earlier_words_asks_for_another_look() {
    let mut room = Room::sitting();
    room.does("AVR", &objects("op-1"));
    room.types("op-1", en(), "Decides to meet monthly;");
    assert!(
        own(&room, "AVR").contains(
            &"The text has changed since you objected to OP1: lift the objection, or object again."
                .to_owned()
        )
    );
}

#[test]
fn what_is_ripe_waits_for_its_authentic_translations() {
    let mut room = Room::bilingual();
    assert_eq!(
        chair(&room)[0],
        "Nobody objects to Title, OP1 and OP2: put the question."
    );
    room.does("CHAIR", &call("op-1"));
    assert_eq!(
        chair(&room)[0],
        "OP1 is ripe, but fr is unmarked: it is agreed in all authentic languages at once."
    );
    assert!(!own(&room, "AVR").iter().any(|s| s.contains("ripe")));
    room.does("PEN", &marks("op-1", "fr"));
    assert_eq!(chair(&room)[0], "OP1 is ripe: declare it agreed.");
    room.allows("CHAIR", &agree("op-1"));
}

#[test]
fn the_chair_is_asked_about_a_late_objection_and_its_delegation_told_what_it_is_worth() {
    let mut room = Room::sitting();
    room.does("CHAIR", &silence(&["op-1"], 72));
    room.pass(72, 1);
    room.does("SERVER", &lapse("s1"));
    room.does("TSL", &objects_late("op-1"));
    let asked = "TSL objected to OP1 after the silence: without effect, unless you grant it.";
    assert_eq!(chair(&room)[0], asked);
    let told = "Your objection to OP1 came after the silence: it has no effect unless the chair grants it.";
    assert!(own(&room, "TSL").contains(&told.to_owned()));
    assert!(
        !own(&room, "AVR")
            .iter()
            .any(|s| s.contains("after the silence"))
    );
    room.does("CHAIR", &grants("op-1"));
    assert!(!chair(&room).contains(&asked.to_owned()));
}

#[test]
fn where_the_adoption_needs_a_vote_the_chair_is_told_so_and_not_twice() {
    let mut room = Room::sitting();
    for id in ["t", "op-1", "op-2"] {
        room.does("CHAIR", &call(id));
        room.does("CHAIR", &agree(id));
    }
    assert_eq!(
        chair(&room),
        ["Every clause is settled: the text may be adopted."]
    );
    let by_two_thirds = json!({"majority": {"of": "present", "share": [2, 3]}});
    room.does(
        "SEC",
        &json!({"set_rule": {"rule": {"adopt": by_two_thirds, "reopen": "chair"}}}),
    );
    assert_eq!(
        chair(&room),
        [
            "Every clause is settled: put the adoption to a recorded vote, which it needs, by at least two thirds of \
             those present and voting."
        ]
    );
    let act = crate::acts::testing::opens_vote_on(&json!({"adopt": "Declaration"}));
    room.does("CHAIR", &act);
    let told = chair(&room);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("The vote v1 on the adoption is open"),
        "{told:?}"
    );
}
