//! The laws of the record and of the text, on conferences that nobody would hold.

use plenary_shared::acts::Act;
use plenary_shared::draft::{Draft, Role, Text, TextEdit};
use plenary_shared::entry::{ChangeBytes, Entry, Place};
use plenary_shared::ids::{DelegationId, Digest, DraftId, Language, Seq};
use plenary_shared::refusal::Refusal;
use plenary_shared::status::clause_status;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::ClauseStatus;
use plenary_tests::conference::{Conference, by};
use plenary_tests::scenario::Scenario;
use plenary_tests::stage::{Stage as _, Who, curtain};
use proptest::prelude::*;
use serde_json::{Value, json};

const DELEGATIONS: [&str; 3] = ["AVR", "BNU", "NRM"];
/// Two that are there, and one that is not; the first is spoken of most.
const CLAUSES: [&str; 5] = ["op-1", "op-1", "op-1", "op-2", "op-9"];
const WORDS: [&str; 4] = [
    "Decides to meet annually;",
    "Decides to meet every two years;",
    "Decides to meet annually at sea;",
    "",
];

fn conference() -> Conference {
    let scenario = Scenario::parse(
        r#"
        title = "A conference that nobody would hold"
        seats = ["AVR", "BNU", "NRM"]
        mode = "open"
        step = []
        [text]
        op-1 = "Decides to meet annually;"
        op-2 = "Requests the secretariat to report."
        "#,
    );
    Conference::convene(&scenario.unwrap()).unwrap()
}

/// Something that somebody might do, sensible or not.
#[derive(Debug, Clone)]
enum Move {
    Act(&'static str, Value),
    /// Everything that stands in the way of a clause is set aside, and the gavel falls.
    Settle(&'static str),
    Type(&'static str, &'static str, &'static str, u64),
}

fn target() -> impl Strategy<Value = Value> {
    let proposal = (1..4u8).prop_map(|n| json!({"proposal": format!("p{n}")}));
    prop_oneof![
        prop::sample::select(&CLAUSES[..]).prop_map(|c| json!({"clause": c})),
        proposal
    ]
}

fn act() -> impl Strategy<Value = Value> {
    let clause = || prop::sample::select(&CLAUSES[..]);
    let proposal = || (1..4u8).prop_map(|n| format!("p{n}"));
    let words = || prop::sample::select(&WORDS[..]);
    let stance = prop::sample::select(&["support", "accept", "reserve", "abstain", "object"][..]);
    let present = prop::sample::subsequence(DELEGATIONS.to_vec(), 1..=3);
    prop_oneof![
        4 => (clause(), words()).prop_map(|(c, w)| json!({"propose":
            {"amendment": {"replace": {"clause": c}}, "text": {"en": w}}})),
        1 => (clause(), words()).prop_map(|(c, w)| json!({"propose":
            {"amendment": {"insert_after": {"clause": c, "kind": "operative"}}, "text": {"en": w}}})),
        1 => clause().prop_map(|c| json!({"propose": {"amendment": {"delete": {"clause": c}}}})),
        1 => proposal().prop_map(|p| json!({"cosponsor": {"proposal": p}})),
        1 => proposal().prop_map(|p| json!({"withdraw": {"proposal": p}})),
        3 => proposal().prop_map(|p| json!({"incorporate": {"proposal": p}})),
        1 => proposal().prop_map(|p| json!({"decline": {"proposal": p, "reason": "Not now."}})),
        4 => (target(), stance).prop_map(|(on, s)| json!({"take_position":
            {"on": on, "stance": s, "note": "For the record."}})),
        3 => target().prop_map(|on| json!({"object": {"on": on, "reason": "We cannot."}})),
        3 => target().prop_map(|on| json!({"lift_objection": {"on": on}})),
        4 => (clause(), present).prop_map(|(c, p)| json!({"call": {"clause": c, "present": p}})),
        4 => clause().prop_map(|c| json!({"agree": {"clause": c}})),
        1 => clause().prop_map(|c| json!({"reopen": {"clause": c, "reason": "New instructions."}})),
        1 => (0..3u8).prop_map(|n| json!({"seal_version": {"name": format!("Rev.{n}")}})),
        1 => target().prop_map(|on| json!({"statement": {"on": on, "text": "We thank the chair."}})),
        1 => Just(json!({"unseat": {"delegation": "BNU"}})),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let anybody = prop::sample::select(&["AVR", "BNU", "NRM", "CHAIR", "PEN", "OBS"][..]);
    let acting = (anybody, act()).prop_map(|(who, act)| {
        // The gavel and the pen in the right hands more often than not, or nothing would ever be agreed.
        let chairs = ["call", "agree", "incorporate", "reopen", "unseat"];
        let chair = chairs.iter().any(|name| act.get(name).is_some()) && who != "OBS";
        Move::Act(if chair { "CHAIR" } else { who }, act)
    });
    let typing = (
        prop::sample::select(&["AVR", "BNU", "NRM", "PEN"][..]),
        prop::sample::select(&["op-1", "op-2"][..]),
        prop::sample::select(&WORDS[..]),
        0..10u64,
    )
        .prop_map(|(who, clause, words, ago)| Move::Type(who, clause, words, ago));
    let settling = prop::sample::select(&["op-1", "op-2"][..]).prop_map(Move::Settle);
    prop::collection::vec(prop_oneof![8 => acting, 2 => typing, 1 => settling], 1..40)
}

fn who(code: &str, at: Timestamp) -> Who {
    let role = match code {
        "CHAIR" => Role::Facilitator,
        "PEN" => Role::PenHolder,
        "OBS" => Role::Observer,
        _ => Role::Delegate,
    };
    Who {
        code: code.parse().unwrap(),
        role,
        at,
        signs: None,
    }
}

/// Makes a move; whether it was accepted. Anything but a refusal is a broken law.
fn make(conference: &mut Conference, a_move: &Move, at: Timestamp) -> bool {
    match a_move {
        Move::Act(code, act) => {
            let outcome = conference.act(&who(code, at), act).unwrap();
            !outcome.is_err_and(|no| {
                assert_ne!(no.code, "malformed", "{act}");
                true
            })
        }
        Move::Settle(clause) => {
            let mut acts = Vec::new();
            for proposal in conference.record.draft.proposals.keys() {
                acts.push((
                    "CHAIR",
                    json!({"decline": {"proposal": proposal, "reason": "No."}}),
                ));
            }
            for delegation in DELEGATIONS {
                acts.push((
                    delegation,
                    json!({"lift_objection": {"on": {"clause": clause}}}),
                ));
            }
            acts.push((
                "CHAIR",
                json!({"call": {"clause": clause, "present": DELEGATIONS}}),
            ));
            acts.push(("CHAIR", json!({"agree": {"clause": clause}})));
            let made = acts
                .into_iter()
                .map(|(code, act)| make(conference, &Move::Act(code, act), at));
            made.fold(false, |one, more| one | more)
        }
        Move::Type(code, clause, words, ago) => {
            let edit = toml::from_str(&format!("clause = '{clause}'\ntext = '{words}'")).unwrap();
            let first = conference.seated.0;
            let seen = Seq(conference
                .record
                .draft
                .seq
                .0
                .saturating_sub(*ago)
                .max(first));
            let typed = conference.type_in(&by(&who(code, at)), &edit, seen, at);
            match typed {
                Ok(()) => true,
                Err(e) if e.is::<Refusal>() => false,
                Err(e) => panic!("{e:#}"),
            }
        }
    }
}

/// Plays moves, a minute apart, and looks at the conference after each that was accepted.
fn play(moves: &[Move], mut look: impl FnMut(&Conference)) -> Conference {
    let mut conference = conference();
    for (minute, a_move) in (1..).zip(moves) {
        if make(
            &mut conference,
            a_move,
            Timestamp(curtain().0 + 60_000 * minute),
        ) {
            look(&conference);
        }
    }
    conference
}

fn english() -> Language {
    "en".parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_log_tells_exactly_what_is(moves in moves()) {
        let conference = play(&moves, |_| {});
        conference.obeys_the_laws().unwrap();
    }

    #[test]
    fn a_state_put_away_and_taken_out_again_folds_on_as_if_it_had_not_been(
        moves in moves(), portion in 0..100usize,
    ) {
        let conference = play(&moves, |_| {});
        let middle = conference.log.len() * portion / 100;
        let mut draft = Draft::unborn(conference.record.draft.id);
        for (n, bytes) in conference.log.iter().enumerate() {
            if n == middle {
                let kept = minicbor_serde::to_vec(&draft).unwrap();
                draft = minicbor_serde::from_slice(&kept).unwrap();
            }
            draft.fold(&Entry::decode(bytes).unwrap(), Entry::hash_of(bytes)).unwrap();
        }
        prop_assert_eq!(draft.fingerprint(), conference.record.draft.fingerprint());
    }

    #[test]
    fn an_agreed_clause_has_the_words_that_were_agreed(moves in moves()) {
        play(&moves, |c| {
            for (id, clause) in &c.record.draft.clauses {
                let words = c.record.manuscript.clauses.get(id).and_then(|p| p.text.get(&english()));
                let digest = Digest::of(words.map_or("", |w| w));
                if let Some(agreement) = &clause.agreement {
                    assert_eq!(agreement.digests.get(&english()), Some(&digest), "{id}");
                }
            }
        });
    }

    #[test]
    fn nothing_is_agreed_but_by_the_chair(moves in moves()) {
        let mut agreed = 0;
        play(&moves, |c| {
            let now = c.record.draft.clauses.values().filter(|clause| clause.agreement.is_some()).count();
            let last = Entry::decode(c.log.last().unwrap()).unwrap();
            if now > agreed {
                assert!(matches!(last.act, Some(Act::Agree(_))), "{last:?}");
                assert_eq!(last.by.role(), Some(Role::Facilitator));
            }
            agreed = now;
        });
    }

    #[test]
    fn an_objection_never_brings_agreement_nearer(moves in moves()) {
        play(&moves, |c| {
            let at = Timestamp(c.record.draft.at.0 + 1);
            for clause in ["op-1", "op-2"] {
                let mut other = c.clone();
                let act = json!({"object": {"on": {"clause": clause}, "reason": "We cannot."}});
                let objected = make(&mut other, &Move::Act("NRM", act), at);
                if objected {
                    let status = clause_status(&other.record.draft, &clause.parse().unwrap());
                    assert_eq!(status, ClauseStatus::Bracketed);
                }
            }
        });
    }

    #[test]
    fn damaged_entries_are_told_from_whole_ones(
        moves in moves(), which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(), bit in 0..8u8,
    ) {
        let conference = play(&moves, |_| {});
        let bytes = which.get(&conference.log);
        let mut damaged = bytes.clone();
        let place = at.index(damaged.len());
        damaged[place] ^= 1 << bit;
        // Another entry may come of it, but never the same one, and never one with two forms.
        if let Ok(entry) = Entry::decode(&damaged) {
            prop_assert_ne!(&entry, &Entry::decode(bytes).unwrap());
            prop_assert_eq!(entry.encode(), damaged);
        }
    }

    #[test]
    fn whatever_bytes_come_reading_them_does_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Entry::decode(&bytes);
    }
}

/// What one replica typed: where, how much goes, what comes.
type Typing = Vec<(bool, usize, usize, String)>;

fn typing() -> impl Strategy<Value = Typing> {
    let piece = (any::<bool>(), 0..30usize, 0..8usize, "[a-z 🌊é会]{0,6}");
    prop::collection::vec(piece, 1..6)
}

/// A change, and whose it is.
type Signed = (ChangeBytes, Option<DelegationId>);

/// The changes of replicas that type at the same time, each into its own copy of one text.
fn typed(base: &Text, typings: &[Typing]) -> Vec<Vec<Signed>> {
    let changes = base.clone();
    let from_the_server = changes.save();
    let each = typings.iter().enumerate().map(|(n, typing)| {
        let actor = [u8::try_from(n).unwrap() + 1; 16];
        let owners = std::collections::BTreeMap::new();
        let mut replica =
            Text::load(base.draft(), &from_the_server, &owners, Some(&actor)).unwrap();
        let made = typing.iter().filter_map(|(first, at, delete, insert)| {
            let clause = if *first { "op-1" } else { "op-2" };
            let edit = plenary_shared::draft::LocalEdit {
                place: Place::Clause(clause.parse().unwrap()),
                language: english(),
                at: *at,
                delete: *delete,
                insert: insert.clone(),
            };
            let owner = Some("AVR".parse().unwrap());
            Some((replica.type_in(&edit, curtain())?, owner))
        });
        made.collect()
    });
    each.collect()
}

fn base() -> Text {
    let mut text = Text::new(DraftId([3; 16]));
    let clause = |id: &str, after: Option<&str>, words: &str| TextEdit::InsertClause {
        clause: id.parse().unwrap(),
        kind: plenary_shared::draft::Kind::Operative,
        level: 1,
        after: after.map(|a| a.parse().unwrap()),
        text: [(english(), words.to_owned())].into(),
    };
    let edits = [
        clause("op-1", None, "Decides to meet 🌊 annually;"),
        clause("op-2", Some("op-1"), "Requests the secretariat to report."),
    ];
    text.write(&edits, curtain()).unwrap();
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_typing_arrives_the_words_are_the_same(
        typings in prop::collection::vec(typing(), 2..5),
        order in prop::collection::vec(any::<prop::sample::Index>(), 30),
    ) {
        let base = base();
        let typed = typed(&base, &typings);
        let mut one_after_another = base.clone();
        for changes in &typed {
            for change in changes {
                one_after_another.apply(std::slice::from_ref(change)).unwrap();
            }
        }
        // Each replica's own changes keep their order, as every network delivers them; all else is shuffled.
        let mut shuffled = base.clone();
        let mut queues: Vec<std::collections::VecDeque<_>> =
            typed.iter().map(|changes| changes.iter().collect()).collect();
        for pick in order {
            queues.retain(|q| !q.is_empty());
            if queues.is_empty() {
                break;
            }
            let n = pick.index(queues.len());
            let change = queues[n].pop_front().unwrap();
            shuffled.apply(std::slice::from_ref(change)).unwrap();
        }
        let mut at_once = base.clone();
        at_once.apply(&typed.concat()).unwrap();
        prop_assert_eq!(one_after_another.manuscript(), shuffled.manuscript());
        prop_assert_eq!(one_after_another.heads(), shuffled.heads());
        prop_assert_eq!(one_after_another.manuscript(), at_once.manuscript());
        prop_assert_eq!(one_after_another.heads(), at_once.heads());
    }
}
