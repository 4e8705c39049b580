//! The data of the page: what stands above, the clauses with their numbers and words, and the annex.

use plenary_documents::docx::Sheet;
use plenary_documents::missing_note;
use plenary_shared::draft::Kind;
use plenary_shared::export::{ANNEX, direction};
use plenary_shared::ids::Language;
use plenary_shared::redline::{Change, ClauseChange, Op, Segment};
use serde_json::{Value, json};

use crate::fonts::{OURS, families};
use crate::words::Words;

/// What is printed.
pub(crate) struct Content {
    pub(crate) json: String,
    pub(crate) words: Words,
}

pub(crate) fn of(sheet: &Sheet<'_>, moment: &str) -> Content {
    let mut words = Words::default();
    let cover = &sheet.cover;
    let sponsors = (!cover.sponsors.is_empty()).then(|| cover.sponsors.join(", "));
    let lines = [&cover.date, &cover.body, &cover.agenda, &sponsors];
    let lines = lines.into_iter().flatten().map(|line| words.line(line));
    let lines: Vec<String> = lines.collect();
    let symbol = cover.symbol.as_deref().unwrap_or_default();
    let clauses = sheet.redline.clauses.iter();
    let clauses: Vec<Value> = clauses.map(|c| clause(sheet, c, &mut words)).collect();
    let annex = sheet.annex.iter().map(|line| {
        json!({ "who": words.line(&line.who), "pieces": words.whole(&line.text, ""),
            "long": words.is_long() })
    });
    let annex: Vec<Value> = annex.collect();
    let data = json!({
        "title": sheet.draft.title.as_str(),
        "symbol": words.line(symbol),
        "cover": lines,
        "lang": tongue(&sheet.redline.language),
        "beside": sheet.beside.as_ref().map(|(language, _)| tongue(language)),
        "clauses": clauses,
        "annex": annex,
        "annex-heading": ANNEX,
        "moment": words.line(moment),
    });
    Content {
        json: data.to_string(),
        words,
    }
}

/// A language as Typst has it, and the fonts for it.
fn tongue(language: &Language) -> Value {
    let subtags: Vec<&str> = language.as_str().split('-').collect();
    let tag = subtags
        .first()
        .copied()
        .unwrap_or("en")
        .to_ascii_lowercase();
    let rest = || subtags.iter().skip(1);
    let region = rest().find(|s| s.len() == 2 && s.chars().all(char::is_alphabetic));
    let script = rest().find(|s| s.len() == 4);
    let fonts = families(language.as_str());
    json!({
        "tag": if (2..=3).contains(&tag.len()) { tag.as_str() } else { "en" },
        "region": region.map(|r| r.to_ascii_uppercase()),
        "script": script.map(|s| s.to_ascii_lowercase()),
        "name": language.as_str(),
        "rtl": direction(language) == "rtl",
        "fonts": fonts,
        "italics": fonts.first() == Some(&OURS),
    })
}

fn clause(sheet: &Sheet<'_>, clause: &ClauseChange, words: &mut Words) -> Value {
    let missing = missing_note(&sheet.redline.language);
    // What came or went as a whole is told so in each of its words.
    let as_one = match clause.change {
        Change::Added => Some(Op::Ins),
        Change::Removed => Some(Op::Del),
        Change::Changed | Change::Unchanged => None,
    };
    let segments: Vec<Segment> = clause
        .segments
        .iter()
        .cloned()
        .map(|s| Segment {
            op: as_one.unwrap_or(s.op),
            ..s
        })
        .collect();
    let pieces = words.redlined(&segments, missing);
    let mut long = words.is_long();
    let beside = sheet.beside.as_ref().map(|(language, all)| {
        let text = all.get(&clause.id).map_or("", String::as_str);
        let pieces = words.whole(text, missing_note(language));
        long |= words.is_long();
        pieces
    });
    json!({
        "kind": clause.kind.name(),
        "level": clause.level.clamp(1, 6),
        "number": words.line(&number(clause)),
        "pieces": pieces,
        "beside": beside,
        "long": long,
    })
}

/// The number on paper: `3.`, `(b)`.
fn number(clause: &ClauseChange) -> String {
    let label = clause.new_label.as_deref().or(clause.old_label.as_deref());
    let number = label.and_then(|l| l.strip_prefix("OP"));
    match number.filter(|_| clause.kind == Kind::Operative) {
        None => String::new(),
        Some(number) => match number.rfind('(') {
            Some(at) => number.get(at..).unwrap_or_default().to_owned(),
            None => format!("{number}."),
        },
    }
}
