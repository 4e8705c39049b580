//! What a Word file may hold that a draft has no place for: each is told, and none is dropped in silence.
//!
//! Not looked at, and in no report, is what says nothing of this text: themes, settings of the program, properties of the
//! file, and how styles of paragraphs are set.

use super::super::body::{FROM, MARK};
use crate::xml::{Element, Node, Nodes};

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is read, or says nothing.
    Read,
    /// Its words are read, and this is lost.
    Loses(&'static str),
    /// It is passed over with all that stands in it, and this is lost.
    Without(&'static str),
    /// It is passed over: it only says how things are set.
    Passed,
}

/// What becomes of an element, inside or outside of the properties of a paragraph.
pub(super) fn fate(element: &Element, of_paragraph: bool) -> Fate {
    use Fate::{Loses, Passed, Read, Without};
    let value = element.attribute("val");
    let on = !matches!(value, Some("0" | "false" | "off" | "none" | "baseline"));
    match element.name.as_str() {
        "drawing" | "pict" | "AlternateContent" | "contentPart" => {
            Without("Pictures, drawings and charts, left out")
        }
        "object" | "control" => Without("Embedded objects, left out"),
        "altChunk" | "subDoc" => Without("Other documents inside of this one, left out"),
        "oMath" | "oMathPara" => Without("Formulas, left out"),
        "rt" => Without("Readings beside letters (ruby), left out"),
        "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "tblGridChange"
        | "trPrChange" | "tcPrChange" | "numberingChange" => Without(SETTING),
        "sectPr" if of_paragraph => {
            Without("Sections with pages of their own, which have become one text")
        }
        "sectPr" | "tblPr" | "tblGrid" | "tcPr" | "sdtPr" | "trPr" => Passed,
        // What stands in the properties of a paragraph is of its mark, or of the whole.
        "jc" | "pBdr" | "framePr" | "pageBreakBefore" | "textDirection" if of_paragraph && on => {
            Loses(
                "Paragraphs with an alignment, border, frame or page of their own, which are set as the draft is",
            )
        }
        _ if of_paragraph => Read,
        "u" if on => Loses("Underlined words, of which the line is not kept"),
        "strike" | "dstrike" if on => {
            Loses("Words struck through by hand, which stand as all others do")
        }
        "caps" | "smallCaps" if on => Loses("Words in capitals by their setting, which are not"),
        "vertAlign" | "position" if on => {
            Loses("Raised and lowered letters, which stand in the line")
        }
        "color" if !matches!(value, None | Some("auto" | "000000")) => {
            Loses("Coloured words, of which the colour is not kept")
        }
        "highlight" | "shd" if on => Loses("Words with a coloured ground, which is not kept"),
        "vanish" | "specVanish" if on => Loses("Hidden words, which are shown now"),
        "bdr" | "em" | "outline" | "shadow" | "emboss" | "imprint" | "effect" if on => {
            Loses("Words with frames, marks or effects, which are not kept")
        }
        "rFonts" | "sz" | "szCs" => {
            Loses("Words in fonts and sizes of their own, which are set as the draft is")
        }
        "br" if matches!(element.attribute("type"), Some("page" | "column")) => {
            Loses("Breaks of pages and columns, left out")
        }
        "sym" => Loses("Letters of symbol fonts, left out"),
        "softHyphen" => Loses("Places where a word may be parted, left out"),
        "pgNum" | "dayShort" | "dayLong" | "monthShort" | "monthLong" | "yearShort"
        | "yearLong" => Loses("Dates and numbers of pages that the program puts in, left out"),
        "tbl" => Loses("Tables, of which each cell has become a paragraph"),
        "footnoteReference" | "endnoteReference" => Loses("Footnotes and endnotes, left out"),
        "hyperlink" => Loses("Links, of which the words are kept and the address is not"),
        "fldSimple" => Loses(FIELD),
        "fldChar" if element.attribute("fldCharType") == Some("begin") => Loses(FIELD),
        "sdt" => Loses("Forms to fill in, of which the words are kept"),
        "smartTag" | "customXml" => Loses("Marks for other programs, of which the words are kept"),
        "bdo" | "dir" => Loses("Words turned around by hand, which follow their language"),
        "permStart" => Loses("Ranges that only some may edit, which are as all others"),
        "bookmarkStart" if !is_of_ours(element.attribute("name").unwrap_or_default()) => {
            Loses("Bookmarks, left out")
        }
        _ => Read,
    }
}

const SETTING: &str = "Tracked changes of how things are set, left out";
const FIELD: &str = "Fields, of which what they show is kept and stays as it is";

/// Whether a bookmark is one of ours, or one that programs set for themselves.
fn is_of_ours(name: &str) -> bool {
    name.starts_with(MARK) || name.starts_with(FROM) || name == "_GoBack"
}

/// What else is lost with what stands in an element that is passed over.
pub(super) fn inside(outer: &str, inner: &str) -> Option<&'static str> {
    match (outer, inner) {
        ("drawing" | "pict" | "object" | "AlternateContent", "txbxContent") => {
            Some("Text boxes, left out with their words")
        }
        ("trPr", "ins" | "del") | ("tcPr", "cellIns" | "cellDel" | "cellMerge") => Some(
            "Rows and cells of tables that somebody put in or took out, which stand as they are",
        ),
        (_, "trPrChange" | "tcPrChange" | "tblPrChange" | "sectPrChange") => Some(SETTING),
        ("sectPr", "lnNumType") => Some("Numbers of lines, left out"),
        _ => None,
    }
}

/// Of the parts beside the text, what is lost with them.
pub(super) fn of_parts<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (mut macros, mut embedded) = (0, 0);
    for name in names {
        macros += usize::from(name.ends_with("vbaProject.bin"));
        embedded += usize::from(name.starts_with("word/embeddings/"));
    }
    let told = [
        (macros, "Macros, left out"),
        (embedded, "Embedded files, left out"),
    ];
    let there = told.into_iter().filter(|(count, _)| *count > 0);
    there
        .map(|(count, what)| format!("{what}: {count}."))
        .collect()
}

/// Letters of a header that are told.
const TOLD: usize = 80;

/// What a header or a footer says, but for what the program puts in.
pub(super) fn around(part: &str) -> Result<Option<String>, String> {
    let mut nodes = Nodes::of(part);
    let (mut fields, mut texting) = (0_usize, false);
    let mut words = String::new();
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                match (element.name.as_str(), element.attribute("fldCharType")) {
                    ("fldSimple", _) => nodes.skip()?,
                    ("fldChar", Some("begin")) => fields += 1,
                    ("fldChar", Some("end")) => fields = fields.saturating_sub(1),
                    ("p", _) if !words.is_empty() => words.push(' '),
                    ("t", _) => texting = fields == 0,
                    _ => {}
                }
            }
            Node::Close(_) => texting = false,
            Node::Text(text) if texting => words.push_str(&text),
            Node::Text(_) => {}
        }
    }
    let words = words.trim();
    let mut told: String = words.chars().take(TOLD).collect();
    if told.len() < words.len() {
        told.push('…');
    }
    Ok((!told.is_empty()).then(|| format!("Header or footer, left out: “{told}”.")))
}

/// Whether comments answer each other or are settled, of which nothing is kept.
pub(super) fn threads(part: &str) -> Result<Option<String>, String> {
    let mut nodes = Nodes::of(part);
    let mut count = 0;
    while let Some(node) = nodes.next()? {
        if let Node::Open(element) = node {
            let answers = element.attribute("paraIdParent").is_some();
            let settled = matches!(element.attribute("done"), Some("1" | "true"));
            count += usize::from(answers || settled);
        }
    }
    let what = "Comments that answer others or are settled, which are told as all others";
    Ok((count > 0).then(|| format!("{what}: {count}.")))
}
