//! The rules of a small conference, in words.

use serde_json::json;

use super::*;
use crate::acts::testing::{Room, act};

fn section(room: &Room, who: &str, heading: &str) -> String {
    let procedure = Procedure::of(&room.draft, &room.by(who));
    let mut found = procedure.sections.into_iter();
    let found = found.find(|s| s.heading == heading).unwrap();
    found.sentences.join(" ")
}

#[test]
fn every_rule_is_told_in_its_own_words() {
    let mut room = Room::sitting();
    let rules = [
        (json!("consensus"), "This draft decides by consensus."),
        (
            json!({"consensus_minus": 1}),
            "at most 1 delegation objects",
        ),
        (
            json!({"consensus_minus": 2}),
            "at most 2 delegations object",
        ),
        (
            json!("unanimity"),
            "every delegation that may decide supports or accepts",
        ),
        (
            json!({"majority": {"of": "present", "share": [2, 3]}}),
            "at least two thirds of the delegations in the room",
        ),
        (
            json!({"majority": {"of": "members", "share": [1, 2]}}),
            "more than half of all delegations",
        ),
        (
            json!({"double_majority": {"delegations": [11, 20], "weight": [13, 20]}}),
            "at least 13/20 of all weight",
        ),
    ];
    for (decision, told) in rules {
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"decision": decision}}}),
        );
        let text = section(&room, "AVR", "How a clause is decided");
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn quorum_silence_mode_and_agreement_are_those_in_force() {
    let mut room = Room::bilingual();
    let quorum = "4 delegations may decide. When the question is put, 3 of them must be in the room, more than half of them.";
    assert_eq!(section(&room, "OBS", "Quorum"), quorum);
    assert!(section(&room, "OBS", "Silence procedure").contains("72 hours"));
    assert!(section(&room, "OBS", "Agreement").contains("agreed by itself"));
    let rule =
        json!({"set_rule": {"rule": {"quorum": 4, "silence_hours": 24, "nothing_agreed": true}}});
    room.does("SEC", &rule);
    room.does("SEC", &json!({"set_mode": {"mode": "open"}}));
    assert!(
        section(&room, "OBS", "Quorum").contains("4 of them must be in the room, as the rule says")
    );
    assert!(section(&room, "OBS", "Silence procedure").contains("24 hours"));
    assert!(section(&room, "OBS", "Agreement").contains("until everything is agreed"));
    assert!(section(&room, "OBS", "Who writes the text").contains("and the delegations type"));
    let languages = section(&room, "OBS", "Languages");
    assert!(
        languages.contains("negotiated in en") && languages.contains("Authentic are en and fr")
    );
    assert!(languages.contains("into es"), "{languages}");
}

#[test]
fn what_one_may_do_follows_from_the_seat_and_the_roster() {
    let mut room = Room::sitting();
    let group = json!({"form_group": {
        "group": "ISL", "name": "Islands", "members": ["AVR", "MRD"], "spokesperson": "AVR",
    }});
    room.does("SEC", &group);
    let own = |room: &Room, who: &str| section(room, who, "What you may do");
    assert!(own(&room, "AVR").contains("You speak for ISL."));
    assert!(own(&room, "MRD").contains("you are heard through ISL."));
    assert!(
        own(&room, "CHAIR").contains("You preside")
            && own(&room, "CHAIR").contains("may not decide")
    );
    assert!(own(&room, "PEN").contains("write the text"));
    assert_eq!(own(&room, "OBS"), "You act for OBS, as observer. You read.");
    assert!(own(&room, "SEC").contains("You are the secretariat"));
    assert!(own(&room, "AVR as facilitator").contains("nothing you submit is taken in"));
    assert!(own(&room, "XXX").contains("does not sit in this draft"));
    room.does("MRD", &json!({"dissociate": {}}));
    assert!(own(&room, "MRD").contains("No group speaks for you"));
    assert!(section(&room, "OBS", "Groups").contains("AVR speaks for ISL (2 delegations)."));
    room.does("CHAIR", &json!({"close": {}}));
    assert!(own(&room, "AVR").contains("The draft is closed"));
}

/// What the words allow, the rules allow, and what they do not, the rules refuse for the role.
#[test]
fn the_words_do_not_promise_what_the_acts_refuse() {
    let room = Room::sitting();
    let acts = [
        ("seal versions", json!({"seal_version": {"name": "Rev.1"}})),
        (
            "put the question",
            json!({"call": {"clause": "op-1", "present": ["AVR", "MRD", "PEN"]}}),
        ),
        (
            "take positions",
            json!({"take_position": {"on": {"clause": "op-1"}, "stance": "support"}}),
        ),
        (
            "the rule and the mode",
            json!({"set_mode": {"mode": "open"}}),
        ),
        (
            "form packages",
            json!({"package": {"name": "A", "clauses": ["op-1", "op-2"]}}),
        ),
    ];
    for who in ["AVR", "PEN", "CHAIR", "OBS", "ARC", "SEC"] {
        let mut told = section(&room, who, "What you may do");
        if who == "PEN" {
            told += &section(&room, "AVR", "What you may do");
        }
        for (words, json) in &acts {
            let may = room.decide(who, &act(json)).is_ok();
            assert_eq!(may, told.contains(words), "{who}: {words}: {told}");
        }
    }
}

#[test]
fn a_draft_in_which_nobody_decides_says_so() {
    let mut room = Room::sitting();
    for code in ["AVR", "MRD", "TSL", "PEN"] {
        room.does("SEC", &json!({"unseat": {"delegation": code}}));
    }
    assert!(section(&room, "CHAIR", "Quorum").contains("nothing can be decided"));
}
