//! A wording under a cursor: where the cursor goes when its owner moves it, and when others type around it.

use unicode_segmentation::UnicodeSegmentation as _;

/// A wording under a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Buffer {
    text: String,
    /// In bytes; always between characters as people see them, unless others type half of one.
    cursor: usize,
}

/// What to tell the text: at `at`, `delete` UTF-16 code units go, then `insert` comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: usize,
    pub(super) delete: usize,
    pub(super) insert: String,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Buffer {
    /// A wording with the cursor at its end.
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// The wording.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor, and after it.
    pub(super) fn halves(&self) -> (&str, &str) {
        self.text
            .split_at_checked(self.cursor)
            .unwrap_or((&self.text, ""))
    }

    /// Puts the cursor after so many UTF-16 code units, or at the end.
    pub(super) fn place(&mut self, wanted: usize) {
        let mut seen = 0;
        let found = self.text.char_indices().find(|(_, c)| {
            let here = seen >= wanted;
            seen += c.len_utf16();
            here
        });
        self.cursor = found.map_or(self.text.len(), |(n, _)| n);
    }

    /// Types at the cursor.
    pub(super) fn insert(&mut self, typed: &str) -> Splice {
        let at = units(self.halves().0);
        self.text.insert_str(self.cursor, typed);
        self.cursor += typed.len();
        Splice {
            at,
            delete: 0,
            insert: typed.to_owned(),
        }
    }

    /// Takes away the character before the cursor.
    pub(super) fn backspace(&mut self) -> Option<Splice> {
        let (before, _) = self.halves();
        let gone = before.graphemes(true).next_back()?.to_owned();
        self.cursor -= gone.len();
        Some(self.remove(&gone))
    }

    /// Takes away the character after the cursor.
    pub(super) fn delete(&mut self) -> Option<Splice> {
        let gone = self.halves().1.graphemes(true).next()?.to_owned();
        Some(self.remove(&gone))
    }

    fn remove(&mut self, gone: &str) -> Splice {
        let at = units(self.halves().0);
        self.text
            .replace_range(self.cursor..self.cursor + gone.len(), "");
        Splice {
            at,
            delete: units(gone),
            insert: String::new(),
        }
    }

    /// One character back.
    pub(super) fn left(&mut self) {
        self.cursor -= self
            .halves()
            .0
            .graphemes(true)
            .next_back()
            .map_or(0, str::len);
    }

    /// One character on.
    pub(super) fn right(&mut self) {
        self.cursor += self.halves().1.graphemes(true).next().map_or(0, str::len);
    }

    /// One word back.
    pub(super) fn word_left(&mut self) {
        let before = self.halves().0.trim_end();
        self.cursor = before.rfind(char::is_whitespace).map_or(0, |n| {
            n + before
                .get(n..)
                .and_then(|s| s.chars().next())
                .map_or(0, char::len_utf8)
        });
    }

    /// One word on.
    pub(super) fn word_right(&mut self) {
        let after = self.halves().1;
        let word = after.len() - after.trim_start().len();
        let rest = after.trim_start();
        self.cursor += word + rest.find(char::is_whitespace).unwrap_or(rest.len());
    }

    /// To the beginning.
    pub(super) fn home(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub(super) fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Others have changed the wording: the cursor stays between the same characters, as far as they are still there.
    pub(super) fn follow(&mut self, now: &str) {
        let same = |a: &(char, char)| a.0 == a.1;
        let prefix: usize = self
            .text
            .chars()
            .zip(now.chars())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let (old, new) = (
            self.text.get(prefix..).unwrap_or(""),
            now.get(prefix..).unwrap_or(""),
        );
        let suffix: usize = old
            .chars()
            .rev()
            .zip(new.chars().rev())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        if self.cursor > prefix {
            let from_end = self.text.len() - self.cursor;
            // In what was changed: after it. Behind it: as far from the end as before.
            self.cursor = now.len() - from_end.min(suffix);
        }
        now.clone_into(&mut self.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor as `|`.
    fn buffer(marked: &str) -> Buffer {
        let cursor = marked.find('|').unwrap();
        Buffer {
            text: marked.replace('|', ""),
            cursor,
        }
    }

    fn marked(b: &Buffer) -> String {
        let (before, after) = b.halves();
        format!("{before}|{after}")
    }

    #[track_caller]
    fn follows(before: &str, now: &str, after: &str) {
        let mut b = buffer(before);
        b.follow(now);
        assert_eq!(marked(&b), after);
    }

    #[test]
    fn the_cursor_stays_where_it_was_when_others_type_around_it() {
        follows("one| two", "zero one two", "zero one| two");
        follows("one| two", "one two three", "one| two three");
        follows("one t|wo", "one", "one|");
        follows("é|中", "éx中", "é|x中");
        follows("abc|", "ab", "ab|");
        follows("|abc", "xabc", "|xabc");
    }

    #[test]
    fn splices_count_utf16_code_units_and_whole_characters() {
        let mut b = buffer("😀e\u{301}|x");
        assert_eq!(
            b.backspace(),
            Some(Splice {
                at: 2,
                delete: 2,
                insert: String::new()
            })
        );
        assert_eq!(
            b.backspace(),
            Some(Splice {
                at: 0,
                delete: 2,
                insert: String::new()
            })
        );
        assert_eq!(b.backspace(), None);
        assert_eq!(
            b.insert("中"),
            Splice {
                at: 0,
                delete: 0,
                insert: "中".into()
            }
        );
        assert_eq!(
            b.delete(),
            Some(Splice {
                at: 1,
                delete: 1,
                insert: String::new()
            })
        );
        assert_eq!(marked(&b), "中|");
    }

    #[test]
    fn the_cursor_moves_by_characters_and_words() {
        let mut b = buffer("one two  three|");
        b.word_left();
        assert_eq!(marked(&b), "one two  |three");
        b.word_left();
        assert_eq!(marked(&b), "one |two  three");
        b.word_right();
        assert_eq!(marked(&b), "one two|  three");
        b.home();
        b.left();
        b.right();
        assert_eq!(marked(&b), "o|ne two  three");
        b.place(100);
        assert_eq!(marked(&b), "one two  three|");
    }
}
