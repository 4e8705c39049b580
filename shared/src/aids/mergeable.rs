//! Proposals that say the same or nearly the same, and could be one.
//!
//! A help for streamlining, nothing more: two proposals become one when one sponsor withdraws and joins the other. So
//! everybody who sponsors either would have to agree.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, capture_diff_slices};
use utoipa::ToSchema;

use super::words;
use crate::acts::Amendment;
use crate::draft::{Draft, Manuscript, Proposal};
use crate::ids::{ClauseId, DelegationId, Language, ProposalId};
use crate::numbering::{labels, proposal_label};
use crate::redline::words::split;

/// Near enough to be shown: four words of five.
const NEAR: [u64; 2] = [4, 5];
/// More pairs of words than this are not compared: `shared` knows no clock that could stop a long search.
const PAIRS: usize = 9_000_000;

/// Two proposals at one place that could be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mergeable {
    /// The proposals, the earlier one first.
    pub proposals: [ProposalId; 2],
    /// The clause that they stand at; none if both want to come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// How much of what they say is the same, in the language negotiated in, as a fraction of two whole numbers: twice the
    /// words in common, of the words of both. `[6, 6]` is everything.
    pub same: [u64; 2],
    /// Whether they ask for exactly the same, in every language.
    pub identical: bool,
    /// Who would have to agree: the sponsors of both, in the order of their codes.
    pub sponsors: Vec<DelegationId>,
    /// The same as a sentence.
    pub sentence: String,
}

/// The pairs of live proposals that could be one, in the order in which they were made.
pub fn mergeable(draft: &Draft, manuscript: &Manuscript) -> Vec<Mergeable> {
    let labels = labels(draft, manuscript);
    let mut live: Vec<_> = draft
        .proposals
        .iter()
        .filter(|(_, p)| p.is_live())
        .collect();
    live.sort_by_key(|(id, p)| (p.seq, *id));
    let mut found = Vec::new();
    for (n, (a, first)) in live.iter().enumerate() {
        for (b, second) in live.iter().skip(n + 1) {
            let Some((same, identical)) = compared(draft, manuscript, (a, first), (b, second))
            else {
                continue;
            };
            let [common, all] = same;
            if all == 0 || common * NEAR[1] < all * NEAR[0] {
                continue;
            }
            let mut sponsors: Vec<_> = [first, second]
                .iter()
                .flat_map(|p| std::iter::once(&p.by).chain(&p.cosponsors))
                .cloned()
                .collect();
            sponsors.sort();
            sponsors.dedup();
            let label = |id, p| format!("{} ({id})", proposal_label(draft, &labels, id, p));
            let alike = if identical {
                "ask for the same".to_owned()
            } else {
                format!("are nearly the same ({common} of {all} words)")
            };
            let agree = match sponsors.len() {
                1 => "one can be withdrawn by".to_owned(),
                _ => "to make them one needs".to_owned(),
            };
            found.push(Mergeable {
                sentence: format!(
                    "{} and {} {alike}: {agree} {}.",
                    label(a, first),
                    label(b, second),
                    words::delegations(&draft.seats, &sponsors)
                ),
                proposals: [(*a).clone(), (*b).clone()],
                clause: first.stands_at().cloned(),
                same,
                identical,
                sponsors,
            });
        }
    }
    found
}

/// How alike two proposals at one place are; none if they are not for the same kind of thing at the same place.
fn compared(
    draft: &Draft,
    manuscript: &Manuscript,
    (a, first): (&ProposalId, &Proposal),
    (b, second): (&ProposalId, &Proposal),
) -> Option<([u64; 2], bool)> {
    let of = |id: &ProposalId, language: &Language| -> String {
        let texts = manuscript.proposals.get(id);
        let text = texts.and_then(|t| t.get(language));
        text.map_or_else(String::new, |t| t.trim().to_owned())
    };
    let negotiated = draft.negotiated()?;
    let standing = match (&first.amendment, &second.amendment) {
        (Amendment::Delete { clause: x }, Amendment::Delete { clause: y }) => {
            return (x == y).then_some(([1, 1], true));
        }
        (
            Amendment::Move {
                clause: x,
                after: to,
            },
            Amendment::Move {
                clause: y,
                after: there,
            },
        ) => {
            return (x == y && to == there).then_some(([1, 1], true));
        }
        (Amendment::Replace { clause: x }, Amendment::Replace { clause: y }) if x == y => {
            let paragraph = manuscript.clauses.get(x)?;
            paragraph.text.get(negotiated).map_or("", |t| &**t)
        }
        (
            Amendment::InsertAfter {
                clause: x,
                kind,
                level,
                ..
            },
            Amendment::InsertAfter {
                clause: y,
                kind: k,
                level: l,
                ..
            },
        ) if x == y && kind == k && level == l => "",
        _ => return None,
    };
    let identical = draft.languages().all(|l| of(a, l) == of(b, l));
    let same = similarity(standing, &of(a, negotiated), &of(b, negotiated))?;
    Some((same, identical))
}

/// Twice the words that two wordings have in common, of all their words. What both share with the beginning and the end of
/// the words that stand says nothing of what they want, and is left out; letters count as they are, signs between
/// words do not. None if there are too many to compare.
fn similarity(standing: &str, a: &str, b: &str) -> Option<[u64; 2]> {
    fn content(text: &str) -> Vec<&str> {
        let words = split(text).into_iter();
        words
            .filter(|w| w.contains(char::is_alphanumeric))
            .collect()
    }
    let (standing, a, b) = (content(standing), content(a), content(b));
    let common = |x: &mut dyn Iterator<Item = (&str, (&str, &str))>| {
        x.take_while(|(s, (a, b))| s == a && s == b).count()
    };
    let before = common(
        &mut standing
            .iter()
            .copied()
            .zip(a.iter().copied().zip(b.iter().copied())),
    );
    let rest = |words: &[&str]| words.len() - before;
    let most = rest(&standing).min(rest(&a)).min(rest(&b));
    let after = common(
        &mut standing
            .iter()
            .rev()
            .copied()
            .zip(a.iter().rev().copied().zip(b.iter().rev().copied()))
            .take(most),
    );
    let a = a.get(before..a.len() - after)?;
    let b = b.get(before..b.len() - after)?;
    if a.len().saturating_mul(b.len()) > PAIRS {
        return None;
    }
    if a.is_empty() && b.is_empty() {
        // Both ask for the same words, and differ by signs at most.
        return Some([1, 1]);
    }
    let same: usize = capture_diff_slices(Algorithm::Myers, a, b)
        .iter()
        .flat_map(|op| op.iter_changes(a, b))
        .filter(|change| change.tag() == ChangeTag::Equal)
        .count();
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Some([number(2 * same), number(a.len() + b.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, delete, insert_after, replace};
    use serde_json::json;

    fn found(room: &Room) -> Vec<String> {
        let found = mergeable(&room.draft, &room.manuscript).into_iter();
        found.map(|m| m.sentence).collect()
    }

    #[track_caller]
    fn check(standing: &str, a: &str, b: &str, same: [u64; 2]) {
        assert_eq!(similarity(standing, a, b), Some(same), "{a} | {b}");
        assert_eq!(similarity(standing, b, a), Some(same), "{b} | {a}");
    }

    #[test]
    fn what_both_share_with_the_standing_words_says_nothing() {
        let standing = "Decides to meet annually in Lakeside;";
        check(
            standing,
            "Decides to meet monthly in Lakeside;",
            "Decides to meet weekly in Lakeside;",
            [0, 2],
        );
        check(
            standing,
            "Decides to meet every two years;",
            "Decides to meet every two years",
            [6, 6],
        );
        check("", "States shall report", "States should report", [4, 6]);
        check(
            "各国应每年提交报告。",
            "各国应每两年提交报告。",
            "各国应每两年提交报告",
            [6, 6],
        );
        check("a b", "a b c", "a b c", [2, 2]);
        check("a b c", "a c", "a c", [1, 1]);
    }

    #[test]
    fn the_same_words_twice_need_all_sponsors() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet every two years;"));
        room.does("MRD", &replace("op-1", "Decides to meet every two years;"));
        room.does("TSL", &json!({"cosponsor": {"proposal": "p2"}}));
        assert_eq!(
            found(&room),
            [
                "OP1 alt 1 (p1) and OP1 alt 2 (p2) ask for the same: to make them one needs AVR, MRD and TSL."
            ]
        );
        room.does("AVR", &json!({"withdraw": {"proposal": "p1"}}));
        assert!(found(&room).is_empty());
    }

    #[test]
    fn nearly_the_same_is_told_in_words_and_different_things_are_not_compared() {
        let mut room = Room::sitting();
        room.does(
            "AVR",
            &insert_after("op-1", "Invites all States to report soon;"),
        );
        room.does(
            "MRD",
            &insert_after("op-1", "Invites all States to report;"),
        );
        room.does(
            "TSL",
            &insert_after("op-2", "Invites all States to report;"),
        );
        room.does("TSL", &replace("op-1", "Invites all States to report;"));
        assert_eq!(
            found(&room),
            [
                "OP1 bis (p1) and OP1 ter (p2) are nearly the same (10 of 11 words): to make them one needs AVR and MRD."
            ]
        );
        let pair = &mergeable(&room.draft, &room.manuscript)[0];
        assert!(!pair.identical && pair.same == [10, 11]);
    }

    #[test]
    fn alternatives_that_differ_in_substance_are_no_pair() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does("MRD", &replace("op-1", "Decides to meet every two years;"));
        assert!(found(&room).is_empty());
    }

    #[test]
    fn two_deletions_of_one_clause_ask_for_the_same() {
        let mut room = Room::sitting();
        room.does("AVR", &delete("op-1"));
        room.does("AVR", &delete("op-2"));
        room.does("AVR", &delete("op-2"));
        let pairs = mergeable(&room.draft, &room.manuscript);
        assert_eq!(pairs.len(), 1);
        assert!(pairs[0].identical);
        assert!(
            pairs[0].sentence.ends_with("one can be withdrawn by AVR."),
            "{}",
            pairs[0].sentence
        );
    }

    #[test]
    fn a_translation_that_differs_makes_them_nearly_the_same() {
        let mut room = Room::sitting();
        let bilingual = |fr: &str| {
            json!({"propose": {
                "amendment": {"replace": {"clause": "op-1"}},
                "text": {"en": "Decides to meet every two years;", "fr": fr},
            }})
        };
        room.does("AVR", &bilingual("Décide de se réunir tous les deux ans;"));
        room.does("MRD", &bilingual("Décide de se réunir un an sur deux;"));
        let pairs = mergeable(&room.draft, &room.manuscript);
        assert!(!pairs[0].identical);
        assert_eq!(pairs[0].same[0], pairs[0].same[1]);
    }
}
