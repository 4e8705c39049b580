//! What is emphasised in a wording: `*Decides*` is set in italics, `**nothing**` in bold.

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
    fn an_asterisk_alone_is_one() {
        check("2 * 3 * 4", "2 * 3 * 4");
        check("*A", "*A");
        check("A* b", "A* b");
        assert_eq!(read("*Decides* 2 * 3"), "Decides 2 * 3");
    }
}
