//! Signed acts in an archive whose operator forges them, and signs the forgery: `plenary verify` and `examples/verify_acts.py`, written
//! from the documents alone, say the same.

use std::path::Path;
use std::process::Command;

use plenary_fuzz::Hall;
use plenary_fuzz::targets::archive::{packed, signer};
use plenary_shared::draft::Role;
use plenary_shared::entry::{By, Entry};
use plenary_shared::ids::{ClauseId, Digest, Hash, Language};
use plenary_shared::proof::{Checkpoint, Frontier, Kind, Signer};
use plenary_shared::signing::{Answers, Signature, SignedAct, Statement};

use super::{log, look, sealed_anew, unpacked};

fn key(name: &str) -> Signer {
    Signer::from_seed(name, Digest::of(name).0)
}

fn by(code: &str) -> By {
    By::Seat {
        delegation: code.parse().unwrap(),
        seat: "1".parse().unwrap(),
        role: match code {
            "CHAIR" => Role::Facilitator,
            _ => Role::Delegate,
        },
    }
}

/// The act in just these letters, signed as somebody would who has only the document.
fn five_lines(hall: &Hall, code: &str, with: &Signer, act: &str) -> SignedAct {
    let draft = &hall.record.draft;
    let Answers { seq, hash } = draft.signing.latest().unwrap();
    let statement = format!(
        "plenary act v1\ndraft {}\ndelegation {code}\nanswers {seq} {hash}\n{act}",
        draft.id
    );
    SignedAct {
        key: with.key(),
        signature: Signature(with.sign(statement.as_bytes())),
        statement,
    }
}

#[track_caller]
fn signs(hall: &mut Hall, code: &str, with: &str, act: &str) {
    let signed = five_lines(hall, code, &key(with), act);
    let said: Statement = signed.statement.parse().unwrap();
    let now = hall.now();
    let entered = hall
        .record
        .act_signed(&by(code), &said.act, Some(signed), &[], now, None);
    hall.log.push(entered.unwrap().bytes.to_vec());
}

/// Acts of many kinds, with what may be left out left out; the last but one is signed by AVR with its laptop.
fn signing() -> Hall {
    let mut hall = Hall::open().clone();
    let registers = |name: &str| format!(r#"{{"register_key":{{"key":"{}"}}}}"#, key(name).key());
    let english: Language = "en".parse().unwrap();
    let digest = |hall: &Hall, clause: &str| {
        let clause = &hall.record.draft.clauses[&clause.parse::<ClauseId>().unwrap()];
        clause.digest(&english)
    };
    signs(&mut hall, "AVR", "avr", &registers("avr"));
    signs(&mut hall, "CHAIR", "chair", &registers("chair"));
    let position = format!(
        r#"{{ "take_position": {{"stance":"support", "on":{{"clause":"op-1"}},
           "digest":"{}"}} }}"#,
        digest(&hall, "op-1")
    );
    signs(&mut hall, "AVR", "avr", &position.replace('\n', " "));
    for act in [
        r#"{"propose":{"amendment":{"insert_after":{"clause":"op-1","kind":"operative"}},"text":{"en":"To sit by the \u00e9tang \ud83c\udf0a;","fr":"S’asseoir;"}}}"#,
        r#"{"propose":{"amendment":{"delete":{"clause":"op-1"}},"rationale":null}}"#,
        r#"{"propose":{"amendment":{"move":{"clause":"op-1"}}}}"#,
        r#"{"statement":{"text":"Nous sommes là."}}"#,
    ] {
        signs(&mut hall, "AVR", "avr", act);
    }
    for act in [
        r#"{"set_rule":{"rule":{"show_votes":"at-close"}}}"#,
        r#"{"open_silence":{"targets":[{"clause":"pp-1"}],"until":"2027-03-04T18:00:00.250Z"}}"#,
        r#"{"call":{"clause":"pp-1","present":["AVR","COR"]}}"#,
        r#"{"open_vote":{"on":{"proposal":"p1"},"until":"2027-02-01T00:00:00+01:00"}}"#,
        r#"{"seal_version":{"name":"Rev.1"}}"#,
    ] {
        signs(&mut hall, "CHAIR", "chair", act);
    }
    signs(
        &mut hall,
        "AVR",
        "avr",
        r#"{"cast_vote":{"vote":"v1","choice":"for"}}"#,
    );
    signs(&mut hall, "AVR", "avr", &registers("laptop"));
    let revokes = format!(r#"{{"revoke_key":{{"key":"{}"}}}}"#, key("avr").key());
    signs(&mut hall, "AVR", "laptop", &revokes);
    signs(
        &mut hall,
        "AVR",
        "laptop",
        r#"{"statement":{"text":"We are here."}}"#,
    );
    let said = r#"{"statement":{"text":"So are we."}}"#;
    hall.act(&by("COR"), &serde_json::from_str(said).unwrap())
        .unwrap();
    hall
}

/// The archive of the record as the operator has changed it: numbered, chained and signed anew.
fn forged(change: impl FnOnce(&mut Vec<Entry>)) -> Vec<u8> {
    let hall = signing();
    let mut entries: Vec<Entry> = hall.log.iter().map(|e| Entry::decode(e).unwrap()).collect();
    change(&mut entries);
    let (mut tree, mut previous) = (Frontier::default(), Hash([0; 32]));
    let mut lines = Vec::new();
    for (n, mut entry) in (1..).zip(entries) {
        (entry.seq.0, entry.previous) = (n, previous);
        let bytes = entry.encode();
        previous = Entry::hash_of(&bytes);
        tree.push(previous);
        lines.push(bytes);
    }
    let id = hall.record.draft.id;
    let mut files = unpacked(&packed(id, &hall.log));
    log(&mut files, |entries| *entries = lines);
    let checkpoint = Checkpoint {
        origin: Checkpoint::origin("plenary.example", id),
        size: tree.size(),
        root: tree.root(),
    };
    let note = checkpoint.sign(&signer()).note.to_string();
    files.insert("data/checkpoint.txt".into(), note.into_bytes());
    sealed_anew(files)
}

/// What `examples/verify_acts.py` says of it, with the keys that delegations have told.
fn python(bytes: &[u8], told: &[String]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it.plenary");
    std::fs::write(&file, bytes).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/verify_acts.py");
    let output = Command::new("python3")
        .args(["-B".as_ref(), script.as_os_str(), file.as_os_str()])
        .arg(signer().public(Kind::Log).to_string())
        .args(told)
        .output();
    let output = output.expect("python3 is there: the Makefile says so");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(
        said.contains("NOT PROVEN"),
        !output.status.success(),
        "{said}"
    );
    (output.status.success(), said)
}

/// Both refuse it, and name the entry from the end and the reason.
#[track_caller]
fn refused(from_the_end: usize, why: &str, change: impl FnOnce(&mut Vec<Entry>)) {
    let bytes = forged(change);
    let report = look(&bytes);
    let seq = report.entries - from_the_end as u64;
    let told: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let [ours] = told.as_slice() else {
        panic!("{told:#?}");
    };
    assert!(
        ours.contains(&format!("Entry {seq} ")) && ours.contains(why),
        "{ours}"
    );
    let (proven, theirs) = python(&bytes, &[]);
    assert!(!proven, "{theirs}");
    assert!(
        theirs.contains(&format!("entry {seq}: ")) && theirs.contains(why),
        "{theirs}"
    );
}

fn told(name: &str) -> String {
    format!("AVR={}", key(name).key())
}

/// The entry before the last, which AVR has signed with its laptop.
fn hers(entries: &mut [Entry]) -> &mut Entry {
    let at = entries.len() - 2;
    &mut entries[at]
}

#[test]
fn a_record_in_which_all_is_signed_is_proven() {
    let bytes = forged(|_| ());
    assert_eq!(look(&bytes).findings, []);
    let (proven, said) = python(&bytes, &[]);
    assert!(proven, "{said}");
    assert!(
        said.contains("AVR has signed 10 of these acts, and not 2 other"),
        "{said}"
    );
    assert!(said.contains("CHAIR has signed 6 of these acts"), "{said}");
    assert!(said.contains("Ask AVR whether that is its key"), "{said}");
    let (proven, said) = python(&bytes, &[told("avr")]);
    assert!(proven && !said.contains("Ask AVR"), "{said}");
}

#[test]
fn a_signature_that_was_taken_out_is_missed() {
    refused(1, "AVR signs its acts, and has not signed this one", |e| {
        hers(e).signed = None;
    });
}

#[test]
fn a_key_that_was_put_in_another_place_is_no_key() {
    let swap = |with: &'static str| {
        move |entries: &mut Vec<Entry>| {
            let entry = hers(entries);
            let statement: Statement = entry.signed.as_ref().unwrap().statement.parse().unwrap();
            entry.signed = Some(statement.sign(&key(with)));
        }
    };
    refused(1, "is no key with which AVR signs here", swap("operator"));
    refused(1, "is no key with which AVR signs here", swap("avr"));
    refused(1, "is no key with which AVR signs here", swap("chair"));
}

/// In the record there is nothing to see of it; who has asked Averland sees it.
#[test]
fn a_key_that_the_operator_has_registered_is_not_the_one_that_was_told() {
    let bytes = forged(|_| ());
    let (proven, said) = python(&bytes, &[told("laptop")]);
    assert!(
        !proven && said.contains("is not the key that AVR told you"),
        "{said}"
    );
    let (proven, said) = python(&bytes, &[told("avr").replace("AVR", "COR")]);
    assert!(!proven && said.contains("COR has signed nothing"), "{said}");
}

#[test]
fn an_act_that_was_signed_is_entered_once() {
    refused(0, "has signed a later one", |entries| {
        let again = hers(entries).clone();
        entries.push(again);
    });
}

#[test]
fn another_act_than_the_signed_one_is_found() {
    let other = |act: &'static str| {
        move |entries: &mut Vec<Entry>| {
            hers(entries).act = Some(serde_json::from_str(act).unwrap());
        }
    };
    let no = "has signed is not the act";
    refused(1, no, other(r#"{"statement":{"text":"We are gone."}}"#));
    refused(
        1,
        no,
        other(r#"{"statement":{"text":"We are here.","on":{"clause":"op-1"}}}"#),
    );
    refused(1, no, other(r#"{"close":{"reason":"We are here."}}"#));
}

#[test]
fn a_signature_that_was_bent_and_words_that_were_are_found() {
    let no = "ignature is not that of AVR's key";
    refused(1, no, |e| {
        hers(e).signed.as_mut().unwrap().signature.0[40] ^= 1;
    });
    refused(1, no, |entries| {
        let signed = hers(entries).signed.as_mut().unwrap();
        signed.statement = signed.statement.replace("here", "gone");
    });
}

#[test]
fn what_was_signed_elsewhere_or_for_another_history_is_found() {
    let anew = |change: fn(&mut Statement)| {
        move |entries: &mut Vec<Entry>| {
            let entry = hers(entries);
            let mut said: Statement = entry.signed.as_ref().unwrap().statement.parse().unwrap();
            change(&mut said);
            entry.signed = Some(said.sign(&key("laptop")));
        }
    };
    refused(
        1,
        "hat was signed is an act of COR in the draft",
        anew(|s| s.delegation = "COR".parse().unwrap()),
    );
    refused(
        1,
        "hat was signed is an act of AVR in the draft",
        anew(|s| s.draft.0[0] ^= 1),
    );
    refused(
        1,
        "hat was signed answers to",
        anew(|s| s.answers.hash.0[0] ^= 1),
    );
}

#[test]
fn what_stands_where_nobody_acts_is_found() {
    refused(1, "a signature stands where no", |e| hers(e).act = None);
}
