//! Changes to the text, corrupted and then sealed again: the checksum is right whatever the body says.
//!
//! The first byte says who brings it and in which envelope; what follows is the body of one chunk.

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable as _, Transaction};
use automerge::{ActorId, Automerge, LoadOptions, ObjId, ObjType, ReadDoc as _, TextEncoding};
use plenary_shared::acts::Act;
use plenary_shared::draft::{LocalEdit, Role, Text};
use plenary_shared::entry::{Entry, Place};
use plenary_shared::time::Timestamp;

use super::sync::{replica, typed};
use crate::hall::{Hall, en, person};
use crate::{Target, chunk};

/// A change is refused or taken in; and then the draft is as sound as before.
pub(super) const TARGET: Target = Target {
    name: "change",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let Some((&how, body)) = bytes.split_first() else {
        return;
    };
    let by = match how & 3 {
        0 | 1 => person("AVR", Role::Delegate),
        2 => person("COR", Role::Delegate),
        _ => person("CHAIR", Role::Facilitator),
    };
    let kind = match how >> 2 & 3 {
        0 | 1 => 1,
        2 => 2,
        _ => 0,
    };
    let message = chunk::sync_message(&[chunk::chunk(kind, body)]);
    let mut hall = Hall::open().clone();
    if hall.hear(&by, &message) {
        hall.is_sound();
    }
}

/// Honest changes of every kind, and whole documents.
fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let mut keep = |who: u8, changes: &[Vec<u8>]| {
        for change in changes {
            let Some((kind, body)) = chunk::body(change) else {
                continue;
            };
            let how = match kind {
                0 => 12,
                2 => 8,
                _ => 0,
            };
            seeds.push([&[who | how], body].concat());
        }
    };
    let mut delegate = replica(&[0x33; 16]);
    keep(0, &typed(&mut delegate));
    keep(0, &[delegate.save()]);
    // Typed before the agreement was seen.
    let mut early = early();
    let edit = LocalEdit {
        place: Place::Clause("op-2".parse().expect("an id")),
        language: en(),
        at: 0,
        delete: 2,
        insert: "Not to".into(),
    };
    let change = early.type_in(&edit, Timestamp(0)).expect("there it is");
    keep(2, &[change.0]);
    let mut chair = replica(&[0x44; 16]);
    let french = "fr".parse().expect("a language");
    let place = Place::Clause("pp-1".parse().expect("an id"));
    let begun = chair.reword(&place, &french, "Rappelant le passé,", Timestamp(0));
    keep(3, &[begun.expect("it is begun").0]);
    keep(0, &bold());
    keep(3, &structured());
    keep(0, &empty());
    seeds
}

/// A replica as it was before anything was agreed.
fn early() -> Text {
    let hall = Hall::open();
    let mut then = Text::replica_of(hall.record.draft.id, &[0x66; 16]);
    for entry in &hall.log {
        let entry = Entry::decode(entry).expect("an entry");
        if matches!(entry.act, Some(Act::Call(_))) {
            break;
        }
        let changes: Vec<_> = entry.changes.into_iter().map(|c| (c, None)).collect();
        then.apply(&changes).expect("they are applied");
    }
    then
}

/// A word made bold, as a stock client would.
fn bold() -> Vec<Vec<u8>> {
    forged(0x22, |tx, clauses| {
        let words = under(tx, clauses, &["op-1", "text", "en"]);
        let mark = Mark::new("bold".into(), true, 2, 5);
        tx.mark(&words, mark, ExpandMark::Both)
            .expect("it is marked");
    })
}

/// A change without operations, as a stock client makes one to note what it has seen.
fn empty() -> Vec<Vec<u8>> {
    let text = &Hall::open().record.text;
    let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let doc = Automerge::load_with_options(&text.save(), options);
    let mut doc = doc.expect("the text can be copied");
    doc.set_actor(ActorId::from(&[0x23; 16]));
    let hash = doc.empty_commit(CommitOptions::default());
    let change = doc.get_change_by_hash(&hash).expect("it is made");
    vec![change.raw_bytes().to_vec()]
}

/// A clause moved and made another kind, and a new one.
fn structured() -> Vec<Vec<u8>> {
    let moved = forged(0x55, |tx, clauses| {
        let clause = under(tx, clauses, &["op-1"]);
        tx.put(&clause, "order", "ff").expect("it is put");
        tx.put(&clause, "kind", "paragraph").expect("it is put");
        tx.put(&clause, "level", 2).expect("it is put");
    });
    let new = forged(0x56, |tx, clauses| {
        let made = tx.put_object(clauses, "op-9", ObjType::Map);
        let clause = made.expect("it is made");
        tx.put(&clause, "order", "fe80").expect("it is put");
        tx.put(&clause, "kind", "operative").expect("it is put");
        tx.put(&clause, "level", 1).expect("it is put");
        let made = tx.put_object(&clause, "text", ObjType::Map);
        let texts = made.expect("it is made");
        let made = tx.put_object(&texts, "en", ObjType::Text);
        let words = made.expect("it is made");
        tx.splice_text(&words, 0, 0, "New.").expect("it is written");
    });
    [moved, new].concat()
}

fn under(tx: &Transaction<'_>, from: &ObjId, keys: &[&str]) -> ObjId {
    keys.iter().fold(from.clone(), |at, key| {
        let found = tx.get(&at, *key).expect("it is read");
        found.expect("it is there").1
    })
}

/// What a stock client writes under `clauses`, signed by that actor.
fn forged(actor: u8, write: impl FnOnce(&mut Transaction<'_>, &ObjId)) -> Vec<Vec<u8>> {
    let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let saved = Hall::open().record.text.save();
    let doc = Automerge::load_with_options(&saved, options);
    let mut doc = doc.expect("the text can be copied");
    doc.set_actor(ActorId::from(&[actor; 16]));
    let before = doc.get_heads();
    let mut tx = doc.transaction();
    let clauses = under(&tx, &automerge::ROOT, &["clauses"]);
    write(&mut tx, &clauses);
    tx.commit();
    let changes = doc.get_changes(&before);
    changes.iter().map(|c| c.raw_bytes().to_vec()).collect()
}
