//! XML: text in it, and reading what comes from outside.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The text as it is written between tags and in attributes. What XML cannot hold is a replacement character.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || !is_allowed(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    Cow::Owned(out)
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// How deep elements may stand in each other.
const DEPTH: usize = 256;

/// A piece of XML from outside. Names are without their prefixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Open(Element),
    Close(String),
    Text(String),
}

/// The beginning of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads XML from outside, piece by piece. It knows no entities but those of XML itself, and asks for nothing elsewhere.
pub(crate) struct Nodes<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Nodes<'a> {
    pub(crate) fn of(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source.trim_start_matches('\u{FEFF}'));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Node>, String> {
        loop {
            let event = self.reader.read_event();
            let event =
                event.map_err(|e| format!("The XML is damaged ({e}). Save the file again."))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(format!(
                            "Elements stand in each other more than {DEPTH} deep. Do not trust this file."
                        ));
                    }
                    Node::Open(element(&start)?)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.into_inner().into_owned()),
                Event::GeneralRef(reference) => Node::Text(resolved(&reference)?),
                Event::DocType(_) => {
                    return Err("The file declares a document type, by which it could bring in other files. Do not trust it."
                        .to_owned());
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// Passes over the rest of the element that was just opened.
    pub(crate) fn skip(&mut self) -> Result<(), String> {
        self.skip_over(|_| {})
    }

    /// The same, told of each element that is passed over.
    pub(crate) fn skip_over(&mut self, mut over: impl FnMut(&Element)) -> Result<(), String> {
        let mut inside = 1;
        while inside > 0 {
            match self.next()? {
                Some(Node::Open(element)) => {
                    over(&element);
                    inside += 1;
                }
                Some(Node::Close(_)) => inside -= 1,
                Some(Node::Text(_)) => {}
                None => return Err("The XML ends too early. Save the file again.".to_owned()),
            }
        }
        Ok(())
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute =
            attribute.map_err(|e| format!("The XML is damaged ({e}). Save the file again."))?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| {
            "The file uses an entity that XML does not have. Do not trust it.".to_owned()
        })?;
        attributes.push((
            attribute.key.local_name().as_ref().to_owned(),
            value.into_owned(),
        ));
    }
    Ok(Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
    })
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    let unknown = || "The file uses an entity that XML does not have. Do not trust it.".to_owned();
    if let Some(c) = reference.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(c.to_string());
    }
    Ok(match &*reference.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(unknown()),
    }
    .to_owned())
}
