//! Those who mean harm: whatever they send, they are told no in words, nothing of it enters the record, and the honest,
//! connected all along, notice nothing.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use automerge::transaction::Transactable as _;
use automerge::{ObjType, ReadDoc as _};
use plenary_shared::draft::{
    Author, Draft, Gate, Kind, LocalEdit, Mode, Peer, Role, Setback, Text, TextEdit,
};
use plenary_shared::entry::Place;
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::time::Timestamp;
use plenary_tests::dice::Dice;
use plenary_tests::hall::{ANSWERED, Hall, chunk, leb128, repaired, sync_message};
use plenary_tests::process::{Process, bearer};
use plenary_tests::typist::{Typist, Wire};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

fn hall() -> Hall {
    Hall::open().expect("the hall opens")
}

#[track_caller]
fn check_told(told: anyhow::Result<String>, words: &str) {
    let told = told.expect("the server says why");
    assert!(told.contains(words), "“{words}” is not in “{told}”");
}

fn en() -> Language {
    "en".parse().expect("English is a language")
}

fn place(clause: &str) -> Place {
    Place::Clause(clause.parse().expect("it is a clause's id"))
}

/// What a replica types, as bytes.
fn typed(replica: &mut Text, clause: &str, insert: &str) -> Vec<u8> {
    let edit = LocalEdit {
        place: place(clause),
        language: en(),
        at: 0,
        delete: 0,
        insert: insert.into(),
    };
    replica
        .type_in(&edit, Timestamp(0))
        .expect("there is such a clause")
        .0
}

#[test]
fn what_is_no_message_is_told_so() {
    let mut hall = hall();
    let binary = |bytes: &[u8]| Frame::Binary(bytes.to_vec().into());
    hall.unmoved(|h| {
        let first = "malformed: the first message is a join";
        check_told(h.attack("AVR", false, vec![h.frame(vec![0x42])]), first);
        check_told(
            h.attack("AVR", false, vec![binary(b"\xff\xff")]),
            "malformed",
        );
        check_told(h.attack("AVR", true, vec![binary(b"")]), "malformed");
        check_told(
            h.attack("AVR", true, vec![binary(&[0x9f; 4096])]),
            "malformed",
        );
        check_told(
            h.attack("AVR", true, vec![binary(&[0x81; 100_000])]),
            "malformed",
        );
        // A map that promises more than the frame holds.
        check_told(
            h.attack(
                "AVR",
                true,
                vec![binary(b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff")],
            ),
            "malformed",
        );
        check_told(
            h.attack(
                "AVR",
                true,
                vec![binary(b"\xa1\x64type\x5b\x7f\xff\xff\xff\xff\xff\xff\xff")],
            ),
            "malformed",
        );
        check_told(
            h.attack("AVR", true, vec![Frame::Text("hello".into())]),
            "malformed: messages are binary frames",
        );
    });
    let mut dice = Dice::of(3);
    hall.unmoved(|h| {
        for length in [0, 1, 2, 40, 4000] {
            let garbage = h.frame(dice.bytes(length));
            check_told(h.attack("AVR", true, vec![garbage]), "malformed: ");
        }
        // The form of a sync message, and then lists of hashes that never come.
        for promise in [
            &b"\x42\xff\xff\xff\xff\x0f"[..],
            b"\x42\x00\x00\xff\xff\xff\xff\x0f",
            b"\x43\x00\x00\x00\xff\xff\x7f",
        ] {
            check_told(
                h.attack("AVR", true, vec![h.frame(promise.to_vec())]),
                "malformed: ",
            );
        }
    });
}

#[test]
fn a_frame_that_is_too_large_ends_its_connection_alone() {
    let mut hall = hall();
    hall.unmoved(|h| {
        let frame = Frame::Binary(vec![0; (16 << 20) + 1].into());
        let told = h.attack("AVR", true, vec![frame]);
        // The rest of it is not read, so that the last words may be lost with it.
        if let Ok(told) = told {
            assert!(told.contains("too-large"), "{told}");
        }
    });
}

#[test]
fn nobody_writes_where_they_may_not() {
    let mut hall = hall();
    hall.go_on();
    hall.unmoved(|h| {
        let mut replica = h.replica(&[10; 16]);
        let change = typed(&mut replica, "op-1", "x");
        check_told(
            h.bring("OBS", std::slice::from_ref(&change)),
            "not-entitled",
        );
        check_told(h.bring("SEC", &[change]), "not-entitled");
    });
    hall.unmoved(|h| {
        // Signed by COR's own actor, from AVR's seat; and by the server's.
        let mut thief = h.replica(&[1; 16]);
        check_told(
            h.bring("AVR", &[typed(&mut thief, "op-1", "x")]),
            "forged-actor",
        );
        let mut server = Text::new(h.draft);
        let edits = [TextEdit::InsertClause {
            clause: "op-9".parse().expect("an id"),
            kind: Kind::Operative,
            level: 1,
            after: None,
            text: BTreeMap::new(),
        }];
        let (changes, _) = server.write(&edits, Timestamp(1)).expect("it is written");
        let changes: Vec<Vec<u8>> = changes.into_iter().map(|c| c.0).collect();
        let told = h.bring("CHAIR", &changes).expect("the server says why");
        assert!(
            told.starts_with("forged-actor") || told.starts_with("structure"),
            "{told}"
        );
    });
    hall.unmoved(|h| {
        let forge = |n: u8,
                     what: &dyn Fn(
            &mut automerge::transaction::Transaction<'_>,
            &automerge::ObjId,
            &automerge::ObjId,
        )| {
            h.forge(&[n; 16], |tx| {
                let (_, clauses) = tx
                    .get(automerge::ROOT, "clauses")
                    .expect("it is read")
                    .expect("it is there");
                let (_, clause) = tx
                    .get(&clauses, "op-1")
                    .expect("it is read")
                    .expect("it is there");
                what(tx, &clauses, &clause);
            })
        };
        let pens = "structure-is-the-pen-holders";
        let order = forge(20, &|tx, _, clause| {
            tx.put(clause, "order", "ff").expect("it is put");
        });
        check_told(h.bring("AVR", &order), pens);
        let agreed = forge(21, &|tx, _, clause| {
            tx.put(clause, "agreed", "0").expect("it is put");
        });
        check_told(h.bring("CHAIR", &agreed), pens);
        let root = forge(22, &|tx, _, _| {
            tx.put(automerge::ROOT, "schema", 2).expect("it is put");
        });
        check_told(h.bring("CHAIR", &root), pens);
        let away = forge(23, &|tx, clauses, _| {
            tx.delete(clauses, "op-1").expect("it is deleted");
        });
        check_told(h.bring("AVR", &away), "no-deletion");
        check_told(h.bring("CHAIR", &away), "no-deletion");
        let again = forge(24, &|tx, clauses, _| {
            tx.put_object(clauses, "op-1", ObjType::Map)
                .expect("it is put");
        });
        check_told(h.bring("CHAIR", &again), "already-there");
        let list = forge(25, &|tx, _, clause| {
            let (_, texts) = tx
                .get(clause, "text")
                .expect("it is read")
                .expect("it is there");
            tx.put_object(&texts, "de", ObjType::Text)
                .expect("it is put");
        });
        check_told(h.bring("CHAIR", &list), "unknown-language");
        let number = forge(26, &|tx, _, clause| {
            let (_, texts) = tx
                .get(clause, "text")
                .expect("it is read")
                .expect("it is there");
            let (_, words) = tx
                .get(&texts, "en")
                .expect("it is read")
                .expect("it is there");
            tx.insert(&words, 0, 7).expect("it is put");
        });
        check_told(h.bring("AVR", &number), "not-text");
    });
}

#[test]
fn a_filter_that_cannot_be_answered_is_told_so() {
    let mut hall = hall();
    hall.unmoved(|h| {
        let wrong = "malformed: the filter in the message";
        let without_bits = include_bytes!("../../fuzz/crashers/sync/a-filter-without-bits");
        check_told(
            h.attack("AVR", true, vec![h.frame(without_bits.to_vec())]),
            wrong,
        );
        // No heads, no needs, one thing that it has: nothing, and a filter of one entry of eight bits, looked at four
        // billion times.
        let endless = b"\x42\x00\x00\x01\x00\x08\x01\x08\xff\xff\xff\xff\x0f\x00\x00";
        check_told(
            h.attack("AVR", true, vec![h.frame(endless.to_vec())]),
            wrong,
        );
        let many = [&b"\x42\x00\x00\x09"[..], &[0; 18], &[0]].concat();
        check_told(
            h.attack("AVR", true, vec![h.frame(many)]),
            "malformed: the message says in more ways",
        );
    });
}

/// What automerge itself would take: it then takes a character out of the other clause, or saves what it cannot read.
#[test]
fn what_is_well_written_and_lies_is_refused() {
    let mut hall = hall();
    let words = |tx: &automerge::transaction::Transaction<'_>, clauses, clause: &str| {
        let under = |at, key: &str| {
            tx.get(&at, key)
                .expect("it is read")
                .expect("it is there")
                .1
        };
        under(under(under(clauses, clause), "text"), "en")
    };
    let forge =
        |hall: &Hall, n: u8, what: &dyn Fn(&mut automerge::transaction::Transaction<'_>)| {
            let changes = hall.forge(&[n; 16], |tx| what(tx));
            let change = automerge::Change::from_bytes(changes[0].clone());
            change.expect("a change").decode()
        };
    let clauses = |tx: &automerge::transaction::Transaction<'_>| {
        let found = tx.get(automerge::ROOT, "clauses").expect("it is read");
        found.expect("it is there").1
    };
    let deletion = |hall: &Hall, n: u8, clause: &'static str| {
        forge(hall, n, &|tx| {
            let words = words(tx, clauses(tx), clause);
            tx.splice_text(&words, 0, 1, "").expect("it is deleted");
        })
    };
    let sealed = |change| automerge::Change::from(change).raw_bytes().to_vec();
    hall.unmoved(|h| {
        // A character of the second paragraph is taken out in the name of the first.
        let mut lying = deletion(h, 30, "op-2");
        lying.operations[0].obj = deletion(h, 30, "op-1").operations[0].obj.clone();
        lying.hash = None;
        check_told(h.bring("AVR", &[sealed(lying)]), "damaged-change");
        // One character is named, and another taken out.
        let mut lying = deletion(h, 31, "op-1");
        lying.operations[0].pred = deletion(h, 31, "op-2").operations[0].pred.clone();
        lying.hash = None;
        check_told(h.bring("AVR", &[sealed(lying)]), "damaged-change");
        // A clause moves from a place where it never was.
        let mut lying = forge(h, 32, &|tx| {
            let (_, clause) = tx
                .get(clauses(tx), "op-1")
                .expect("it is read")
                .expect("it is there");
            tx.put(&clause, "order", "ff").expect("it is put");
        });
        lying.operations[0].pred = deletion(h, 32, "op-2").operations[0].pred.clone();
        lying.hash = None;
        check_told(h.bring("CHAIR", &[sealed(lying)]), "damaged-change");
        let bold = forge(h, 33, &|tx| {
            let words = words(tx, clauses(tx), "op-1");
            let bold = automerge::marks::Mark::new("bold".into(), true, 0, 3);
            tx.mark(&words, bold, automerge::marks::ExpandMark::Both)
                .expect("it is marked");
        });
        check_told(h.bring("AVR", &[sealed(bold)]), "not-text");
    });
}

#[test]
fn what_is_too_much_is_refused_unread() {
    let mut hall = hall();
    hall.unmoved(|h| {
        let mut replica = h.replica(&[11; 16]);
        let long = typed(&mut replica, "op-1", &"long ".repeat(5_000));
        check_told(
            h.bring("AVR", &[long]),
            "too-large: A wording would become longer",
        );
        let mut replica = h.replica(&[12; 16]);
        let operations = typed(&mut replica, "op-1", &"a".repeat(60_000));
        check_told(
            h.bring("AVR", &[operations]),
            "larger than this server takes",
        );
    });
    let before = hall.server.memory();
    hall.unmoved(|h| {
        for (_, bytes) in crashers()
            .into_iter()
            .filter(|(name, _)| name.contains("bomb"))
        {
            check_told(
                h.bring("AVR", std::slice::from_ref(&bytes)),
                "malformed: a change is larger than this server takes",
            );
            check_told(
                h.bring("AVR", &vec![bytes; 50]),
                "malformed: a change is larger than this server takes",
            );
        }
    });
    if let (Some(before), Some(after)) = (before, hall.server.memory()) {
        assert!(
            after < before + (64 << 20),
            "memory went from {before} to {after}"
        );
    }
}

/// The corpus of inputs that break automerge itself, or are made to: name and bytes.
fn crashers() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/crashers");
    let files = std::fs::read_dir(folder).expect("the corpus is there");
    let mut all: Vec<(String, Vec<u8>)> = files
        .map(|file| file.expect("the corpus can be read").path())
        .filter(|path| path.extension().is_some_and(|e| e == "change"))
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("the corpus can be read"))
        })
        .collect();
    all.sort();
    all
}

/// The draft, always the same to the last byte, that the corpus was made against.
fn base() -> (Draft, Text) {
    let id = DraftId([9; 16]);
    let mut draft = Draft::unborn(id);
    draft.mode = Mode::Open;
    draft.authentic = vec![en()];
    let mut text = Text::new(id);
    let clause = TextEdit::InsertClause {
        clause: "op-1".parse().expect("an id"),
        kind: Kind::Operative,
        level: 1,
        after: None,
        text: [(en(), "States shall report annually.".to_owned())].into(),
    };
    text.write(&[clause], Timestamp(0))
        .expect("the text is written");
    draft
        .clauses
        .entry("op-1".parse().expect("an id"))
        .or_default();
    (draft, text)
}

#[test]
fn every_input_of_the_corpus_is_turned_away() {
    let (draft, text) = base();
    let author = Author {
        delegation: "AVR".parse().expect("a code"),
        role: Role::Delegate,
    };
    let all = crashers();
    assert!(all.len() >= 5, "the corpus has only {} inputs", all.len());
    for (name, bytes) in &all {
        let message = sync_message(std::slice::from_ref(bytes));
        let Ok(mut incoming) = text.unpack(&message) else {
            continue;
        };
        let outcome = Gate::new(&draft, &text).admit(&author, incoming.take_changes());
        assert!(
            matches!(outcome, Err(Setback::Refused(_))),
            "{name} was not refused: {outcome:?}"
        );
    }
    let mut hall = hall();
    hall.unmoved(|h| {
        for (_, bytes) in all {
            // On a live draft, what builds on another draft's history is asked for again, and no more than that.
            let told = h.bring("AVR", &[bytes]).expect("the server answers");
            assert!(told == ANSWERED || told.contains(": "), "{told}");
        }
    });
}

/// Makes the corpus: one-byte corruptions of a keystroke, its checksum made good, and what automerge by itself makes
/// of it. Run with `--ignored` after a new version of automerge, and keep one file of each kind.
#[test]
#[ignore = "writes the corpus"]
fn the_corpus_is_made() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/crashers");
    let (_, text) = base();
    let mut replica =
        Text::load(text.draft(), &text.save(), &BTreeMap::new(), Some(&[1; 16])).expect("a copy");
    let good = typed(&mut replica, "op-1", "x");
    let mut kept: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 11..good.len() {
        for flip in [1_u8, 2, 16, 17, 19, 64, 128, 255] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            let bad = repaired(&bad);
            let story = story_of(&text.save(), &bad);
            let Some(story) = story else { continue };
            let places = kept.entry(story).or_default();
            if places.len() < 3 && !places.contains(&at) {
                places.push(at);
                let name = format!("{story}-byte-{at}-flip-{flip}.change");
                std::fs::write(folder.join(name), &bad).expect("the corpus can be written");
            }
        }
    }
    println!("{kept:?}");
    let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..16 {
        deflated.write_all(&vec![0; 1 << 20]).expect("it is packed");
    }
    let bomb = chunk(2, &deflated.finish().expect("it is packed"));
    std::fs::write(folder.join("deflate-bomb-of-16-mebibytes.change"), bomb)
        .expect("the corpus can be written");
    // No deps, one actor, the first change, at operation 1; one column of actions: the same one a billion times.
    let mut body = vec![0, 16];
    body.extend([3; 16]);
    body.extend([1, 1, 0, 0, 0]);
    let mut run = leb128(1 << 29);
    run.push(1);
    body.extend([1, 0x42]);
    body.extend(leb128(u64::try_from(run.len()).expect("a small number")));
    body.extend(run);
    std::fs::write(
        folder.join("run-length-bomb-of-half-a-billion.change"),
        chunk(1, &body),
    )
    .expect("the corpus can be written");
}

/// What automerge by itself makes of a change: none if nothing bad.
fn story_of(saved: &[u8], change: &[u8]) -> Option<&'static str> {
    use std::panic::catch_unwind;
    let decoded = catch_unwind(|| {
        let change = automerge::Change::from_bytes(change.to_vec()).ok()?;
        let _ = change.decode();
        Some(change)
    });
    let change = match decoded {
        Err(_) => return Some("decoding-panics"),
        Ok(None) => return None,
        Ok(Some(change)) => change,
    };
    let doc = automerge::Automerge::load(saved).expect("the base can be read");
    let applied = catch_unwind(move || {
        let mut doc = doc;
        doc.apply_changes([change]).ok()?;
        Some(doc)
    });
    let doc = match applied {
        Err(_) => return Some("applying-panics"),
        Ok(None) => return None,
        Ok(Some(doc)) => doc,
    };
    match catch_unwind(move || automerge::Automerge::load(&doc.save()).is_ok()) {
        Err(_) => Some("saving-panics"),
        Ok(false) => Some("the-saved-document-cannot-be-read"),
        Ok(true) => None,
    }
}

#[test]
fn no_corrupted_keystroke_harms_a_live_draft() {
    let seed = Dice::seed_or(11);
    println!("SEED={seed}");
    let mut dice = Dice::of(seed);
    let mut hall = hall();
    let (mut refused, mut taken) = (0, 0);
    for n in 0..60_u8 {
        let mut replica = hall.replica(&[100 + n; 16]);
        let good = typed(&mut replica, "op-1", "x");
        let mut bad = good.clone();
        // Beyond what it builds on and whose it is: there a corruption makes another change, not a broken one.
        let at = 60 + dice.below(bad.len() - 60);
        bad[at] ^= u8::try_from(1 + dice.below(255)).expect("a byte");
        let before = hall.end().expect("the server answers");
        let told = hall
            .bring("AVR", &[repaired(&bad)])
            .expect("the server answers");
        if told == ANSWERED {
            taken += 1;
        } else {
            assert!(told.contains(": "), "{told}");
            assert_eq!(hall.end().expect("the server answers"), before, "{told}");
            refused += 1;
        }
    }
    println!("{refused} refused, {taken} passed for what an honest client might send");
    assert!(refused > 20);
    let heads = hall
        .server
        .summary(&hall.tokens["SEC"], hall.draft)
        .expect("a summary")
        .heads;
    let Hall {
        runtime, honest, ..
    } = &mut hall;
    runtime.block_on(async {
        for typist in honest {
            typist.reach(&heads).await.expect("the honest follow");
        }
    });
    hall.go_on();
    let end = hall.end().expect("the server answers");
    // From its snapshot, and from its log: the draft opens as it was.
    let Hall {
        server,
        data,
        draft,
        tokens,
        ..
    } = hall;
    server.kill().expect("it can be killed");
    let server = Process::start(data.path(), &[]).expect("it starts again");
    let summary = server.summary(&tokens["SEC"], draft).expect("a summary");
    assert_eq!(
        (summary.damaged, summary.seq, summary.head),
        (None, end.0, end.1)
    );
    server.stop().expect("it stops");
    let server = Process::start(data.path(), &[]).expect("it starts again");
    let summary = server.summary(&tokens["SEC"], draft).expect("a summary");
    assert_eq!((summary.damaged, summary.head), (None, end.1));
}

#[test]
fn acts_that_are_none_are_refused_in_words() {
    let mut hall = hall();
    hall.unmoved(|h| {
        let path = format!("/api/v1/drafts/{}/acts", h.draft);
        let submit = |code: &str, act: Value| {
            let answer = h.server.post::<Value>(&h.tokens[code], &path, None, &act);
            answer.expect("an answer").expect_err("it is no act")
        };
        let position =
            json!({"take_position": {"on": {"clause": "nowhere"}, "position": "support"}});
        assert_eq!(submit("AVR", position.clone()).status / 100, 4);
        let statement = json!({"statement": {"on": {"clause": "nowhere"}, "text": "x"}});
        assert_eq!(submit("AVR", statement).code, "unknown-clause");
        let spoofed = "Delegation \u{202e}RVA";
        let seat = json!({"seat": {"delegation": "FOX", "name": spoofed}});
        assert!(submit("SEC", seat).code.starts_with("malformed"));
        let version = json!({"seal_version": {"name": "Rev. 1\u{2066}"}});
        assert!(submit("CHAIR", version).code.starts_with("malformed"));
        let endless = json!({"statement": {"text": "x".repeat(1 << 20)}});
        assert!(submit("AVR", endless).code.starts_with("malformed"));
        let shadow = json!({"recover": {"attempts": []}});
        assert_eq!(submit("AVR", shadow).code, "not-entitled");
        for other in [
            json!({"nonsense": {}}),
            json!({}),
            json!([]),
            json!(7),
            json!({"statement": {"text": "x", "extra": 1}}),
        ] {
            assert!(submit("AVR", other).code.starts_with("malformed"));
        }
        let agree = json!({"agree": {"clause": "op-1"}});
        assert_eq!(submit("OBS", agree).status / 100, 4);
    });
}

#[test]
fn requests_that_are_none_are_refused_in_words() {
    let mut hall = hall();
    hall.unmoved(|h| {
        let path = format!("/api/v1/drafts/{}/acts", h.draft);
        let token = bearer(&h.tokens["AVR"]);
        let json = ("Content-Type", "application/json");
        let call = |body: &[u8], more: &[(&str, &str)]| {
            let mut headers = vec![token.pair(), json];
            headers.extend(more);
            let (status, body) = h
                .server
                .call("POST", &path, &headers, body)
                .expect("an answer");
            let problem: Value =
                serde_json::from_str(&body).unwrap_or_else(|_| panic!("no problem: {body}"));
            (
                status,
                problem["code"].as_str().unwrap_or_default().to_owned(),
            )
        };
        let malformed = (400, "malformed".to_owned());
        assert_eq!(call(b"{", &[]), malformed);
        assert_eq!(
            call(b"{\"statement\": {\"text\": \"\xff\"}}", &[]),
            malformed
        );
        for bomb in ["[", "{\"statement\":", "{\"propose\":{\"text\":{\"en\":"] {
            let (status, code) = call(bomb.repeat(50_000).as_bytes(), &[]);
            assert!(matches!(status, 400 | 422), "{bomb}: {status}");
            assert!(code.starts_with("malformed"), "{bomb}: {code}");
        }
        let good = b"{\"statement\": {\"text\": \"x\"}}";
        let long = "k".repeat(129);
        assert_eq!(call(good, &[("Idempotency-Key", &long)]).0, 422);
        assert_eq!(call(good, &[("Idempotency-Key", "")]).0, 422);
        let huge = vec![b' '; 3 << 20];
        // The rest of it is not read, and that connection is of no more use.
        let once = [token.pair(), json, ("Connection", "close")];
        if let Ok((status, _)) = h.server.call("POST", &path, &once, &huge) {
            assert_eq!(status, 413);
        }
        for wrong in [
            "",
            "Bearer",
            "Bearer x",
            "Bearer plenary_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "Basic !!!",
            "Digest x",
        ] {
            let (status, _) = h
                .server
                .call("GET", "/api/v1/me", &[("Authorization", wrong)], &[])
                .expect("an answer");
            assert_eq!(status, 401, "{wrong:?}");
        }
    });
    hall.unmoved(|h| {
        let draft = h.draft;
        let token = &h.tokens["AVR"];
        for path in [
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/api/v1/drafts/../seats/x",
            "/api/v1/drafts/%00",
            "/api/v1/drafts/%ff%fe",
            "//api/v1/me",
            &format!("/api/v1/drafts/{}", "A".repeat(4000)),
            &format!("/api/v1/drafts/{draft}/clauses/%2e%2e%2f"),
            &format!("/api/v1/drafts/{draft}/text?at=%00"),
            &format!("/api/v1/drafts/{draft}/text?at=99999999999999999999"),
            &format!("/api/v1/drafts/{draft}/entries?after=-1&limit=18446744073709551616"),
            &format!("/api/v1/drafts/{draft}/export/../../x"),
        ] {
            let answer = raw(&h.server, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"));
            let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
            assert!(status.starts_with('4'), "{path}: {answer}");
            assert!(!answer.contains("root:"), "{path}");
        }
        for request in [
            "\0\0\0\0\r\n\r\n".to_owned(),
            "GET / HTTP/9.9\r\n\r\n".to_owned(),
            "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_owned(),
            format!("GET /health HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(1 << 20)),
            format!("GET /health HTTP/1.1\r\nHost: x\r\n{}\r\n", "A: b\r\n".repeat(5000)),
            format!("POST /api/v1/drafts/{draft}/acts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n"),
        ] {
            let answer = raw(&h.server, &request);
            let fine = answer.starts_with("HTTP/1.1 2") || answer.starts_with("HTTP/1.0 2");
            assert!(!fine, "{request:.60?} was answered with {answer}");
        }
    });
}

/// Sends that, and reads whatever comes until the server ends it.
fn raw(server: &Process, request: &str) -> String {
    let mut stream = TcpStream::connect(&server.address).expect("it connects");
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a time limit can be set");
    // It may be cut off in the middle of it, which is an answer too.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn who_does_not_read_costs_the_others_nothing() {
    let mut hall = hall();
    // A draft of some size: what is sent again and again to who does not read.
    let Hall {
        runtime, honest, ..
    } = &mut hall;
    runtime.block_on(async {
        let typist = &mut honest[0];
        for clause in ["op-1", "op-2"] {
            let words = Dice::of(5).bytes(9_000);
            let words: String = words.iter().map(|b| char::from(b'a' + b % 26)).collect();
            let edit = LocalEdit {
                place: place(clause),
                language: en(),
                at: 0,
                delete: 0,
                insert: words,
            };
            assert!(typist.type_in(&edit));
            typist.level().await.expect("it is taken in");
        }
    });
    hall.go_on();
    let address = hall.server.sync_address();
    let (token, draft) = (hall.tokens["OBS"].clone(), hall.draft);
    let before = hall.server.memory();
    let mut deaf = hall.runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("a small buffer");
        let stream = socket
            .connect(hall.server.address.parse().expect("an address"))
            .await
            .expect("it connects");
        let mut wire = Wire::over(stream, &address, &token)
            .await
            .expect("it is let in");
        wire.join("deaf").await.expect("it is welcome");
        // Each of these asks for everything from the beginning.
        for _ in 0..400 {
            let asks = Peer::new()
                .generate(&Text::replica_of(draft, &[66; 16]))
                .expect("it asks");
            wire.sync("deaf", draft, asks).await.expect("it is sent");
        }
        wire
    });
    for _ in 0..40 {
        hall.go_on();
    }
    if let (Some(before), Some(after)) = (before, hall.server.memory()) {
        assert!(
            after < before + (64 << 20),
            "memory went from {before} to {after}"
        );
    }
    // It begins to read again: it has been cut, or comes to the present text.
    let heads = hall.honest[0].text.heads();
    hall.runtime.block_on(async {
        let (mut text, mut peer) = (Text::replica_of(draft, &[66; 16]), Peer::new());
        while text.heads() != heads {
            let Ok(message) = deaf.hear().await else {
                return;
            };
            if let plenary_shared::wire::message::Message::Sync { data, .. } = message {
                peer.receive(&mut text, &data)
                    .expect("what comes can be followed");
            }
            if let Some(answer) = peer.generate(&text)
                && deaf.sync("deaf", draft, answer).await.is_err()
            {
                return;
            }
        }
    });
    hall.go_on();
}

#[test]
fn two_hundred_who_come_and_go_leave_nothing_behind() {
    let mut hall = hall();
    let files = hall.server.open_files();
    hall.unmoved(|h| {
        let address = h.server.sync_address();
        h.runtime.block_on(async {
            for n in 0..200 {
                // The server may count one that has just gone a moment longer; who waits a little gets in.
                let mut wire = loop {
                    match Wire::open(&address, &h.tokens["AVR"]).await {
                        Ok(wire) => break wire,
                        Err(e) if e.to_string().contains("429") => {
                            tokio::time::sleep(Duration::from_millis(5)).await;
                        }
                        Err(e) => panic!("connection {n}: {e}"),
                    }
                };
                match n % 4 {
                    0 => {}
                    1 => wire.join("brief").await.expect("it is welcome"),
                    2 => {
                        let mut typist = Typist::new("AVR", &h.tokens["AVR"], h.draft, &[50; 16]);
                        typist.connect(&address).await.expect("it connects");
                        typist.level().await.expect("it comes into step");
                    }
                    _ => wire.socket.close(None).await.expect("it says goodbye"),
                }
            }
        });
    });
    if let Some(files) = files {
        // No limit of time but that of the whole test: they are all closed in the end.
        while hall.server.open_files().is_some_and(|now| now > files + 8) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    hall.go_on();
}
