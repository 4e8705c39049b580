//! Signed acts, by the command.

use serde_json::Value;

use super::place::{Place, script};

/// A delegation signs; then the operator does what he likes with the data.
#[test]
fn what_a_delegation_signs_nobody_can_invent() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.fails("AVR", &["key", "register"], 3, "no-key");
    place.done("AVR", &["statement", "We thank the host."]);
    let made: Value = serde_json::from_str(&place.done("AVR", &["key", "new", "--json"])).unwrap();
    let (key, file) = (
        made["key"].as_str().unwrap(),
        made["file"].as_str().unwrap(),
    );
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    place.fails("AVR", &["key", "new"], 3, "key-exists");
    // Made, and not registered: nothing is signed yet.
    place.done("AVR", &["position", "OP1", "support"]);
    place.done("AVR", &["key", "register"]);
    place.fails("AVR", &["key", "register"], 3, "key-registered");
    place.done("AVR", &["position", "OP1", "accept"]);
    place.done("KSB", &["position", "OP1", "support"]);
    let shown = place.done("KSB", &["log", "--acts"]);
    let line = |of: &str| shown.lines().find(|l| l.contains(of)).unwrap().to_owned();
    assert!(line("AVR can live with").contains(" signed "), "{shown}");
    assert!(line("AVR supports").contains("not signed"), "{shown}");
    assert!(line("KSB supports").contains("not signed"), "{shown}");
    let standing = place.done("KSB", &["show", "OP1"]);
    assert!(standing.contains("AVR accept (signed)"), "{standing}");
    assert!(standing.contains("KSB support\n"), "{standing}");
    let roster = place.done("SEC", &["roster"]);
    assert!(roster.contains("keys of their own: AVR"), "{roster}");

    // Another machine of Averland: refused until its key is registered from the first one.
    let home = place.path("AVR");
    std::fs::create_dir_all(place.path("AVR2")).unwrap();
    let link = place.done("SEC", &["invite", "AVR"]);
    place.done("AVR2", &["login", link.trim()]);
    place.fails("AVR2", &["statement", "Hello."], 3, "signature-missing");
    let further: Value =
        serde_json::from_str(&place.done("AVR2", &["key", "new", "--json"])).unwrap();
    let further = further["key"].as_str().unwrap();
    place.fails("AVR2", &["key", "register"], 3, "key-not-registered");
    place.done("AVR", &["key", "register", further]);
    place.done("AVR2", &["statement", "Hello."]);
    place.done(
        "AVR",
        &[
            "key",
            "revoke",
            further,
            "--reason",
            "It was left in a taxi.",
        ],
    );
    place.fails(
        "AVR2",
        &["statement", "Hello again."],
        3,
        "signature-missing",
    );
    assert!(
        place
            .done("AVR", &["key", "show"])
            .contains("revoked by entry")
    );

    // One act of it, handed to somebody else.
    let log: Value = serde_json::from_str(&place.done("AVR", &["log", "--json"])).unwrap();
    let all = log.as_array().unwrap().iter();
    let accepts = all
        .clone()
        .find(|e| e["sentence"] == "AVR can live with meeting.");
    let unsigned = all
        .clone()
        .find(|e| e["sentence"] == "AVR supports meeting.");
    for (entry, file) in [(accepts, "signed.tlog-proof"), (unsigned, "not.tlog-proof")] {
        let seq = entry.unwrap()["seq"].to_string();
        place.done("AVR", &["prove", &seq, "-o", file]);
    }
    let signer = format!("AVR={key}");
    let said = place.done("AVR", &["verify", "signed.tlog-proof", "--signer", &signer]);
    assert!(said.contains("Signed for AVR with the key"), "{said}");
    let verify = ["verify", "not.tlog-proof", "--signer", &signer];
    place.fails("AVR", &verify, 8, "not-proven");
    place.done("AVR", &["archive", "it.plenary"]);
    let pin: Value = serde_json::from_str(&place.done("AVR", &["pin", "--json"])).unwrap();
    let pin = pin["key"].as_str().unwrap().to_owned();
    server.stop().unwrap();
    let file = home.join("it.plenary");
    let file = file.to_str().unwrap();
    let signer = format!("AVR={key}");
    let said = place.done(
        "stranger",
        &["verify", file, "--key", &pin, "--signer", &signer],
    );
    assert!(said.contains("5 acts are signed by AVR itself"), "{said}");
    assert!(
        said.contains("2 acts of AVR are from before it signed"),
        "{said}"
    );
    let acts = |file: &str, key: &str, proven: bool| {
        let file = home.join(file);
        let signer = format!("AVR={key}");
        script(
            "verify_acts.py",
            &[file.to_str().unwrap(), &pin, &signer],
            proven,
        )
    };
    let said = acts("it.plenary", key, true);
    assert!(
        said.contains("AVR has signed 5 of these acts, and not 2 other"),
        "{said}"
    );
    let said = acts("signed.tlog-proof", key, true);
    assert!(said.contains("AVR has signed 1 of these acts"), "{said}");
    acts("not.tlog-proof", key, false);
    acts("it.plenary", further, false);
    // Who trusts another key of Averland learns that these acts are not signed with it.
    let other = format!("AVR={further}");
    let both = ["verify", file, "--key", &pin, "--signer", &other];
    place.fails("stranger", &both, 8, "not-as-signed");
}

/// The words of a working paper are in what is signed, when a clause of it is submitted.
#[test]
fn a_delegation_that_signs_submits_from_its_working_paper() {
    let place = Place::new();
    let server = place.serve("a");
    place.convene(&server);
    place.done("AVR", &["key", "new"]);
    place.done("AVR", &["key", "register"]);
    let text = place.file(
        "paper.md",
        "1. *Decides* to meet twice a year; {#meeting-twice}\n",
    );
    let new = ["paper", "new", "--title", "Ours", "--text", &text, "--json"];
    let paper: Value = serde_json::from_str(&place.done("AVR", &new)).unwrap();
    let paper = paper["id"].as_str().unwrap();
    let submit = ["paper", "submit", paper, "OP1", "--replace", "OP1"];
    place.done("AVR", &submit);
    let log: Value = serde_json::from_str(&place.done("KSB", &["log", "--json"])).unwrap();
    let entry = log.as_array().unwrap().last().unwrap();
    let statement = entry["signed"]["statement"].as_str().unwrap();
    assert!(
        statement.contains("*Decides* to meet twice a year;"),
        "{statement}"
    );
    assert_eq!(entry["act"]["propose"]["from"]["of"]["delegation"], "AVR");
    server.stop().unwrap();
}
