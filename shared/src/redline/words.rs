//! Differences within a wording, word by word.
//!
//! Words are those of Unicode, with dictionaries for the scripts that put no space between them. A number is one word,
//! with its thousands and its percent sign.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// How large a table of words against words may get. Larger differences are told as one replacement of the whole, since
/// `shared` knows no clock that could stop a long search.
const PAIRS: usize = 9_000_000;

/// Splits a wording into words and what stands between them; joined again, the pieces are the wording.
pub(crate) fn split(text: &str) -> Vec<&str> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let breaks: Vec<usize> = SEGMENTER.segment_str(text).collect();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, end) in breaks.iter().copied().zip(breaks.iter().skip(1).copied()) {
        ranges.push(start..end);
        join_number(text, &mut ranges);
    }
    ranges
        .into_iter()
        .filter_map(|range| text.get(range))
        .collect()
}

/// Joins the last pieces if they are one number: `1 000`, `2.5 %`.
fn join_number(text: &str, ranges: &mut Vec<Range<usize>>) {
    let piece = |r: &Range<usize>| text.get(r.clone()).unwrap_or_default();
    let number = |s: &str| s.starts_with(char::is_numeric) && s.ends_with(char::is_numeric);
    let percent = |s: &str| matches!(s, "%" | "‰" | "٪");
    let space = |s: &str| matches!(s, " " | "\u{A0}" | "\u{2009}" | "\u{202F}");
    let joined = match ranges.as_slice() {
        [.., a, b, c] if number(piece(a)) && space(piece(b)) => {
            let thousands = number(piece(c)) && piece(c).chars().count() == 3;
            (thousands || percent(piece(c))).then_some((3, a.start..c.end))
        }
        _ => None,
    };
    let joined = joined.or_else(|| match ranges.as_slice() {
        [.., a, b] if number(piece(a)) && percent(piece(b)) => Some((2, a.start..b.end)),
        _ => None,
    });
    if let Some((pieces, range)) = joined {
        ranges.truncate(ranges.len() - pieces);
        ranges.push(range);
    }
}

/// A stretch of old words that became a stretch of new ones; either may be empty, not both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// The differences between two sequences of words, in order. Between them, the words are the same.
pub(crate) fn differences(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (tail(old, before), tail(new, before));
    let after = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let old_middle = old_rest.get(..old_rest.len() - after).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - after).unwrap_or_default();
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    let whole = Hunk {
        old: 0..old_middle.len(),
        new: 0..new_middle.len(),
    };
    let hunks = if old_middle.len().saturating_mul(new_middle.len()) > PAIRS {
        vec![whole]
    } else {
        capture_diff_slices(Algorithm::Myers, old_middle, new_middle)
            .into_iter()
            .filter(|op| op.tag() != DiffTag::Equal)
            .map(|op| Hunk {
                old: op.old_range(),
                new: op.new_range(),
            })
            .collect()
    };
    gather(hunks, old_middle, new_middle)
        .into_iter()
        .map(|hunk| Hunk {
            old: hunk.old.start + before..hunk.old.end + before,
            new: hunk.new.start + before..hunk.new.end + before,
        })
        .collect()
}

fn tail<'a, 'b>(words: &'a [&'b str], from: usize) -> &'a [&'b str] {
    words.get(from..).unwrap_or_default()
}

/// Joins differences that are parted by less than half of what they change: a comma or an "and" that two sentences happen to share
/// should not chop the new one into pieces.
fn gather(hunks: Vec<Hunk>, old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let size = |words: &[&str], range: &Range<usize>| -> usize {
        let range = words.get(range.clone()).unwrap_or_default();
        range.iter().map(|w| w.chars().count()).sum()
    };
    let weight = |hunk: &Hunk| size(old, &hunk.old).max(size(new, &hunk.new));
    let mut gathered: Vec<(Hunk, usize)> = Vec::new();
    for next in hunks {
        let mut next = (next.clone(), weight(&next));
        while let Some((last, last_weight)) = gathered.pop() {
            let shared = last.old.end..next.0.old.start;
            let length = size(old, &shared);
            let words = old.get(shared).unwrap_or_default();
            let words = words
                .iter()
                .filter(|w| w.contains(char::is_alphanumeric))
                .count();
            if words > 3 || 2 * length >= last_weight.min(next.1) {
                gathered.push((last, last_weight));
                break;
            }
            let joined = Hunk {
                old: last.old.start..next.0.old.end,
                new: last.new.start..next.0.new.end,
            };
            next = (joined.clone(), weight(&joined));
        }
        gathered.push(next);
    }
    gathered.into_iter().map(|(hunk, _)| hunk).collect()
}

#[cfg(test)]
mod tests {
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
    fn words_without_spaces_are_words_too() {
        check(
            "各国应每年提交报告。",
            "各国应每两年提交报告。",
            "各国应[每年|每两年]提交报告。",
        );
        assert!(split("ประเทศไทยเสนอรายงาน").len() > 2);
        assert!(split("各国は毎年報告を提出する").len() > 4);
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
    fn a_difference_too_large_to_search_is_one_replacement() {
        let old = "a ".repeat(4000);
        let new = "b ".repeat(4000);
        let hunks = differences(&split(&old), &split(&new));
        assert_eq!(hunks.len(), 1);
    }

    #[test]
    fn equal_texts_have_no_difference() {
        check("", "", "");
        check("same", "same", "same");
        check("", "new", "[|new]");
    }
}
