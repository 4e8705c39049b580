//! Nothing open-ended is half added: every act has stories and a paragraph in the glossary.

use std::collections::BTreeSet;
use std::path::Path;

use plenary_shared::acts::NAMES;
use plenary_tests::scenario::{self, Scenario};
use plenary_tests::stage::name_of;

/// Accepted in every story without a step of its own, or by the server alone.
const ACCEPTED_WITHOUT_A_STEP: &[&str] = &["convene", "recover", "lapse_silence"];

fn stories() -> Vec<Scenario> {
    let all = scenario::all().unwrap();
    all.iter()
        .map(|(_, path)| Scenario::read(path).unwrap())
        .collect()
}

fn acts(refused: bool) -> BTreeSet<String> {
    let steps = stories().into_iter().flat_map(|s| s.steps);
    steps
        .filter(|step| step.refuses.is_some() == refused)
        .filter_map(|step| step.act.map(|act| name_of(&act).to_owned()))
        .collect()
}

#[track_caller]
fn check_none_missing(found: &BTreeSet<String>, missing_means: &str, except: &[&str]) {
    let missing: Vec<_> = NAMES
        .iter()
        .filter(|name| !found.contains(**name) && !except.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing_means}: {missing:?}");
}

#[test]
fn every_act_is_accepted_in_a_story() {
    check_none_missing(&acts(false), "no story accepts", ACCEPTED_WITHOUT_A_STEP);
}

#[test]
fn the_server_recovers_in_a_story() {
    let recovered = |s: &Scenario| s.expect.recovered.as_ref().is_some_and(|r| !r.is_empty());
    assert!(stories().iter().any(recovered));
}

#[test]
fn the_server_ends_a_silence_in_a_story() {
    let agreed = |s: &Scenario| {
        let mut fates = s.expect.silence.values().flat_map(|s| s.values());
        fates.any(|fate| fate == "agreed")
    };
    assert!(stories().iter().any(agreed));
}

#[test]
fn every_act_is_refused_in_a_story() {
    check_none_missing(&acts(true), "no story refuses", &[]);
}

#[test]
fn every_act_of_a_story_is_known() {
    let known: BTreeSet<_> = NAMES.iter().map(|n| (*n).to_owned()).collect();
    for act in acts(false).union(&acts(true)) {
        assert!(known.contains(act), "{act} is no act");
    }
}

#[test]
fn every_act_has_a_paragraph_in_the_glossary() {
    let glossary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/glossary.md");
    let glossary = std::fs::read_to_string(glossary).expect("docs/glossary.md can be read");
    let missing: Vec<_> = NAMES
        .iter()
        .filter(|name| !glossary.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "no word in the glossary on {missing:?}");
}
