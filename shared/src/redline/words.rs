//! The words of a wording, as a redline counts them.
//!
//! They are those of Unicode, with dictionaries for the scripts that put no space between them, and joined where nobody
//! would mark a part of them: a number with its thousands, its percent or currency sign, `short-term`, `(a)`, and the
//! symbol of a document, `A/CONF.1/L.2/Rev.1`.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

/// Letters of what stands in brackets as the mark of a sub-paragraph: `(a)`, `(xviii)`.
const MARK: usize = 5;

/// Splits a wording into words and what stands between them; joined again, the pieces are the wording.
pub(crate) fn split(text: &str) -> Vec<&str> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let mut breaks = SEGMENTER.segment_str(text);
    let Some(mut start) = breaks.next() else {
        return Vec::new();
    };
    let mut joining = Joining {
        text,
        ranges: Vec::new(),
        emphasis: Emphasis::None,
    };
    for end in breaks {
        joining.take(start..end);
        start = end;
    }
    let ranges = joining.ranges.into_iter();
    ranges.filter_map(|range| text.get(range)).collect()
}

/// Whether it is a word or a number, and not a sign or a space.
pub(crate) fn is_word(piece: &str) -> bool {
    piece.contains(char::is_alphanumeric)
}

/// Whether it is nothing but space.
pub(crate) fn is_blank(piece: &str) -> bool {
    piece.chars().all(char::is_whitespace)
}

/// How many letters it has; those of scripts that need a character for a syllable or a word count double.
pub(crate) fn weight(piece: &str) -> usize {
    let weight = |c: char| if c >= '\u{2E80}' { 2 } else { 1 };
    piece.chars().map(weight).sum()
}

/// Whether words are emphasised at this point, and how far that has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Emphasis {
    None,
    /// Its first word is to come.
    Begun,
    Within,
}

struct Joining<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
    emphasis: Emphasis,
}

impl<'a> Joining<'a> {
    fn take(&mut self, next: Range<usize>) {
        self.ranges.push(next);
        if self.emphasised() {
            self.join(2);
        }
        while let Some(pieces) = self.joined() {
            self.join(pieces);
        }
    }

    fn join(&mut self, pieces: usize) {
        let keep = self.ranges.len().saturating_sub(pieces);
        let (first, last) = (self.ranges.get(keep), self.ranges.last());
        if let Some((first, last)) = first.zip(last) {
            let joined = first.start..last.end;
            self.ranges.truncate(keep);
            self.ranges.push(joined);
        }
    }

    /// Whether the last piece belongs to the one before by an asterisk: a redline that parted them would emphasise the
    /// wrong words.
    fn emphasised(&mut self) -> bool {
        let (last, before) = (self.back(0), self.back(1));
        let word = |s: &str| !s.is_empty() && !is_blank(s);
        let (next, joins) = match (last == "*", self.emphasis) {
            // The second asterisk at the end of what is set in bold.
            (true, Emphasis::None) if before.len() > 1 && before.ends_with('*') => {
                (Emphasis::None, true)
            }
            (true, Emphasis::None) => (Emphasis::Begun, false),
            (true, Emphasis::Begun) => (Emphasis::Begun, true),
            (true, Emphasis::Within) => (Emphasis::None, word(before)),
            (false, Emphasis::Begun) if !word(last) => (Emphasis::None, false),
            (false, Emphasis::Begun) => (Emphasis::Within, true),
            (false, emphasis) => (emphasis, false),
        };
        self.emphasis = next;
        joins
    }

    /// The piece that is so many before the last.
    fn back(&self, n: usize) -> &'a str {
        let place = self.ranges.len().checked_sub(n + 1);
        let range = place.and_then(|n| self.ranges.get(n));
        range
            .and_then(|r| self.text.get(r.clone()))
            .unwrap_or_default()
    }

    /// How many of the last pieces are one word.
    fn joined(&self) -> Option<usize> {
        let [last, second, third] = [self.back(0), self.back(1), self.back(2)];
        // A space, and a word behind one: what most pieces are, and none is joined to others.
        let letter = |s: &str| s.starts_with(|c: char| c.is_ascii_alphabetic());
        if last == " " || (second == " " && letter(last)) {
            return None;
        }
        let pair = (is_number(second) && is_unit(last))
            || (is_currency(second) && is_number(last))
            || (second.ends_with(['°', 'º']) && matches!(last, "C" | "F"))
            || (is_run(second) && second.ends_with(last) && last.chars().count() == 1);
        if pair {
            return Some(2);
        }
        let thousands =
            is_number(third) && is_space(second) && is_number(last) && last.chars().count() == 3;
        let unit = is_number(third) && is_space(second) && is_unit(last);
        let mark = third == "(" && last == ")" && is_mark(second);
        (thousands || unit || mark || is_compound(third, second, last)).then_some(3)
    }
}

fn is_number(s: &str) -> bool {
    s.ends_with(char::is_numeric)
        && s.trim_start_matches(is_currency_sign)
            .starts_with(char::is_numeric)
}

fn is_unit(s: &str) -> bool {
    matches!(s, "%" | "‰" | "٪" | "°" | "€" | "£")
}

fn is_currency(s: &str) -> bool {
    s.chars().count() == 1 && s.chars().all(is_currency_sign)
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '￥')
}

/// A space that stands within numbers.
fn is_space(s: &str) -> bool {
    matches!(s, " " | "\u{A0}" | "\u{2009}" | "\u{202F}")
}

/// Signs that stand several together: `...`, `——`.
fn is_run(s: &str) -> bool {
    let first = s.chars().next();
    first.is_some_and(|c| matches!(c, '.' | '…' | '-' | '—' | '_') && s.chars().all(|d| d == c))
}

fn is_mark(s: &str) -> bool {
    s.chars().all(char::is_alphanumeric) && s.chars().count() <= MARK && s.is_ascii()
}

/// `short-term`, `and/or`, `A/CONF.1`: parts that nothing but a sign stands between.
fn is_compound(first: &str, sign: &str, last: &str) -> bool {
    let part = |s: &str| s.contains(char::is_alphanumeric);
    let ends = |s: &str| s.ends_with(char::is_alphanumeric);
    let begins = |s: &str| s.starts_with(char::is_alphanumeric);
    // Scripts that put no space between words put none around signs either.
    let spaced = |s: &str| s.chars().all(|c| c < '\u{2E80}');
    if !(part(first) && part(last) && ends(first) && begins(last) && spaced(first) && spaced(last))
    {
        return false;
    }
    let both_numbers = is_number(first) && is_number(last);
    match sign {
        "/" | "." => true,
        // From one number to another: either may change.
        "-" | "\u{2010}" | "\u{2011}" => !both_numbers,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found = split(text);
        assert_eq!(found.concat(), text);
        let found: Vec<_> = found.into_iter().filter(|p| !is_blank(p)).collect();
        assert_eq!(found, words);
    }

    #[test]
    fn numbers_are_one_word_each() {
        check(
            "at 2.5 % of 1\u{A0}200 000",
            &["at", "2.5 %", "of", "1\u{A0}200 000"],
        );
        check("US$1,000 or 5€", &["US", "$1,000", "or", "5€"]);
        check(
            "by 1.5 °C in 2025-2030",
            &["by", "1.5 °C", "in", "2025", "-", "2030"],
        );
        check("بنسبة ٢٫٥٪", &["بنسبة", "٢٫٥٪"]);
        check("24小时内", &["24", "小时", "内"]);
    }

    #[test]
    fn compounds_marks_and_symbols_are_one_word_each() {
        check("long-term and/or", &["long-term", "and/or"]);
        check(
            "(a) see (the text)",
            &["(a)", "see", "(", "the", "text", ")"],
        );
        check("A/CONF.1/L.2/Rev.1.", &["A/CONF.1/L.2/Rev.1", "."]);
        check("and so on... Then", &["and", "so", "on", "...", "Then"]);
        check("l’État d'urgence", &["l’État", "d'urgence"]);
        check("*Also requests* it", &["*Also", "requests*", "it"]);
        check("兹*决定*每年", &["兹", "*决定*", "每年"]);
        check("**Bold** 2 * 3", &["**Bold**", "2", "*", "3"]);
    }

    #[test]
    fn words_without_spaces_are_words_too() {
        assert!(split("ประเทศไทยเสนอรายงาน").len() > 2);
        assert!(split("各国は毎年報告を提出する").len() > 4);
    }
}
