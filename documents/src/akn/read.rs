//! Reading Akoma Ntoso: the text before its changes, and the changes as proposals by their authors, as of a Word file.

use plenary_shared::draft::Kind;
use plenary_shared::ids::Language;

use super::NUMBERED;
use crate::docx::read::paragraphs::{Done, Paragraph, Tracked};
use crate::docx::read::{Imported, assemble};
use crate::package::PACKED;
use crate::xml::{Element, Node, Nodes};

/// Reads a document whose text is in that language.
///
/// # Errors
/// A sentence that says why it is refused, and what to do.
pub fn read(source: &str, language: &Language) -> Result<Imported, String> {
    if source.len() > PACKED {
        return Err(format!(
            "The file has more than {} MiB. Split the text.",
            PACKED >> 20
        ));
    }
    let mut walk = Walk {
        open: Vec::new(),
        waiting: Vec::new(),
        current: None,
        tracked: Vec::new(),
        setting: (0, 0),
        paragraphs: Vec::new(),
        lost: Vec::new(),
    };
    let mut nodes = Nodes::of(source);
    let mut root = true;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                if root && element.name != "akomaNtoso" {
                    return Err("This is no Akoma Ntoso: it begins with another element. Save the text as .docx or Markdown."
                        .to_owned());
                }
                root = false;
                if matches!(
                    element.name.as_str(),
                    "meta" | "num" | "coverPage" | "components"
                ) {
                    nodes.skip()?;
                } else {
                    walk.open(&element);
                }
            }
            Node::Close(name) => walk.close(&name),
            Node::Text(text) => walk.words(&text),
        }
    }
    let Walk {
        paragraphs, lost, ..
    } = walk;
    assemble(paragraphs, &[], lost, language)
}

struct Walk {
    open: Vec<String>,
    /// Clauses that have begun, and whose words are to come.
    waiting: Vec<Paragraph>,
    current: Option<Paragraph>,
    tracked: Vec<Tracked>,
    /// How many elements set the words in italics, and in bold.
    setting: (usize, usize),
    paragraphs: Vec<Paragraph>,
    lost: Vec<String>,
}

impl Walk {
    fn within(&self, name: &str) -> bool {
        self.open.iter().any(|n| n == name)
    }

    fn open(&mut self, element: &Element) {
        let name = element.name.as_str();
        let id = element.attribute("eId").and_then(|id| id.parse().ok());
        if let Some(form) = self.form(element) {
            self.waiting.push(Paragraph::new(id, form));
        } else if matches!(name, "p" | "heading") {
            let paragraph = self.waiting.pop();
            // Words that belong to no clause are one of their own.
            self.current = self.current.take().or(paragraph).or_else(|| {
                let form = (Kind::Paragraph, 1);
                Some(Paragraph::new(id, form))
            });
        }
        match name {
            "i" => self.setting.0 += 1,
            "b" => self.setting.1 += 1,
            "ins" => self
                .tracked
                .push(Tracked::by(Done::In, element.attribute("title"))),
            "del" => self
                .tracked
                .push(Tracked::by(Done::Out, element.attribute("title"))),
            "eol" => self.words("\n"),
            "img" | "table" | "authorialNote" | "attachments" => {
                self.lost.push(format!(
                    "An element `{name}`, of which only the words are kept."
                ));
            }
            _ => {}
        }
        self.open.push(name.to_owned());
    }

    /// What kind of clause begins with the element; none if it is none.
    fn form(&self, element: &Element) -> Option<(Kind, u8)> {
        let name = element.name.as_str();
        let class = element.attribute("class").unwrap_or_default();
        let level = class
            .strip_prefix("level-")
            .and_then(|l| l.parse().ok())
            .unwrap_or(1);
        if let Some(deep) = NUMBERED.iter().position(|n| *n == name) {
            return Some((Kind::Operative, u8::try_from(deep + 1).unwrap_or(1)));
        }
        match name {
            "longTitle" => Some((Kind::Title, 1)),
            "recital" => Some((Kind::Preambular, level)),
            "section" | "chapter" | "part" => Some((Kind::Heading, level)),
            "hcontainer" => {
                let kind = element.attribute("name").and_then(Kind::named);
                Some((kind.unwrap_or(Kind::Paragraph), level))
            }
            _ => None,
        }
    }

    fn words(&mut self, text: &str) {
        let (italic, bold) = (self.setting.0 > 0, self.setting.1 > 0);
        if !(self.within("p") || self.within("heading")) {
            return;
        }
        if let Some(paragraph) = &mut self.current {
            paragraph.push(text, self.tracked.clone(), italic, bold);
        }
    }

    fn close(&mut self, name: &str) {
        self.open.pop();
        match name {
            "i" => self.setting.0 = self.setting.0.saturating_sub(1),
            "b" => self.setting.1 = self.setting.1.saturating_sub(1),
            "ins" | "del" => drop(self.tracked.pop()),
            "p" | "heading" => self.paragraphs.extend(self.current.take()),
            _ => {}
        }
    }
}
