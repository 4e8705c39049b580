//! The command line against a whole server: each delegation at its own desk, with its own files.

use std::io::Write as _;
use std::process::{Command, Stdio};

use plenary_tests::plenary::Plenary;
use plenary_tests::process::programs;
use plenary_tests::stage::curtain;
use serde_json::{Value, json};

const TEXT: &str = "# On rivers {#title}\n\n*Recalling* that rivers cross borders, {#borders}\n\n\
    1. *Decides* to meet annually; {#meeting}\n1. *Invites* all States to report; {#reports}\n";

const ROSTER: &str = r#"
title = "Conference on rivers"
authentic = ["en"]
working = ["fr"]
mode = "proposals"
delegation = [
  { code = "CHAIR", name = "Chair", role = "facilitator" },
  { code = "PEN", name = "Pen-holder", role = "pen-holder" },
  { code = "AVR", name = "Averland" },
  { code = "KSB", name = "Kasembe" },
]
"#;

/// A server, and desks before it.
struct Room {
    _server: Plenary,
    desks: tempfile::TempDir,
}

/// What a command came to.
struct Came {
    exit: i32,
    out: String,
    err: String,
}

impl Room {
    /// A conference of four delegations, each logged in.
    fn open() -> Self {
        let server = Plenary::start(curtain()).unwrap();
        let link = server.app.link(&server.secretariat);
        let room = Self {
            _server: server,
            desks: tempfile::tempdir().unwrap(),
        };
        let file = |name: &str, text: &str| {
            let path = room.desks.path().join(name);
            std::fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let (text, roster) = (file("text.md", TEXT), file("roster.toml", ROSTER));
        room.done("SEC", &["login", &link]);
        room.done(
            "SEC",
            &["draft", "new", "--from", &text, "--roster", &roster],
        );
        let roles = [
            ("CHAIR", "facilitator"),
            ("PEN", "pen-holder"),
            ("AVR", "delegate"),
            ("KSB", "delegate"),
        ];
        for (code, role) in roles {
            let link = room.done("SEC", &["invite", code, "--role", role]);
            room.done(code, &["login", link.trim()]);
        }
        room
    }

    fn command(&self, desk: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&programs().command);
        let desk = self.desks.path().join(desk);
        command
            .args(arguments)
            .env_clear()
            .env("HOME", &desk)
            .env("XDG_CONFIG_HOME", desk.join("config"))
            .env("XDG_DATA_HOME", desk.join("data"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, desk: &str, arguments: &[&str]) -> Came {
        let output = self.command(desk, arguments).output().unwrap();
        Came {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What a command that succeeds prints.
    #[track_caller]
    fn done(&self, desk: &str, arguments: &[&str]) -> String {
        let came = self.run(desk, arguments);
        assert_eq!(came.exit, 0, "{desk} {arguments:?}: {}", came.err);
        came.out
    }

    /// What a command that succeeds prints for programs.
    #[track_caller]
    fn json(&self, desk: &str, arguments: &[&str]) -> Value {
        let out = self.done(desk, &[arguments, &["--json"]].concat());
        serde_json::from_str(&out).unwrap()
    }

    /// A command fails with this exit code and this problem.
    #[track_caller]
    fn fails(&self, desk: &str, arguments: &[&str], exit: i32, code: &str) {
        let came = self.run(desk, &[arguments, &["--json"]].concat());
        assert_eq!(
            came.exit, exit,
            "{desk} {arguments:?}: {} {}",
            came.out, came.err
        );
        let problem: Value = serde_json::from_str(came.err.trim()).unwrap();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["exit"], exit);
        assert!(
            problem["hint"].as_str().is_some_and(|h| !h.is_empty()),
            "{problem} has no hint"
        );
    }

    fn wording(&self, clause: &str) -> String {
        let shown = self.json("SEC", &["show", clause]);
        shown[0]["text"]["text"]["en"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_proposal_is_made_supported_taken_in_and_the_clause_agreed() {
    let room = Room::open();
    let (old, new) = ("annually", "every two years");
    let made = room.done("AVR", &["propose", "op1", "--replace", old, new]);
    assert!(made.starts_with("Proposed as p1."), "{made}");
    room.done("KSB", &["position", "p1", "support"]);
    room.done("PEN", &["incorporate", "OP1 alt 1"]);
    assert_eq!(room.wording("OP1"), "*Decides* to meet every two years;");
    room.done("CHAIR", &["call", "OP1", "--present", "all"]);
    room.done("CHAIR", &["agree", "meeting"]);
    let status = room.json("AVR", &["status"]);
    let meeting = status["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "meeting");
    assert_eq!(meeting.unwrap()["status"], "agreed");
    let open = room.done("AVR", &["status", "--open"]);
    assert!(open.contains("OP2") && !open.contains("OP1"), "{open}");
}

#[test]
fn a_position_is_on_the_text_that_was_shown_and_on_no_other() {
    let room = Room::open();
    room.done("AVR", &["show", "OP2"]);
    room.done(
        "PEN",
        &["edit", "OP2", "--replace", "all States", "every State"],
    );
    room.fails("AVR", &["position", "OP2", "support"], 7, "stale-text");
    room.done("AVR", &["show", "OP2"]);
    room.done("AVR", &["position", "OP2", "support"]);
    // What was never shown is shown now.
    let shown = room.done("KSB", &["position", "OP2", "accept"]);
    assert!(shown.contains("every State to report"), "{shown}");
}

#[test]
fn every_failure_has_its_exit_code_and_a_hint() {
    let room = Room::open();
    room.fails("AVR", &["show", "OP9"], 5, "unknown-clause");
    room.fails("AVR", &["position", "OP9", "support"], 5, "unknown-clause");
    room.fails("AVR", &["--draft", "mountains", "show"], 5, "unknown-draft");
    room.fails("AVR", &["act", "veto"], 2, "usage");
    room.fails("AVR", &["position", "OP1"], 2, "usage");
    room.fails("AVR", &["agree", "OP1"], 4, "not-entitled");
    room.fails("nobody", &["show"], 4, "not-logged-in");
    room.fails("AVR", &["edit", "OP1", "--text", "x"], 3, "proposals-mode");
    let nowhere = ["--server", "http://127.0.0.1:1", "--token", "t", "show"];
    room.fails("AVR", &nowhere, 6, "unreachable");
    room.fails("AVR", &["sync"], 5, "no-copy");
}

#[test]
fn edits_are_merged_with_what_others_wrote_since_the_text_was_shown() {
    let room = Room::open();
    room.done("PEN", &["show", "OP1"]);
    room.done(
        "CHAIR",
        &["edit", "OP1", "--replace", "Decides", "Resolves"],
    );
    let words = "*Decides* to meet twice a year;";
    let edited = room.json("PEN", &["edit", "OP1", "--text", words]);
    assert_eq!(edited["outcome"], "merged");
    assert_eq!(room.wording("OP1"), "*Resolves* to meet twice a year;");
}

#[test]
fn a_translation_is_begun_marked_and_falls_behind() {
    let room = Room::open();
    let french = "*Décide* de se réunir chaque année;";
    let begin = ["edit", "OP1", "--lang", "fr", "--text", french];
    room.fails("AVR", &begin, 3, "structure-is-the-pen-holders");
    room.done("PEN", &begin);
    let state = |clause: &str| {
        let all = room.json("AVR", &["translation", "list", "--lang", "fr"]);
        let found = all
            .as_array()
            .unwrap()
            .iter()
            .find(|c| c["label"] == clause);
        found.unwrap()["translations"]["fr"]["is"].clone()
    };
    assert_eq!(
        (state("OP1"), state("OP2")),
        (json!("unmarked"), json!("missing"))
    );
    let mark = ["translation", "mark", "OP1", "--lang", "fr"];
    room.fails("AVR", &mark, 4, "not-entitled");
    room.done("PEN", &["translation", "mark", "--all", "--lang", "fr"]);
    let words = [
        "translation",
        "mark",
        "OP2",
        "--lang",
        "fr",
        "--text",
        "*Invite* les États;",
    ];
    room.done("SEC", &words);
    assert_eq!(
        (state("OP1"), state("OP2")),
        (json!("matching"), json!("matching"))
    );
    room.done("PEN", &["edit", "OP1", "--replace", "annually", "monthly"]);
    let told = room.done("AVR", &["translation", "list", "--open"]);
    assert!(
        told.contains("behind (en ") && !told.contains("OP2"),
        "{told}"
    );
    let told = room.done("AVR", &["status"]);
    assert!(told.contains("Translation behind: fr."), "{told}");
    let told = room.done("AVR", &["show", "OP1"]);
    assert!(told.contains("Translations: fr behind."), "{told}");
    room.done("CHAIR", &["call", "OP1", "--present", "all"]);
    room.done("CHAIR", &["agree", "OP1"]);
    let again = [
        "edit",
        "OP1",
        "--lang",
        "fr",
        "--replace",
        "chaque année",
        "chaque mois",
    ];
    room.done("PEN", &again);
    room.done("PEN", &mark);
    assert_eq!(state("OP1"), "matching");
}

#[test]
fn a_silence_is_opened_extended_broken_and_told_in_a_letter() {
    let room = Room::open();
    fn open<'a>(more: &[&'a str]) -> Vec<&'a str> {
        let until = ["--until", "2026-03-06T12:00+03:00"];
        [&["silence", "open"], more, &until].concat()
    }
    room.fails("AVR", &open(&["OP1"]), 4, "not-entitled");
    let short = ["silence", "open", "OP1", "--until", "2026-03-03T09:00Z"];
    room.fails("CHAIR", &short, 3, "silence-too-short");
    let told = room.done("CHAIR", &open(&["OP1", "OP2"]));
    assert!(told.contains("2026-03-06 09:00 UTC"), "{told}");
    room.fails("AVR", &["silence", "letter", "s1"], 3, "silence-running");
    let later = ["silence", "extend", "s1", "--until", "2026-03-07T09:00Z"];
    room.done("CHAIR", &later);
    room.done("KSB", &["object", "OP1", "--reason", "Too often."]);
    let letter = room.done("AVR", &["silence", "letter", "s1"]);
    assert!(
        letter.contains("OP1, by KSB") && letter.contains(": Too often."),
        "{letter}"
    );
    room.fails("AVR", &["silence", "letter", "s9"], 5, "unknown-silence");
    let listed = room.json("AVR", &["silence", "list"]);
    assert_eq!(listed[0]["until"], "2026-03-07T09:00:00Z");
    assert_eq!(listed[0]["clauses"]["meeting"]["is"], "broken");

    room.done("CHAIR", &["package", "form", "Whole", "title", "borders"]);
    let package = open(&["--package", "Whole", "--awaiting", "AVR"]);
    room.done("CHAIR", &package);
    let listed = room.json("AVR", &["silence", "list"]);
    assert_eq!(listed[1]["awaiting"], json!(["AVR"]));
    assert_eq!(listed[1]["whole"], true);
    assert_eq!(listed[1]["clauses"].as_object().unwrap().len(), 2);
    room.fails("CHAIR", &open(&["--everything"]), 3, "in-silence");
    let long = room.done("CHAIR", &["silence", "extend", "s2", "--for", "9d"]);
    assert!(long.starts_with("Silence s2 runs until "), "{long}");
}

#[test]
fn what_became_of_offline_edits_is_told_one_by_one() {
    let room = Room::open();
    room.done("AVR", &["propose", "OP2", "--text", "*Invites* some;"]);
    for desk in ["PEN", "AVR"] {
        room.done(desk, &["offline"]);
        room.fails(
            desk,
            &["edit", "OP9", "--offline", "--text", "x"],
            5,
            "no-wording",
        );
    }
    let offline = |desk: &str, target: &str, words: &str| {
        room.done(desk, &["edit", target, "--offline", "--text", words])
    };
    offline("PEN", "OP1", "*Decides* to meet at sea;");
    offline("PEN", "OP2", "*Invites* all States to report soon;");
    offline("AVR", "p1", "*Invites* some States;");
    offline("AVR", "OP2", "not mine to write");
    room.done("CHAIR", &["call", "OP1", "--present", "all"]);
    room.done("CHAIR", &["agree", "OP1"]);
    room.fails("PEN", &["offline"], 1, "unsent-edits");

    let told = room.json("PEN", &["sync"]);
    assert_eq!(told["edits"][0]["outcome"], "kept");
    assert_eq!(told["edits"][0]["proposal"], "p2");
    assert_eq!(told["edits"][1]["outcome"], "entered");
    assert_eq!(room.wording("OP1"), "*Decides* to meet annually;");
    assert_eq!(room.wording("OP2"), "*Invites* all States to report soon;");

    // One refused edit does not hold back the other, and its words are not lost.
    let told = room.run("AVR", &["sync", "--json"]);
    assert_eq!(told.exit, 3, "{}", told.err);
    let told: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(told["edits"][0]["outcome"], "entered");
    assert_eq!(told["edits"][1]["outcome"], "refused");
    let file = told["edits"][1]["file"].as_str().unwrap();
    assert_eq!(
        std::fs::read_to_string(file).unwrap(),
        "not mine to write\n"
    );
    let again = room.json("AVR", &["sync"]);
    assert_eq!(again["edits"], Value::Array(Vec::new()));
}

#[test]
fn two_moments_are_compared_and_the_text_is_written_in_other_formats() {
    let room = Room::open();
    room.done("CHAIR", &["version", "seal", "Rev.1"]);
    room.done("AVR", &["propose", "OP2", "--replace", "report", "tell"]);
    room.done(
        "PEN",
        &["edit", "OP1", "--replace", "annually", "twice a year"],
    );
    let redline = room.done("KSB", &["diff", "Rev.1"]);
    assert!(
        redline.contains("[-annually-]{+twice a year+}"),
        "{redline}"
    );
    assert!(!redline.contains("rivers cross"), "{redline}");
    let all = room.done("KSB", &["diff", "Rev.1", "now", "--all"]);
    assert!(all.contains("rivers cross"), "{all}");
    let counts = room.json("KSB", &["diff", "Rev.1"]);
    assert_eq!(counts["counts"]["changed"], 1);

    let before = room.done("KSB", &["export", "--at", "Rev.1"]);
    assert!(before.contains("annually"), "{before}");
    let file = room.desks.path().join("text.html");
    let file = file.to_str().unwrap();
    room.done("KSB", &["export", "--format", "html", "-o", file]);
    assert!(
        std::fs::read_to_string(file)
            .unwrap()
            .contains("twice a year")
    );
    let rolling = room.done("KSB", &["show", "--rolling"]);
    assert!(rolling.contains("[tell: AVR]"), "{rolling}");
    room.fails("KSB", &["export", "--format", "papyrus"], 2, "usage");
    room.fails("KSB", &["diff", "Rev.9"], 5, "unknown-moment");
}

#[test]
fn a_word_file_goes_out_with_its_changes_and_comes_back_as_proposals() {
    let room = Room::open();
    room.done("CHAIR", &["version", "seal", "Rev.1"]);
    room.done(
        "AVR",
        &["propose", "OP1", "--replace", "annually", "monthly"],
    );
    room.done("CHAIR", &["incorporate", "p1"]);
    room.fails("KSB", &["export", "--format", "docx"], 2, "usage");
    room.fails("KSB", &["export", "--symbol", "A/1"], 2, "usage");
    let path = |name: &str| room.desks.path().join(name).to_str().unwrap().to_owned();
    let (word, plain) = (path("text.docx"), path("theirs.md"));
    let tracked = [
        "export", "--format", "docx", "--from", "Rev.1", "--symbol", "A/1/L.1", "-o", &word,
    ];
    room.done("KSB", &tracked);
    let read = room.json("KSB", &["import", &word]);
    assert_eq!(read["tracked"], 1);
    // The text before the changes.
    assert!(
        read["markdown"]
            .as_str()
            .unwrap()
            .contains("meet annually;"),
        "{read}"
    );
    let draft = room.json("KSB", &["draft", "list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = room.done(
        "KSB",
        &["import", &word, "--onto", &draft, "--base", "Rev.1"],
    );
    assert!(
        shown.contains("[-(mine) annually-]{+(mine) monthly+}"),
        "{shown}"
    );
    assert!(
        shown.contains("With --enter this makes proposals: 1."),
        "{shown}"
    );
    let other = room.done(
        "KSB",
        &[
            "import", &word, "--onto", &draft, "--base", "Rev.1", "--author", "Kasembe",
        ],
    );
    assert!(
        other.contains("With --enter this makes proposals: 0."),
        "{other}"
    );

    let legal = path("text.xml");
    room.done(
        "KSB",
        &["export", "--format", "akn", "--from", "Rev.1", "-o", &legal],
    );
    let shown = room.done(
        "KSB",
        &["import", &legal, "--onto", &draft, "--base", "Rev.1"],
    );
    assert!(
        shown.contains("With --enter this makes proposals: 1."),
        "{shown}"
    );

    let pages = path("text.pdf");
    room.done(
        "KSB",
        &["export", "--format", "pdf", "--from", "Rev.1", "-o", &pages],
    );
    let printed = std::fs::read(&pages).unwrap();
    assert!(printed.starts_with(b"%PDF-"));
    if let Ok(read) = Command::new("pdftotext").args([&pages, "-"]).output() {
        let read = String::from_utf8(read.stdout).unwrap();
        assert!(read.contains("Decides to meet annuallymonthly;"), "{read}");
    } else {
        let all = std::env::var_os("PLENARY_TEST_ALL").is_some();
        assert!(!all, "pdftotext is missing: install poppler-utils");
    }

    // A text of others, without ids: known again by its words.
    std::fs::write(&plain, "*Recalling* that rivers cross many borders,\n\n1. *Invites* all States to report;\n\n1. *Thanks* Averland;\n").unwrap();
    let shown = room.done("KSB", &["import", &plain, "--onto", &draft]);
    assert!(shown.contains("cross {+many +}borders"), "{shown}");
    assert!(
        shown.contains("(deleted)") && shown.contains("(added)"),
        "{shown}"
    );
    assert_eq!(
        room.json("KSB", &["proposals"]).as_array().unwrap().len(),
        0
    );
    let entered = room.json("KSB", &["import", &plain, "--onto", &draft, "--enter"]);
    let entered = entered["proposals"].as_array().unwrap().len();
    assert_eq!(
        room.json("KSB", &["proposals"]).as_array().unwrap().len(),
        entered
    );
    assert_eq!(entered, 4, "title and OP1 away, PP1 otherwise, one more");
    std::fs::write(&plain, "# A\n\n- b\n").unwrap();
    room.fails("KSB", &["import", &plain], 2, "usage");
}

#[test]
fn it_is_told_whose_each_word_is() {
    let room = Room::open();
    room.done("CHAIR", &["version", "seal", "Rev.1"]);
    room.done(
        "AVR",
        &["propose", "OP1", "--replace", "annually", "every two years"],
    );
    room.done("PEN", &["incorporate", "p1"]);
    let told = room.done("KSB", &["blame", "OP1"]);
    assert!(told.contains("there from the beginning"), "{told}");
    let line = told.lines().find(|l| l.contains("every")).unwrap();
    assert!(
        line.starts_with("AVR ") && line.contains("p1 made by AVR"),
        "{told}"
    );
    let spans = room.json("KSB", &["blame", "OP1"]);
    let span = spans["spans"].as_array().unwrap().iter();
    let span = span
        .clone()
        .find(|s| s["text"].as_str().unwrap().starts_with("every"));
    let origin =
        &spans["origins"][usize::try_from(span.unwrap()["origin"].as_u64().unwrap()).unwrap()];
    assert_eq!(origin["delegation"], "AVR");
    assert_eq!(origin["road"][0]["means"], "incorporated");
    assert_eq!(origin["road"][1]["means"], "proposed");
    let before = room.done("KSB", &["blame", "OP1", "--at", "Rev.1"]);
    assert!(!before.contains("AVR"), "{before}");
    room.fails("KSB", &["blame", "OP9"], 5, "unknown-clause");
    room.fails(
        "KSB",
        &["blame", "OP1", "--at", "Rev.9"],
        5,
        "unknown-moment",
    );
}

#[test]
fn the_facilitators_aids_are_read_at_the_terminal() {
    let room = Room::open();
    room.done("AVR", &["object", "OP1", "--reason", "cost"]);
    let matrix = room.done("CHAIR", &["matrix", "--why"]);
    let line = |of: &str| matrix.lines().find(|l| l.starts_with(of)).unwrap();
    assert_eq!(line("Clause"), "Clause  Status     AVR KSB PEN");
    assert_eq!(line("OP1"), "OP1     bracketed  X   .   .");
    assert!(
        matrix.contains("Blocked by 1: AVR (cost). 1 silent."),
        "{matrix}"
    );
    assert!(matrix.contains("X objects"), "{matrix}");
    assert!(line("Objections").contains('1'), "{matrix}");
    // A delegation sees its own sums and nobody else's.
    let own = room.json("KSB", &["matrix"]);
    let columns = own["columns"].as_array().unwrap().iter();
    let summed: Vec<_> = columns
        .filter(|c| c.get("totals").is_some())
        .map(|c| c["delegation"].as_str().unwrap())
        .collect();
    assert_eq!(summed, ["KSB"]);
    let csv = room.done("CHAIR", &["matrix", "--csv"]);
    assert!(csv.starts_with("Clause,Id,Status,Why,AVR,KSB,"), "{csv}");
    room.fails("CHAIR", &["matrix", "--group", "ISL"], 5, "unknown-group");

    let next = room.done("CHAIR", &["next", "--all"]);
    assert!(
        next.contains("One delegation stands between OP1 and agreement."),
        "{next}"
    );
    assert!(next.contains("AVR objects to meeting."), "{next}");
    assert!(room.done("AVR", &["next"]).contains("You object to OP1."));

    let progress = room.done("KSB", &["progress"]);
    assert!(progress.contains("0/4"), "{progress}");
    assert_eq!(room.json("KSB", &["progress"])["points"][0]["brackets"], 1);

    let rules = room.done("AVR", &["help", "procedure"]);
    assert!(
        rules.contains("This draft decides by consensus."),
        "{rules}"
    );
    assert!(rules.contains("You act for AVR, as delegate."), "{rules}");
    let help = room.done("AVR", &["help", "vote", "open"]);
    assert!(help.contains("Usage: plenary vote open"), "{help}");
    room.fails("AVR", &["help", "veto"], 2, "usage");
}

#[test]
fn proposals_that_say_the_same_are_shown_together() {
    let room = Room::open();
    let same = "No two proposals say the same.\n";
    assert_eq!(room.done("CHAIR", &["proposals", "--mergeable"]), same);
    for who in ["AVR", "KSB"] {
        room.done(who, &["propose", "OP2", "--text", "*Invites* some;"]);
    }
    let told = "OP2 alt 1 (p1) and OP2 alt 2 (p2) ask for the same: to make them one needs Averland and Kasembe.\n";
    assert_eq!(room.done("CHAIR", &["proposals", "--mergeable"]), told);
    let next = room.json("CHAIR", &["next"]);
    assert_eq!(next["steps"][0]["kind"], "merge");
    // Once they are one, the clause says which was which.
    let merge = [
        "merge",
        "p2",
        "--into",
        "p1",
        "--rationale",
        "The same words.",
    ];
    room.done("CHAIR", &merge);
    let line = "Ledger: p2 (KSB) into p1, the same words: merged. The same words.";
    let shown = room.done("AVR", &["show", "OP2"]);
    assert!(shown.contains(line), "{shown}");
    assert!(!room.done("AVR", &["show", "OP1"]).contains("Ledger"));
}

#[test]
fn a_rolling_text_is_read_with_names_without_and_as_one_delegation_would_have_it() {
    let room = Room::open();
    room.done("AVR", &["propose", "OP2", "--replace", "report", "tell"]);
    room.done("PEN", &["edit", "OP2", "--replace", "all", "some"]);
    let show = |more: &[&str]| room.done("KSB", &[&["show"], more].concat());
    let attributed = show(&["--rolling"]);
    assert!(
        attributed.contains("some States to [report] [tell: AVR];"),
        "{attributed}"
    );
    assert!(
        attributed.contains("brackets: 2, issues: 1"),
        "{attributed}"
    );
    assert!(show(&["--rendering", "bracketed"]).contains("some States to [report] [tell];"));
    assert!(show(&["--proposal-of", "AVR"]).contains("some States to tell;"));
    assert!(show(&["--proposal-of", "KSB"]).contains("some States to report;"));
    assert!(show(&["--rendering", "if-agreed"]).contains("some States to tell;"));
    room.fails(
        "KSB",
        &["show", "--proposal-of", "XXX"],
        5,
        "unknown-delegation",
    );
    let html = ["export", "--format", "html", "--rendering", "bracketed"];
    assert!(room.done("KSB", &html).contains("[report] [tell];"));
}

#[test]
fn an_adopted_draft_says_so() {
    let room = Room::open();
    for clause in ["title", "borders", "meeting", "reports"] {
        room.done("CHAIR", &["call", clause, "--present", "all"]);
        room.done("CHAIR", &["agree", clause]);
    }
    assert!(!room.done("KSB", &["draft", "show"]).contains("adopted"));
    room.done("CHAIR", &["adopt", "Declaration", "--present", "all"]);
    let shown = room.done("KSB", &["draft", "show"]);
    assert!(
        shown.contains("adopted       as \"Declaration\""),
        "{shown}"
    );
    assert!(room.done("KSB", &["draft", "list"]).contains("(adopted)"));
}

#[test]
fn two_who_type_at_once_lose_nothing() {
    let room = Room::open();
    let typist = |desk: &str, letters: &str| {
        let mut child = room
            .command(
                desk,
                &["live", "OP1", "--type", "-", "--rate", "0", "--json"],
            )
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(letters.as_bytes())
            .unwrap();
        child
    };
    let (one, other) = ("x".repeat(200), "中".repeat(200));
    let typing = [typist("PEN", &one), typist("CHAIR", &other)];
    for child in typing {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let words = room.wording("OP1");
    assert_eq!(words.matches('x').count(), 200);
    assert_eq!(words.matches('中').count(), 200);
    assert_eq!(
        room.done("PEN", &["text-digest"]),
        room.done("KSB", &["show", "--digest"])
    );
}

#[test]
fn a_working_paper_is_written_by_its_own_and_a_clause_of_it_proposed() {
    let room = Room::open();
    let text = room.desks.path().join("ours.md");
    std::fs::write(
        &text,
        "# Ours {#ours}\n\n1. Decides to meet on the lake; {#lake}\n",
    )
    .unwrap();
    let text = text.to_str().unwrap();
    let begin = ["paper", "new", "--title", "Averland only", "--text", text];
    let paper = room.json("AVR", &begin)["id"].as_str().unwrap().to_owned();
    // A draft that is not named is still the main one.
    assert!(room.done("AVR", &["show"]).contains("On rivers"));
    room.done(
        "AVR",
        &[
            "--draft",
            &paper,
            "edit",
            "lake",
            "--replace",
            "the lake",
            "the great lake",
        ],
    );
    for who in ["KSB", "CHAIR", "SEC"] {
        room.fails(who, &["--draft", &paper, "show"], 5, "unknown-draft");
        assert!(!room.done(who, &["draft", "list"]).contains("Averland only"));
    }
    assert!(room.done("AVR", &["paper", "list"]).contains("AVR"));
    let submit = ["paper", "submit", &paper, "lake", "--replace", "meeting"];
    assert!(
        room.done("AVR", &submit)
            .contains("from a working paper of AVR")
    );
    let seen = room.done("KSB", &["proposals"]);
    assert!(seen.contains("from a working paper of AVR"), "{seen}");
    assert!(seen.contains("the great lake"), "{seen}");
    let after = ["paper", "submit", &paper, "lake", "--after", "reports"];
    room.done("AVR", &after);
    room.fails(
        "AVR",
        &["paper", "submit", &paper, "bay", "--first"],
        5,
        "unknown-clause",
    );

    // The socket opens it for its own, and is told of no such draft by anybody else.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let opens = |who: &str| {
        let config = room
            .desks
            .path()
            .join(who)
            .join("config/plenary/credentials.toml");
        let config = std::fs::read_to_string(config).unwrap();
        let token = config
            .lines()
            .find_map(|l| l.strip_prefix("token = "))
            .unwrap();
        let draft = paper.parse().unwrap();
        let mut replica = plenary_shared::draft::Text::replica_of(draft, &[9; 16]);
        let address = room._server.sync_address();
        let token = token.trim().trim_matches('"');
        let delivered = plenary_tests::socket::deliver(&address, token, draft, &mut replica);
        runtime.block_on(delivered).unwrap()
    };
    assert_eq!(opens("AVR"), Ok(()));
    for who in ["KSB", "CHAIR", "SEC"] {
        assert!(opens(who).unwrap_err().contains("unavailable"), "{who}");
    }
}
