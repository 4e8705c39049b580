//! Words as they are put on paper: in pieces that are set alike, of letters that have a shape, with places where a line ends.

use plenary_documents::{Setting, of_segments, settings};
use plenary_shared::export::visible;
use plenary_shared::redline::{Op, Segment};
use serde_json::{Value, json};
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

/// Letters in a row without a place where a line could end, after which one may end: a narrow column has room for some forty.
const ROW: usize = 36;
/// And then again after so many.
const AGAIN: usize = 6;
/// Bytes of a paragraph from which on the ends of its lines are found one by one: the best ends of all take ever longer.
const LONG: usize = 4_000;

/// What is put on paper, as it is gathered.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// All letters.
    pub(crate) all: String,
    /// The pieces and the lines that somebody ended: each costs what many letters cost.
    pub(crate) parts: usize,
    /// Letters since the last place where a line can end.
    row: usize,
    /// Where the paragraph begins in all letters, and whether it has a word without end.
    begin: usize,
    endless: bool,
}

impl Words {
    fn begin(&mut self) {
        (self.row, self.begin, self.endless) = (0, self.all.len(), false);
    }

    /// Whether the ends of the lines of the paragraph are to be found one by one.
    pub(crate) fn is_long(&self) -> bool {
        self.endless || self.all.len() - self.begin > LONG
    }

    /// A line of its own.
    pub(crate) fn line(&mut self, text: &str) -> String {
        self.begin();
        let text = visible(text).replace(['\n', '\t'], " ");
        self.letters(&text)
    }

    /// The words of a clause, with what came and what went. Without any, the note that there are none.
    pub(crate) fn redlined(&mut self, segments: &[Segment], missing: &str) -> Vec<Value> {
        self.begin();
        let mut out = Vec::new();
        for (segment, old, new) in of_segments(segments) {
            let (set, change) = match segment.op {
                Op::Same => (new, None),
                Op::Ins => (new, Some("ins")),
                Op::Del => (old, Some("del")),
            };
            self.pieces(&segment.text, set, change, &mut out);
        }
        if out.is_empty() && !missing.is_empty() {
            out.push(self.piece(missing, Setting::default(), Some("note")));
        }
        out
    }

    /// Words in which nothing changed.
    pub(crate) fn whole(&mut self, text: &str, missing: &str) -> Vec<Value> {
        self.begin();
        let mut out = Vec::new();
        self.pieces(text, settings(text), None, &mut out);
        if out.is_empty() && !missing.is_empty() {
            out.push(self.piece(missing, Setting::default(), Some("note")));
        }
        out
    }

    fn pieces(
        &mut self,
        text: &str,
        set: Vec<Setting>,
        change: Option<&str>,
        out: &mut Vec<Value>,
    ) {
        let mut letters = text.chars().zip(set).filter(|(_, s)| !s.hidden).peekable();
        while let Some((first, setting)) = letters.next() {
            let mut words = String::from(first);
            while let Some((c, _)) = letters.next_if(|(_, s)| *s == setting) {
                words.push(c);
            }
            out.push(self.piece(&words, setting, change));
        }
    }

    fn piece(&mut self, words: &str, setting: Setting, mark: Option<&str>) -> Value {
        let words = visible(words).replace('\t', " ");
        self.parts += 1 + words.matches('\n').count();
        json!({
            "lines": words.split('\n').map(|line| self.letters(line)).collect::<Vec<_>>(),
            "italic": setting.italic, "bold": setting.bold, "mark": mark,
        })
    }

    /// The letters, with places for the ends of lines where there are none for too long.
    fn letters(&mut self, text: &str) -> String {
        self.all.push_str(text);
        let mut out = String::with_capacity(text.len());
        for letter in text.graphemes(true) {
            if letter.chars().any(|c| c.is_whitespace() || breaks(c)) {
                self.row = 0;
            } else if self.row >= ROW {
                out.push('\u{200B}');
                self.row = ROW - AGAIN;
                self.endless = true;
            }
            self.row += 1;
            out.push_str(letter);
        }
        out
    }
}

/// Whether a line may end at the letters of its script, or at words that are told by a dictionary.
fn breaks(c: char) -> bool {
    matches!(
        c.script(),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
            | Script::Bopomofo
            | Script::Yi
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}
