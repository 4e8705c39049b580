//! Akoma Ntoso 3.0 (OASIS), as the United Nations write resolutions in it: a `statement` whose preamble are
//! recitals and whose main body are numbered paragraphs.
//!
//! Changes are `ins` and `del` with their author as title, and clauses that are gone have the status `removed`.

pub mod read;
mod tree;

use std::fmt::Write as _;

use plenary_shared::draft::Kind;
use plenary_shared::redline::{Change, ClauseChange, Op};

use crate::docx::Sheet;
use crate::emphasis::settings;
use crate::xml::escape;
use tree::Tree;

/// What web servers call such a file.
pub const MEDIA_TYPE: &str = "application/akn+xml";

/// The elements of numbered paragraphs, from the first depth.
pub(crate) const NUMBERED: [&str; 6] = [
    "paragraph",
    "subparagraph",
    "point",
    "indent",
    "clause",
    "subclause",
];

/// Writes the text.
pub fn write(sheet: &Sheet<'_>) -> String {
    let mut writer = Writer {
        sheet,
        out: String::new(),
    };
    writer.whole();
    writer.out
}

struct Writer<'a> {
    sheet: &'a Sheet<'a>,
    out: String,
}

impl Writer<'_> {
    fn whole(&mut self) {
        let clauses = &self.sheet.redline.clauses;
        let plain = clauses.iter().all(|c| c.change == Change::Unchanged);
        let contains = if plain {
            "singleVersion"
        } else {
            "multipleVersions"
        };
        let _ = write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n\
             <statement name=\"resolution\" contains=\"{contains}\">\n"
        );
        self.meta();
        let title = clauses
            .iter()
            .take_while(|c| c.kind == Kind::Title)
            .take(1)
            .count();
        let recitals = clauses
            .iter()
            .skip(title)
            .take_while(|c| c.kind == Kind::Preambular)
            .count();
        for clause in clauses.iter().take(title) {
            let _ = write!(
                self.out,
                "<preface><longTitle{}><p><docTitle>",
                attributes(clause)
            );
            self.words(clause);
            self.out += "</docTitle></p></longTitle></preface>\n";
        }
        if recitals > 0 {
            self.out += "<preamble><recitals>\n";
            for clause in clauses.iter().skip(title).take(recitals) {
                let _ = write!(
                    self.out,
                    "<recital{}{}><p>",
                    attributes(clause),
                    depth(clause)
                );
                self.words(clause);
                self.out += "</p></recital>\n";
            }
            self.out += "</recitals></preamble>\n";
        }
        self.out += "<mainBody>\n";
        let rest: Vec<_> = clauses.iter().skip(title + recitals).collect();
        if rest.is_empty() {
            self.out += "<p/>\n";
        }
        for tree in Tree::of(&rest) {
            self.tree(&tree);
        }
        self.out += "</mainBody>\n</statement>\n</akomaNtoso>\n";
    }

    fn meta(&mut self) {
        let draft = self.sheet.draft;
        let uri = format!("/akn/un/statement/{}", draft.id);
        let language = self.sheet.redline.language.as_str();
        let tag = escape(language).into_owned();
        let date = |at: plenary_shared::time::Timestamp| {
            at.to_string().chars().take(10).collect::<String>()
        };
        let (convened, now) = (date(draft.convened), date(self.sheet.at));
        let part = |name: &str, uri: &str, date: &str, more: &str| {
            format!(
                "<FRBR{name}><FRBRthis value=\"{uri}/!main\"/><FRBRuri value=\"{uri}\"/><FRBRdate date=\"{date}\" name=\"{name}\"/>\
                 <FRBRauthor href=\"#plenary\"/>{more}</FRBR{name}>\n"
            )
        };
        let expression = format!("{uri}/{tag}@{now}");
        let manifestation = format!("{expression}.akn");
        let title = escape(draft.title.as_str()).into_owned();
        let symbol = self
            .sheet
            .cover
            .symbol
            .as_deref()
            .map_or_else(String::new, |symbol| {
                format!("<FRBRnumber value=\"{}\"/>", escape(symbol))
            });
        let _ = write!(
            self.out,
            "<meta><identification source=\"#plenary\">\n{}{}{}</identification>\n<references source=\"#plenary\">\
             <TLCOrganization eId=\"plenary\" href=\"/akn/ontology/organization/un/conference\" showAs=\"{title}\"/></references></meta>\n",
            part(
                "Work",
                &uri,
                &convened,
                &format!("<FRBRcountry value=\"un\"/>{symbol}")
            ),
            part(
                "Expression",
                &expression,
                &now,
                &format!("<FRBRlanguage language=\"{tag}\"/>")
            ),
            part(
                "Manifestation",
                &manifestation,
                &now,
                "<FRBRformat value=\"application/akn+xml\"/>"
            ),
        );
    }

    fn tree(&mut self, tree: &Tree<'_>) {
        let clause = tree.clause;
        let begun = attributes(clause);
        let (open, close) = element(clause);
        let _ = write!(self.out, "<{open}{begun}{}>", depth(clause));
        if matches!(clause.kind, Kind::Title | Kind::Heading | Kind::Annex) {
            self.out += "<heading>";
            self.words(clause);
            self.out += "</heading>\n";
        } else {
            if let Some(number) = number(clause) {
                let _ = write!(self.out, "<num>{}</num>", escape(&number));
            }
            let around = if tree.under.is_empty() {
                "content"
            } else {
                "intro"
            };
            let _ = write!(self.out, "<{around}><p>");
            self.words(clause);
            let _ = writeln!(self.out, "</p></{around}>");
        }
        for under in &tree.under {
            self.tree(under);
        }
        let _ = writeln!(self.out, "</{close}>");
    }

    fn words(&mut self, clause: &ClauseChange) {
        for segment in &clause.segments {
            let tag = match segment.op {
                Op::Same => None,
                Op::Del => Some("del"),
                Op::Ins => Some("ins"),
            };
            if let Some(tag) = tag {
                let (author, _) = self.sheet.author(segment.hand);
                let _ = write!(self.out, "<{tag} title=\"{}\">", escape(&author));
            }
            let letters = segment.text.chars().zip(settings(&segment.text));
            let mut letters = letters.filter(|(_, s)| !s.hidden).peekable();
            while let Some((first, setting)) = letters.next() {
                let mut words = String::from(first);
                while let Some((c, _)) = letters.next_if(|(_, s)| *s == setting) {
                    words.push(c);
                }
                let words = escape(&words).replace('\n', "<eol/>");
                let (open, close) = match (setting.italic, setting.bold) {
                    (false, false) => ("", ""),
                    (true, false) => ("<i>", "</i>"),
                    (false, true) => ("<b>", "</b>"),
                    (true, true) => ("<b><i>", "</i></b>"),
                };
                let _ = write!(self.out, "{open}{words}{close}");
            }
            if let Some(tag) = tag {
                let _ = write!(self.out, "</{tag}>");
            }
        }
    }
}

/// The element of a clause in the main body, with what tells its kind, and the name that closes it.
fn element(clause: &ClauseChange) -> (String, &'static str) {
    let deep = usize::from(clause.level.clamp(1, 6)) - 1;
    match clause.kind {
        Kind::Operative => {
            let name = NUMBERED.get(deep).copied().unwrap_or("paragraph");
            (name.to_owned(), name)
        }
        Kind::Heading => ("section".to_owned(), "section"),
        Kind::Title | Kind::Annex | Kind::Preambular | Kind::Paragraph => (
            format!("hcontainer name=\"{}\"", clause.kind.name()),
            "hcontainer",
        ),
    }
}

fn attributes(clause: &ClauseChange) -> String {
    let status = if clause.change == Change::Removed {
        " status=\"removed\""
    } else {
        ""
    };
    format!(" eId=\"{}\"{status}", escape(clause.id.as_str()))
}

/// How deep it is, where its element does not say it.
fn depth(clause: &ClauseChange) -> String {
    match clause.kind {
        Kind::Operative => String::new(),
        _ if clause.level == 1 => String::new(),
        _ => format!(" class=\"level-{}\"", clause.level),
    }
}

/// The number on paper: `3.`, `(b)`.
fn number(clause: &ClauseChange) -> Option<String> {
    let label = clause
        .new_label
        .as_deref()
        .or(clause.old_label.as_deref())?;
    let number = label.strip_prefix("OP")?;
    Some(match number.rfind('(') {
        Some(at) => number.get(at..)?.to_owned(),
        None => format!("{number}."),
    })
}

#[cfg(test)]
mod tests;
