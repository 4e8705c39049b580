//! Export: a draft's text written in another format.
//!
//! To add a format: write `export/<name>.rs` with its [`Format`], and name it in [`FORMATS`].

use crate::draft::{Draft, Kind, Manuscript, Translation};
use crate::ids::{ClauseId, Language};
use crate::numbering::{self, Labels};
use crate::rolling::{self, Counts, Outcomes, Rendering};
use crate::status::clause_status;
use crate::wire::view::ClauseStatus;

mod annex;
mod beside;
mod html;
mod markdown;
mod plain;
mod sponsors;

pub use annex::{HEADING as ANNEX, Line};
pub(crate) use html::escape as escape_html;
pub use html::{direction, words as html_words};
pub use sponsors::{Joined, Sponsor, sponsors};

/// A way to write a text down.
pub trait Format: Sync {
    /// Its name in addresses and on the command line.
    fn name(&self) -> &'static str;
    /// What a web server calls it.
    fn media_type(&self) -> &'static str;
    /// The ending of its files, without the dot.
    fn extension(&self) -> &'static str;
    /// Writes the page.
    fn write(&self, page: &Page<'_>) -> String;
}

/// All formats.
pub const FORMATS: &[&dyn Format] = &[&markdown::Markdown, &plain::Plain, &html::Html];

/// The formats of the record, which only a server writes: one act a line.
pub const RECORD: [&str; 2] = ["csv", "json"];

/// What only a server binds: the text in pages, and the pack that is handed in with a draft proposal.
pub const BOUND: [&str; 2] = ["pdf", "pack"];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}

/// What of a draft is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// The words that stand.
    #[default]
    Clean,
    /// Each clause with its status; the deleted ones too.
    Status,
    /// The words with what is proposed instead, in brackets, with who wants it.
    Rolling,
    /// The words that were adopted, and as an annex what delegations have put on record: votes, reservations, late
    /// objections, dissociations, explanations and statements.
    Adopted,
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its words.
    pub manuscript: &'a Manuscript,
    /// The language; none for all of them. Where it has no words yet, those of the language negotiated in stand.
    pub language: Option<Language>,
    /// A second language that stands beside it, in formats that have tables.
    pub beside: Option<Language>,
    /// What is to be seen.
    pub show: Show,
    /// How a rolling text is read.
    pub rolled: Rolled,
    /// Which moment this is, in words: "entry 12, 2026-03-04T18:00:00Z".
    pub moment: String,
}

/// How a rolling text is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rolled {
    /// With brackets, or with a choice made.
    pub rendering: Rendering,
    /// What proposals on earlier wordings would make of the present ones.
    pub outcomes: Outcomes,
}

/// A clause, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The clause; none for one that is only proposed.
    pub(crate) id: Option<ClauseId>,
    pub(crate) kind: Kind,
    pub(crate) level: u8,
    /// Its number on paper; none if it is deleted.
    pub(crate) label: Option<String>,
    /// Its status, if that is to be seen.
    pub(crate) status: Option<ClauseStatus>,
    /// The languages of the page whose wording has fallen behind, if the status is to be seen.
    pub(crate) behind: Vec<Language>,
    /// The words per language, first that of the page.
    pub(crate) texts: Vec<(Language, String)>,
}

impl Page<'_> {
    /// The language of the page; of a page in all languages, the one negotiated in.
    pub(crate) fn primary(&self) -> Option<&Language> {
        self.language.as_ref().or_else(|| self.draft.negotiated())
    }

    /// The clauses to be written, in order.
    pub(crate) fn items(&self) -> Vec<Item> {
        let mut items = self.all();
        for item in &mut items {
            item.texts = self.chosen(std::mem::take(&mut item.texts));
        }
        items
    }

    /// The same with the wordings in all languages.
    fn all(&self) -> Vec<Item> {
        let labels = numbering::labels(self.draft, self.manuscript);
        match self.show {
            Show::Clean | Show::Status | Show::Adopted => self.standing(&labels),
            Show::Rolling => self.rolling(),
        }
    }

    /// What delegations have put on record, as lines of an annex; none where it is not to be seen.
    pub fn annex(&self) -> Vec<Line> {
        annex::lines(self)
    }

    fn standing(&self, labels: &Labels) -> Vec<Item> {
        let with_status = self.show == Show::Status;
        let clauses = self.manuscript.in_order().into_iter();
        clauses
            .filter(|(id, _)| with_status || labels.contains_key(*id))
            .map(|(id, paragraph)| Item {
                id: Some(id.clone()),
                kind: paragraph.kind,
                level: paragraph.level,
                label: labels.get(id).cloned(),
                status: with_status.then(|| clause_status(self.draft, id)),
                behind: if with_status {
                    self.behind(id)
                } else {
                    Vec::new()
                },
                texts: paragraph
                    .text
                    .iter()
                    .map(|(language, text)| (language.clone(), text.to_string()))
                    .collect(),
            })
            .collect()
    }

    /// The languages of this page in which the clause still renders earlier words.
    fn behind(&self, id: &ClauseId) -> Vec<Language> {
        let Some(clause) = self.draft.clauses.get(id) else {
            return Vec::new();
        };
        let here = |l: &Language| self.language.as_ref().is_none_or(|page| page == l);
        let states = self.draft.translations(clause).into_iter();
        states
            .filter(|(l, t)| here(l) && matches!(t, Translation::Behind { .. }))
            .map(|(language, _)| language)
            .collect()
    }

    /// Every language has a rolling text of its own, with the same clauses in it.
    fn rolling(&self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for language in self.draft.languages() {
            // Which clauses are there depends on the proposals, not on the language.
            let read = self.rolled_in(language).into_iter().filter_map(|clause| {
                let text = clause.read(self.draft, &self.rolled.rendering)?;
                Some((clause, text))
            });
            for (n, (clause, text)) in read.enumerate() {
                let text = (language.clone(), text);
                match items.get_mut(n) {
                    Some(item) => item.texts.push(text),
                    None => items.push(Item {
                        id: clause.clause,
                        kind: clause.kind,
                        level: clause.level,
                        label: Some(clause.label),
                        status: None,
                        behind: Vec::new(),
                        texts: vec![text],
                    }),
                }
            }
        }
        items
    }

    fn rolled_in(&self, language: &Language) -> Vec<rolling::RollingClause> {
        rolling::clauses(self.draft, self.manuscript, &self.rolled.outcomes, language)
    }

    /// The brackets and issues of the rolling text in the language of the page.
    pub fn counts(&self) -> Counts {
        let rolled = self.primary().map(|l| self.rolled_in(l));
        Counts::of(rolled.iter().flatten())
    }

    /// The wordings that this page shows: that of its language first; without one, that of the language negotiated in.
    fn chosen(&self, texts: Vec<(Language, String)>) -> Vec<(Language, String)> {
        let rank = |language: &Language| {
            let place = self.draft.languages().position(|l| l == language);
            (
                Some(language) != self.primary(),
                place.unwrap_or(usize::MAX),
            )
        };
        let mut texts: Vec<_> = texts
            .into_iter()
            .map(|(language, text)| (language, visible(&text)))
            .collect();
        texts.sort_by_key(|(language, text)| {
            (
                text.is_empty() && Some(language) != self.draft.negotiated(),
                rank(language),
            )
        });
        if self.language.is_some() {
            let filled = texts.iter().position(|(_, text)| !text.is_empty());
            texts = texts
                .into_iter()
                .skip(filled.unwrap_or(0))
                .take(1)
                .collect();
        } else {
            texts.retain(|(language, text)| !text.is_empty() || Some(language) == self.primary());
        }
        texts
    }
}

/// The text without characters that would act on a terminal or turn around what stands beside them.
pub fn visible(text: &str) -> String {
    let acts =
        |c: char| (c.is_control() && c != '\n' && c != '\t') || crate::ids::is_direction_control(c);
    text.chars()
        .map(|c| if acts(c) { '\u{FFFD}' } else { c })
        .collect()
}

impl Item {
    /// The number that stands before its words on paper: `12.`, `(b)`; none for those that have none there.
    pub(crate) fn paper_number(&self) -> Option<String> {
        let label = self.label.as_deref()?;
        if self.id.is_none() {
            return Some(label.to_owned());
        }
        if self.kind != Kind::Operative {
            return None;
        }
        match label.rfind('(') {
            Some(at) => label.get(at..).map(ToOwned::to_owned),
            None => Some(format!("{}.", label.trim_start_matches("OP"))),
        }
    }

    /// Its status as a mark in words: `[agreed]`, `[ripe; fr behind]`.
    pub(crate) fn mark(&self) -> Option<String> {
        let status = self.status.map(|status| match status {
            ClauseStatus::Open => "[open]",
            ClauseStatus::Bracketed => "[bracketed]",
            ClauseStatus::InSilence => "[in silence]",
            ClauseStatus::Ripe => "[ripe]",
            ClauseStatus::AgreedAdRef => "[agreed ad ref]",
            ClauseStatus::Agreed => "[agreed]",
            ClauseStatus::Adopted => "[adopted]",
            ClauseStatus::Deleted => "[deleted]",
        })?;
        let behind: Vec<_> = self.behind.iter().map(ToString::to_string).collect();
        Some(match behind.as_slice() {
            [] => status.to_owned(),
            _ => {
                let status = status.trim_end_matches(']');
                format!("{status}; {} behind]", behind.join(", "))
            }
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
