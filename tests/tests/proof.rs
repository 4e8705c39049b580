//! Proof, with the real programs: a server whose data directory is really forked, and files that are verified without it.

use plenary_shared::proof::{Key, Signed};
use serde_json::Value;

use place::{Place, python};

#[path = "proof/place.rs"]
mod place;
#[path = "proof/publish.rs"]
mod publish;
#[path = "proof/signed.rs"]
mod signed;
#[path = "proof/witness.rs"]
mod witness;

#[test]
fn a_forked_history_is_noticed_and_both_signed_checkpoints_are_kept() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.done("AVR", &["statement", "We thank the host."]);
    place.done("AVR", &["log"]);
    server.stop().unwrap();
    place.copy("a", "b");

    // One history goes on, and is seen.
    let server = place.serve("a");
    place.done("KSB", &["statement", "We agree with Averland."]);
    place.done("AVR", &["log"]);
    let key = place.done("AVR", &["pin", "--json"]);
    let key: Value = serde_json::from_str(&key).unwrap();
    let key: Key = key["key"].as_str().unwrap().parse().unwrap();
    server.stop().unwrap();

    // Then the operator serves another, which goes on differently.
    let server = place.serve("b");
    place.done("KSB", &["pin", "accept"]);
    place.done("KSB", &["statement", "We have never agreed with Averland."]);
    place.done("KSB", &["statement", "Nor will we."]);
    let problem = place.fails("AVR", &["log"], 8, "record-forked");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("was rewritten"),
        "{problem}"
    );
    // Acting on it is no better than reading it.
    place.fails("AVR", &["statement", "Noted."], 8, "record-forked");

    let evidence = place.evidence("AVR");
    let notes = evidence.split("=====\n").skip(1);
    let notes: Vec<Signed> = notes
        .map(|n| n.split("===== ").next().unwrap().parse().unwrap())
        .collect();
    let [before, now] = notes.as_slice() else {
        panic!("{evidence}");
    };
    let (before, now) = (before.verified(&key).unwrap(), now.verified(&key).unwrap());
    assert_eq!(before.size, now.size);
    assert_ne!(before.root, now.root);

    place.done("AVR", &["pin", "accept"]);
    place.done("AVR", &["log"]);
    server.stop().unwrap();
}

#[test]
fn entries_that_were_taken_away_and_another_key_are_noticed() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    server.stop().unwrap();
    place.copy("a", "short");
    place.copy("a", "rekeyed");
    std::fs::remove_file(place.path("rekeyed").join("plenary.key")).unwrap();
    let server = place.serve("a");
    place.done("AVR", &["statement", "We thank the host."]);
    place.done("AVR", &["log"]);
    server.stop().unwrap();

    let server = place.serve("short");
    let problem = place.fails("AVR", &["log"], 8, "record-forked");
    assert!(
        problem["detail"].as_str().unwrap().contains("taken away"),
        "{problem}"
    );
    server.stop().unwrap();

    let server = place.serve("rekeyed");
    place.fails("AVR", &["status"], 8, "key-changed");
    place.done("AVR", &["pin", "accept"]);
    place.done("AVR", &["status"]);
    server.stop().unwrap();
}

/// By the command, and by the program in another language.
#[test]
fn a_proof_of_one_entry_verifies_without_a_server_and_a_changed_one_does_not() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.done("AVR", &["statement", "We thank the host."]);
    let log: Value = serde_json::from_str(&place.done("AVR", &["log", "--json"])).unwrap();
    let last = log.as_array().unwrap().last().unwrap()["seq"].to_string();
    let told = place.done("AVR", &["prove", &last, "-o", "it.tlog-proof", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let key = told["key"].as_str().unwrap().to_owned();
    server.stop().unwrap();

    let proof = place.path("AVR").join("it.tlog-proof");
    let said = place.done("AVR", &["verify", "it.tlog-proof"]);
    assert!(said.contains("We thank the host."), "{said}");
    // Who has never been at that server needs its key.
    let file = proof.to_str().unwrap();
    place.fails("stranger", &["verify", file], 2, "unknown-key");
    place.done("stranger", &["verify", file, "--key", &key]);
    python(&proof, &key, true);

    // The letter that is changed is inside the entry.
    let text = std::fs::read_to_string(&proof).unwrap();
    let at = text.find("extra ").unwrap() + 60;
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    let changed = place.path("changed.tlog-proof");
    std::fs::write(
        &changed,
        format!("{}{other}{}", &text[..at], &text[at + 1..]),
    )
    .unwrap();
    let file = changed.to_str().unwrap();
    place.fails(
        "stranger",
        &["verify", file, "--key", &key],
        8,
        "not-proven",
    );
    python(&changed, &key, false);
}
