//! What holds in conferences of a thousand acts and more.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::play::{
    Next, ROUNDS, Throw, any_throws, beginning, finale, happens, last_act, next, play,
};
use crate::acts::testing::*;
use crate::acts::{self, Act, Target};
use crate::decide::Decided;
use crate::draft::{Clause, Decision, Draft, Stance};
use crate::entry::Entry;
use crate::ids::{ClauseId, DelegationId, ProposalId};
use crate::status::StatusBoard;
use crate::tally::Tally;

/// How many acts make a long conference.
const LONG: usize = 1_000;

/// Few and long: what a short history shows is shown in [`super`].
fn few() -> ProptestConfig {
    ProptestConfig {
        cases: 3,
        max_shrink_iters: 20,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn acts_in(room: &Room) -> Vec<Act> {
    let entries = room.log.iter().map(|bytes| Entry::decode(bytes).unwrap());
    entries.filter_map(|e| e.act).collect()
}

#[test]
fn every_act_of_the_domain_is_played_in_a_thousand() {
    let throws = any_throws().new_tree(&mut TestRunner::deterministic());
    let mut room = play(&throws.unwrap().current(), LONG, |_, _| {});
    finale(&mut room);
    let played: BTreeSet<_> = acts_in(&room).iter().map(Act::name).collect();
    // Whoever registers a key signs everything from then on: that is played in `signing/tests.rs`.
    let elsewhere = ["register_key", "revoke_key"];
    let missing: Vec<_> = acts::NAMES
        .iter()
        .filter(|n| !played.contains(*n) && !elsewhere.contains(n))
        .collect();
    assert!(missing.is_empty(), "never entered: {missing:?}");
}

/// Whether the clause is settled, whatever may still cap the agreement.
fn is_settled(draft: &Draft, clause: &ClauseId) -> bool {
    let known = draft.clauses.get(clause);
    known.is_some_and(|c| c.is_agreed() || c.is_deleted())
}

fn objects_to(draft: &Draft, who: &DelegationId, clause: &ClauseId) -> bool {
    let position = draft.clauses.get(clause).and_then(|c| c.positions.get(who));
    let entitled = draft.seats.sitting(who).is_some_and(|d| d.entitled);
    entitled && position.is_some_and(|p| p.stance == Stance::Object)
}

/// An agreement loses nothing and is changed by nothing but a reopening, or the no of a delegation that it awaited.
fn check_agreement(id: &ClauseId, was: &Clause, is: &Clause, act: Option<&Act>) {
    let Some(agreement) = &was.agreement else {
        return;
    };
    let reopened = is.reopened != was.reopened;
    let said_no = matches!(act, Some(Act::Object(_))) && !agreement.awaiting.is_empty();
    match &is.agreement {
        Some(now) => assert_eq!(
            (now.seq, &now.digests),
            (agreement.seq, &agreement.digests),
            "{id} is agreed anew without having been reopened"
        ),
        None => assert!(reopened || said_no, "{id} is agreed no more, by {act:?}"),
    }
    for (language, digest) in &agreement.digests {
        assert!(
            reopened || is.digests.get(language) == Some(digest),
            "the agreed text of {id} changed by {act:?}"
        );
    }
}

/// Everybody who may decide is counted once.
fn check_tally(draft: &Draft, tally: &Tally) {
    let heaps = [
        &tally.support,
        &tally.accept,
        &tally.reserve,
        &tally.abstain,
        &tally.object,
        &tally.silent,
        &tally.stale,
    ];
    let mut counted: Vec<_> = heaps.into_iter().flatten().collect();
    counted.sort();
    let roster: Vec<_> = draft.seats.entitled().map(|(id, _)| id).collect();
    assert_eq!(counted, roster, "{}", tally.why);
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn the_log_of_a_thousand_acts_tells_exactly_what_is(throws in any_throws()) {
        let mut room = play(&throws, LONG, |_, _| {});
        finale(&mut room);
        let replayed = room.replayed();
        prop_assert_eq!(replayed.fingerprint(), room.draft.fingerprint());
        prop_assert_eq!(replayed, room.draft);
    }

    #[test]
    fn an_agreed_text_never_changes_unless_it_is_reopened(throws in any_throws()) {
        play(&throws, LONG, |before, after| {
            let act = last_act(after);
            for (id, was) in &before.draft.clauses {
                let is = after.draft.clauses.get(id).expect("no clause is ever forgotten");
                check_agreement(id, was, is, act.as_ref());
            }
        });
    }

    #[test]
    fn every_tally_counts_everybody_once(throws in any_throws()) {
        play(&throws, LONG, |_, after| {
            for clause in after.draft.clauses.values() {
                check_tally(&after.draft, &Tally::of_clause(&after.draft, clause));
            }
            for proposal in after.draft.proposals.values().filter(|p| p.is_live()) {
                check_tally(&after.draft, &Tally::of_proposal(&after.draft, proposal));
            }
        });
    }

    #[test]
    fn a_status_kept_up_to_date_is_the_one_counted_from_nothing(throws in any_throws()) {
        let room = beginning();
        let mut always = StatusBoard::of(&room.draft, &room.manuscript);
        let mut seldom = always.clone();
        play(&throws, LONG, |_, after| {
            let (draft, manuscript) = (&after.draft, &after.manuscript);
            always.refresh(draft, manuscript);
            let counted = StatusBoard::of(draft, manuscript).view();
            assert_eq!(always.view(), counted, "after {:?}", last_act(after));
            if draft.seq.0 % 7 == 0 {
                seldom.refresh(draft, manuscript);
                assert_eq!(seldom.view(), counted);
            }
        });
    }

    #[test]
    fn nobody_alone_settles_what_another_objects_to(
        throws in any_throws(),
        alone in prop::sample::select(vec!["AVR", "PEN", "CHAIR"]),
        moment in 0..400usize,
    ) {
        let mut room = play(&throws, moment, |_, _| {});
        // Whatever the rule and the roster have come to: consensus, and somebody objects.
        room.does("SEC", &seat("NRM", "delegate", true));
        room.does("SEC", &seat("AVR", "delegate", true));
        room.does("SEC", &seat("PEN", "pen-holder", true));
        room.does("SEC", &json!({"set_rule": {"rule": {"decision": "consensus", "reopen": "chair"}}}));
        let open: Vec<_> = room.draft.votes.iter().filter(|(_, v)| v.result.is_none())
            .map(|(id, _)| id.clone()).collect();
        for vote in open {
            room.does("CHAIR", &closes_vote(vote.as_str()));
        }
        for id in room.draft.clauses.keys().cloned().collect::<Vec<_>>() {
            if is_settled(&room.draft, &id) {
                room.does("CHAIR", &reopen(id.as_str()));
            }
            room.does("NRM", &objects(id.as_str()));
        }
        let objector = delegation("NRM");
        let mut tried = 0;
        for throw in throws.iter().rev().cycle().take(2 * throws.len()) {
            let mine = match next(&room.draft, *throw) {
                // Under another rule it would not be consensus; and who is sent away objects no more.
                Some(Next::Act(_, act)) if act.get("set_rule").is_none() && !is_about(&act, "NRM") => {
                    Next::Act(alone.to_owned(), act)
                }
                Some(Next::Typing(clause, words)) if alone == "PEN" => Next::Typing(clause, words),
                Some(Next::Waiting(hours)) => Next::Waiting(hours),
                Some(_) | None => continue,
            };
            tried += 1;
            let to_go = room.draft.proposals.iter().filter(|(_, p)| {
                let deletes = matches!(p.amendment, acts::Amendment::Delete { .. });
                deletes && p.is_live() && !p.positions.contains_key(&objector)
            });
            for id in to_go.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
                room.does("NRM", &json!({"object": {"on": {"proposal": id}, "reason": "It stays."}}));
            }
            happens(&mut room, &mine, &mut |was, is| {
                for id in is.draft.clauses.keys() {
                    let stands = objects_to(&was.draft, &objector, id);
                    let now = is_settled(&is.draft, id) && !is_settled(&was.draft, id);
                    assert!(!(stands && now), "{id} is settled over an objection, by {:?}", last_act(is));
                }
            });
            assert_eq!(room.draft.rule.decision, Decision::Consensus);
        }
        prop_assert!(tried >= LONG, "{tried}");
    }

    #[test]
    fn what_two_do_on_two_clauses_may_be_entered_in_either_order(throws in any_throws()) {
        let mut room = beginning();
        let (mut pairs, mut entered) = (0, 0);
        for few in throws.chunks(9).cycle().take(throws.len() * ROUNDS / 9) {
            if entered >= LONG && pairs >= 50 {
                break;
            }
            // Where nearly all have left, there are no two.
            if room.draft.seats.entitled().count() < 3 {
                for code in ["AVR", "KLM", "NRM"] {
                    room.does("SEC", &seat(code, "delegate", true));
                }
            }
            let moves: Vec<_> = few.iter().filter_map(|t| on_one_clause(&room.draft, *t)).collect();
            let ordered = moves.iter().enumerate().flat_map(|(n, first)| {
                moves[n + 1..].iter().map(move |second| (first, second))
            });
            let apart = ordered.filter(|(one, other)| one.0 != other.0 && one.1 != other.1);
            // Whoever clones a long conference copies its log: a few pairs at each of many moments.
            for ((one, _, a), (other, _, b)) in apart.take(4) {
                let (mut a, mut b) = (a.clone(), b.clone());
                name(&mut a, "one");
                name(&mut b, "other");
                let there = in_order(&room, [(one, &a), (other, &b)]);
                let back = in_order(&room, [(other, &b), (one, &a)]);
                let same = [there.0[0], there.0[1]] == [back.0[1], back.0[0]];
                prop_assert!(same && there.1 == back.1, "{one}: {a}, {other}: {b}");
                pairs += 1;
            }
            for throw in few {
                if let Some(next) = next(&room.draft, *throw) {
                    happens(&mut room, &next, &mut |_, _| entered += 1);
                }
            }
        }
        prop_assert!(entered >= LONG && pairs >= 50, "{entered}, {pairs}");
    }
}

fn is_about(act: &Value, who: &str) -> bool {
    let named = |verb: &str| act.get(verb).is_some_and(|a| a["delegation"] == who);
    named("seat") || named("unseat")
}

/// A delegation's act that is about one clause alone: whose, which clause, and the act.
fn on_one_clause(draft: &Draft, throw: Throw) -> Option<(String, ClauseId, Value)> {
    let Next::Act(who, json) = next(draft, throw)? else {
        return None;
    };
    who.parse()
        .ok()
        .filter(|id| draft.seats.sitting(id).is_some_and(|d| d.entitled))?;
    let of = |id: &ProposalId| draft.proposals.get(id)?.stands_at().cloned();
    let on = |target: &Target| match target {
        Target::Clause(id) => Some(id.clone()),
        Target::Proposal(id) => of(id),
    };
    let clause = match act(&json) {
        Act::TakePosition(a) => on(&a.on)?,
        Act::Object(a) => on(&a.on)?,
        Act::LiftObjection(a) => on(&a.on)?,
        Act::Dissociate(a) => on(&a.on?)?,
        Act::Cosponsor(a) => of(&a.proposal)?,
        Act::Withdraw(a) => of(&a.proposal)?,
        Act::Confirm(a) => a.clause,
        Act::Propose(a) => match a.amendment {
            acts::Amendment::Replace { clause } | acts::Amendment::Delete { clause } => clause,
            acts::Amendment::InsertAfter { clause, .. } => clause?,
            acts::Amendment::Move { .. } => return None,
        },
        _ => return None,
    };
    Some((who, clause, json))
}

/// What is proposed has its own ids, whichever comes first.
fn name(act: &mut Value, id: &str) {
    if let Some(propose) = act.get_mut("propose") {
        propose["proposal"] = json!(id);
        if let Some(insert) = propose["amendment"].get_mut("insert_after") {
            insert["new"] = json!(id);
        }
    }
}

/// Which of them were allowed, and how every clause and proposal stands then.
fn in_order(room: &Room, moves: [(&String, &Value); 2]) -> ([bool; 2], Vec<String>) {
    let mut room = room.clone();
    let allowed = moves.map(|(who, json)| match room.decide(who, &act(json)) {
        Ok(Decided { act, edits }) => {
            room.enter(room.by(who), Some(act), &edits);
            true
        }
        Err(_) => false,
    });
    let draft = &room.draft;
    let clause = |(id, c): (&ClauseId, &Clause)| {
        let status = crate::status::clause_status(draft, id);
        format!("{id} {status:?} {}", Tally::of_clause(draft, c).why)
    };
    let proposals = draft.proposals.iter();
    let proposals =
        proposals.map(|(id, p)| format!("{id} {:?} {}", p.state, Tally::of_proposal(draft, p).why));
    (
        allowed,
        draft.clauses.iter().map(clause).chain(proposals).collect(),
    )
}
