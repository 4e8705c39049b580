//! Which clause of a text from outside is which of ours, where no ids say so: by what they have in common.
//!
//! Equal clauses are the same, in order. The others are compared where they share words or pairs of words that few
//! clauses have; the likest are taken first. What is left between two neighbours that are known is the clause between
//! the same two neighbours, if it has anything of it. The time is that of the length, as what stands in many clauses is
//! not looked up.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{is_word, split};
use crate::draft::{Kind, Manuscript};
use crate::ids::{ClauseId, Language};
use crate::import::ImportedClause;

/// Clauses in which a word may stand and still be looked up by.
const CLAUSES: usize = 12;
/// In thousandths, how much two clauses must have in common to be the same.
const LIKE: usize = 400;
/// In thousandths, how much if they stand between the same neighbours.
const LIKE_IN_PLACE: usize = 120;

/// What is compared: the words of a clause, and its pairs of words.
type Features<'a> = BTreeSet<(&'a str, &'a str)>;

/// A clause to be compared.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    kind: Kind,
    text: &'a str,
}

/// Gives each clause from outside that has no id that of the clause of the text that it is like, so that a redline
/// tells it as changed. Ids that it has stay.
pub fn name(
    text: &Manuscript,
    standing: impl Fn(&ClauseId) -> bool,
    language: &Language,
    outside: &mut [ImportedClause],
) {
    let named: BTreeSet<ClauseId> = outside.iter().filter_map(|c| c.id.clone()).collect();
    let ours: Vec<_> = text
        .in_order()
        .into_iter()
        .filter(|(id, _)| standing(id) && !named.contains(*id))
        .collect();
    let old: Vec<Side<'_>> = ours
        .iter()
        .map(|(_, p)| Side {
            kind: p.kind,
            text: p.text.get(language).map_or("", |t| t),
        })
        .collect();
    let unnamed: Vec<usize> = (0..outside.len())
        .filter(|n| outside.get(*n).is_some_and(|c| c.id.is_none()))
        .collect();
    let matched = {
        let new: Vec<Side<'_>> = unnamed
            .iter()
            .filter_map(|n| outside.get(*n))
            .map(|c| Side {
                kind: c.kind,
                text: c.text.get(language).map_or("", String::as_str),
            })
            .collect();
        matched(&old, &new)
    };
    for (n, of) in unnamed.into_iter().zip(matched) {
        if let (Some(clause), Some((id, _))) = (outside.get_mut(n), of.and_then(|n| ours.get(n))) {
            clause.id = Some((*id).clone());
        }
    }
    // What is new is named here too: a free name might be that of a clause which is gone.
    let mut taken: BTreeSet<ClauseId> = outside.iter().filter_map(|c| c.id.clone()).collect();
    taken.extend(text.clauses.keys().cloned());
    let mut free = (1..)
        .filter_map(|n: u64| format!("c{n}").parse::<ClauseId>().ok())
        .filter(|id| !taken.contains(id));
    for clause in outside.iter_mut().filter(|c| c.id.is_none()) {
        clause.id = free.next();
    }
}

/// For each new clause, which old one it is.
fn matched(old: &[Side<'_>], new: &[Side<'_>]) -> Vec<Option<usize>> {
    let mut matching = Matching {
        of_new: vec![None; new.len()],
        of_old: vec![None; old.len()],
    };
    matching.equal(old, new);
    let features =
        |sides: &[Side<'_>]| -> Vec<Vec<String>> { sides.iter().map(|s| folded(s.text)).collect() };
    let (old_words, new_words) = (features(old), features(new));
    let was: Vec<Features<'_>> = old_words.iter().map(|w| pairs(w)).collect();
    let is: Vec<Features<'_>> = new_words.iter().map(|w| pairs(w)).collect();
    matching.like(&was, &is, |a, b| same_kind(old, new, a, b));
    matching.in_place(&was, &is, |a, b| same_kind(old, new, a, b));
    matching.of_new
}

fn same_kind(old: &[Side<'_>], new: &[Side<'_>], a: usize, b: usize) -> bool {
    old.get(a)
        .zip(new.get(b))
        .is_some_and(|(a, b)| a.kind == b.kind)
}

/// The words, without what changes easily: capital letters.
fn folded(text: &str) -> Vec<String> {
    let words = split(text).into_iter().filter(|w| is_word(w));
    words.map(str::to_lowercase).collect()
}

/// The words, however they are spaced.
fn unspaced(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn pairs(words: &[String]) -> Features<'_> {
    let single = words.iter().map(|w| (w.as_str(), ""));
    let next = words.iter().skip(1).map(String::as_str);
    single
        .chain(words.iter().map(String::as_str).zip(next))
        .collect()
}

/// How much two clauses have in common, in thousandths.
fn likeness(a: &Features<'_>, b: &Features<'_>) -> usize {
    let common = a.intersection(b).count();
    (2000 * common).checked_div(a.len() + b.len()).unwrap_or(0)
}

struct Matching {
    of_new: Vec<Option<usize>>,
    of_old: Vec<Option<usize>>,
}

impl Matching {
    fn tie(&mut self, old: usize, new: usize) {
        if let (Some(a), Some(b)) = (self.of_old.get_mut(old), self.of_new.get_mut(new)) {
            (*a, *b) = (Some(new), Some(old));
        }
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        let free = |all: &[Option<usize>], n: usize| all.get(n).is_some_and(Option::is_none);
        free(&self.of_old, old) && free(&self.of_new, new)
    }

    /// Clauses with the same words, the first with the first.
    fn equal(&mut self, old: &[Side<'_>], new: &[Side<'_>]) {
        let mut places: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for (n, side) in old.iter().enumerate().rev() {
            places.entry(unspaced(side.text)).or_default().push(n);
        }
        for (n, side) in new.iter().enumerate() {
            if let Some(of) = places.get_mut(&unspaced(side.text)).and_then(Vec::pop) {
                self.tie(of, n);
            }
        }
    }

    /// The likest first.
    fn like(
        &mut self,
        old: &[Features<'_>],
        new: &[Features<'_>],
        same_kind: impl Fn(usize, usize) -> bool,
    ) {
        let mut index: BTreeMap<&(&str, &str), Vec<usize>> = BTreeMap::new();
        for (n, features) in old.iter().enumerate() {
            for feature in features {
                let places = index.entry(feature).or_default();
                if places.len() <= CLAUSES {
                    places.push(n);
                }
            }
        }
        let mut candidates = Vec::new();
        for (b, features) in new.iter().enumerate() {
            let places = features.iter().filter_map(|f| index.get(f));
            let near: BTreeSet<usize> = places
                .filter(|p| p.len() <= CLAUSES)
                .flatten()
                .copied()
                .filter(|a| self.is_free(*a, b))
                .collect();
            for a in near {
                let Some(was) = old.get(a) else { continue };
                let like = likeness(was, features);
                if like >= LIKE {
                    let other = !same_kind(a, b);
                    candidates.push((std::cmp::Reverse(like), other, a.abs_diff(b), a, b));
                }
            }
        }
        candidates.sort_unstable();
        for (_, _, _, a, b) in candidates {
            if self.is_free(a, b) {
                self.tie(a, b);
            }
        }
    }

    /// A clause between two neighbours that are known, where one clause stood between the same.
    fn in_place(
        &mut self,
        old: &[Features<'_>],
        new: &[Features<'_>],
        same_kind: impl Fn(usize, usize) -> bool,
    ) {
        for (b, features) in new.iter().enumerate() {
            let before = match b.checked_sub(1) {
                None => Some(0),
                Some(n) => self.of_new.get(n).copied().flatten().map(|a| a + 1),
            };
            let after = match self.of_new.get(b + 1) {
                None => Some(old.len()),
                Some(after) => *after,
            };
            let (Some(a), Some(after)) = (before, after) else {
                continue;
            };
            let alone = after == a + 1 && self.is_free(a, b) && same_kind(a, b);
            let like = |was| likeness(was, features) >= LIKE_IN_PLACE;
            if alone && old.get(a).is_some_and(like) {
                self.tie(a, b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each new clause by the number of the old one that it is; `-` for none.
    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &str) {
        let side = |text: &&'static str| Side {
            kind: Kind::Operative,
            text,
        };
        let texts = |t: &[&str]| -> Vec<&'static str> {
            t.iter().map(|t| &*t.to_string().leak()).collect()
        };
        let (old, new) = (texts(old), texts(new));
        let (old, new): (Vec<_>, Vec<_>) = (
            old.iter().map(side).collect(),
            new.iter().map(side).collect(),
        );
        let found: Vec<_> = matched(&old, &new)
            .into_iter()
            .map(|of| of.map_or("-".to_owned(), |n| n.to_string()))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    const LAKES: &str = "Decides to protect the lakes of the region from pollution by industry";
    const FISH: &str = "Requests the secretariat to count the fish every year and to report";
    const FUND: &str = "Invites all donors to contribute to the fund for wetlands";

    #[test]
    fn clauses_are_known_again_wherever_they_stand() {
        check(&[LAKES, FISH, FUND], &[FUND, LAKES, FISH], "2 0 1");
        check(
            &[LAKES, FISH, FUND],
            &[
                "Invites all donors to contribute generously to the fund for wetlands",
                "Urges silence",
                "Decides to protect the lakes and rivers of the region from pollution",
            ],
            "2 - 0",
        );
    }

    #[test]
    fn equal_clauses_are_taken_in_order() {
        check(&["Also", LAKES, "Also"], &["Also", "Also", LAKES], "0 2 1");
    }

    #[test]
    fn between_known_neighbours_less_is_enough() {
        check(
            &[LAKES, "Requests a report on fish", FUND],
            &[LAKES, "Urges that a report be made", FUND],
            "0 1 2",
        );
        check(
            &[LAKES, "Requests a report", FUND],
            &[LAKES, "Thanks Averland", FUND],
            "0 - 2",
        );
    }

    #[test]
    fn chinese_clauses_are_known_again() {
        check(
            &["决定每年审查本宣言的执行情况", "请秘书处向会议提交报告"],
            &[
                "请秘书处向下届会议提交书面报告",
                "决定每两年审查本宣言的执行情况",
            ],
            "1 0",
        );
    }
}
