//! Words by numbers, so that each is compared with others by its letters only once.

use std::collections::BTreeMap;

use super::words::is_blank;

/// Words by numbers.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// Those of few letters by what they are as a number: comparing words takes most of the time.
    short: BTreeMap<u128, u32>,
    long: BTreeMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn of(&mut self, word: &'a str) -> u32 {
        let next = u32::try_from(self.short.len() + self.long.len()).unwrap_or(u32::MAX);
        match packed(word) {
            Some(word) => *self.short.entry(word).or_insert(next),
            None => *self.long.entry(word).or_insert(next),
        }
    }
}

/// A word of at most fifteen bytes, and how many they are, as a number.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let (length, letters) = bytes.split_first_mut()?;
    letters
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    *length = u8::try_from(word.len()).ok()?;
    Some(u128::from_be_bytes(bytes))
}

/// The words of a text, without what is nothing but space, each by a number.
pub(super) struct Worded {
    pub(super) names: Vec<u32>,
    /// Where they stand among the pieces.
    pub(super) places: Vec<usize>,
}

impl Worded {
    pub(super) fn of<'a>(pieces: &[&'a str], names: &mut Names<'a>) -> Self {
        let words = pieces.iter().enumerate().filter(|(_, p)| !is_blank(p));
        let (places, names) = words.map(|(place, piece)| (place, names.of(piece))).unzip();
        Self { names, places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_and_no_other_word_has_it() {
        let long = "a".repeat(16);
        let words = [
            "a",
            "b",
            "",
            "a\0",
            "\0a",
            "委员会",
            "aaaaaaaaaaaaaaa",
            &long,
            "a",
            &long,
        ];
        let mut names = Names::default();
        let numbers: Vec<u32> = words.iter().map(|w| names.of(w)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7, 0, 7]);
    }
}
