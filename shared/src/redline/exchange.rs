//! Words that went from one clause to another: clauses split and merged, sentences that moved.
//!
//! Everything that went is indexed by its runs of three words, everything that came is looked up there. The time is that
//! of the length, as runs that stand in many places are passed over.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::differences;
use super::words::{is_word, split};
use super::{Change, ClauseChange, Op, Segment};
use crate::ids::ClauseId;

/// Words of a run by which words that came are looked up among those that went.
const RUN: usize = 3;
/// Words that must go from one place to another together to be told as the same.
const TOGETHER: usize = 4;
/// Places among those that went in which a run may stand; one that stands in more tells nothing.
const PLACES: usize = 8;
/// Stretches that went with which one that came is compared.
const CANDIDATES: usize = 4;

/// A stretch that went or came, word by word, with where each went or came from.
struct Stretch<'a> {
    clause: usize,
    segment: usize,
    words: Vec<&'a str>,
    with: Vec<Option<usize>>,
}

/// Marks words that went from one clause to another, and tells which clauses were split and merged.
pub(super) fn tell(clauses: &mut [ClauseChange]) {
    let told = {
        let (mut gone, mut came) = (stretches(clauses, Op::Del), stretches(clauses, Op::Ins));
        if gone.is_empty() || came.is_empty() {
            return;
        }
        trace(&mut gone, &mut came);
        let all = gone.iter().chain(&came);
        let told = all.filter(|s| s.with.iter().any(Option::is_some));
        told.map(|s| (s.clause, s.segment, runs(s)))
            .collect::<BTreeSet<_>>()
    };
    let ids: Vec<ClauseId> = clauses.iter().map(|c| c.id.clone()).collect();
    // From the end, so that the places of those before stay as they are.
    for (clause, segment, runs) in told.into_iter().rev() {
        let Some(clause) = clauses.get_mut(clause) else {
            continue;
        };
        let Some(op) = clause.segments.get(segment).map(|s| s.op) else {
            continue;
        };
        let runs = runs.into_iter().map(|(text, with)| Segment {
            with: with.and_then(|n| ids.get(n).cloned()),
            ..Segment::new(op, text)
        });
        clause.segments.splice(segment..=segment, runs);
    }
    for clause in clauses {
        match clause.change {
            Change::Added => clause.from = mostly(&clause.segments),
            Change::Removed => clause.into = mostly(&clause.segments),
            Change::Changed | Change::Unchanged => {}
        }
    }
}

/// What went, or came, in stretches long enough to be told again elsewhere.
fn stretches(clauses: &[ClauseChange], op: Op) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    for (clause, change) in clauses.iter().enumerate() {
        for (segment, s) in change
            .segments
            .iter()
            .enumerate()
            .filter(|(_, s)| s.op == op)
        {
            if !may_have(&s.text, TOGETHER) {
                continue;
            }
            let words = split(&s.text);
            if words.iter().filter(|w| is_word(w)).count() >= TOGETHER {
                found.push(Stretch {
                    clause,
                    segment,
                    with: vec![None; words.len()],
                    words,
                });
            }
        }
    }
    found
}

/// Whether it may have so many words. In Latin letters each has a sign or a space beside it; others are not looked at.
fn may_have(text: &str, words: usize) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    !text.is_ascii() || runs.filter(|run| !run.is_empty()).take(words).count() == words
}

type Run<'a> = [&'a str; RUN];

fn runs_of<'a>(words: &[&'a str]) -> Vec<Run<'a>> {
    let words: Vec<&str> = words.iter().copied().filter(|w| is_word(w)).collect();
    let runs = words.windows(RUN).filter_map(|w| w.try_into().ok());
    runs.collect()
}

fn trace(gone: &mut [Stretch<'_>], came: &mut [Stretch<'_>]) {
    let mut index: BTreeMap<Run<'_>, Vec<usize>> = BTreeMap::new();
    for (n, stretch) in gone.iter().enumerate() {
        for run in runs_of(&stretch.words) {
            let places = index.entry(run).or_default();
            if places.last() != Some(&n) && places.len() <= PLACES {
                places.push(n);
            }
        }
    }
    for to in came {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for run in runs_of(&to.words) {
            let places = index.get(&run).filter(|p| p.len() <= PLACES);
            for place in places.into_iter().flatten() {
                *votes.entry(*place).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_by_key(|(place, votes)| (std::cmp::Reverse(*votes), *place));
        for (place, _) in votes.into_iter().take(CANDIDATES) {
            if let Some(from) = gone.get_mut(place) {
                tie(from, to);
            }
        }
    }
}

/// Marks what both stretches have in common, where it is long enough and not yet told.
fn tie(from: &mut Stretch<'_>, to: &mut Stretch<'_>) {
    let (mut a, mut b) = (0, 0);
    let mut same = Vec::new();
    for hunk in differences(&from.words, &to.words) {
        same.push((a..hunk.old.start, b..hunk.new.start));
        (a, b) = (hunk.old.end, hunk.new.end);
    }
    same.push((a..from.words.len(), b..to.words.len()));
    for (old, new) in same {
        let words = from.words.get(old.clone()).unwrap_or_default();
        // Signs and spaces at the ends belong to where they stand.
        let before = words.iter().take_while(|w| !is_word(w)).count();
        let after = words.iter().rev().take_while(|w| !is_word(w)).count();
        if before + after >= words.len() {
            continue;
        }
        let (old, new) = (
            old.start + before..old.end - after,
            new.start + before..new.end - after,
        );
        let free =
            |with: Option<&[Option<usize>]>| with.is_some_and(|w| w.iter().all(Option::is_none));
        let untold = free(from.with.get(old.clone())) && free(to.with.get(new.clone()));
        if untold && words.iter().filter(|w| is_word(w)).count() >= TOGETHER {
            let fill = |with: Option<&mut [Option<usize>]>, clause| {
                if let Some(with) = with {
                    with.fill(Some(clause));
                }
            };
            fill(from.with.get_mut(old), to.clause);
            fill(to.with.get_mut(new), from.clause);
        }
    }
}

/// The stretch in runs of words that went to one clause, or came from one.
fn runs(stretch: &Stretch<'_>) -> Vec<(String, Option<usize>)> {
    let mut runs: Vec<(String, Option<usize>)> = Vec::new();
    for (word, with) in stretch.words.iter().zip(&stretch.with) {
        match runs.last_mut() {
            Some((text, last)) if last == with => text.push_str(word),
            _ => runs.push(((*word).to_owned(), *with)),
        }
    }
    runs
}

/// The clauses with which most of the words were exchanged; none if most were not.
fn mostly(segments: &[Segment]) -> Vec<ClauseId> {
    let size = |s: &Segment| s.text.chars().count();
    let all: usize = segments.iter().map(size).sum();
    let with = segments.iter().filter(|s| s.with.is_some());
    if 2 * with.clone().map(size).sum::<usize>() < all {
        return Vec::new();
    }
    let ids: BTreeSet<_> = with.filter_map(|s| s.with.clone()).collect();
    ids.into_iter().collect()
}
