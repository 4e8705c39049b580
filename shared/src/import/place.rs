//! What kind of clause a block is, told from its form and from what stands before it. Import reads by it; the Markdown
//! export asks it which blocks would be misread and marks those.

use super::marker::{self, Markers};
use crate::draft::Kind;

/// The form of a block in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// `## …`: how many marks, and the text.
    Heading(u8, &'a str),
    /// `1. …`
    Item,
    /// `(a) …`: the mark.
    Marked(&'a str),
    /// Any other paragraph.
    Plain,
}

/// What has been read so far, as far as the next block's meaning depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    numbered: bool,
    annex: bool,
    /// Marks are counted below a numbered paragraph, and in an annex; elsewhere `(a)` is text.
    markers: Option<Markers>,
}

impl Place {
    /// Whether a `(a)` at the start of a paragraph is a mark here.
    pub(crate) fn takes_marks(&self) -> bool {
        self.markers.is_some()
    }

    /// The kind and level that a block of this form has here.
    pub(crate) fn meaning(&self, form: Form<'_>) -> (Kind, u8) {
        let numbered = if self.annex {
            Kind::Paragraph
        } else {
            Kind::Operative
        };
        match (form, self.markers) {
            (Form::Heading(1, _), _) => (Kind::Title, 1),
            (Form::Heading(marks, text), _) if is_annex(text) => (Kind::Annex, marks - 1),
            (Form::Heading(marks, _), _) => (Kind::Heading, marks - 1),
            (Form::Item, _) => (numbered, 1),
            (Form::Marked(mark), Some(markers)) => (numbered, markers.level_of(mark)),
            (Form::Marked(_), None) | (Form::Plain, _) => match (self.annex, self.numbered) {
                (false, false) => (Kind::Preambular, 1),
                _ => (Kind::Paragraph, 1),
            },
        }
    }

    /// Goes past a block that turned out to be this.
    pub(crate) fn pass(&mut self, form: Form<'_>, kind: Kind, level: u8) {
        match (form, kind) {
            (_, Kind::Annex) => {
                self.annex = true;
                self.markers = Some(Markers::default());
            }
            (_, Kind::Title | Kind::Heading) => {
                self.markers = self.annex.then(Markers::default);
            }
            (Form::Item, _) => {
                self.numbered |= kind == Kind::Operative;
                self.markers = Some(Markers::default());
            }
            (Form::Marked(mark), _) => {
                if let Some(markers) = &mut self.markers {
                    markers.count(mark, level);
                }
            }
            (Form::Plain | Form::Heading(..), Kind::Operative) => {
                self.numbered = true;
                self.markers = Some(Markers::default());
            }
            (Form::Plain, _) if self.annex => self.markers = Some(Markers::default()),
            (Form::Plain | Form::Heading(..), _) => {}
        }
    }

    /// The form of a paragraph that begins with this line.
    pub(crate) fn form<'a>(&self, line: &'a str) -> (Form<'a>, &'a str) {
        match marker::split(line) {
            Some((mark, rest)) if self.takes_marks() => (Form::Marked(mark), rest),
            _ => (Form::Plain, line),
        }
    }
}

/// Whether a heading begins an annex.
fn is_annex(heading: &str) -> bool {
    heading
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("annex"))
}
