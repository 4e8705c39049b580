//! Reading a Word file: the text before its tracked changes, the changes as proposals by their authors, comments, and a
//! list of what has no place in a draft.
//!
//! Limits: a file of 16 MiB, 64 MiB unpacked, 2,000 parts, elements 256 deep, and those of a draft (`shared::limits`). A
//! file that declares a document type or entities, names parts outside of itself, or brings in other files is refused.

mod lost;
pub(crate) mod paragraphs;
mod styles;

use plenary_shared::draft::Kind;
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::import::ImportedClause;
use plenary_shared::limits;
use plenary_shared::time::Timestamp;

use crate::package;
use crate::xml::{Node, Nodes};
use paragraphs::Paragraph;
use styles::Styles;

/// What a Word file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The text before all tracked changes.
    pub clauses: Vec<ImportedClause>,
    /// The tracked changes: paragraph by paragraph and author by author, one proposal.
    pub proposals: Vec<Proposed>,
    /// The comments.
    pub comments: Vec<Remark>,
    /// What could not be kept, in sentences.
    pub lost: Vec<String>,
}

/// What an author wants in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The author, as the file names them.
    pub author: String,
    /// When the first of its changes was made.
    pub at: Option<Timestamp>,
    /// What is wanted.
    pub what: Asked,
}

/// What is wanted. Clauses are named by their places in [`Imported::clauses`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Other words.
    Replace {
        /// The clause.
        clause: usize,
        /// Its words.
        text: String,
    },
    /// A new clause.
    InsertAfter {
        /// The clause that it follows; none if it comes first.
        after: Option<usize>,
        /// What kind of clause it is.
        kind: Kind,
        /// Its depth.
        level: u8,
        /// Its words.
        text: String,
    },
    /// That it be deleted.
    Delete {
        /// The clause.
        clause: usize,
    },
    /// That it stand elsewhere.
    Move {
        /// The clause.
        clause: usize,
        /// The clause that it is to follow; none if it is to come first.
        after: Option<usize>,
    },
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The clause, by its place in [`Imported::clauses`]; none of a paragraph that is only proposed.
    pub clause: Option<usize>,
    /// Who says it.
    pub author: String,
    /// What.
    pub text: String,
}

/// Reads a Word file whose text is in that language.
///
/// # Errors
/// A sentence that says why it is refused, and what to do.
pub fn read(bytes: &[u8], language: &Language) -> Result<Imported, String> {
    let wanted = [
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/comments.xml",
        "word/commentsExtended.xml",
        "word/_rels/document.xml.rels",
    ];
    let around = |name: &str| {
        let name = name.strip_prefix("word/");
        name.is_some_and(|n| {
            (n.starts_with("header") || n.starts_with("footer")) && n.ends_with(".xml")
        })
    };
    let mut names = Vec::new();
    let parts = package::unpack(bytes, |name| {
        names.push(name.to_owned());
        wanted.contains(&name) || around(name)
    })?;
    let part = |name: &str| -> Result<Option<&str>, String> {
        let bytes = parts.get(name).map(Vec::as_slice);
        let text = bytes.map(std::str::from_utf8).transpose();
        text.map_err(|_| {
            format!("The part `{name}` is not in UTF-8. Save the file again as .docx.")
        })
    };
    let document = part("word/document.xml")?.ok_or(
        "This is no Word file: it has no part `word/document.xml`. Save the text as .docx.",
    )?;
    if let Some(relations) = part("word/_rels/document.xml.rels")? {
        refuse_what_is_outside(relations)?;
    }
    let styles = Styles::read(part("word/styles.xml")?, part("word/numbering.xml")?)?;
    let comments = match part("word/comments.xml")? {
        Some(comments) => remarks(comments)?,
        None => Vec::new(),
    };
    let mut lost = lost::of_parts(names.iter().map(String::as_str));
    for name in parts.keys().filter(|name| around(name)) {
        lost.extend(part(name)?.map(lost::around).transpose()?.flatten());
    }
    let threads = part("word/commentsExtended.xml")?;
    lost.extend(threads.map(lost::threads).transpose()?.flatten());
    of_parts(document, &styles, &comments, lost, language)
}

/// Reads the main part of a Word file alone, as if it had no others.
///
/// # Errors
/// As of [`read()`].
pub fn main_part(document: &str, language: &Language) -> Result<Imported, String> {
    of_parts(document, &Styles::default(), &[], Vec::new(), language)
}

fn of_parts(
    document: &str,
    styles: &Styles,
    comments: &[(String, String, String)],
    mut lost: Vec<String>,
    language: &Language,
) -> Result<Imported, String> {
    let paragraphs = paragraphs::read(document, styles, &mut lost)?;
    assemble(paragraphs, comments, lost, language)
}

/// Clauses, proposals and comments of the paragraphs.
pub(crate) fn assemble(
    paragraphs: Vec<Paragraph>,
    comments: &[(String, String, String)],
    lost: Vec<String>,
    language: &Language,
) -> Result<Imported, String> {
    let mut reading = Reading {
        language,
        imported: Imported::default(),
        numbered: false,
        annexed: false,
        moved: Vec::new(),
    };
    reading.take(paragraphs, comments)?;
    reading.imported.lost.splice(0..0, lost);
    Ok(reading.imported)
}

/// Pictures and the like that are to be fetched from elsewhere. Links that a reader may follow are not.
fn refuse_what_is_outside(relations: &str) -> Result<(), String> {
    let mut nodes = Nodes::of(relations);
    while let Some(node) = nodes.next()? {
        let Node::Open(element) = node else { continue };
        let is_link = element
            .attribute("Type")
            .is_some_and(|t| t.ends_with("/hyperlink"));
        if element.attribute("TargetMode") == Some("External") && !is_link {
            return Err("The file brings in something from outside of itself. Save it with everything embedded, or without \
                        pictures."
                .to_owned());
        }
    }
    Ok(())
}

/// The comments: number, author, words.
fn remarks(comments: &str) -> Result<Vec<(String, String, String)>, String> {
    let mut nodes = Nodes::of(comments);
    let mut remarks: Vec<(String, String, String)> = Vec::new();
    let mut text = false;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => match element.name.as_str() {
                "comment" => {
                    let attribute = |name| element.attribute(name).unwrap_or_default().to_owned();
                    remarks.push((attribute("id"), attribute("author"), String::new()));
                }
                "p" => {
                    if let Some((_, _, words)) = remarks.last_mut()
                        && !words.is_empty()
                    {
                        words.push('\n');
                    }
                }
                "t" => text = true,
                _ => {}
            },
            Node::Close(_) => text = false,
            Node::Text(words) if text => {
                if let Some((_, _, said)) = remarks.last_mut() {
                    said.push_str(&words);
                }
            }
            Node::Text(_) => {}
        }
    }
    Ok(remarks)
}

struct Reading<'a> {
    language: &'a Language,
    imported: Imported,
    /// Whether a numbered paragraph has been read: what stands before it is preambular.
    numbered: bool,
    annexed: bool,
    /// Clauses that are asked to go, with their ids: one that comes back elsewhere is moved.
    moved: Vec<(ClauseId, usize)>,
}

impl Reading<'_> {
    fn take(
        &mut self,
        paragraphs: Vec<Paragraph>,
        comments: &[(String, String, String)],
    ) -> Result<(), String> {
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut returns = Vec::new();
        let mut all = paragraphs.into_iter().peekable();
        while let Some(mut paragraph) = all.next() {
            // A paragraph that somebody has parted was one before.
            while paragraph.is_parted()
                && let Some(next) = all.next()
            {
                paragraph.join(next);
            }
            let place = if paragraph.is_new() {
                returns.push((
                    self.imported.clauses.len().checked_sub(1),
                    paragraph.clone(),
                ));
                None
            } else if paragraph.wording(&paragraph.base()).is_empty() && !paragraph.had_none() {
                None
            } else {
                Some(self.clause(&paragraph)?)
            };
            places.push(place);
            for id in &paragraph.comments {
                if let Some((_, author, text)) = comments.iter().find(|(n, _, _)| n == id) {
                    self.imported.comments.push(Remark {
                        clause: place,
                        author: author.clone(),
                        text: text.clone(),
                    });
                }
            }
        }
        for (after, paragraph) in returns {
            self.arrives(after, &paragraph);
        }
        Ok(())
    }

    /// A paragraph of the text before all changes, and what its authors want of it.
    fn clause(&mut self, paragraph: &Paragraph) -> Result<usize, String> {
        let place = self.imported.clauses.len();
        if place == limits::CLAUSES {
            return Err(format!(
                "A draft has at most {} clauses. Split the text into several drafts.",
                limits::CLAUSES
            ));
        }
        let (kind, level) = self.form(paragraph);
        let text = wording(paragraph, &paragraph.base())?;
        self.imported.clauses.push(ImportedClause {
            id: paragraph.id.clone(),
            kind,
            level,
            text: [(self.language.clone(), text.clone())].into(),
            line: place + 1,
        });
        for author in paragraph.authors() {
            let version = wording(paragraph, &paragraph.version(&author.name))?;
            // It had no words yet, or has none any more and is still to stand.
            if version.is_empty() && paragraph.is_without_words() {
                continue;
            }
            let what = if version.is_empty() {
                if let Some(id) = &paragraph.id {
                    self.moved.push((id.clone(), place));
                }
                Asked::Delete { clause: place }
            } else {
                if version == text {
                    continue;
                }
                Asked::Replace {
                    clause: place,
                    text: version,
                }
            };
            self.imported.proposals.push(Proposed {
                author: author.name,
                at: author.at,
                what,
            });
        }
        Ok(place)
    }

    /// A paragraph that somebody has put in.
    fn arrives(&mut self, after: Option<usize>, paragraph: &Paragraph) {
        let Some(author) = paragraph.authors().into_iter().next() else {
            return;
        };
        let Ok(text) = wording(paragraph, &paragraph.version(&author.name)) else {
            let why = "A paragraph that was put in is too long for a clause and is left out.";
            self.imported.lost.push(why.to_owned());
            return;
        };
        if text.is_empty() {
            return;
        }
        let from = self
            .moved
            .iter()
            .find(|(id, _)| Some(id) == paragraph.id.as_ref());
        let from = from.map(|(_, place)| *place);
        let mut ask = |what| {
            self.imported.proposals.push(Proposed {
                author: author.name.clone(),
                at: author.at,
                what,
            });
        };
        if let Some(clause) = from {
            ask(Asked::Move { clause, after });
        } else {
            let (kind, level) = paragraph.form.unwrap_or((Kind::Paragraph, 1));
            ask(Asked::InsertAfter {
                after,
                kind,
                level,
                text,
            });
            return;
        }
        // It does not go: it stands elsewhere, perhaps with other words.
        let clause = from.unwrap_or_default();
        let gone = Asked::Delete { clause };
        self.imported.proposals.retain(|p| p.what != gone);
        let before = self
            .imported
            .clauses
            .get(clause)
            .and_then(|c| c.text.get(self.language));
        if before.is_some_and(|before| *before != text) {
            self.imported.proposals.push(Proposed {
                author: author.name,
                at: author.at,
                what: Asked::Replace { clause, text },
            });
        }
    }

    fn form(&mut self, paragraph: &Paragraph) -> (Kind, u8) {
        let form = paragraph.form.unwrap_or({
            if self.numbered || self.annexed {
                (Kind::Paragraph, 1)
            } else {
                (Kind::Preambular, 1)
            }
        });
        self.numbered |= form.0 == Kind::Operative;
        self.annexed |= form.0 == Kind::Annex;
        (form.0, form.1.clamp(1, limits::LEVELS))
    }
}

/// Those words of a paragraph as the wording of a clause; or why they are none.
fn wording(paragraph: &Paragraph, text: &str) -> Result<String, String> {
    let text = paragraph.wording(text);
    if text.encode_utf16().count() > limits::WORDING_UNITS {
        let start: String = text.chars().take(40).collect();
        return Err(format!(
            "The paragraph that begins “{start}” is longer than {} characters. Split it.",
            limits::WORDING_UNITS
        ));
    }
    Ok(text.to_owned())
}
