//! Witnesses, by the command.

use plenary_shared::proof::{Kind, Signer};
use serde_json::Value;

use super::place::{Place, python};

/// A second server or a delegation says: this is the record that I have seen.
#[test]
fn a_witness_cosigns_what_continues_and_its_signature_is_shown() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.fails("KSB", &["witness"], 2, "usage");
    let told = place.done(
        "KSB",
        &["witness", "--name", "witness.kasembe.example", "--json"],
    );
    let told: Value = serde_json::from_str(&told).unwrap();
    let witness = told["key"].as_str().unwrap().to_owned();
    place.done("AVR", &["archive", "it.plenary"]);
    let key: Value = serde_json::from_str(&place.done("AVR", &["pin", "--json"])).unwrap();
    let key = key["key"].as_str().unwrap().to_owned();
    place.done("AVR", &["prove", "2", "-o", "it.tlog-proof"]);
    // An entry later the record is longer than what was witnessed.
    place.done("AVR", &["statement", "We thank the host."]);
    place.done("AVR", &["prove", "2", "-o", "later.tlog-proof"]);
    place.done("AVR", &["archive", "later.plenary"]);
    server.stop().unwrap();

    for file in ["it.plenary", "it.tlog-proof"] {
        let both = ["verify", file, "--key", &key, "--witness", &witness];
        let said = place.done("AVR", &both);
        assert!(
            said.contains("Witnessed by witness.kasembe.example"),
            "{said}"
        );
    }
    let said = place.done(
        "AVR",
        &[
            "verify",
            "later.plenary",
            "--key",
            &key,
            "--witness",
            &witness,
        ],
    );
    assert!(said.contains("and none of the later ones"), "{said}");
    python(&place.path("AVR").join("later.plenary"), &key, true);
    let later = [
        "verify",
        "later.tlog-proof",
        "--key",
        &key,
        "--witness",
        &witness,
    ];
    place.fails("AVR", &later, 8, "not-witnessed");
    let other = Signer::from_seed("witness.kasembe.example", [9; 32]);
    let other = other.public(Kind::Witness).to_string();
    let both = ["verify", "it.plenary", "--key", &key, "--witness", &other];
    place.fails("AVR", &both, 8, "not-as-signed");
}

/// A witness remembers what it has signed, whatever its owner is talked into.
#[test]
fn a_witness_never_signs_two_histories() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    server.stop().unwrap();
    place.copy("a", "b");
    let server = place.serve("a");
    place.done("AVR", &["statement", "We thank the host."]);
    place.done("KSB", &["witness", "--name", "witness.kasembe.example"]);
    // Nothing new: nothing is signed again.
    assert_eq!(place.done("KSB", &["witness"]), "");
    server.stop().unwrap();

    let server = place.serve("b");
    place.done("AVR", &["pin", "accept"]);
    place.done("AVR", &["statement", "We do not thank the host."]);
    place.done("KSB", &["pin", "accept"]);
    place.fails("KSB", &["witness"], 8, "record-forked");
    server.stop().unwrap();
}
