//! What holds after any sequence of acts: the laws of the procedure (§3.7, by their numbers there) and of the log.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::acts::testing::*;
use crate::acts::{Act, Target};
use crate::decide::Decided;
use crate::draft::{Decision, Draft, Motion, Proposal, TextEdit, VoteResult};
use crate::entry::By;
use crate::ids::ProposalId;
use crate::tally::Tally;
use crate::wire::view::ClauseStatus;

mod long;
mod play;

const WHO: [&str; 8] = ["AVR", "MRD", "TSL", "PEN", "CHAIR", "OBS", "ARC", "SEC"];
const CLAUSES: [&str; 4] = ["op-1", "op-2", "c1", "c2"];
const PROPOSALS: [&str; 6] = ["p1", "p2", "p3", "p4", "p5", "p6"];
const WORDS: [&str; 3] = [
    "Decides to meet annually;",
    "Decides to meet every year;",
    "Decides not to meet;",
];

/// A move in the game: somebody's act, or the pen-holder's typing.
#[derive(Debug, Clone)]
enum Move {
    Act(&'static str, Value),
    Typing(&'static str, &'static str),
    /// Hours pass, and the clock does its duty.
    Waiting(i64),
}

fn any_act() -> impl Strategy<Value = Value> {
    let clause = || prop::sample::select(CLAUSES.to_vec());
    let proposal = || prop::sample::select(PROPOSALS.to_vec());
    let vote = || prop::sample::select(vec!["v1", "v2"]);
    let words = || prop::sample::select(WORDS.to_vec());
    let target = || {
        prop_oneof![
            3 => clause().prop_map(|c| json!({"clause": c})),
            1 => proposal().prop_map(|p| json!({"proposal": p})),
        ]
    };
    let stance = prop::sample::select(vec!["support", "accept", "reserve", "abstain"]);
    let group = || prop::sample::select(vec!["G1", "G2"]);
    let member = || prop::sample::select(vec!["AVR", "MRD", "TSL", "PEN", "OBS"]);
    prop_oneof![
        3 => (clause(), words()).prop_map(|(c, w)| replace(c, w)),
        1 => (clause(), words()).prop_map(|(c, w)| insert_after(c, w)),
        1 => clause().prop_map(delete),
        1 => proposal().prop_map(|p| json!({"cosponsor": {"proposal": p}})),
        1 => proposal().prop_map(|p| json!({"withdraw": {"proposal": p}})),
        4 => (target(), stance.clone()).prop_map(|(on, stance)| {
            json!({"take_position": {"on": on, "stance": stance, "note": "Noted."}})
        }),
        2 => (target(), stance, group()).prop_map(|(on, stance, group)| {
            json!({"take_position": {
                "on": on, "stance": stance, "note": "Noted.", "as_group": group,
            }})
        }),
        1 => (target(), group()).prop_map(|(on, group)| {
            json!({"object": {"on": on, "reason": "cost", "as_group": group}})
        }),
        1 => (target(), group()).prop_map(|(on, group)| {
            json!({"lift_objection": {"on": on, "as_group": group}})
        }),
        1 => (proposal(), group()).prop_map(|(p, group)| {
            json!({"cosponsor": {"proposal": p, "as_group": group}})
        }),
        1 => target().prop_map(|on| json!({"dissociate": {"on": on}})),
        3 => (group(), member(), prop::sample::subsequence(vec!["AVR", "MRD", "TSL", "PEN", "G1"], 1..4))
            .prop_map(|(group, who, members)| json!({"form_group": {
                "group": group, "name": group, "members": members, "spokesperson": who,
            }})),
        2 => target().prop_map(|on| json!({"object": {"on": on, "reason": "cost"}})),
        2 => target().prop_map(|on| json!({"lift_objection": {"on": on}})),
        4 => proposal().prop_map(incorporate),
        2 => proposal().prop_map(|p| json!({"decline": {"proposal": p, "reason": "Late."}})),
        5 => clause().prop_map(call),
        5 => clause().prop_map(agree),
        3 => (clause(), member()).prop_map(|(c, d)| agree_ad_ref(c, &[d])),
        2 => clause().prop_map(confirm),
        1 => Just(json!({"adopt": {"name": "Declaration", "present": ["AVR", "MRD", "TSL", "PEN"]}})),
        1 => (clause(), clause()).prop_map(|(a, b)| package("A", &[a, b])),
        1 => Just(json!({"dissolve_package": {"name": "A"}})),
        2 => clause().prop_map(opens_vote),
        1 => proposal().prop_map(|p| opens_vote_on(&json!({"proposal": p}))),
        1 => clause().prop_map(|c| json!({"open_vote": {
            "on": {"reopen": c}, "reason": "New instructions came.",
        }})),
        4 => (vote(), prop::sample::select(vec!["for", "against", "abstain"]))
            .prop_map(|(v, choice)| casts(v, choice)),
        2 => vote().prop_map(closes_vote),
        2 => clause().prop_map(reopen),
        2 => (clause(), clause(), 72..75i64).prop_map(|(a, b, hours)| silence(&[a, b], hours)),
        2 => (clause(), 72..75i64).prop_map(|(a, hours)| silence(&[a], hours)),
        1 => (72..75i64).prop_map(whole),
        1 => (1..6u8, 73..80i64).prop_map(|(n, hours)| extend(&format!("s{n}"), hours - 72)),
        1 => (1..6u8).prop_map(|n| lapse(&format!("s{n}"))),
        1 => target().prop_map(|on| json!({"statement": {"on": on, "text": "Noted."}})),
        1 => words().prop_map(|w| json!({"seal_version": {"name": w}})),
        2 => (clause(), prop::sample::select(vec!["fr", "es"]), words())
            .prop_map(|(c, language, w)| renders(c, language, w)),
        1 => (clause(), prop::sample::select(vec!["fr", "es"]))
            .prop_map(|(c, language)| marks(c, language)),
        1 => member().prop_map(|d| json!({"unseat": {"delegation": d}})),
        2 => (member(), any::<bool>()).prop_map(|(d, entitled)| {
            let role = if d == "OBS" { "observer" } else { "delegate" };
            seat(d, if d == "PEN" { "pen-holder" } else { role }, entitled && d != "OBS")
        }),
        2 => (any_decision(), 1..4u32).prop_map(|(decision, n)| {
            let reopen = if n == 1 { json!("chair") } else { json!("consensus") };
            json!({"set_rule": {"rule": {"decision": decision, "quorum": n, "reopen": reopen}}})
        }),
    ]
}

fn any_decision() -> impl Strategy<Value = Value> {
    let share = || prop::sample::select(vec![[1, 3], [1, 2], [2, 3], [1, 1]]);
    let of = prop::sample::select(vec!["present", "members"]);
    let member = || prop::sample::select(vec!["AVR", "MRD", "TSL", "PEN"]);
    prop_oneof![
        3 => Just(json!("consensus")),
        1 => (0..3u32).prop_map(|n| json!({"consensus_minus": n})),
        1 => member().prop_map(|d| json!({"consensus_minus_concerned": [d]})),
        1 => Just(json!("consent")),
        1 => Just(json!("unanimity")),
        1 => (of, share()).prop_map(|(of, s)| json!({"majority": {"of": of, "share": s}})),
        1 => (share(), share())
            .prop_map(|(d, w)| json!({"double_majority": {"delegations": d, "weight": w}})),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let who = prop::sample::select(WHO.to_vec());
    let clause = prop::sample::select(CLAUSES.to_vec());
    let words = prop::sample::select(WORDS.to_vec());
    let likely = (any_act(), prop::sample::select(vec!["AVR", "MRD", "TSL"]))
        .prop_map(|(act, delegate)| Move::Act(who_may(&act).unwrap_or(delegate), act));
    prop_oneof![
        12 => likely,
        3 => (who, any_act()).prop_map(|(who, act)| Move::Act(who, act)),
        1 => (clause, words).prop_map(|(c, w)| Move::Typing(c, w)),
        1 => (1..80i64).prop_map(Move::Waiting),
    ]
}

/// Who may do this, if it is not for delegates: most moves should come through.
fn who_may(json: &Value) -> Option<&'static str> {
    match act(json) {
        Act::Call(_)
        | Act::Agree(_)
        | Act::AgreeAdRef(_)
        | Act::OpenVote(_)
        | Act::CloseVote(_)
        | Act::Package(_)
        | Act::DissolvePackage(_)
        | Act::Adopt(_)
        | Act::Reopen(_)
        | Act::Decline(_) => Some("CHAIR"),
        Act::OpenSilence(_) | Act::ExtendSilence(_) => Some("CHAIR"),
        Act::Incorporate(_) | Act::SealVersion(_) | Act::MarkTranslation(_) => Some("PEN"),
        Act::Seat(_) | Act::Unseat(_) | Act::SetRule(_) | Act::FormGroup(_) => Some("SEC"),
        _ => None,
    }
}

/// How near a clause is to being settled.
fn nearness(status: ClauseStatus) -> u8 {
    match status {
        ClauseStatus::Bracketed => 0,
        ClauseStatus::Open => 1,
        // An objection to another clause of the same silence leaves it as it stands otherwise: no further, no less far.
        ClauseStatus::InSilence | ClauseStatus::Ripe => 2,
        ClauseStatus::AgreedAdRef => 3,
        ClauseStatus::Agreed => 4,
        ClauseStatus::Adopted => 5,
        ClauseStatus::Deleted => 6,
    }
}

fn statuses(room: &Room) -> Vec<ClauseStatus> {
    CLAUSES.iter().map(|c| room.status(c)).collect()
}

/// What the acting made of the statuses, by the act.
fn check_step(who: &str, act: &Act, before: (&Room, &[ClauseStatus]), after: &Room) {
    let now = statuses(after);
    for ((id, was), is) in CLAUSES.iter().zip(before.1).zip(&now) {
        let locked =
            |s: ClauseStatus| matches!(s, ClauseStatus::Agreed | ClauseStatus::AgreedAdRef);
        let agrees = match act {
            Act::Agree(a) => a.clause == clause(id),
            Act::AgreeAdRef(a) => a.clause == clause(id),
            Act::CloseVote(a) => {
                let vote = after.draft.votes.get(&a.vote).unwrap();
                vote.on == Motion::Clause(clause(id)) && vote.result == Some(VoteResult::Carried)
            }
            Act::LapseSilence(a) => a.agreed.iter().any(|all| all.contains_key(&clause(id))),
            _ => false,
        };
        if locked(*is) && !locked(*was) {
            assert!(agrees, "2: {id} became agreed without being declared so");
            if matches!(act, Act::CloseVote(_)) {
                continue;
            }
            let known = before.0.draft.clauses.get(&clause(id)).unwrap();
            let objecting = Tally::of_clause(&before.0.draft, known).object.len();
            let may = match &before.0.draft.rule.decision {
                Decision::Consensus | Decision::Unanimity | Decision::Consent => 0,
                Decision::ConsensusMinusConcerned(who) => who.len(),
                Decision::ConsensusMinus(most) => *most as usize,
                Decision::Majority(_) | Decision::DoubleMajority(_) => usize::MAX,
            };
            assert!(
                objecting <= may,
                "8: {id} was agreed over {objecting} objections"
            );
        }
        if matches!(act, Act::Object(_)) {
            assert!(
                nearness(*is) <= nearness(*was),
                "3: objecting moved {id} on"
            );
        }
        if matches!(act, Act::LiftObjection(_)) {
            assert!(
                nearness(*is) >= nearness(*was),
                "3: lifting moved {id} back"
            );
        }
    }
    if matches!(who, "OBS" | "ARC") {
        assert_eq!(before.1, now, "9: who does not decide changed a status");
    }
}

/// What holds in every state.
fn check_state(draft: &Draft) {
    for (id, known) in &draft.clauses {
        if let Some(agreement) = &known.agreement {
            for (language, digest) in &agreement.digests {
                assert_eq!(
                    known.digests.get(language),
                    Some(digest),
                    "4: {id} is agreed on another text than it has"
                );
            }
        }
        let stands_here =
            |(_, p): &(&ProposalId, &Proposal)| p.is_live() && p.stands_at() == Some(id);
        let mut live: Vec<_> = draft.proposals.iter().filter(stands_here).collect();
        live.sort_by_key(|(_, p)| p.seq);
        let live: Vec<_> = live.into_iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(
            known.proposals, live,
            "the index of proposals at {id} is wrong"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_accepted_folds_and_the_laws_of_the_procedure_hold(
        moves in prop::collection::vec(any_move(), 1..60)
    ) {
        let mut room = Room::sitting();
        for step in moves {
            let before = room.clone();
            let was = statuses(&before);
            match step {
                Move::Waiting(hours) => {
                    room.pass(hours, 0);
                    while let Some(due) = room.draft.due(room.now) {
                        let was = statuses(&room);
                        let before = room.clone();
                        let done = room.decide("SERVER", &due);
                        let Decided { act, edits } = done.expect("what is due is allowed");
                        room.enter(By::Server, Some(act.clone()), &edits);
                        check_step("SERVER", &act, (&before, &was), &room);
                    }
                }
                Move::Act(who, json) => {
                    let Ok(Decided { act, edits }) = room.decide(who, &act(&json)) else {
                        continue;
                    };
                    room.enter(room.by(who), Some(act.clone()), &edits);
                    check_step(who, &act, (&before, &was), &room);
                    check_positions(who, &act, &room);
                }
                Move::Typing(id, words) => {
                    let known = room.draft.clauses.get(&clause(id));
                    let adopted = room.draft.adopted.is_some();
                    if !adopted && known.is_some_and(|c| !c.is_agreed()) {
                        let edit = TextEdit::SetWording {
                            clause: clause(id),
                            language: en(),
                            text: words.to_owned(),
                            base: None,
                        };
                        room.enter(room.by("PEN"), None, &[edit]);
                    }
                }
            }
            check_state(&room.draft);
        }
        // 1: the log tells exactly what is.
        let replayed = room.replayed();
        prop_assert_eq!(replayed.fingerprint(), room.draft.fingerprint());
        prop_assert_eq!(replayed, room.draft);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// The same conference twice, once with people who write and mark working translations in between.
    #[test]
    fn no_status_and_no_tally_depends_on_a_working_translation(
        moves in prop::collection::vec((any_move(), any_translation()), 1..40)
    ) {
        let mut without = Room::sitting();
        let mut with = without.clone();
        for (step, translation) in moves {
            if let Some((id, language, words, mark)) = translation {
                let known = with.draft.clauses.contains_key(&clause(id));
                if known && with.draft.adopted.is_none() && !mark {
                    with.types(id, language.parse().unwrap(), words);
                }
                let json = marks(id, language);
                if let Ok(done) = with.decide("PEN", &act(&json)) {
                    with.enter(with.by("PEN"), Some(done.act), &done.edits);
                }
            }
            for room in [&mut without, &mut with] {
                plays(room, &step);
            }
            prop_assert_eq!(statuses(&without), statuses(&with));
            for id in CLAUSES {
                let tally = |room: &Room| {
                    let known = room.draft.clauses.get(&clause(id));
                    known.map(|c| Tally::of_clause(&room.draft, c))
                };
                prop_assert_eq!(tally(&without), tally(&with));
            }
        }
    }
}

/// Perhaps a translation: of which clause, into what, the words, and whether they are only marked.
fn any_translation()
-> impl Strategy<Value = Option<(&'static str, &'static str, &'static str, bool)>> {
    let clause = prop::sample::select(CLAUSES.to_vec());
    let language = prop::sample::select(vec!["fr", "es"]);
    let words = prop::sample::select(WORDS.to_vec());
    prop::option::of((clause, language, words, any::<bool>()))
}

/// Does it if it is allowed, and nothing otherwise.
fn plays(room: &mut Room, step: &Move) {
    match step {
        Move::Waiting(hours) => {
            room.pass(*hours, 0);
            while let Some(due) = room.draft.due(room.now) {
                let done = room.decide("SERVER", &due).expect("what is due is allowed");
                room.enter(By::Server, Some(done.act), &done.edits);
            }
        }
        // Those that speak of translations are the other conference's own.
        Move::Act(_, json) if matches!(act(json), Act::MarkTranslation(_)) => {}
        Move::Act(who, json) => {
            if let Ok(done) = room.decide(who, &act(json)) {
                room.enter(room.by(who), Some(done.act), &done.edits);
            }
        }
        Move::Typing(id, words) => {
            let known = room.draft.clauses.get(&clause(id));
            if room.draft.adopted.is_none() && known.is_some_and(|c| !c.is_agreed()) {
                room.types(id, en(), words);
            }
        }
    }
}

/// A position that was just taken is on the present text.
fn check_positions(who: &str, act: &Act, room: &Room) {
    let (on, group): (&Target, _) = match act {
        Act::TakePosition(a) => (&a.on, &a.as_group),
        Act::Object(a) => (&a.on, &a.as_group),
        _ => return,
    };
    let voices = match on {
        Target::Clause(id) => room.draft.clauses.get(id).unwrap().voices(),
        Target::Proposal(id) => room.draft.proposals.get(id).unwrap().voices(),
    };
    let taken = match group {
        Some(group) => voices.groups.positions.get(group).unwrap(),
        None => voices.own.get(&delegation(who)).unwrap(),
    };
    assert_eq!(Some(taken.digest), room.draft.present_text(on));
}
