//! Every story is a story: it is read without a word left over, and tells something of its own.

use std::collections::BTreeSet;

use plenary_tests::scenario::{self, Scenario};

#[test]
fn every_story_can_be_read() {
    let mut wrong = Vec::new();
    for (name, path) in scenario::all().unwrap() {
        if let Err(e) = Scenario::read(&path) {
            wrong.push(format!("{name}: {e:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_stories_have_one_title() {
    let mut titles = BTreeSet::new();
    for (name, path) in scenario::all().unwrap() {
        let title = Scenario::read(&path).unwrap().title;
        assert!(
            titles.insert(title),
            "{name} has the title of another story"
        );
    }
    assert!(titles.len() >= 30, "only {} stories", titles.len());
}
