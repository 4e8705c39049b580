//! What styles and lists say a paragraph is.

use std::collections::BTreeMap;

use plenary_shared::draft::Kind;

use crate::xml::{Node, Nodes};

/// Styles that are based on others are followed so far.
const BASED: usize = 20;

/// A style of paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<u8>,
    italic: Option<bool>,
    bold: Option<bool>,
}

/// What a style of letters says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters {
    pub(super) italic: bool,
    pub(super) bold: bool,
    /// They are none of the text: they say that there is none.
    pub(super) note: bool,
}

/// What a paragraph says of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    /// The list that it is in.
    pub(super) list: Option<String>,
    /// How deep in the list, from 0.
    pub(super) level: Option<u8>,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A clause of that kind and depth.
    Clause(Kind, u8),
    /// A clause, and only its place says which.
    Plain,
    /// An item with a bullet.
    Bullet(u8),
    /// The last paragraph, which is none of the text.
    End,
    /// It stands above, beside or below the text, as the symbol of the document does.
    Cover,
}

/// Whether a setting without a value, or with that one, is on.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// The styles and lists of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The abstract list of each list.
    lists: BTreeMap<String, String>,
    /// Abstract lists and levels that have bullets, or nothing.
    bullets: BTreeMap<(String, u8), ()>,
}

impl Styles {
    pub(super) fn read(styles: Option<&str>, numbering: Option<&str>) -> Result<Self, String> {
        let mut read = Self::default();
        if let Some(styles) = styles {
            read.styles(styles)?;
        }
        if let Some(numbering) = numbering {
            read.numbering(numbering)?;
        }
        Ok(read)
    }

    fn styles(&mut self, source: &str) -> Result<(), String> {
        let mut nodes = Nodes::of(source);
        let mut current: Option<(String, Style)> = None;
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    let value = element.attribute("val").map(ToOwned::to_owned);
                    if element.name == "style" {
                        let id = element.attribute("styleId").unwrap_or_default();
                        current = Some((id.to_owned(), Style::default()));
                    }
                    let Some((_, style)) = &mut current else {
                        continue;
                    };
                    match element.name.as_str() {
                        "name" => style.name = value.unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = value,
                        "outlineLvl" => style.outline = value.and_then(|v| v.parse().ok()),
                        "numId" => style.list = value,
                        "ilvl" => style.level = value.and_then(|v| v.parse().ok()),
                        "i" => style.italic = Some(is_on(value.as_deref())),
                        "b" => style.bold = Some(is_on(value.as_deref())),
                        _ => {}
                    }
                }
                Node::Close(name) if name == "style" => {
                    self.styles.extend(current.take());
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn numbering(&mut self, source: &str) -> Result<(), String> {
        let mut nodes = Nodes::of(source);
        let (mut list, mut of, mut level) = (None, None, 0);
        while let Some(node) = nodes.next()? {
            let Node::Open(element) = node else { continue };
            let value = element.attribute("val").unwrap_or_default();
            match element.name.as_str() {
                "abstractNum" => of = element.attribute("abstractNumId").map(ToOwned::to_owned),
                "lvl" => {
                    let found = element.attribute("ilvl").and_then(|l| l.parse().ok());
                    level = found.unwrap_or(0);
                }
                "numFmt" if matches!(value, "bullet" | "none") => {
                    self.bullets.extend(of.clone().map(|of| ((of, level), ())));
                }
                "num" => list = element.attribute("numId").map(ToOwned::to_owned),
                "abstractNumId" => self
                    .lists
                    .extend(list.take().map(|list| (list, value.to_owned()))),
                _ => {}
            }
        }
        Ok(())
    }

    /// What a style of letters says of them.
    pub(super) fn letters(&self, id: &str) -> Letters {
        let (mut italic, mut bold, mut note) = (None, None, false);
        let mut next = Some(id);
        for _ in 0..BASED {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            italic = italic.or(style.italic);
            bold = bold.or(style.bold);
            note |= style.name == "plenary note";
            next = style.based_on.as_deref();
        }
        Letters {
            italic: italic.unwrap_or(false),
            bold: bold.unwrap_or(false),
            note,
        }
    }

    /// What a paragraph is for, by its style, its list and its words.
    pub(super) fn role(&self, said: &Said, words: &str) -> Role {
        let mut resolved = said.clone();
        let mut names = Vec::new();
        let mut next = said.style.clone();
        for _ in 0..BASED {
            let Some(style) = next.and_then(|id| self.styles.get(&id)) else {
                break;
            };
            names.push(style.name.as_str());
            resolved.outline = resolved.outline.or(style.outline);
            resolved.list = resolved.list.or_else(|| style.list.clone());
            resolved.level = resolved.level.or(style.level);
            next = style.based_on.clone();
        }
        let named = |name: &str| names.contains(&name);
        let heading = names
            .iter()
            .find_map(|n| n.strip_prefix("heading ")?.parse::<u8>().ok());
        let around = ["symbol", "cover", "beside", "record", "record heading"];
        let around = around.map(|name| format!("plenary {name}"));
        if around.iter().any(|name| named(name)) {
            return Role::Cover;
        }
        if named("plenary end") && words.trim().trim_matches('_').is_empty() {
            return Role::End;
        }
        if named("title") {
            return Role::Clause(Kind::Title, 1);
        }
        let depth = resolved.level.unwrap_or(0) + 1;
        if named("plenary annex") {
            return Role::Clause(Kind::Annex, 1);
        }
        if named("plenary preambular") {
            return Role::Clause(Kind::Preambular, said.level.unwrap_or(0) + 1);
        }
        if named("plenary operative") {
            return Role::Clause(Kind::Operative, depth);
        }
        if named("body text") && self.styles.values().any(|s| s.name == "plenary operative") {
            return Role::Clause(Kind::Paragraph, said.level.unwrap_or(0) + 1);
        }
        if let Some(level) = heading.or(resolved.outline.filter(|o| *o < 9).map(|o| o + 1)) {
            let annex = words.trim_start().to_lowercase().starts_with("annex");
            let kind = if annex { Kind::Annex } else { Kind::Heading };
            return Role::Clause(kind, level);
        }
        match resolved.list.as_deref() {
            None | Some("0") => Role::Plain,
            Some(list) => {
                let of = self.lists.get(list).cloned().unwrap_or_default();
                match self.bullets.contains_key(&(of, depth - 1)) {
                    true => Role::Bullet(depth),
                    false => Role::Clause(Kind::Operative, depth),
                }
            }
        }
    }
}
