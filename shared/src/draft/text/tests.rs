//! The text through the gate: what is let in, what is not, and what becomes of it.

use std::collections::BTreeMap;

use automerge::transaction::Transactable as _;
use automerge::{ActorId, ReadDoc as _};

use super::*;
use crate::draft::{Agreement, Draft, How, Mode, Role};
use crate::ids::Seq;
use crate::time::Timestamp;

const ID: DraftId = DraftId([9; 16]);

fn words(pairs: &[(&str, &str)]) -> BTreeMap<Language, String> {
    pairs
        .iter()
        .map(|(l, t)| (l.parse().unwrap(), (*t).to_owned()))
        .collect()
}

fn insert(id: &str, after: Option<&str>, text: &str) -> TextEdit {
    TextEdit::InsertClause {
        clause: id.parse().unwrap(),
        kind: Kind::Operative,
        level: 1,
        after: after.map(|a| a.parse().unwrap()),
        text: words(&[("en", text)]),
    }
}

/// A draft in open mode with two clauses, and its text.
fn conference() -> (Draft, Text) {
    let mut draft = Draft::unborn(ID);
    draft.mode = Mode::Open;
    draft.authentic = vec!["en".parse().unwrap()];
    let mut text = Text::new(ID);
    let (_, touched) = text
        .write(
            &[
                insert("op-1", None, "States shall report annually."),
                insert("op-2", Some("op-1"), "Second."),
            ],
            Timestamp(0),
        )
        .unwrap();
    for t in touched {
        if let Place::Clause(id) = t.place {
            let clause = draft.clauses.entry(id).or_default();
            if let (Some(l), Some(d)) = (t.language, t.digest) {
                clause.digests.insert(l, d);
            }
        }
    }
    (draft, text)
}

/// A delegate's replica, in step with the server's text.
fn replica(server: &Text, n: u8) -> Text {
    Text::load(ID, &server.save(), &BTreeMap::new(), Some(&[n; 16])).unwrap()
}

fn author(code: &str, role: Role) -> Author {
    Author {
        delegation: code.parse().unwrap(),
        role,
    }
}

/// The sync message by which a replica sends a change.
fn message(changes: &[ChangeBytes]) -> Vec<u8> {
    let list: Vec<Vec<u8>> = changes.iter().map(|c| c.0.clone()).collect();
    automerge::sync::Message {
        heads: vec![],
        need: vec![],
        have: vec![],
        changes: list.into(),
        flags: None,
        version: automerge::sync::MessageVersion::V1,
    }
    .encode()
}

#[track_caller]
fn refused(draft: &Draft, text: &Text, who: &Author, changes: &[ChangeBytes]) -> &'static str {
    let mut incoming = text
        .unpack(&message(changes))
        .expect("the message is whole");
    match Gate::new(draft, text).admit(who, incoming.take_changes()) {
        Err(Setback::Refused(refusal)) => refusal.code,
        other => panic!("it should have been refused: {other:?}"),
    }
}

fn take(draft: &Draft, text: &mut Text, who: &Author, changes: &[ChangeBytes]) -> TakenIn {
    let mut incoming = text.unpack(&message(changes)).unwrap();
    let admitted = Gate::new(draft, text)
        .admit(who, incoming.take_changes())
        .unwrap()
        .expect("something new");
    if admitted.needs_restoring() {
        text.take_in_and_restore(admitted, draft, Timestamp(0))
            .unwrap()
    } else {
        text.take_in(vec![admitted]).unwrap().pop().unwrap()
    }
}

fn place(id: &str) -> Place {
    Place::Clause(id.parse().unwrap())
}

fn en() -> Language {
    "en".parse().unwrap()
}

fn typed(r: &mut Text, id: &str, at: usize, insert: &str) -> ChangeBytes {
    let edit = LocalEdit {
        place: place(id),
        language: en(),
        at,
        delete: 0,
        insert: insert.into(),
    };
    r.type_in(&edit, Timestamp(0)).unwrap()
}

#[test]
fn clauses_stand_in_the_order_in_which_they_were_inserted() {
    let (_, mut text) = conference();
    text.write(
        &[
            insert("mid", Some("op-1"), "m"),
            insert("first", None, "f"),
            insert("mid-2", Some("mid"), "m2"),
        ],
        Timestamp(0),
    )
    .unwrap();
    let manuscript = text.manuscript();
    let order: Vec<_> = manuscript
        .in_order()
        .into_iter()
        .map(|(id, _)| id.as_str().to_owned())
        .collect();
    assert_eq!(order, ["first", "op-1", "mid", "mid-2", "op-2"]);
}

#[test]
fn typing_is_taken_in_and_settles_its_wording() {
    let (draft, mut text) = conference();
    let mut r = replica(&text, 1);
    let change = typed(&mut r, "op-1", 0, "All ");
    let mut manuscript = text.manuscript();
    let taken = take(&draft, &mut text, &author("AVR", Role::Delegate), &[change]);
    assert_eq!(
        taken.touched,
        [Touched {
            place: place("op-1"),
            language: Some(en()),
            digest: Some(Digest::of("All States shall report annually.")),
        }]
    );
    text.refresh(&mut manuscript, &taken.touched);
    assert_eq!(manuscript, text.manuscript());
    assert_eq!(text.heads(), r.heads());
}

#[test]
fn who_may_not_write_is_told_why() {
    let (mut draft, text) = conference();
    let mut r = replica(&text, 1);
    let change = [typed(&mut r, "op-1", 0, "x")];
    assert_eq!(
        refused(&draft, &text, &author("OBS", Role::Observer), &change),
        "not-entitled"
    );
    draft.mode = Mode::Proposals;
    assert_eq!(
        refused(&draft, &text, &author("AVR", Role::Delegate), &change),
        "proposals-mode"
    );
    let mut incoming = text.unpack(&message(&change)).unwrap();
    assert!(
        Gate::new(&draft, &text)
            .admit(&author("PEN", Role::PenHolder), incoming.take_changes())
            .is_ok()
    );
}

/// A change made by automerge itself, behind the back of our own writing.
fn raw(
    text: &Text,
    n: u8,
    f: impl FnOnce(&mut automerge::transaction::Transaction<'_>),
) -> Vec<ChangeBytes> {
    let mut doc = (*text.doc).clone();
    doc.set_actor(ActorId::from([n; 16]));
    let before = doc.get_heads();
    let mut tx = doc.transaction();
    f(&mut tx);
    tx.commit();
    doc.get_changes(&before)
        .iter()
        .map(|c| ChangeBytes(c.raw_bytes().to_vec()))
        .collect()
}

#[test]
fn structure_belongs_to_the_pen_holder_and_no_key_is_deleted() {
    let (draft, text) = conference();
    let clauses = text.objects.get(&Spot::Clauses).unwrap().clone();
    let clause = text
        .objects
        .get(&Spot::Clause("op-1".parse().unwrap()))
        .unwrap()
        .clone();
    let delete = raw(&text, 3, |tx| tx.delete(&clauses, "op-1").unwrap());
    let order = raw(&text, 3, |tx| tx.put(&clause, "order", "ff").unwrap());
    let agreed = raw(&text, 3, |tx| tx.put(&clause, "agreed", "0").unwrap());
    let root = raw(&text, 3, |tx| tx.put(automerge::ROOT, "x", 1).unwrap());
    let again = raw(&text, 3, |tx| {
        tx.put_object(&clauses, "op-1", automerge::ObjType::Map)
            .unwrap();
    });
    let (delegate, pen) = (
        author("AVR", Role::Delegate),
        author("PEN", Role::PenHolder),
    );
    assert_eq!(refused(&draft, &text, &delegate, &delete), "no-deletion");
    assert_eq!(refused(&draft, &text, &pen, &delete), "no-deletion");
    assert_eq!(
        refused(&draft, &text, &delegate, &order),
        "structure-is-the-pen-holders"
    );
    assert_eq!(
        refused(&draft, &text, &pen, &agreed),
        "structure-is-the-pen-holders"
    );
    assert_eq!(
        refused(&draft, &text, &pen, &root),
        "structure-is-the-pen-holders"
    );
    assert_eq!(refused(&draft, &text, &pen, &again), "already-there");
    let mut text = text;
    take(&draft, &mut text, &pen, &order);
    let manuscript = text.manuscript();
    assert_eq!(manuscript.in_order().first().unwrap().0.as_str(), "op-2");
}

#[test]
fn an_actor_belongs_to_the_delegation_that_used_it_first() {
    let (draft, mut text) = conference();
    let mut r = replica(&text, 1);
    let first = typed(&mut r, "op-1", 0, "a");
    take(&draft, &mut text, &author("AVR", Role::Delegate), &[first]);
    let second = [typed(&mut r, "op-1", 0, "b")];
    assert_eq!(
        refused(&draft, &text, &author("MRD", Role::Delegate), &second),
        "forged-actor"
    );
    let reopened = Text::load(ID, &text.save(), &text.owners(), None).unwrap();
    assert_eq!(
        refused(&draft, &reopened, &author("MRD", Role::Delegate), &second),
        "forged-actor"
    );
    let server = Text::server_actor(ID).to_bytes().to_vec();
    let mut thief = Text::load(ID, &text.save(), &BTreeMap::new(), Some(&server)).unwrap();
    let stolen = [typed(&mut thief, "op-1", 0, "c")];
    assert_eq!(
        refused(&draft, &text, &author("AVR", Role::Delegate), &stolen),
        "forged-actor"
    );
}

#[test]
fn changes_that_build_on_the_unknown_are_asked_for_again() {
    let (draft, text) = conference();
    let mut r = replica(&text, 1);
    typed(&mut r, "op-1", 0, "lost");
    let second = typed(&mut r, "op-1", 0, "b");
    let mut incoming = text.unpack(&message(&[second])).unwrap();
    let who = author("AVR", Role::Delegate);
    assert_eq!(
        Gate::new(&draft, &text)
            .admit(&who, incoming.take_changes())
            .unwrap_err(),
        Setback::Missing
    );
}

/// Agrees a clause as the act does: mark in the text, agreement in the state.
fn agree(draft: &mut Draft, text: &mut Text, id: &str) {
    let clause: ClauseId = id.parse().unwrap();
    let digest = Digest::of(&text.wording(&place(id), &en()).unwrap());
    let mark = TextEdit::MarkAgreed {
        clause: clause.clone(),
        digest: Some(digest),
    };
    let (changes, _) = text.write(&[mark], Timestamp(0)).unwrap();
    let state = draft.clauses.get_mut(&clause).unwrap();
    state.agreement = Some(Agreement {
        digests: [(en(), digest)].into(),
        seq: Seq(1),
        at: Timestamp(0),
        how: How::Declared,
        awaiting: BTreeSet::new(),
        late: Vec::new(),
    });
    state.agreement_change = Text::hash_of(changes.last().unwrap());
}

#[test]
fn an_offline_edit_of_an_agreed_clause_becomes_a_proposal_and_the_clause_stands() {
    let (mut draft, mut text) = conference();
    let mut offline = replica(&text, 1);
    agree(&mut draft, &mut text, "op-1");
    let edits = [
        typed(&mut offline, "op-1", 0, "All "),
        typed(&mut offline, "op-2", 0, "The "),
    ];
    let mut before = text.clone();
    let taken = take(&draft, &mut text, &author("AVR", Role::Delegate), &edits);
    assert_eq!(
        text.wording(&place("op-1"), &en()).unwrap(),
        "States shall report annually."
    );
    assert_eq!(text.wording(&place("op-2"), &en()).unwrap(), "The Second.");
    let Some(crate::acts::Act::Recover(recover)) = &taken.act else {
        panic!("nothing was recovered")
    };
    let kept = &recover.attempts[0];
    let kept = text
        .wording(&Place::Proposal(kept.proposal.clone()), &en())
        .unwrap();
    assert_eq!(kept, "All States shall report annually.");
    let seen = |n: usize| (taken.changes[n].clone(), Some("AVR".parse().unwrap()));
    assert!(
        before
            .apply(&(0..taken.changes.len()).map(seen).collect::<Vec<_>>())
            .is_ok()
    );
    assert_eq!(before.manuscript(), text.manuscript());
}

#[test]
fn an_edit_that_had_seen_the_agreement_is_refused() {
    let (mut draft, mut text) = conference();
    agree(&mut draft, &mut text, "op-1");
    let mut r = replica(&text, 1);
    let edit = [typed(&mut r, "op-1", 0, "x")];
    assert_eq!(
        refused(&draft, &text, &author("PEN", Role::PenHolder), &edit),
        "clause-agreed"
    );
    let other = typed(&mut replica(&text, 2), "op-2", 0, "y");
    take(&draft, &mut text, &author("PEN", Role::PenHolder), &[other]);
}

#[test]
fn two_replicas_come_into_step_through_the_sync_protocol() {
    let (draft, mut server) = conference();
    let who = author("AVR", Role::Delegate);
    let mut client = Text::replica_of(ID, &[5; 16]);
    let (mut at_server, mut at_client) = (Peer::new(), Peer::new());
    let mut sent = None;
    for round in 0..20 {
        if round == 10 {
            sent = Some(typed(&mut client, "op-2", 0, "The "));
        }
        if let Some(bytes) = at_client.generate(&client) {
            let mut incoming = server.unpack(&bytes).unwrap();
            if incoming.brings_changes() {
                let admitted = Gate::new(&draft, &server)
                    .admit(&who, incoming.take_changes())
                    .unwrap()
                    .unwrap();
                server.take_in(vec![admitted]).unwrap();
            }
            at_server.heard(&server, incoming).unwrap();
        }
        if let Some(bytes) = at_server.generate(&server) {
            at_client.receive(&mut client, &bytes).unwrap();
        }
    }
    assert_eq!(client.manuscript(), server.manuscript());
    assert!(at_client.acknowledges(&client, Text::hash_of(&sent.unwrap()).unwrap()));
    assert!(at_client.is_level(&client) && at_server.is_in_step(&server));

    // From here on, one message encoded once serves every peer in step.
    let mut other = replica(&server, 7);
    let change = typed(&mut other, "op-1", 0, "Z ");
    let taken = take(&draft, &mut server, &who, &[change]);
    let shared = Shared::of(&server, &taken.changes);
    at_server.note_shared(&shared);
    at_client.receive(&mut client, &shared.bytes).unwrap();
    assert_eq!(client.manuscript(), server.manuscript());
}

/// A client types, and then says that it has what came meanwhile. If the server hears both at once, the second message
/// must not swallow the answer to the first.
#[test]
fn what_was_typed_is_acknowledged_even_if_more_is_heard_before_the_answer() {
    let (draft, mut server) = conference();
    let who = author("AVR", Role::Delegate);
    let mut client = Text::replica_of(ID, &[5; 16]);
    let (mut at_server, mut at_client) = (Peer::new(), Peer::new());
    for _ in 0..10 {
        if let Some(bytes) = at_client.generate(&client) {
            let incoming = server.unpack(&bytes).unwrap();
            at_server.heard(&server, incoming).unwrap();
        }
        if let Some(bytes) = at_server.generate(&server) {
            at_client.receive(&mut client, &bytes).unwrap();
        }
    }
    let mut other = replica(&server, 7);
    let change = typed(&mut other, "op-1", 0, "Z ");
    let taken = take(&draft, &mut server, &who, &[change]);
    let shared = Shared::of(&server, &taken.changes);
    at_server.note_shared(&shared);
    let sent = Text::hash_of(&typed(&mut client, "op-2", 0, "The ")).unwrap();
    let first = at_client.generate(&client).unwrap();
    at_client.receive(&mut client, &shared.bytes).unwrap();
    let second = at_client.generate(&client).unwrap();
    for bytes in [first, second] {
        let mut incoming = server.unpack(&bytes).unwrap();
        if incoming.brings_changes() {
            let changes = incoming.take_changes();
            let admitted = Gate::new(&draft, &server).admit(&who, changes);
            server.take_in(vec![admitted.unwrap().unwrap()]).unwrap();
        }
        at_server.heard(&server, incoming).unwrap();
    }
    let answer = at_server.generate(&server).expect("an answer is owed");
    at_client.receive(&mut client, &answer).unwrap();
    assert!(at_client.acknowledges(&client, sent));
    assert!(at_client.is_level(&client));
}

/// The corpus of one-byte corruptions, each with its checksum made good again: some panic inside automerge, and some
/// apply but make the saved document unreadable. None may get past the gate and do either.
#[test]
fn no_corrupted_change_gets_in_and_breaks_the_document() {
    let (draft, text) = conference();
    let mut r = replica(&text, 1);
    let good = typed(&mut r, "op-1", 3, "x").0;
    let who = author("AVR", Role::Delegate);
    let (mut refused, mut admitted) = (0, 0);
    for at in 11..good.len() {
        for flip in [1u8, 2, 4, 8, 16, 32, 64, 128, 255, 0x7f] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            let Some(hash) = chunks::hash(&bad) else {
                continue;
            };
            bad[4..8].copy_from_slice(&hash.0[..4]);
            let Ok(mut incoming) = text.unpack(&message(&[ChangeBytes(bad)])) else {
                refused += 1;
                continue;
            };
            let mut fork = text.clone();
            let outcome = Gate::new(&draft, &text).admit(&who, incoming.take_changes());
            let Ok(Some(change)) = outcome else {
                refused += 1;
                continue;
            };
            if fork.take_in(vec![change]).is_err() {
                refused += 1;
                continue;
            }
            admitted += 1;
            let saved = fork.save();
            let again = Text::load(ID, &saved, &fork.owners(), None)
                .expect("what got in can be saved and read again");
            assert_eq!(again.manuscript(), fork.manuscript());
        }
    }
    assert!(
        refused > 500 && admitted > 10,
        "{refused} refused, {admitted} admitted"
    );
}

#[test]
fn a_damaged_change_is_known_by_its_checksum() {
    let (_, text) = conference();
    let mut r = replica(&text, 1);
    let mut change = typed(&mut r, "op-1", 3, "x");
    *change.0.last_mut().unwrap() ^= 1;
    assert!(
        text.unpack(&message(&[change]))
            .unwrap_err()
            .0
            .contains("checksum")
    );
}

#[test]
fn an_offline_clients_whole_document_is_reduced_to_what_is_new() {
    let (draft, mut text) = conference();
    let mut r = replica(&text, 1);
    for _ in 0..5 {
        typed(&mut r, "op-2", 0, "!");
    }
    let document = automerge::sync::Message {
        heads: vec![],
        need: vec![],
        have: vec![],
        changes: r.save().into(),
        flags: None,
        version: automerge::sync::MessageVersion::V2,
    };
    let mut incoming = text.unpack(&document.encode()).unwrap();
    let admitted = Gate::new(&draft, &text)
        .admit(&author("AVR", Role::Delegate), incoming.take_changes())
        .unwrap()
        .unwrap();
    assert_eq!(admitted.bytes().len(), 5);
    text.take_in(vec![admitted]).unwrap();
    assert_eq!(text.heads(), r.heads());
    assert!(
        text.doc.length(
            text.objects
                .get(&Spot::wording(&place("op-2"), &en()))
                .unwrap()
        ) > 5
    );
}

#[test]
fn a_proposal_is_a_set_of_changes_and_does_not_undo_what_came_between() {
    let (_, mut text) = conference();
    let base = text.heads();
    let set = |t: &str, base: Option<Heads>| TextEdit::SetWording {
        clause: "op-1".parse().unwrap(),
        language: en(),
        text: t.into(),
        base,
    };
    text.write(
        &[set("All States shall report annually.", None)],
        Timestamp(0),
    )
    .unwrap();
    text.write(
        &[set("States shall report every two years.", Some(base))],
        Timestamp(0),
    )
    .unwrap();
    assert_eq!(
        text.wording(&place("op-1"), &en()).unwrap(),
        "All States shall report every two years."
    );
}

#[test]
fn a_clause_moves_with_what_stands_under_it() {
    let mut text = Text::new(ID);
    let insert = |id: &str, after: Option<&str>, level| TextEdit::InsertClause {
        clause: id.parse().unwrap(),
        kind: Kind::Operative,
        level,
        after: after.map(|a| a.parse().unwrap()),
        text: words(&[("en", id)]),
    };
    let first = [
        insert("one", None, 1),
        insert("one-a", Some("one"), 2),
        insert("one-b", Some("one-a"), 2),
        insert("two", Some("one-b"), 1),
        insert("two-a", Some("two"), 2),
        insert("three", Some("two-a"), 1),
    ];
    text.write(&first, Timestamp(0)).unwrap();
    let order = |text: &Text| -> Vec<String> {
        let manuscript = text.manuscript();
        let ids = manuscript.in_order().into_iter();
        ids.map(|(id, _)| id.to_string()).collect()
    };
    let move_one = |after: Option<&str>| TextEdit::MoveClause {
        clause: "one".parse().unwrap(),
        after: after.map(|a| a.parse().unwrap()),
    };
    let (_, touched) = text.write(&[move_one(Some("two"))], Timestamp(0)).unwrap();
    assert_eq!(touched.len(), 3);
    assert_eq!(
        order(&text),
        ["two", "two-a", "one", "one-a", "one-b", "three"]
    );
    text.write(&[move_one(None)], Timestamp(0)).unwrap();
    assert_eq!(
        order(&text),
        ["one", "one-a", "one-b", "two", "two-a", "three"]
    );
    // A new paragraph after one that has sub-paragraphs stands after those.
    text.write(&[insert("new", Some("one"), 1)], Timestamp(0))
        .unwrap();
    assert_eq!(order(&text)[3], "new");
}

/// A replica's words for op-1 in a language, whether or not there were any.
fn words_in(r: &mut Text, language: &str, words: &str) -> ChangeBytes {
    let language = language.parse().unwrap();
    r.reword(&place("op-1"), &language, words, Timestamp(0))
        .expect("the words differ")
}

#[test]
fn a_language_is_begun_once_and_by_who_holds_the_pen() {
    let (mut draft, mut text) = conference();
    draft.working = vec!["fr".parse().unwrap()];
    let delegate = author("AVR", Role::Delegate);
    let pen = author("PEN", Role::PenHolder);
    let french = words_in(&mut replica(&text, 1), "fr", "Les États font rapport.");
    assert_eq!(
        refused(&draft, &text, &delegate, std::slice::from_ref(&french)),
        "structure-is-the-pen-holders"
    );
    let german = words_in(&mut replica(&text, 2), "de", "Die Staaten berichten.");
    assert_eq!(refused(&draft, &text, &pen, &[german]), "unknown-language");
    let at_the_same_time = words_in(&mut replica(&text, 3), "fr", "Les États rapportent.");
    let taken = take(&draft, &mut text, &pen, &[french]);
    assert!(
        taken
            .touched
            .iter()
            .any(|t| t.digest == Some(Digest::of("Les États font rapport.")))
    );
    assert_eq!(
        refused(&draft, &text, &pen, &[at_the_same_time]),
        "already-there"
    );
    let mut delegates = replica(&text, 4);
    let change = words_in(&mut delegates, "fr", "Les États font rapport chaque année.");
    take(&draft, &mut text, &delegate, &[change]);
    assert_eq!(
        text.wording(&place("op-1"), &"fr".parse().unwrap())
            .unwrap(),
        "Les États font rapport chaque année."
    );
    assert!(
        replica(&text, 5)
            .reword(&place("op-9"), &en(), "Words.", Timestamp(0))
            .is_none()
    );
    assert!(
        replica(&text, 6)
            .reword(&place("op-2"), &"fr".parse().unwrap(), "", Timestamp(0))
            .is_none()
    );
}

#[test]
fn a_translation_that_no_agreement_covers_is_begun_under_it_too() {
    let (mut draft, mut text) = conference();
    draft.authentic.push("fr".parse().unwrap());
    draft.working = vec!["es".parse().unwrap()];
    agree(&mut draft, &mut text, "op-1");
    let pen = author("PEN", Role::PenHolder);
    let french = words_in(&mut replica(&text, 1), "fr", "Les États font rapport.");
    assert_eq!(refused(&draft, &text, &pen, &[french]), "clause-agreed");
    let spanish = words_in(&mut replica(&text, 2), "es", "Los Estados informan.");
    take(&draft, &mut text, &pen, &[spanish]);
}

#[test]
fn once_the_text_is_adopted_only_working_translations_are_typed() {
    let (mut draft, mut text) = conference();
    draft.working = vec!["fr".parse().unwrap()];
    draft.adopted = Some(crate::draft::Adoption {
        name: "Declaration".parse().unwrap(),
        present: Default::default(),
        seq: Seq(9),
        at: Timestamp(0),
    });
    let pen = author("PEN", Role::PenHolder);
    let english = words_in(&mut replica(&text, 1), "en", "States may report.");
    assert_eq!(refused(&draft, &text, &pen, &[english]), "draft-adopted");
    let mut moved = replica(&text, 2);
    let moving = TextEdit::MoveClause {
        clause: "op-2".parse().unwrap(),
        after: None,
    };
    let (moving, _) = moved.write(&[moving], Timestamp(0)).unwrap();
    assert_eq!(refused(&draft, &text, &pen, &moving), "draft-adopted");
    let french = words_in(&mut replica(&text, 3), "fr", "Les États font rapport.");
    take(&draft, &mut text, &pen, &[french]);
}
