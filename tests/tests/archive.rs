//! Archives: what is changed in one is named precisely, and one that is whole comes back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use plenary_archive::{Bag, Finding, Report, Trust, verify};
use plenary_fuzz::Hall;
use plenary_fuzz::targets::archive::{packed, signer};
use plenary_shared::acts::Act;
use plenary_shared::draft::Role;
use plenary_shared::entry::{By, Entry};
use plenary_shared::ids::Seq;
use plenary_shared::proof::Kind;
use serde_json::json;

#[path = "archive/published.rs"]
mod published;
#[path = "archive/signed.rs"]
mod signed;

type Files = BTreeMap<String, Vec<u8>>;

/// A draft with a sealed version, and entries after it.
fn hall() -> Hall {
    let mut hall = Hall::open().clone();
    let chair = By::Seat {
        delegation: "CHAIR".parse().unwrap(),
        seat: "chair".parse().unwrap(),
        role: Role::Facilitator,
    };
    for act in [
        json!({"seal_version": {"name": "Rev.1"}}),
        json!({"statement": {"text": "The text is sealed."}}),
        json!({"statement": {"text": "We go on tomorrow."}}),
        json!({"statement": {"text": "We go on."}}),
    ] {
        let act: Act = serde_json::from_value(act).unwrap();
        hall.act(&chair, &act).unwrap();
    }
    hall
}

fn archive() -> Vec<u8> {
    let hall = hall();
    packed(hall.record.draft.id, &hall.log)
}

fn look(bytes: &[u8]) -> Report {
    let trust = Trust {
        keys: vec![signer().public(Kind::Log)],
        ..Trust::default()
    };
    let mut bag = Bag::open(Cursor::new(bytes)).unwrap();
    verify(&mut bag, &trust).unwrap()
}

/// What is found in an archive in which somebody has changed files, and has written the manifests anew: only the record
/// itself is left to tell.
#[track_caller]
fn found(change: impl FnOnce(&mut Files)) -> Vec<Finding> {
    let mut files = unpacked(&archive());
    change(&mut files);
    look(&sealed_anew(files)).findings
}

/// The archive with manifests that fit.
fn sealed_anew(mut files: Files) -> Vec<u8> {
    let manifest = |files: &Files, payload: bool| {
        let of = files.iter().filter(|(path, _)| {
            path.starts_with("data/") == payload && path.as_str() != "tagmanifest-sha256.txt"
        });
        let line = |(path, bytes): (&String, &Vec<u8>)| {
            use sha2::Digest as _;
            format!("{}  {path}\n", hex::encode(sha2::Sha256::digest(bytes)))
        };
        of.map(line).collect::<String>().into_bytes()
    };
    let payload = manifest(&files, true);
    files.insert("manifest-sha256.txt".into(), payload);
    let tags = manifest(&files, false);
    files.insert("tagmanifest-sha256.txt".into(), tags);
    repacked(&files)
}

fn unpacked(bytes: &[u8]) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).unwrap();
        let path = file.name().unwrap().split_once('/').unwrap().1.to_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(path, bytes);
    }
    files
}

fn repacked(files: &Files) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let top = hall().record.draft.id;
    for (path, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{top}/{path}"), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Changes the log, entry by entry.
fn log(files: &mut Files, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD;
    let text = files.get_mut("data/log.txt").unwrap();
    let lines = text.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    let mut entries: Vec<Vec<u8>> = lines.map(|l| base64.decode(l).unwrap()).collect();
    change(&mut entries);
    let line = |e: &Vec<u8>| base64.encode(e) + "\n";
    *text = entries.iter().map(line).collect::<String>().into_bytes();
}

/// Exactly one thing is found, and it is told in this sentence.
#[track_caller]
fn only(found: &[Finding], sentence: &str) {
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains(sentence), "{told:#?}");
}

#[test]
fn a_good_archive_is_found_to_be_good_and_is_written_the_same_every_time() {
    let bytes = archive();
    assert_eq!(bytes, archive());
    let report = look(&bytes);
    assert_eq!(report.findings, []);
    let hall = hall();
    assert_eq!(report.entries, hall.log.len() as u64);
    assert_eq!(report.at, hall.record.draft.at);
    assert_eq!(report.signed, Some(signer().public(Kind::Log).to_string()));
    let files = unpacked(&bytes);
    let readme = String::from_utf8(files["data/README.txt"].clone()).unwrap();
    assert!(readme.contains("Rev.1"), "{readme}");
    let sealed = hall.record.draft.versions.get(0).unwrap().seq;
    assert!(files.contains_key(&format!("data/text/entry-{:08}.html", sealed.0)));
}

#[test]
fn a_flipped_byte_is_found_in_its_entry() {
    // In what a statement says, where every byte is as good as another.
    let flip = |entries: &mut Vec<Vec<u8>>, n: usize| {
        let entry = entries.get_mut(n - 1).unwrap();
        let said = entry
            .windows(6)
            .position(|w| w == b"We go " || w == b"The te");
        let at = said.unwrap();
        entry[at] ^= 1;
    };
    let n = hall().log.len() - 2;
    let changed = found(|files| log(files, |entries| flip(entries, n)));
    only(
        &changed,
        &format!(
            "Entry {n} was changed: entry {}, which names its hash, names another.",
            n + 1
        ),
    );
    // In its link to the entry before.
    let changed = found(|files| {
        log(files, |entries| {
            let mut entry = Entry::decode(&entries[n - 1]).unwrap();
            entry.previous.0[7] ^= 1;
            entries[n - 1] = entry.encode();
        });
    });
    only(&changed, &format!("Entry {n} was changed"));
    // In the one before the last: it may be either.
    let either = found(|files| log(files, |entries| flip(entries, n + 1)));
    only(
        &either,
        &format!("Entry {} or entry {} was changed", n + 1, n + 2),
    );
    // In the last one, which no other names: there is only what was signed.
    let last = found(|files| log(files, |entries| flip(entries, n + 2)));
    only(&last, "was rewritten somewhere after entry 3");
    // Such that it is no entry any more.
    let broken = found(|files| log(files, |entries| entries[4][0] ^= 0xff));
    only(&broken, "Entry 5 was changed: it cannot be read");
}

#[test]
fn a_flipped_byte_in_the_file_is_found_by_the_manifest_too() {
    let mut files = unpacked(&archive());
    files.get_mut("data/README.txt").unwrap()[3] ^= 1;
    let report = look(&repacked(&files));
    only(&report.findings, "The file data/README.txt was changed");
}

#[test]
fn a_removed_act_is_found() {
    let changed = found(|files| log(files, |entries| drop(entries.remove(5))));
    only(
        &changed,
        "Entry 6 is missing: the log goes on with entry 7.",
    );
    let changed = found(|files| log(files, |entries| drop(entries.drain(5..8))));
    only(
        &changed,
        "Entries 6 to 8 are missing: the log goes on with entry 9.",
    );
    let n = hall().log.len();
    let changed = found(|files| log(files, |entries| drop(entries.pop())));
    only(
        &changed,
        &format!(
            "The checkpoint is of {n} entries, and the log has {}.",
            n - 1
        ),
    );
}

#[test]
fn a_reordered_pair_is_found() {
    let changed = found(|files| log(files, |entries| entries.swap(6, 7)));
    only(&changed, "Entries 7 and 8 stand in the wrong order.");
}

#[test]
fn an_entry_that_is_there_twice_is_found() {
    let changed = found(|files| log(files, |e| e.insert(6, e[5].clone())));
    only(&changed, "Entry 6 stands where entry 7 should");
}

#[test]
fn a_changed_roster_is_found() {
    let changed = found(|files| {
        let roster = files.get_mut("data/roster.json").unwrap();
        let text = String::from_utf8(roster.clone()).unwrap();
        *roster = text
            .replacen("\"name\": \"COR\"", "\"name\": \"CORX\"", 1)
            .into_bytes();
    });
    let n = hall().log.len();
    only(
        &changed,
        &format!(
            "The roster in data/roster.json is not the one that the record leads to, at entry {n}: COR differ."
        ),
    );
}

/// Everything was made to fit together again, and signed by nobody who is trusted.
#[test]
fn a_forked_log_is_found_by_what_was_signed() {
    let changed = found(|files| {
        log(files, |entries| {
            let n = entries.len() - 3;
            let mut before = Entry::hash_of(&entries[n - 1]);
            for bytes in &mut entries[n..] {
                let mut entry = Entry::decode(bytes).unwrap();
                entry.previous = before;
                if let Some(Act::Statement(said)) = &mut entry.act {
                    said.text = "We never said that.".parse().unwrap();
                }
                *bytes = entry.encode();
                before = Entry::hash_of(bytes);
            }
        });
    });
    only(&changed, "was rewritten somewhere after entry 3");
}

#[test]
fn a_changed_text_is_found() {
    let seq = hall().record.draft.versions.get(0).unwrap().seq;
    let path = format!("data/text/entry-{:08}.md", seq.0);
    let changed = found(|files| {
        let text = files.get_mut(&path).unwrap();
        let words = String::from_utf8(text.clone()).unwrap();
        *text = words.replace("To meet", "To part").into_bytes();
    });
    only(
        &changed,
        &format!("The text in {path} is not the one that stood at entry {seq}."),
    );
}

#[test]
fn a_file_without_a_line_in_the_manifest_is_found_and_one_that_is_gone() {
    let mut files = unpacked(&archive());
    let manifest = files.get_mut("manifest-sha256.txt").unwrap();
    let text = String::from_utf8(manifest.clone()).unwrap();
    let without = text.lines().filter(|l| !l.ends_with("data/keys.txt"));
    *manifest = without
        .map(|l| format!("{l}\n"))
        .collect::<String>()
        .into_bytes();
    let told: Vec<_> = look(&repacked(&files))
        .findings
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter()
            .any(|t| t.contains("The file data/keys.txt is not in the manifest")),
        "{told:#?}"
    );
    files = unpacked(&archive());
    files.remove("data/keys.txt");
    only(
        &look(&repacked(&files)).findings,
        "The file data/keys.txt is in the manifest, and missing",
    );
}

/// An entry that fits in the chain, and that the rules would never have let in.
#[test]
fn an_entry_that_cannot_have_been_entered_is_found() {
    let mut hall = hall();
    let last = Entry::decode(hall.log.last().unwrap()).unwrap();
    let act = json!({"incorporate": {"proposal": "p99"}});
    let forged = Entry {
        seq: last.seq.next(),
        previous: Entry::hash_of(hall.log.last().unwrap()),
        act: Some(serde_json::from_value(act).unwrap()),
        ..last
    };
    let (id, seq) = (hall.record.draft.id, forged.seq);
    let honest = packed(id, &hall.log);
    hall.log.push(forged.encode());
    let mut files = unpacked(&honest);
    let lines = hall.log.clone();
    log(&mut files, |entries| *entries = lines);
    let report = look(&repacked(&files));
    let impossible =
        |f: &Finding| matches!(f, Finding::EntryImpossible { seq: s, .. } if *s == seq);
    assert!(
        report.findings.iter().any(impossible),
        "{:#?}",
        report.findings
    );
    assert_eq!(Seq(report.entries), seq);
}

#[test]
fn what_is_made_to_do_harm_is_not_opened() {
    let make = |name: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for name in ["d/bagit.txt", "d/data/log.txt", name] {
            zip.start_file(name, options).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    assert!(Bag::open(Cursor::new(make("d/data/other.txt"))).is_ok());
    for name in [
        "d/../../etc/passwd",
        "/etc/passwd",
        "e/data/x",
        "d/data\\x",
        "d/",
        "d/data/a\u{202e}b",
    ] {
        assert!(Bag::open(Cursor::new(make(name))).is_err(), "{name:?}");
    }
}

/// Gigabytes of zeros are a few kilobytes when packed: they are read through, and never held.
#[test]
fn a_bomb_is_refused_by_its_first_line() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    let top = hall().record.draft.id;
    zip.start_file(format!("{top}/bagit.txt"), options).unwrap();
    zip.start_file(format!("{top}/data/log.txt"), options)
        .unwrap();
    for _ in 0..40 {
        zip.write_all(&vec![b'A'; 1 << 20]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let mut bag = Bag::open(Cursor::new(bytes)).unwrap();
    assert!(verify(&mut bag, &Trust::default()).is_err());
}
