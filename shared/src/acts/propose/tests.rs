//! What may be proposed, by whom, to which text.

use super::*;
use crate::acts::testing::{
    Room, agree, another_text, call, clause, delete, incorporate, insert_after, proposal, replace,
};
use serde_json::{Value, json};

#[test]
fn delegates_pen_holders_and_the_chair_propose_and_nobody_else() {
    let room = Room::sitting();
    let proposes = replace("op-1", "Decides to meet monthly;");
    for who in ["AVR", "PEN", "CHAIR"] {
        room.allows(who, &proposes);
    }
    for who in ["OBS", "ARC", "SEC", "SERVER", "AVR as observer"] {
        room.refuses(who, &proposes, "not-entitled");
    }
}

#[test]
fn ids_are_given_one_after_another_and_never_twice() {
    let mut room = Room::sitting();
    let proposes = replace("op-1", "Decides to meet monthly;");
    let named = |n: &str| {
        let mut p = proposes.clone();
        p["propose"]["proposal"] = json!(n);
        p
    };
    room.allows("AVR", &named("p2"));
    room.does("AVR", &proposes);
    room.does("AVR", &named("alt-a"));
    let Act::Propose(third) = room.does("MRD", &proposes) else {
        panic!("another act was recorded")
    };
    assert_eq!(third.proposal, Some(proposal("p2")));
    room.refuses("AVR", &named("p2"), "id-taken");
}

#[test]
fn a_proposal_has_words_of_the_draft_that_are_not_there_yet() {
    let room = Room::sitting();
    let text =
        |text| json!({"propose": {"amendment": {"replace": {"clause": "op-1"}}, "text": text}});
    room.allows("AVR", &text(json!({"es": "Decide reunirse cada año;"})));
    room.refuses(
        "AVR",
        &text(json!({"de": "Beschließt;"})),
        "unknown-language",
    );
    room.refuses("AVR", &text(json!({})), "text-needed");
    room.refuses("AVR", &text(json!({"en": " "})), "text-needed");
    let same = json!({"en": "Decides to meet annually;"});
    room.refuses("AVR", &text(same), "nothing-proposed");
    let one_new = json!({"en": "Decides to meet annually;", "fr": "Décide de se réunir;"});
    room.allows("AVR", &text(one_new));
}

#[test]
fn a_wording_has_its_limit() {
    let room = Room::sitting();
    room.allows("AVR", &replace("op-1", &"a".repeat(limits::WORDING_UNITS)));
    let wide = "\u{1F30A}".repeat(limits::WORDING_UNITS / 2);
    room.allows("AVR", &replace("op-1", &wide));
    room.refuses(
        "AVR",
        &replace("op-1", &format!("{wide}a")),
        "text-too-long",
    );
}

#[test]
fn a_proposal_is_made_to_an_open_clause_on_its_present_text() {
    let mut room = Room::sitting();
    let proposes = replace("op-1", "Decides to meet monthly;");
    room.refuses("AVR", &replace("op-9", "Decides;"), "unknown-clause");
    for mut proposal in [proposes.clone(), delete("op-1")] {
        let base = |text: &str| json!({"heads": [], "digest": Digest::of(text).to_string()});
        proposal["propose"]["base"] = base("Decides to meet annually;");
        room.allows("AVR", &proposal);
        proposal["propose"]["base"] = base("Decides to meet at once;");
        room.refuses("AVR", &proposal, "stale-text");
    }
    room.allows("AVR", &delete("op-1"));
    room.does("CHAIR", &call("op-1"));
    room.does("CHAIR", &agree("op-1"));
    room.refuses("AVR", &proposes, "clause-agreed");
    room.refuses("AVR", &delete("op-1"), "clause-agreed");
    room.allows("AVR", &insert_after("op-1", "Decides to invite observers;"));
    let on_2 = replace("op-2", "Requests two reports.");
    room.allows("AVR", &on_2);
    room.does("AVR", &delete("op-2"));
    room.does("PEN", &incorporate("p1"));
    room.refuses("AVR", &on_2, "clause-deleted");
    room.refuses("AVR", &insert_after("op-2", "Decides;"), "clause-deleted");
}

#[test]
fn a_deletion_has_no_words() {
    let room = Room::sitting();
    let mut deletes = delete("op-1");
    room.allows("AVR", &deletes);
    deletes["propose"]["text"] = json!({"en": "Nothing"});
    room.refuses("AVR", &deletes, "text-with-deletion");
}

#[test]
fn a_new_clause_gets_an_id_that_nothing_has_or_had() {
    let mut room = Room::sitting();
    let named = |id: &str| {
        let mut p = insert_after("op-1", "Decides to invite observers;");
        p["propose"]["amendment"]["insert_after"]["new"] = json!(id);
        p
    };
    room.allows("AVR", &named("c1"));
    room.refuses("AVR", &named("op-2"), "id-taken");
    room.does("AVR", &insert_after("op-1", "Decides to invite observers;"));
    room.refuses("AVR", &named("c1"), "id-taken");
    room.does("AVR", &json!({"withdraw": {"proposal": "p1"}}));
    let Act::Propose(next) = room.does("AVR", &insert_after("t", "Decides;")) else {
        panic!("another act was recorded")
    };
    let Amendment::InsertAfter { new, .. } = next.amendment else {
        panic!("another amendment was recorded")
    };
    assert_eq!(new, Some(clause("c2")));
}

#[test]
fn a_new_clause_has_a_level_and_something_to_follow() {
    let room = Room::sitting();
    let at = |level: u8| {
        let mut p = insert_after("op-1", "Decides to invite observers;");
        p["propose"]["amendment"]["insert_after"]["level"] = json!(level);
        p
    };
    room.allows("AVR", &at(limits::LEVELS));
    room.refuses("AVR", &at(0), "bad-level");
    room.refuses("AVR", &at(limits::LEVELS + 1), "bad-level");
    room.refuses("AVR", &insert_after("op-9", "Decides;"), "unknown-clause");
}

#[test]
fn a_draft_and_a_delegation_have_their_limits() {
    let mut room = Room::sitting();
    let proposes = replace("op-1", "Decides to meet monthly;");
    room.does("AVR", &proposes);
    let p1 = room.draft.proposals.get(&proposal("p1")).unwrap().clone();
    for n in 2..=limits::LIVE_PROPOSALS {
        room.allows("AVR", &proposes);
        room.draft
            .put_on_floor(proposal(&format!("p{n}")), p1.clone());
    }
    room.refuses("AVR", &proposes, "limit-reached");
    room.allows("MRD", &proposes);
    let past = Proposal {
        state: ProposalState::Withdrawn,
        ..p1
    };
    let mut busy = room.clone();
    for n in 1..=limits::PROPOSALS {
        if n == limits::PROPOSALS_OF_ONE + 1 {
            // One delegation has used up its own, and nobody else's.
            let settled = past.clone();
            for (id, _) in busy.draft.proposals.clone() {
                busy.draft.proposals.insert(id, settled.clone());
            }
            busy.refuses("AVR", &proposes, "limit-reached");
            busy.allows("MRD", &proposes);
        }
        busy.draft
            .proposals
            .insert(proposal(&format!("p{n}")), past.clone());
    }
    busy.refuses("MRD", &proposes, "limit-reached");
    let mut full = Room::sitting();
    full.allows("AVR", &insert_after("op-1", "Decides;"));
    for n in full.draft.clauses.len()..limits::CLAUSES {
        full.draft
            .clauses
            .insert(clause(&format!("x{n}")), Default::default());
    }
    full.refuses("AVR", &insert_after("op-1", "Decides;"), "limit-reached");
}

#[test]
fn what_comes_from_a_working_paper_is_moved_by_one_of_its_party_and_has_words() {
    let mut room = Room::sitting();
    room.does(
        "SEC",
        &json!({"form_group": {
            "group": "ISL", "name": "Islands", "members": ["MRD"], "spokesperson": "TSL",
        }}),
    );
    let paper = crate::ids::DraftId([7; 16]).to_string();
    let from = |of: Value| {
        let mut act = replace("op-1", "Decides to meet on an island;");
        act["propose"]["from"] = json!({
            "paper": paper, "clause": "c1", "digest": another_text(), "of": of,
        });
        act
    };
    let islands = from(json!({"group": "ISL"}));
    room.refuses("AVR", &islands, "not-of-party");
    room.refuses("TSL", &from(json!({"delegation": "MRD"})), "not-of-party");
    // Nobody but the server says whose it is.
    room.refuses("MRD", &from(Value::Null), "unknown-paper");
    let mut wordless = delete("op-1");
    wordless["propose"]["from"] = islands["propose"]["from"].clone();
    room.refuses("MRD", &wordless, "text-needed");
    room.allows("TSL", &islands);
    room.does("MRD", &islands);
    let view = crate::status::proposal_view(&room.draft, &room.manuscript, &"p1".parse().unwrap());
    let of = view.unwrap().from.unwrap().of.unwrap();
    assert_eq!(of.to_string(), "group ISL");
    assert_eq!(room.replayed(), room.draft);
}
