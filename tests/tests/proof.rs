//! Proof, with the real programs: a server whose data directory is really forked, and files that are verified without it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plenary_shared::proof::{Key, Kind, Signed, Signer};
use plenary_tests::process::{Process, programs};
use serde_json::Value;

const TEXT: &str = "# On rivers {#title}\n\n1. *Decides* to meet annually; {#meeting}\n";
const ROSTER: &str = r#"
title = "Conference on rivers"
authentic = ["en"]
delegation = [
  { code = "CHAIR", name = "Chair", role = "facilitator" },
  { code = "AVR", name = "Averland" },
  { code = "KSB", name = "Kasembe" },
]
"#;

/// A desk with files of its own, data directories, and one address at which a server stands.
struct Place {
    folder: tempfile::TempDir,
    address: String,
}

struct Came {
    exit: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            address: free.local_addr().unwrap().to_string(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn serve(&self, data: &str) -> Process {
        Process::start(&self.path(data), &["--listen", &self.address]).unwrap()
    }

    fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    fn run(&self, desk: &str, arguments: &[&str]) -> Came {
        let home = self.path(desk);
        std::fs::create_dir_all(&home).unwrap();
        let output = Command::new(&programs().command)
            .args(arguments)
            .current_dir(&home)
            .env_clear()
            .env("HOME", &home)
            .env("XDG_STATE_HOME", home.join("state"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Came {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn done(&self, desk: &str, arguments: &[&str]) -> String {
        let came = self.run(desk, arguments);
        assert_eq!(came.exit, 0, "{desk} {arguments:?}: {}", came.err);
        came.out
    }

    #[track_caller]
    fn fails(&self, desk: &str, arguments: &[&str], exit: i32, code: &str) -> Value {
        let came = self.run(desk, &[arguments, &["--json"]].concat());
        assert_eq!(came.exit, exit, "{arguments:?}: {} {}", came.out, came.err);
        let problem: Value = serde_json::from_str(came.err.trim()).unwrap();
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }

    /// A conference at the server that stands there, with two delegations logged in.
    fn convene(&self, server: &Process) {
        let (text, roster) = (self.file("text.md", TEXT), self.file("roster.toml", ROSTER));
        let token = server.secretariat.as_ref().unwrap();
        let link = format!("http://{}/#token={token}", self.address);
        self.done("SEC", &["login", &link]);
        self.done(
            "SEC",
            &["draft", "new", "--from", &text, "--roster", &roster],
        );
        for (code, role) in [
            ("AVR", "delegate"),
            ("KSB", "delegate"),
            ("CHAIR", "facilitator"),
        ] {
            let link = self.done("SEC", &["invite", code, "--role", role]);
            self.done(code, &["login", link.trim()]);
        }
    }

    fn copy(&self, from: &str, to: &str) {
        std::fs::create_dir(self.path(to)).unwrap();
        for file in ["plenary.db", "plenary.key"] {
            std::fs::copy(self.path(from).join(file), self.path(to).join(file)).unwrap();
        }
    }

    fn evidence(&self, desk: &str) -> String {
        let folder = self.path(desk).join("state/plenary/evidence");
        let mut files = std::fs::read_dir(folder).unwrap();
        std::fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap()
    }
}

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

/// `examples/verify.py` says so too.
fn python(file: &Path, key: &str, proven: bool) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/verify.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(file)
        .arg(key)
        .output();
    let output = output.expect("python3 is there: the Makefile says so");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.success(), proven, "{said}");
    assert_eq!(said.contains("NOT PROVEN"), !proven, "{said}");
}

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
    // Who trusts another key of Averland learns that these acts are not signed with it.
    let other = format!("AVR={further}");
    let both = ["verify", file, "--key", &pin, "--signer", &other];
    place.fails("stranger", &both, 8, "not-as-signed");
}

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
