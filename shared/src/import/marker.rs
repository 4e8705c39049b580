//! The marks of sub-paragraphs, `(a)` and `(i)`: reading them, writing them, and telling the letter i from the number one.

use crate::numbering::roman;

/// How a mark counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Letters,
    Numerals,
}

/// What has been counted since the last numbered paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Markers {
    /// The style that the sub-paragraphs began with; the other style is one level deeper.
    outer: Option<Style>,
    /// The last count at level 2 and at level 3.
    last: (usize, usize),
    /// The level of the last sub-paragraph.
    level: u8,
}

impl Markers {
    /// The level that this mark stands for here.
    ///
    /// `(i)`, `(v)`, `(x)` and `(l)` are letters if a letter is due at the outer level, and numerals otherwise; where
    /// both are due, the mark goes with the sub-paragraph right before it.
    pub(crate) fn level_of(&self, mark: &str) -> u8 {
        let Some(outer) = self.outer else { return 2 };
        let level = |style| if style == outer { 2 } else { 3 };
        let (letter, numeral) = match (letter_value(mark), numeral_value(mark)) {
            (Some(letter), Some(numeral)) => (letter, numeral),
            (None, Some(_)) => return level(Style::Numerals),
            (Some(_) | None, None) => return level(Style::Letters),
        };
        let due = |style, value| match level(style) {
            2 => value == self.last.0 + 1,
            _ => value == if self.level == 3 { self.last.1 + 1 } else { 1 },
        };
        match (due(Style::Letters, letter), due(Style::Numerals, numeral)) {
            (true, false) => level(Style::Letters),
            (false, true) => level(Style::Numerals),
            (true, true) if self.level == 2 => 2,
            (true, true) => 3,
            (false, false) => level(Style::Numerals),
        }
    }

    /// Counts the sub-paragraph.
    pub(crate) fn count(&mut self, mark: &str, level: u8) {
        let (letter, numeral) = (letter_value(mark), numeral_value(mark));
        let outer = *self.outer.get_or_insert(match (letter, numeral) {
            (None, Some(_)) | (_, Some(1)) => Style::Numerals,
            _ => Style::Letters,
        });
        let value = |level: u8| match (level == 2, outer) {
            (true, Style::Letters) | (false, Style::Numerals) => letter.or(numeral),
            (true, Style::Numerals) | (false, Style::Letters) => numeral.or(letter),
        };
        match level {
            2 => self.last = (value(2).unwrap_or(0), 0),
            _ => self.last.1 = value(3).unwrap_or(0),
        }
        self.level = level;
    }
}

/// Splits `(a) text` into the mark and the text.
pub(crate) fn split(line: &str) -> Option<(&str, &str)> {
    let (mark, rest) = line.strip_prefix('(')?.split_once(')')?;
    let known = letter_value(mark).is_some() || numeral_value(mark).is_some();
    let apart = rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    (known && apart).then(|| (mark, rest.trim_start_matches([' ', '\t', '\n'])))
}

/// a, b, … z as 1, 2, … 26, and then either aa, ab, … or aa, bb, …: both are in use.
fn letter_value(mark: &str) -> Option<usize> {
    let mut letters = mark
        .bytes()
        .map(|b| b.is_ascii_lowercase().then(|| usize::from(b - b'a')));
    match (letters.next()?, letters.next(), letters.next()) {
        (Some(one), None, None) => Some(one + 1),
        (Some(round), Some(Some(one)), None) if round == 0 || round == one => Some(one + 27),
        _ => None,
    }
}

fn numeral_value(mark: &str) -> Option<usize> {
    let signs: [(&str, usize); 7] = [
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let mut rest = mark;
    let mut total = 0;
    for (sign, value) in signs {
        while let Some(shorter) = rest.strip_prefix(sign) {
            rest = shorter;
            total += value;
        }
    }
    (total > 0 && rest.is_empty() && roman(total) == mark).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbering::letter;

    #[track_caller]
    fn check(marks: &str, levels: &[u8]) {
        let mut markers = Markers::default();
        let read: Vec<u8> = marks
            .split_whitespace()
            .map(|mark| {
                let level = markers.level_of(mark);
                markers.count(mark, level);
                level
            })
            .collect();
        assert_eq!(read, levels, "{marks}");
    }

    #[test]
    fn the_letter_i_follows_h_and_the_numeral_i_follows_any_other_letter() {
        check("a b c d e f g h i j", &[2; 10]);
        check("a i ii iii b i ii", &[2, 3, 3, 3, 2, 3, 3]);
        check("t u v w x y z aa bb", &[2; 9]);
    }

    #[test]
    fn v_and_x_go_with_the_numerals_before_them() {
        check("a i ii iii iv v vi", &[2, 3, 3, 3, 3, 3, 3]);
        check(
            "b i ii iii iv v vi vii viii ix x xi c",
            &[2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2],
        );
        check("u i ii iii v", &[2, 3, 3, 3, 2]);
        check("h i ii", &[2, 2, 3]);
    }

    #[test]
    fn numerals_without_letters_are_the_outer_level() {
        check("i ii iii", &[2, 2, 2]);
        check("i a b ii a", &[2, 3, 3, 2, 3]);
    }

    #[test]
    fn a_mark_is_split_from_its_text_and_nothing_else_is() {
        assert_eq!(split("(iv) Reports;"), Some(("iv", "Reports;")));
        assert_eq!(split("(a)"), Some(("a", "")));
        assert_eq!(split("(annually) reports"), None);
        assert_eq!(split("(a)b"), None);
        assert_eq!(split("(A) b"), None);
    }

    #[test]
    fn marks_are_read_as_they_are_written() {
        for n in 1..=52 {
            assert_eq!(letter_value(&letter(n)), Some(n));
            assert_eq!(numeral_value(&roman(n)), Some(n));
        }
    }
}
