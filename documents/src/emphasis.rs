//! What is emphasised in a wording: `*Decides*` is set in italics, `**nothing**` in bold.

use plenary_shared::redline::{Op, Segment};

/// How a letter is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// In italics.
    pub italic: bool,
    /// In bold.
    pub bold: bool,
    /// It is an asterisk that says how others are set.
    pub hidden: bool,
}

/// How each letter of the wording is set. An asterisk without its partner is one.
pub fn settings(text: &str) -> Vec<Setting> {
    let letters: Vec<char> = text.chars().collect();
    let mut settings = vec![Setting::default(); letters.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        if *c != '*' {
            at += 1;
            continue;
        }
        let stars = letters.iter().skip(at).take_while(|c| **c == '*').count();
        let solid = |place: Option<usize>| {
            let letter = place.and_then(|n| letters.get(n));
            letter.is_some_and(|c| !c.is_whitespace())
        };
        let (before, after) = (solid(at.checked_sub(1)), solid(Some(at + stars)));
        let partner = open.iter().rposition(|(_, n)| *n == stars);
        match partner.filter(|_| before) {
            Some(partner) => {
                let (start, _) = open.swap_remove(partner);
                open.truncate(partner);
                set(&mut settings, start, at, stars);
            }
            None if after && stars <= 3 => open.push((at, stars)),
            None => {}
        }
        at += stars;
    }
    settings
}

/// The segments, each with how its letters are set in the earlier wording and in the later one; in a wording that does not
/// have them, nothing.
pub fn of_segments(segments: &[Segment]) -> Vec<(&Segment, Vec<Setting>, Vec<Setting>)> {
    let without = |op: Op| {
        let told = segments.iter().filter(|s| s.op != op);
        settings(&told.map(|s| s.text.as_str()).collect::<String>())
    };
    let (mut old, mut new) = (without(Op::Ins).into_iter(), without(Op::Del).into_iter());
    let set = segments.iter().map(|segment| {
        let length = segment.text.chars().count();
        let take = |all: &mut std::vec::IntoIter<Setting>, not: Op| {
            let there = if segment.op == not { 0 } else { length };
            all.take(there).collect()
        };
        (segment, take(&mut old, Op::Ins), take(&mut new, Op::Del))
    });
    set.collect()
}

fn set(settings: &mut [Setting], start: usize, end: usize, stars: usize) {
    for marks in [start..start + stars, end..end + stars] {
        for setting in settings.get_mut(marks).into_iter().flatten() {
            setting.hidden = true;
        }
    }
    for setting in settings.get_mut(start + stars..end).into_iter().flatten() {
        setting.italic |= stars != 2;
        setting.bold |= stars >= 2;
    }
}

/// The wording as it is read: without the asterisks that only set it.
pub fn read(text: &str) -> String {
    let letters = text.chars().zip(settings(text));
    letters.filter(|(_, s)| !s.hidden).map(|(c, _)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Italics are shown as `_`, bold as `+`.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        for (c, setting) in text.chars().zip(settings(text)).filter(|(_, s)| !s.hidden) {
            out.extend(setting.italic.then_some('_'));
            out.extend(setting.bold.then_some('+'));
            out.push(c);
        }
        assert_eq!(out, expected);
    }

    #[test]
    fn what_stands_between_asterisks_is_emphasised() {
        check("*Ab* c", "_A_b c");
        check("**Ab** c", "+A+b c");
        check("***A*** b", "_+A b");
        check("兹*决定*每年", "兹_决_定每年");
        check("*A **b** c*", "_A_ _+b_ _c");
    }

    #[test]
    fn emphasis_may_begin_and_end_in_different_segments() {
        let segment = |op, text: &str| Segment {
            op,
            text: text.into(),
            with: None,
            hand: None,
        };
        let segments = [
            segment(Op::Same, "*Decides "),
            segment(Op::Del, "also* to"),
            segment(Op::Ins, "to*"),
        ];
        let read: Vec<(String, String)> = of_segments(&segments)
            .into_iter()
            .map(|(_, old, new)| {
                let told = |s: &Setting| match s {
                    Setting { hidden: true, .. } => '*',
                    Setting { italic: true, .. } => '_',
                    _ => '.',
                };
                (
                    old.iter().map(told).collect(),
                    new.iter().map(told).collect(),
                )
            })
            .collect();
        let expected = [("*________", "*________"), ("____*...", ""), ("", "__*")];
        let expected = expected.map(|(old, new)| (old.to_owned(), new.to_owned()));
        assert_eq!(read, expected);
    }

    #[test]
    fn an_asterisk_alone_is_one() {
        check("2 * 3 * 4", "2 * 3 * 4");
        check("*A", "*A");
        check("A* b", "A* b");
        assert_eq!(read("*Decides* 2 * 3"), "Decides 2 * 3");
    }
}
