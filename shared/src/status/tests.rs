//! What the views tell of a negotiation.

use serde_json::json;

use super::*;
use crate::acts::testing::{
    Room, agree, call, clause, delegation, delete, en, fr, incorporate, insert_after, objects,
    proposal, recovers, replace, seat, supports,
};
use crate::draft::Kind;
use crate::entry::Entry;

/// `op-1` agreed, `op-2` with two alternatives and an objection, the title untouched.
fn halfway() -> Room {
    let mut room = Room::sitting();
    room.does("CHAIR", &call("op-1"));
    room.does("CHAIR", &agree("op-1"));
    room.does("TSL", &objects("op-2"));
    room.does("AVR", &replace("op-2", "Requests two reports."));
    room.does("MRD", &delete("op-2"));
    room.does("MRD", &insert_after("op-1", "Decides to invite observers;"));
    room
}

#[test]
fn a_clause_tells_how_it_stands_and_why() {
    let mut room = Room::sitting();
    room.does("AVR", &supports("op-1"));
    room.does(
        "MRD",
        &json!({"take_position": {
            "on": {"clause": "op-1"}, "stance": "reserve", "note": "Subject to funds.",
        }}),
    );
    let view = |room: &Room| clause_view(&room.draft, &room.manuscript, &clause("op-1")).unwrap();
    let before = view(&room);
    assert_eq!(before.label, "OP1");
    assert_eq!(before.status, ClauseStatus::Open);
    assert_eq!((before.reservations, before.stale), (1, 0));
    assert_eq!(before.digest, Digest::of("Decides to meet annually;"));
    room.types("op-1", en(), "Decides to meet monthly;");
    let after = view(&room);
    assert_eq!((after.reservations, after.stale), (0, 2));
    assert_eq!(after.tally.stale, [delegation("AVR"), delegation("MRD")]);
    assert!(clause_view(&room.draft, &room.manuscript, &clause("op-9")).is_none());
}

#[test]
fn what_is_said_for_a_group_is_told_so() {
    let mut room = Room::sitting();
    room.does(
        "SEC",
        &json!({"form_group": {
            "group": "ISL", "name": "Islands", "members": ["AVR", "MRD"], "spokesperson": "AVR",
        }}),
    );
    room.does(
        "AVR",
        &json!({"object": {"on": {"clause": "op-1"}, "reason": "cost", "as_group": "ISL"}}),
    );
    room.does("MRD", &json!({"dissociate": {"on": {"clause": "op-1"}}}));
    room.does("AVR", &json!({"dissociate": {}}));
    let told = room.log.iter().rev().take(3).map(|bytes| {
        let entry = Entry::decode(bytes).unwrap();
        entry_view(&entry, Entry::hash_of(bytes)).sentence
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "AVR dissociates itself from its groups.",
            "MRD dissociates itself from its groups on op-1.",
            "AVR, for group ISL, objects to op-1.",
        ]
    );
    let view = clause_view(&room.draft, &room.manuscript, &clause("op-1")).unwrap();
    assert_eq!(view.dissociated, [delegation("MRD")]);
    assert_eq!(view.group_positions.len(), 1);
}

#[test]
fn every_status_has_its_moment() {
    let mut room = Room::sitting();
    assert_eq!(room.status("op-1"), ClauseStatus::Open);
    room.does("CHAIR", &call("op-1"));
    assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    room.does("AVR", &delete("op-1"));
    assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
    room.does("PEN", &incorporate("p1"));
    assert_eq!(room.status("op-1"), ClauseStatus::Deleted);
    room.does("CHAIR", &call("op-2"));
    room.does("CHAIR", &agree("op-2"));
    assert_eq!(room.status("op-2"), ClauseStatus::Agreed);
}

#[test]
fn the_draft_counts_what_negotiators_count() {
    let room = halfway();
    let view = status_view(&room.draft, &room.manuscript);
    let counts = [
        ClauseStatus::Open,
        ClauseStatus::Bracketed,
        ClauseStatus::Agreed,
    ];
    assert_eq!(view.counts, counts.map(|s| (s, 1)).into());
    assert_eq!((view.words, view.words_agreed), (4 + 4 + 3, 4));
    assert_eq!(view.brackets, 4, "three proposals and an objection");
    assert_eq!(view.objecting, [delegation("TSL")]);
    let order: Vec<_> = view.proposals.iter().map(|p| p.label.clone()).collect();
    assert_eq!(order, ["OP1 bis", "OP2 alt 1", "OP2 (delete)"]);
    assert_eq!(
        summary(&room.draft, &room.manuscript, room.text.heads()).counts,
        view.counts
    );
}

#[test]
fn a_proposal_made_to_an_earlier_text_is_outdated() {
    let mut room = Room::sitting();
    room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
    let outdated = |room: &Room| {
        proposal_view(&room.draft, &room.manuscript, &proposal("p1"))
            .unwrap()
            .outdated
    };
    assert!(!outdated(&room));
    room.types("op-1", en(), "Decides to meet at once;");
    assert!(outdated(&room));
    let view = proposal_view(&room.draft, &room.manuscript, &proposal("p1")).unwrap();
    assert_eq!(view.text.get(&en()).unwrap(), "Decides to meet monthly;");
    assert_eq!(view.digest, Digest::of("Decides to meet monthly;"));
}

#[test]
fn the_text_leaves_deleted_clauses_out() {
    let mut room = Room::sitting();
    let whole = text_view(&room.draft, &room.manuscript, room.text.heads());
    let labels: Vec<_> = whole.clauses.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(labels, ["Title", "OP1", "OP2"]);
    room.does("AVR", &delete("op-1"));
    room.does("PEN", &incorporate("p1"));
    let rest = text_view(&room.draft, &room.manuscript, room.text.heads());
    let ids: Vec<_> = rest.clauses.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["t", "op-2"]);
    assert_ne!(rest.digest, whole.digest);
}

#[test]
fn the_digest_of_a_text_is_that_of_its_description() {
    use sha2::Digest as _;
    let paragraph = Paragraph {
        order: "a".into(),
        kind: Kind::Operative,
        level: 2,
        text: [(en(), "e\u{301}".into()), (fr(), "".into())].into(),
    };
    let mut spelled = Vec::new();
    let piece = |text: &str| [&(text.len() as u64).to_be_bytes()[..], text.as_bytes()].concat();
    spelled.extend(piece("x"));
    spelled.extend(piece("operative"));
    spelled.push(2);
    spelled.extend(1u64.to_be_bytes());
    spelled.extend(piece("en"));
    spelled.extend(piece("\u{e9}"));
    let expected = Digest(sha2::Sha256::digest(&spelled).into());
    assert_eq!(text_digest([(&clause("x"), &paragraph)]), expected);
}

#[test]
fn the_log_reads_as_sentences() {
    let mut room = halfway();
    room.does("SEC", &seat("TSL", "observer", false));
    room.types("op-2", en(), "Requests one report.");
    recovers(&mut room, "AVR", "p4", "op-1", "Decides to meet monthly;");
    room.does(
        "SEC",
        &json!({"form_group": {"group": "ISL", "name": "Islands", "members": ["AVR", "MRD"]}}),
    );
    let told: Vec<_> = room
        .log
        .iter()
        .map(|bytes| {
            let entry = Entry::decode(bytes).unwrap();
            entry_view(&entry, Entry::hash_of(bytes)).sentence
        })
        .collect();
    assert_eq!(
        told[0],
        "The secretariat convenes the draft \"Declaration\"."
    );
    assert_eq!(
        told[2],
        "The secretariat seats PEN (PEN) as pen-holder, entitled to decide."
    );
    assert_eq!(
        told[8..],
        [
            "CHAIR puts the question on op-1, with 3 delegations present.",
            "CHAIR declares op-1 agreed.",
            "TSL objects to op-2.",
            "AVR proposes p1: replace op-2.",
            "MRD proposes p2: delete op-2.",
            "MRD proposes p3: a new clause after op-1.",
            "The secretariat seats TSL (TSL) as observer, without a voice in decisions.",
            "PEN types into op-2 (en).",
            "AVR had typed before it could know of the agreement into op-1 (kept as p4).",
            "The secretariat forms the group ISL of AVR and MRD.",
        ]
    );
}
