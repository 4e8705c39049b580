//! The paragraphs of a Word file, with what was done to each of their words.

use std::collections::BTreeMap;

use plenary_shared::draft::Kind;
use plenary_shared::ids::ClauseId;
use plenary_shared::time::Timestamp;

use super::super::body::{self, FROM, MARK};
use super::lost::{self, Fate};
use super::styles::{Letters, Role, Said, Styles, is_on};
use crate::xml::{Element, Node, Nodes};

/// Whether words were put in or taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    In,
    Out,
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tracked {
    done: Done,
    author: String,
    at: Option<Timestamp>,
}

/// Words with what was done to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    text: String,
    /// What was put in may have been taken out by another.
    tracked: Vec<Tracked>,
    italic: bool,
    bold: bool,
}

/// Who changed a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) name: String,
    pub(crate) at: Option<Timestamp>,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) id: Option<ClauseId>,
    /// What its style says that it is; none if only its place does.
    pub(crate) form: Option<(Kind, u8)>,
    /// The number that was typed before its words.
    number: String,
    pub(crate) comments: Vec<String>,
    pieces: Vec<Piece>,
    /// Where it says that it has no words yet, what was done to that.
    notes: Vec<Vec<Tracked>>,
    /// What was done to its end.
    end: Option<Tracked>,
}

impl Tracked {
    pub(crate) fn by(done: Done, author: Option<&str>) -> Self {
        Self {
            done,
            author: author.unwrap_or("Unknown").to_owned(),
            at: None,
        }
    }
}

impl Paragraph {
    pub(crate) fn new(id: Option<ClauseId>, form: (Kind, u8)) -> Self {
        Self {
            id,
            form: Some(form),
            ..Self::default()
        }
    }

    pub(crate) fn push(&mut self, text: &str, tracked: Vec<Tracked>, italic: bool, bold: bool) {
        let lasting = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || is_turning(*c));
        let text: String = text.chars().filter(lasting).collect();
        if !text.is_empty() {
            self.pieces.push(Piece {
                text,
                tracked,
                italic,
                bold,
            });
        }
    }

    /// Its words before all changes.
    pub(crate) fn base(&self) -> String {
        spelled(
            self.pieces
                .iter()
                .filter(|p| !p.tracked.iter().any(|t| t.done == Done::In)),
        )
    }

    /// Its words as that author would have them, without what others did.
    pub(crate) fn version(&self, author: &str) -> String {
        spelled(self.pieces.iter().filter(|p| {
            let put_in = p.tracked.iter().find(|t| t.done == Done::In);
            let own = |t: &Tracked| t.author == author;
            put_in.is_none_or(own) && !p.tracked.iter().any(|t| t.done == Done::Out && own(t))
        }))
    }

    /// Whether it had no words before all changes, and stood all the same.
    pub(crate) fn had_none(&self) -> bool {
        let put_in = |note: &Vec<Tracked>| note.iter().any(|t| t.done == Done::In);
        self.notes.iter().any(|note| !put_in(note))
    }

    /// Whether it says that it has no words, before or after.
    pub(crate) fn is_without_words(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Who changed it, in the order of their names.
    pub(crate) fn authors(&self) -> Vec<Author> {
        let mut authors: BTreeMap<&str, Option<Timestamp>> = BTreeMap::new();
        for tracked in self.pieces.iter().flat_map(|p| &p.tracked) {
            let first = authors.entry(&tracked.author).or_insert(tracked.at);
            *first = (*first).min(tracked.at).or(*first);
        }
        let author = |(name, at): (&str, _)| Author {
            name: name.to_owned(),
            at,
        };
        authors.into_iter().map(author).collect()
    }

    /// Whether all of it was put in.
    pub(crate) fn is_new(&self) -> bool {
        let words = self.pieces.iter().filter(|p| !p.text.trim().is_empty());
        let mut words = words.peekable();
        !self.had_none()
            && words.peek().is_some()
            && words.all(|p| p.tracked.iter().any(|t| t.done == Done::In))
    }

    /// Whether its end was put in, and the paragraph with it parted.
    pub(crate) fn is_parted(&self) -> bool {
        let end = self.end.as_ref();
        end.is_some_and(|e| e.done == Done::In) && !self.is_new() && !self.base().is_empty()
    }

    /// Joins the paragraph that was parted from it. What parted them is told as a new line by that author.
    pub(crate) fn join(&mut self, next: Self) {
        self.pieces.push(Piece {
            text: "\n".to_owned(),
            tracked: self.end.take().into_iter().collect(),
            italic: false,
            bold: false,
        });
        self.pieces.extend(next.pieces);
        self.comments.extend(next.comments);
        self.end = next.end;
    }

    /// Of these words of it, what stands in a draft: without the number that was typed before them, and nothing where
    /// there is nothing to be read.
    pub(crate) fn wording<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim_start();
        let text = text.strip_prefix(self.number.as_str()).unwrap_or(text);
        if text.trim().is_empty() {
            return "";
        }
        text.trim_matches([' ', '\t', '\n', '\u{A0}'])
    }
}

/// Characters that turn around what stands beside them: a draft does without, as its direction follows the language.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The words with their emphasis as asterisks; spaces at the ends of what is emphasised stand outside.
fn spelled<'a>(pieces: impl Iterator<Item = &'a Piece>) -> String {
    let mut runs: Vec<(bool, bool, String)> = Vec::new();
    for piece in pieces {
        match runs.last_mut() {
            Some((italic, bold, text)) if (*italic, *bold) == (piece.italic, piece.bold) => {
                text.push_str(&piece.text);
            }
            _ => runs.push((piece.italic, piece.bold, piece.text.clone())),
        }
    }
    let mut out = String::new();
    for (italic, bold, text) in runs {
        let mark = match (italic, bold) {
            (false, false) => "",
            (true, false) => "*",
            (false, true) => "**",
            (true, true) => "***",
        };
        let words = text.trim();
        if words.is_empty() || mark.is_empty() {
            out += &text;
            continue;
        }
        let start = text.len() - text.trim_start().len();
        let (before, rest) = text.split_at(start);
        out += &format!("{before}{mark}{words}{mark}{}", &rest[words.len()..]);
    }
    out
}

/// Reads the paragraphs of the main part.
pub(super) fn read(
    source: &str,
    styles: &Styles,
    lost: &mut Vec<String>,
) -> Result<Vec<Paragraph>, String> {
    let mut walk = Walk {
        nodes: Nodes::of(source),
        styles,
        path: Vec::new(),
        current: None,
        said: Said::default(),
        tracked: Vec::new(),
        run: Letters::default(),
        texting: false,
        paragraphs: Vec::new(),
        lost: BTreeMap::new(),
    };
    while let Some(node) = walk.nodes.next()? {
        match node {
            Node::Open(element) => walk.open(&element)?,
            Node::Close(name) => walk.close(&name),
            Node::Text(text) if walk.texting => walk.words(&text),
            Node::Text(_) => {}
        }
    }
    for (what, count) in &walk.lost {
        lost.push(match count {
            1 => format!("{what}: 1."),
            n => format!("{what}: {n}."),
        });
    }
    Ok(walk.paragraphs)
}

struct Walk<'a> {
    nodes: Nodes<'a>,
    styles: &'a Styles,
    path: Vec<String>,
    current: Option<Paragraph>,
    said: Said,
    tracked: Vec<Tracked>,
    /// How the run is set.
    run: Letters,
    texting: bool,
    paragraphs: Vec<Paragraph>,
    lost: BTreeMap<&'static str, usize>,
}

impl Walk<'_> {
    fn loses(&mut self, what: &'static str) {
        *self.lost.entry(what).or_default() += 1;
    }

    fn within(&self, name: &str) -> bool {
        self.path.iter().any(|n| n == name)
    }

    fn open(&mut self, element: &Element) -> Result<(), String> {
        let in_properties = self.within("pPr");
        let fate = lost::fate(element, in_properties);
        if let Fate::Loses(what) | Fate::Without(what) = fate {
            self.loses(what);
        }
        if matches!(fate, Fate::Without(_) | Fate::Passed) {
            let mut inside = Vec::new();
            let outer = element.name.as_str();
            self.nodes
                .skip_over(|inner| inside.extend(lost::inside(outer, &inner.name)))?;
            inside.dedup();
            inside.into_iter().for_each(|what| self.loses(what));
            return Ok(());
        }
        self.path.push(element.name.clone());
        let value = element.attribute("val");
        let on = is_on(value);
        match element.name.as_str() {
            "p" => {
                self.current = Some(Paragraph::default());
                self.said = Said::default();
            }
            "pStyle" => self.said.style = value.map(ToOwned::to_owned),
            "outlineLvl" => self.said.outline = value.and_then(|v| v.parse().ok()),
            "numId" => self.said.list = value.map(ToOwned::to_owned),
            "ilvl" => self.said.level = value.and_then(|v| v.parse().ok()),
            "ind" if in_properties => self.indented(element),
            "ins" | "moveTo" => self.change(element, Done::In, in_properties),
            "del" | "moveFrom" => self.change(element, Done::Out, in_properties),
            "r" => self.run = Letters::default(),
            "rStyle" if !in_properties => self.run = self.styles.letters(value.unwrap_or_default()),
            "i" if !in_properties => self.run.italic = on,
            "b" if !in_properties => self.run.bold = on,
            "t" | "delText" => self.texting = true,
            "br" if !matches!(element.attribute("type"), Some("page" | "column")) => {
                self.words("\n");
            }
            "cr" => self.words("\n"),
            "tab" | "ptab" if !in_properties => self.words("\t"),
            "noBreakHyphen" => self.words("\u{2011}"),
            "commentReference" => {
                if let (Some(paragraph), Some(id)) = (&mut self.current, element.attribute("id")) {
                    paragraph.comments.push(id.to_owned());
                }
            }
            "bookmarkStart" => self.bookmark(element),
            _ => {}
        }
        Ok(())
    }

    /// Our own files say by it how deep a paragraph without a number is.
    fn indented(&mut self, element: &Element) {
        let left = element
            .attribute("left")
            .and_then(|l| l.parse::<usize>().ok());
        let level = left.map(|l| l / super::super::parts::INDENT);
        if self.said.level.is_none() && self.said.list.is_none() {
            self.said.level = level.and_then(|l| u8::try_from(l).ok()).filter(|l| *l < 9);
        }
    }

    fn change(&mut self, element: &Element, done: Done, of_end: bool) {
        let tracked = Tracked {
            done,
            author: element.attribute("author").unwrap_or("Unknown").to_owned(),
            at: element.attribute("date").and_then(date),
        };
        match (&mut self.current, of_end) {
            (Some(paragraph), true) => paragraph.end = Some(tracked),
            _ => self.tracked.push(tracked),
        }
    }

    fn bookmark(&mut self, element: &Element) {
        let name = element.attribute("name").unwrap_or_default();
        let id = name.strip_prefix(MARK).or_else(|| name.strip_prefix(FROM));
        if let (Some(paragraph), Some(id)) = (&mut self.current, id.and_then(body::unmarked)) {
            paragraph.id = Some(id);
        }
    }

    fn words(&mut self, text: &str) {
        let Letters { italic, bold, note } = self.run;
        if let Some(paragraph) = &mut self.current {
            if note {
                paragraph.notes.push(self.tracked.clone());
                return;
            }
            paragraph.push(text, self.tracked.clone(), italic, bold);
        }
    }

    fn close(&mut self, name: &str) {
        let of_end = self.within("pPr");
        self.path.pop();
        match name {
            "t" | "delText" => self.texting = false,
            "ins" | "del" | "moveFrom" | "moveTo" if !of_end => {
                self.tracked.pop();
            }
            "p" => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        let Some(mut paragraph) = self.current.take() else {
            return;
        };
        let words: String = paragraph.pieces.iter().map(|p| p.text.as_str()).collect();
        match self.styles.role(&self.said, &words) {
            Role::Cover => {
                if !words.trim().is_empty() {
                    self.loses("Lines above, beside and below the text, left out");
                }
                return;
            }
            Role::End => return,
            Role::Clause(kind, level) => paragraph.form = Some((kind, level)),
            Role::Bullet(level) => {
                self.loses("Items with bullets, which have become paragraphs without");
                paragraph.form = Some((Kind::Paragraph, level));
            }
            Role::Plain => {
                if let Some((number, level)) = typed_number(words.trim_start()) {
                    paragraph.number = number.to_owned();
                    paragraph.form = Some((Kind::Operative, level));
                }
            }
        }
        if matches!(
            paragraph.form,
            Some((Kind::Title | Kind::Heading | Kind::Annex, _))
        ) {
            // A heading is set by its style.
            for piece in &mut paragraph.pieces {
                piece.bold = false;
            }
        }
        if let Some(end) = &paragraph.end
            && end.done == Done::Out
            && !paragraph.version(&end.author).trim().is_empty()
            && !paragraph.base().trim().is_empty()
        {
            self.loses(
                "Ends of paragraphs that somebody took out to join two, which still end there",
            );
        }
        self.paragraphs.push(paragraph);
    }
}

/// The moment of a change. Word writes local time as if it were UTC, and so it is read.
fn date(written: &str) -> Option<Timestamp> {
    written
        .parse()
        .ok()
        .or_else(|| format!("{written}Z").parse().ok())
}

/// A number that was typed: `1.`, `(a)`, `(ii)`, with the space behind it, and how deep it is.
fn typed_number(text: &str) -> Option<(&str, u8)> {
    let (number, rest) = text.split_once([' ', '\t', '\u{A0}'])?;
    if rest.trim().is_empty() {
        return None;
    }
    let whole = text.get(..text.len() - rest.trim_start().len())?;
    let inner = number.strip_prefix('(').and_then(|n| n.strip_suffix(')'));
    if let Some(mark) = inner {
        let roman = mark.len() > 1 || mark == "i";
        let letters = |all: &str| !mark.is_empty() && mark.chars().all(|c| all.contains(c));
        if roman && mark.len() <= 5 && letters("ivx") {
            return Some((whole, 3));
        }
        let letter = mark.len() <= 2 && mark.chars().all(|c| c.is_ascii_lowercase());
        return (letter && !mark.is_empty()).then_some((whole, 2));
    }
    let digits = number.strip_suffix(['.', ')'])?;
    let is_number = !digits.is_empty() && digits.len() <= 3 && digits.chars().all(char::is_numeric);
    is_number.then_some((whole, 1))
}
