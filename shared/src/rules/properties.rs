//! What holds of every count under every rule (§3.7, by the numbers there).

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::acts::testing::{Room, call, delegation, seat};
use crate::draft::{Decision, Draft, Groupwise, Position, Question, Stance, Voices};
use crate::ids::{DelegationId, Digest, Seq};
use crate::tally::{Outcome, Tally};
use crate::time::Timestamp;

const WHO: [&str; 6] = ["AVR", "MRD", "TSL", "PEN", "KLM", "NRM"];

/// Where each stands: `None` says nothing.
type Stances = [Option<Stance>; 6];

fn any_share() -> impl Strategy<Value = [u32; 2]> {
    (1..12u32).prop_flat_map(|whole| (1..=whole, Just(whole)).prop_map(Into::into))
}

fn any_majority() -> impl Strategy<Value = Value> {
    prop_oneof![
        (
            any_share(),
            prop::sample::select(vec!["present", "members"])
        )
            .prop_map(|(share, of)| json!({"majority": {"of": of, "share": share}})),
        (any_share(), any_share())
            .prop_map(|(d, w)| json!({"double_majority": {"delegations": d, "weight": w}})),
    ]
}

fn any_rule() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("consensus")),
        (0..4u32).prop_map(|n| json!({"consensus_minus": n})),
        Just(json!({"consensus_minus_concerned": ["AVR", "TSL"]})),
        Just(json!("consent")),
        Just(json!("unanimity")),
        any_majority(),
    ]
}

fn any_stances() -> impl Strategy<Value = Stances> {
    let stance = prop_oneof![
        3 => Just(None),
        3 => Just(Some(Stance::Support)),
        1 => Just(Some(Stance::Accept)),
        1 => Just(Some(Stance::Reserve)),
        2 => Just(Some(Stance::Abstain)),
        2 => Just(Some(Stance::Object)),
    ];
    prop::array::uniform6(stance)
}

fn any_weights() -> impl Strategy<Value = [u32; 6]> {
    prop::array::uniform6(0..7u32)
}

/// A draft in which six decide, under that rule.
fn sitting(rule: &Value, weights: [u32; 6]) -> Draft {
    let mut draft = Room::sitting().draft;
    draft.rule.decision = serde_json::from_value(rule.clone()).unwrap();
    let template = draft
        .seats
        .delegations
        .get(&delegation("AVR"))
        .unwrap()
        .clone();
    for (code, weight) in WHO.iter().zip(weights) {
        let seated = crate::draft::Delegation {
            weight,
            ..template.clone()
        };
        draft.seats.delegations.insert(delegation(code), seated);
    }
    draft
}

/// The text before the room.
fn text() -> Digest {
    Digest::of("Decides to meet annually;")
}

fn positions(stances: Stances) -> BTreeMap<DelegationId, Position> {
    let taken = WHO.iter().zip(stances).filter_map(|(code, stance)| {
        let position = Position {
            stance: stance?,
            digest: text(),
            seq: Seq(9),
            at: Timestamp::default(),
            note: None,
            alternative: None,
            set_aside: None,
            signed: false,
        };
        Some((delegation(code), position))
    });
    taken.collect()
}

fn put(present: &[bool; 6]) -> Question {
    let here = WHO.iter().zip(present).filter(|(_, here)| **here);
    Question {
        digest: text(),
        present: here
            .map(|(code, _)| delegation(code))
            .collect::<BTreeSet<_>>(),
        seq: Seq(8),
        at: Timestamp::default(),
    }
}

fn tally(draft: &Draft, stances: Stances, question: Option<&Question>) -> Tally {
    let voices = Voices {
        own: &positions(stances),
        groups: &Groupwise::default(),
    };
    Tally::of(draft, voices, question, text())
}

/// How near to a decision.
fn nearness(tally: &Tally) -> u8 {
    match tally.outcome {
        Outcome::Blocked { .. } => 0,
        Outcome::Short { .. } => 1,
        Outcome::Reached => 2,
    }
}

fn only(stances: Stances, keep: &[Stance]) -> Stances {
    stances.map(|s| s.filter(|s| keep.contains(s)))
}

proptest! {
    #[test]
    fn an_objection_never_moves_towards_a_decision_nor_its_lifting_away(
        rule in any_rule(), weights in any_weights(), stances in any_stances(),
        was_put in any::<bool>(), present in any::<[bool; 6]>(), who in 0..6usize,
    ) {
        let draft = sitting(&rule, weights);
        let question = put(&present);
        let question = was_put.then_some(&question);
        let before = tally(&draft, stances, question);
        let mut objecting = stances;
        if let Some(stance) = objecting.get_mut(who) {
            *stance = Some(Stance::Object);
        }
        let after = tally(&draft, objecting, question);
        prop_assert!(nearness(&after) <= nearness(&before), "3: {} → {}", before.why, after.why);
        let mut lifted = objecting;
        if let Some(stance) = lifted.get_mut(who) {
            *stance = None;
        }
        let lifted = tally(&draft, lifted, question);
        prop_assert!(nearness(&lifted) >= nearness(&after), "3: {} → {}", after.why, lifted.why);
    }

    #[test]
    fn no_majority_is_carried_by_nobody_or_by_a_tie(
        rule in any_majority(), weights in any_weights(), stances in any_stances(), pairs in 0..=3usize,
    ) {
        let draft = sitting(&rule, weights);
        let question = put(&[true; 6]);
        let aside = only(stances, &[Stance::Abstain, Stance::Reserve]);
        let nobody = tally(&draft, aside, Some(&question));
        prop_assert!(nobody.outcome != Outcome::Reached, "6: {}", nobody.why);
        let mut tie = aside;
        for pair in tie.chunks_exact_mut(2).take(pairs) {
            pair.copy_from_slice(&[Some(Stance::Support), Some(Stance::Object)]);
        }
        let tie = tally(&draft, tie, Some(&question));
        prop_assert!(tie.outcome != Outcome::Reached, "6: {}", tie.why);
    }

    #[test]
    fn who_stands_aside_changes_nothing_of_those_present_and_voting(
        share in any_share(), stances in any_stances(), present in any::<[bool; 6]>(),
    ) {
        let draft = sitting(&json!({"majority": {"of": "present", "share": share}}), [1; 6]);
        let question = put(&present);
        let with = tally(&draft, stances, Some(&question));
        let votes = [Stance::Support, Stance::Accept, Stance::Object];
        let without = tally(&draft, only(stances, &votes), Some(&question));
        prop_assert_eq!(nearness(&with), nearness(&without), "7: {}", with.why);
        // Who comes in and stands aside can only bring the quorum.
        let mut fuller = present;
        for (here, stance) in fuller.iter_mut().zip(stances) {
            *here |= stance.is_none_or(|s| !votes.contains(&s));
        }
        let full = tally(&draft, stances, Some(&put(&fuller)));
        let had_quorum = present.iter().filter(|here| **here).count() > 3;
        if had_quorum {
            prop_assert_eq!(
                full.outcome == Outcome::Reached, with.outcome == Outcome::Reached, "7: {}", full.why
            );
        }
    }

    #[test]
    fn consensus_is_never_over_an_objection(
        rule in any_rule(), weights in any_weights(), stances in any_stances(), was_put in any::<bool>(),
    ) {
        let draft = sitting(&rule, weights);
        let question = put(&[true; 6]);
        let found = tally(&draft, stances, was_put.then_some(&question));
        let most = match &draft.rule.decision {
            Decision::Consensus | Decision::Unanimity | Decision::Consent => 0,
            Decision::ConsensusMinusConcerned(who) => who.len(),
            Decision::ConsensusMinus(most) => *most as usize,
            Decision::Majority(_) | Decision::DoubleMajority(_) => WHO.len(),
        };
        if found.outcome == Outcome::Reached {
            prop_assert!(found.object.len() <= most, "8: {}", found.why);
        }
        prop_assert!(found.why.ends_with('.'), "{}", found.why);
    }
}

#[test]
fn a_rule_that_cannot_be_meant_cannot_be_said() {
    for wrong in [
        json!({"majority": {"of": "present", "share": [0, 2]}}),
        json!({"majority": {"of": "present", "share": [3, 2]}}),
        json!({"majority": {"of": "absent", "share": [1, 2]}}),
        json!({"majority": {"of": "members"}}),
        json!({"double_majority": {"delegations": [11, 20], "weight": [0, 1]}}),
        json!({"consensus_minus": -1}),
        json!("acclamation"),
    ] {
        assert!(
            serde_json::from_value::<Decision>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn a_rule_reads_the_same_in_the_log_as_in_json() {
    for rule in [
        json!({"decision": "consensus"}),
        json!({"decision": {"consensus_minus": 1}, "quorum": 3}),
        json!({"decision": {"consensus_minus_concerned": ["AVR", "MRD"]}}),
        json!({"decision": "consent", "reopen": "consensus", "vote": "never"}),
        json!({"decision": {"majority": {"of": "present", "share": [2, 3]}}}),
        json!({"decision": {"double_majority": {"delegations": [11, 20], "weight": [13, 20]}}}),
    ] {
        let mut room = Room::sitting();
        room.does("SEC", &json!({"set_rule": {"rule": rule}}));
        assert_eq!(serde_json::to_value(&room.draft.rule).unwrap(), rule);
        assert_eq!(room.replayed(), room.draft);
        room.does("SEC", &seat("KLM", "delegate", true));
        room.allows("CHAIR", &call("op-1"));
    }
}
