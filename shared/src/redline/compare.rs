//! What is different between two sequences of words.
//!
//! Only words and signs are compared; the spaces between them follow. First, runs of words that stand once in each are
//! found, which leaves small stretches in between, each compared for the fewest changes. Then the result is made
//! readable: a change begins and ends where a sentence or a phrase does, if it can, and what two sentences share by
//! chance does not chop them into pieces. The time is that of the length, but for the stretches, whose size has a limit.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::names::{Names, Worded};
use super::words::{is_blank, is_word, weight};

/// How large a table of words against words may get. Larger stretches without anything unique in common are told as one
/// replacement, since `shared` knows no clock that could stop a long search.
const PAIRS: usize = 4_000_000;

/// A table so small that it is looked through at once for anything in common.
const FEW: usize = 64;

/// Words of a run that must stand once in each text to tie them together.
const RUN: usize = 3;

/// A stretch of old words that became a stretch of new ones; either may be empty, not both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// The differences between two sequences of pieces, in order. Between them, the pieces are the same.
pub(crate) fn differences(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut names = Names::default();
    let (before, after) = (Worded::of(old, &mut names), Worded::of(new, &mut names));
    let mut pairs = Vec::new();
    pair(&before.names, &after.names, (0, 0), RUN, &mut pairs);
    let places = pairs
        .into_iter()
        .filter_map(|(a, b)| Some((*before.places.get(a)?, *after.places.get(b)?)));
    let hunks = hunks(old, new, places);
    let texts = Texts { old, new };
    texts.gather(texts.slide(hunks))
}

/// Finds which words of one text are which of the other: pairs of places, both rising.
fn pair(old: &[u32], new: &[u32], at: (usize, usize), run: usize, pairs: &mut Vec<(usize, usize)>) {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = (tail(old, before), tail(new, before));
    let after = {
        let ends = rest.0.iter().rev().zip(rest.1.iter().rev());
        ends.take_while(|(a, b)| a == b).count()
    };
    let middle = (head(rest.0, after), head(rest.1, after));
    let same = |from: (usize, usize), n| (0..n).map(move |n| (from.0 + n, from.1 + n));
    pairs.extend(same(at, before));
    let inside = (at.0 + before, at.1 + before);
    if !middle.0.is_empty() && !middle.1.is_empty() {
        between_runs(middle.0, middle.1, inside, run, pairs);
    }
    let end = (inside.0 + middle.0.len(), inside.1 + middle.1.len());
    pairs.extend(same(end, after));
}

/// Ties the texts together at runs of words that each has once, and compares what is between.
fn between_runs(
    old: &[u32],
    new: &[u32],
    at: (usize, usize),
    run: usize,
    pairs: &mut Vec<(usize, usize)>,
) {
    // A single word that both have once ties them only where there is too much to compare all of it.
    if run <= 1 && old.len().saturating_mul(new.len()) <= PAIRS {
        return fewest(old, new, at, pairs);
    }
    let Some(shorter) = run.checked_sub(1) else {
        return;
    };
    let mut from = (0, 0);
    let gap = |from: (usize, usize), to: (usize, usize), pairs: &mut Vec<_>| {
        let old = old.get(from.0..to.0).unwrap_or_default();
        let new = new.get(from.1..to.1).unwrap_or_default();
        pair(old, new, (at.0 + from.0, at.1 + from.1), shorter, pairs);
    };
    for (a, b) in ties(old, new, run) {
        // Runs overlap where more than so many words in a row are the same.
        let to = (a.max(from.0), b.max(from.1));
        if to.0 - a != to.1 - b || to.0 >= a + run {
            continue;
        }
        gap(from, to, pairs);
        from = (a + run, b + run);
        pairs.extend(
            (to.0..from.0)
                .zip(to.1..from.1)
                .map(|(a, b)| (at.0 + a, at.1 + b)),
        );
    }
    gap(from, (old.len(), new.len()), pairs);
}

/// Where runs of so many words begin that each text has once, as many as can be kept in order.
fn ties(old: &[u32], new: &[u32], run: usize) -> Vec<(usize, usize)> {
    let mut there = once(new, run).into_iter().peekable();
    let mut shared: Vec<(usize, usize)> = once(old, run)
        .into_iter()
        .filter_map(|(window, a)| {
            while there.next_if(|(other, _)| *other < window).is_some() {}
            let (_, b) = there.next_if(|(other, _)| *other == window)?;
            Some((a, b))
        })
        .collect();
    shared.sort_unstable();
    let places: Vec<usize> = shared.iter().map(|(_, b)| *b).collect();
    let kept = super::align::longest_rise(&places);
    let mut kept = kept.into_iter().peekable();
    shared.retain(|(_, b)| kept.next_if_eq(b).is_some());
    shared
}

/// The runs of so many words that stand once, in order, each with its place.
fn once(words: &[u32], run: usize) -> Vec<([u32; RUN], usize)> {
    let windows = words.windows(run).map(|window| {
        let mut words = [u32::MAX; RUN];
        words.iter_mut().zip(window).for_each(|(w, n)| *w = *n);
        words
    });
    let mut runs: Vec<_> = windows.zip(0..).collect();
    runs.sort_unstable();
    let same = runs.chunk_by(|(a, _), (b, _)| a == b);
    let once = same.filter_map(|same| match same {
        [one] => Some(*one),
        _ => None,
    });
    once.collect()
}

/// The fewest changes.
fn fewest(old: &[u32], new: &[u32], at: (usize, usize), pairs: &mut Vec<(usize, usize)>) {
    // Most often it is a word or two against others.
    if old.len() * new.len() <= FEW {
        let all = old.iter().zip(0..).flat_map(|(word, a)| {
            let same = new.iter().zip(0..).filter(move |(other, _)| *other == word);
            same.map(move |(_, b)| (a, b))
        });
        let mut all = all.map(|(a, b): (usize, usize)| (at.0 + a, at.1 + b));
        match (all.next(), all.next()) {
            (None, _) => return,
            (Some(one), None) => return pairs.push(one),
            (Some(_), Some(_)) => {}
        }
    }
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if op.tag() == DiffTag::Equal {
            let both = op.old_range().zip(op.new_range());
            pairs.extend(both.map(|(a, b)| (at.0 + a, at.1 + b)));
        }
    }
}

/// What stands between the pairs, spaces among it.
fn hunks(old: &[&str], new: &[&str], pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (x, y) in pairs.chain([(old.len(), new.len())]) {
        let was = old.get(a..x).unwrap_or_default();
        let is = new.get(b..y).unwrap_or_default();
        let before = was.iter().zip(is).take_while(|(a, b)| a == b).count();
        let after = {
            let (was, is) = (tail(was, before), tail(is, before));
            let ends = was.iter().rev().zip(is.iter().rev());
            ends.take_while(|(a, b)| a == b).count()
        };
        let hunk = Hunk {
            old: a + before..x - after,
            new: b + before..y - after,
        };
        if !(hunk.old.is_empty() && hunk.new.is_empty()) {
            hunks.push(hunk);
        }
        (a, b) = (x + 1, y + 1);
    }
    hunks
}

fn tail<T>(all: &[T], from: usize) -> &[T] {
    all.get(from..).unwrap_or_default()
}

fn head<T>(all: &[T], without: usize) -> &[T] {
    all.get(..all.len() - without).unwrap_or_default()
}

/// How good a place is for a change to begin or to end.
fn edge(before: Option<&str>, blank: Option<&str>, after: Option<&str>) -> usize {
    let Some(before) = before else { return 6 };
    if after.is_none() || before.ends_with('\n') || blank.is_some_and(|b| b.contains('\n')) {
        return 6;
    }
    match before.chars().last() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।') => 5,
        Some(';' | ':' | '；' | '：' | '؛') => 4,
        Some(',' | '，' | '،' | '、') => 3,
        _ if after.is_some_and(|a| a.starts_with(['(', '[', '“', '«', '（', '「'])) => 2,
        _ if blank.is_some() => 1,
        _ => 0,
    }
}

struct Texts<'a> {
    old: &'a [&'a str],
    new: &'a [&'a str],
}

impl Texts<'_> {
    /// What only came, or only went, may often be told as coming a little earlier: `and` + `to meet and` is
    /// `and to meet` + `and`. It is put where it begins and ends best.
    fn slide(&self, mut hunks: Vec<Hunk>) -> Vec<Hunk> {
        let mut floor = (0, 0);
        for hunk in &mut hunks {
            let (pieces, range) = match (hunk.old.is_empty(), hunk.new.is_empty()) {
                (true, false) => (self.new, hunk.new.clone()),
                (false, true) => (self.old, hunk.old.clone()),
                _ => {
                    floor = (hunk.old.end, hunk.new.end);
                    continue;
                }
            };
            let room = (hunk.old.start - floor.0).min(hunk.new.start - floor.1);
            let get = |n: usize| pieces.get(n).copied();
            let slides = (1..=room)
                .take_while(|n| get(range.start - n) == get(range.end - n))
                .count();
            let score = |n: usize| {
                Self::edge_at(pieces, range.start - n) + Self::edge_at(pieces, range.end - n)
            };
            let best = (0..=slides).max_by_key(|n| (score(*n), slides - n));
            let by = best.unwrap_or(0);
            hunk.old = hunk.old.start - by..hunk.old.end - by;
            hunk.new = hunk.new.start - by..hunk.new.end - by;
            floor = (hunk.old.end, hunk.new.end);
        }
        hunks
    }

    fn edge_at(pieces: &[&str], place: usize) -> usize {
        let get = |n: usize| pieces.get(n).copied();
        let before = place.checked_sub(1).and_then(get);
        match before {
            Some(blank) if is_blank(blank) => {
                let word = place.checked_sub(2).and_then(get);
                edge(word, Some(blank), get(place))
            }
            _ => {
                let blank = get(place).filter(|p| is_blank(p));
                edge(before, blank, get(place))
            }
        }
    }

    /// Joins differences that are parted by less than half of what they change: a comma or an "and" that two sentences
    /// happen to share should not chop the new one into pieces.
    fn gather(&self, hunks: Vec<Hunk>) -> Vec<Hunk> {
        let mut gathered: Vec<Hunk> = Vec::new();
        for mut next in hunks {
            while let Some(last) = gathered.pop() {
                if self.are_apart(&last, &next) {
                    gathered.push(last);
                    break;
                }
                next = Hunk {
                    old: last.old.start..next.old.end,
                    new: last.new.start..next.new.end,
                };
            }
            gathered.push(next);
        }
        gathered
    }

    fn are_apart(&self, last: &Hunk, next: &Hunk) -> bool {
        let shared = self
            .old
            .get(last.old.end..next.old.start)
            .unwrap_or_default();
        let words = shared.iter().filter(|w| is_word(w)).take(4).count();
        // Words are read over easily where others only came, or only went, around them.
        let one_way = (last.old.is_empty() && next.old.is_empty())
            || (last.new.is_empty() && next.new.is_empty());
        if words > 3 || (one_way && words > 0) {
            return true;
        }
        2 * size(shared) >= self.size(last).min(self.size(next))
    }

    fn size(&self, hunk: &Hunk) -> usize {
        let of =
            |all: &[&str], range: &Range<usize>| size(all.get(range.clone()).unwrap_or_default());
        of(self.old, &hunk.old).max(of(self.new, &hunk.new))
    }
}

fn size(pieces: &[&str]) -> usize {
    pieces.iter().map(|p| weight(p)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::words::split;
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, marked: &str) {
        let (a, b) = (split(old), split(new));
        let mut out = String::new();
        let mut at = 0;
        for hunk in differences(&a, &b) {
            out += &a[at..hunk.old.start].concat();
            out += &format!(
                "[{}|{}]",
                a[hunk.old.clone()].concat(),
                b[hunk.new].concat()
            );
            at = hunk.old.end;
        }
        out += &a[at..].concat();
        assert_eq!(out, marked);
    }

    #[test]
    fn numbers_are_one_word_each() {
        check("within 12 hours", "within 24 hours", "within [12|24] hours");
        check("at 2.5 % a year", "at 3 % a year", "at [2.5 %|3 %] a year");
        check("at 2.5% a year", "at 2.6% a year", "at [2.5%|2.6%] a year");
        check(
            "1\u{A0}200 people",
            "1\u{A0}300 people",
            "[1\u{A0}200|1\u{A0}300] people",
        );
        check("of 30 per cent", "of 40 per cent", "of [30|40] per cent");
    }

    #[test]
    fn small_words_in_common_do_not_chop_a_new_sentence() {
        check(
            "to meet, and to report",
            "to gather, and to publish",
            "to [meet|gather], and to [report|publish]",
        );
        check(
            "Norway, Chile",
            "Kenya, Fiji",
            "[Norway, Chile|Kenya, Fiji]",
        );
        check("may meet", "shall gather", "[may meet|shall gather]");
    }

    #[test]
    fn a_change_begins_and_ends_with_a_phrase() {
        check(
            "It meets annually. It reports.",
            "It meets annually. It votes. It reports.",
            "It meets annually. [|It votes. ]It reports.",
        );
        check(
            "to meet, and to report,",
            "to meet, and to vote, and to report,",
            "to meet, [|and to vote, ]and to report,",
        );
        check("It meets.", "It meets. It votes.", "It meets.[| It votes.]");
    }

    #[test]
    fn spaces_alone_can_be_different() {
        check("two  words", "two words", "two[  | ]words");
        check("one line two", "one line\ntwo", "one line[ |\n]two");
    }

    #[test]
    fn unrelated_texts_are_one_replacement() {
        let old: String = (0..4000).map(|n| format!("a{n} ")).collect();
        let new: String = (0..4000).map(|n| format!("b{n} ")).collect();
        assert_eq!(differences(&split(&old), &split(&new)).len(), 1);
    }

    #[test]
    fn in_a_long_text_a_change_is_found_where_it_is() {
        let words = |n: usize| (0..n).map(|n| format!("w{n} ")).collect::<String>();
        let old = format!("first {} last", words(5000));
        let new = format!("second {} least", words(5000));
        assert_eq!(differences(&split(&old), &split(&new)).len(), 2);
    }

    #[test]
    fn equal_texts_have_no_difference() {
        check("", "", "");
        check("same", "same", "same");
        check("", "new", "[|new]");
    }
}
