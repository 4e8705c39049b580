//! Import: a text written as Markdown becomes clauses.
//!
//! `# …` is the title, `## …` a heading, `## Annex …` the heading of an annex. A numbered item `1. …` is an operative
//! paragraph, and inside it a paragraph that begins with `(a)` or `(i)` is a sub-paragraph. A paragraph without a number
//! is preambular before the first numbered one, and of no special standing after it or in an annex. `{#op-3}` at the end
//! gives a clause its id. Translations follow as a block quote, each beginning with its language: `> **fr** …`. The
//! words outside are those of the language negotiated in.
//!
//! Where the place does not tell the kind or the depth, they stand after the id: `{#x .preambular}`, `{#y level=3}`.
//! What else Markdown has is refused rather than lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Kind, Manuscript, Paragraph, TextEdit};
use crate::ids::{ClauseId, Language, forbidden_character};
use crate::limits;

mod blocks;
pub(crate) mod inline;
pub(crate) mod marker;
pub(crate) mod place;

use blocks::{Block, BlockForm};
use inline::Attributes;
use place::{Form, Place};

/// A clause as the source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedClause {
    /// Its id, if the source gives one.
    pub id: Option<ClauseId>,
    /// What kind of clause it is.
    pub kind: Kind,
    /// Its depth.
    pub level: u8,
    /// Its wording per language; that negotiated in is always there, if only as an empty one.
    pub text: BTreeMap<Language, String>,
    /// The line of the source on which it begins.
    pub line: usize,
}

/// Why a source is not a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {sentence}")]
pub struct ImportError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there and what to do.
    pub sentence: String,
}

impl ImportError {
    fn at(source: &str, offset: usize, sentence: impl Into<String>) -> Self {
        Self {
            line: line_of(source, offset),
            sentence: sentence.into(),
        }
    }
}

fn line_of(source: &str, offset: usize) -> usize {
    let before = source.as_bytes().get(..offset).unwrap_or(source.as_bytes());
    before.split(|&b| b == b'\n').count()
}

/// Reads a Markdown source whose words outside block quotes are in the language negotiated in.
pub fn markdown(source: &str, negotiated: &Language) -> Result<Vec<ImportedClause>, ImportError> {
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let source = source.replace("\r\n", "\n");
    if let Some(c) = forbidden_character(&source, true) {
        let code = u32::from(c);
        let why =
            format!("The control character U+{code:04X} has no place in the text. Remove it.");
        return Err(ImportError::at(&source, source.find(c).unwrap_or(0), why));
    }
    let mut reading = Reading {
        negotiated,
        place: Place::default(),
        clauses: Vec::new(),
        ids: BTreeMap::new(),
    };
    // Lines are counted along the way; counting from the start for every block would take a square of the time.
    let (mut line, mut counted) = (1, 0);
    for block in blocks::blocks(&source)? {
        if let Some(between) = source.as_bytes().get(counted..block.at) {
            line += between.iter().filter(|&&b| b == b'\n').count();
            counted = block.at;
        }
        reading
            .take(&block, line)
            .map_err(|sentence| ImportError { line, sentence })?;
    }
    Ok(reading.clauses)
}

struct Reading<'a> {
    negotiated: &'a Language,
    place: Place,
    clauses: Vec<ImportedClause>,
    /// On which line each id was given.
    ids: BTreeMap<ClauseId, usize>,
}

impl Reading<'_> {
    fn take(&mut self, block: &Block<'_>, line: usize) -> Result<(), String> {
        let source = block.source;
        match block.form {
            BlockForm::Translation => self.translation(source),
            BlockForm::Heading(marks) => {
                let source = heading_words(source);
                self.clause(source, line, |source| {
                    (Form::Heading(marks, source), source)
                })
            }
            BlockForm::Item => self.clause(source, line, |source| (Form::Item, source)),
            BlockForm::Paragraph => {
                let place = self.place;
                self.clause(source, line, |source| place.form(source))
            }
        }
    }

    fn clause<'s>(
        &mut self,
        source: &'s str,
        line: usize,
        form: impl Fn(&'s str) -> (Form<'s>, &'s str),
    ) -> Result<(), String> {
        let (source, attributes) = Attributes::split(source)?;
        let (form, source) = form(source.trim_matches(inline::SPACE));
        let (kind, level) = self.place.meaning(form);
        let kind = attributes.kind.unwrap_or(kind);
        let level = attributes.level.unwrap_or(level);
        self.place.pass(form, kind, level);
        if self.clauses.len() == limits::CLAUSES {
            return Err(format!(
                "A draft has at most {} clauses. Split the text into several drafts.",
                limits::CLAUSES
            ));
        }
        if let Some(id) = &attributes.id
            && let Some(first) = self.ids.insert(id.clone(), line)
        {
            return Err(format!(
                "The id `{id}` is given on line {first} already. Give each clause an id of its own."
            ));
        }
        let words = wording(&inline::lines(source, false))?;
        self.clauses.push(ImportedClause {
            id: attributes.id,
            kind,
            level,
            text: BTreeMap::from([(self.negotiated.clone(), words)]),
            line,
        });
        Ok(())
    }

    fn translation(&mut self, source: &str) -> Result<(), String> {
        let clause = self
            .clauses
            .last_mut()
            .ok_or("A translation stands before the first clause. Put it under the clause that it translates.")?;
        let mut translations: Vec<(Language, Vec<&str>)> = Vec::new();
        let source = source.trim_matches(inline::SPACE);
        for line in inline::lines(source, true) {
            match (inline::language_tag(line), translations.last_mut()) {
                (Some((language, rest)), _) => translations.push((language, vec![rest])),
                (None, Some((_, lines))) => lines.push(line),
                (None, None) => {
                    return Err("A block quote holds translations, and this one does not say in which language. \
                                Begin it with `**fr**` or another language tag."
                        .into());
                }
            }
        }
        for (language, lines) in translations {
            let words = wording(&lines)?;
            if clause.text.contains_key(&language) {
                return Err(format!(
                    "This clause has a wording in `{language}` already. Keep one of them."
                ));
            }
            // A language with nothing after it is a translation yet to come, and an export does not name it.
            if !words.is_empty() {
                clause.text.insert(language, words);
            }
        }
        Ok(())
    }
}

fn wording(lines: &[&str]) -> Result<String, String> {
    let words = inline::unescape(lines);
    if words.encode_utf16().count() > limits::WORDING_UNITS {
        return Err(format!(
            "This wording is longer than {} characters. Split the clause.",
            limits::WORDING_UNITS
        ));
    }
    Ok(words)
}

/// The words of a heading without the marks before, after or under them.
fn heading_words(source: &str) -> &str {
    let source = source.trim_matches(inline::SPACE);
    if source.starts_with('#') {
        let words = source.trim_start_matches('#').trim_matches(inline::SPACE);
        let open = words.trim_end_matches('#');
        if open.is_empty() || open.ends_with([' ', '\t']) {
            open.trim_end_matches(inline::SPACE)
        } else {
            words
        }
    } else {
        source.rsplit_once('\n').map_or(source, |(words, _)| words)
    }
}

/// The edits that write these clauses into an empty text. Clauses without an id get the next free one of `c1`, `c2`, ….
pub fn edits(clauses: Vec<ImportedClause>) -> Vec<TextEdit> {
    let given: BTreeSet<ClauseId> = clauses.iter().filter_map(|c| c.id.clone()).collect();
    let mut free = (1..)
        .filter_map(|n: u64| format!("c{n}").parse().ok())
        .filter(|id| !given.contains(id));
    let mut after = None;
    let mut edits = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let Some(id) = clause.id.or_else(|| free.next()) else {
            break;
        };
        edits.push(TextEdit::InsertClause {
            clause: id.clone(),
            kind: clause.kind,
            level: clause.level,
            after: after.replace(id),
            text: clause.text,
        });
    }
    edits
}

/// The clauses as a text, before they are those of a draft. Those without an id are named as [`edits`] would name them.
pub fn manuscript(clauses: Vec<ImportedClause>) -> Manuscript {
    let mut manuscript = Manuscript::default();
    for (n, edit) in edits(clauses).into_iter().enumerate() {
        let TextEdit::InsertClause {
            clause,
            kind,
            level,
            text,
            ..
        } = edit
        else {
            continue;
        };
        let paragraph = Paragraph {
            order: format!("{n:08}"),
            kind,
            level,
            text: text.into_iter().map(|(l, t)| (l, t.into())).collect(),
        };
        manuscript.clauses.insert(clause, paragraph);
    }
    manuscript
}

#[cfg(test)]
mod tests;
