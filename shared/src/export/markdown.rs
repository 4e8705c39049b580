//! Markdown: what [`crate::import::markdown`] reads. A clean page in all languages is read back as the same clauses.

use super::{Format, Item, Page, annex};
use crate::draft::Kind;
use crate::import::inline::{Attributes, escape, escape_heading};
use crate::import::marker;
use crate::import::place::{Form, Place};
use crate::numbering::{letter, roman};

/// Markdown.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }
    fn media_type(&self) -> &'static str {
        "text/markdown; charset=utf-8"
    }
    fn extension(&self) -> &'static str {
        "md"
    }
    fn write(&self, page: &Page<'_>) -> String {
        let mut writer = Writer::default();
        let mut blocks = Vec::new();
        for item in page.items() {
            let block = writer.block(page, &item);
            blocks.push(block);
        }
        let annex = annex::lines(page);
        if !annex.is_empty() {
            blocks.push(format!("## {}", annex::HEADING));
            blocks.extend(annex.iter().map(|line| {
                let text = escape(&line.text).join("\n  ");
                format!("- **{}**: {text}", escape_heading(&line.who))
            }));
        }
        let mut out = blocks.join("\n\n");
        out.push('\n');
        // One at the beginning of a file is none of its words.
        if out.starts_with('\u{FEFF}') {
            out.insert(0, '\u{FEFF}');
        }
        out
    }
}

/// Counts along, as a reader of the Markdown will.
#[derive(Default)]
struct Writer {
    place: Place,
    counts: [usize; 3],
    /// How far the words of the last numbered paragraph are indented.
    indent: usize,
}

impl Writer {
    fn block(&mut self, page: &Page<'_>, item: &Item) -> String {
        let primary = page.primary();
        let (own, others): (Vec<_>, Vec<_>) = item
            .texts
            .iter()
            .partition(|(language, _)| Some(language) == primary);
        let mut words = own.first().map_or("", |(_, text)| text.as_str()).to_owned();
        if item.id.is_none() {
            words = format!("{} {words}", item.label.as_deref().unwrap_or_default());
        }
        if let Some(mark) = item.mark() {
            words = format!("{words} {mark}");
        }
        let mark = self.mark(item);
        let form = self.form(item, &words, &mark);
        let (kind, level) = self.place.meaning(form);
        let attributes = Attributes {
            id: item.id.clone(),
            kind: (kind != item.kind).then_some(item.kind),
            level: (level != item.level).then_some(item.level),
        };
        self.place.pass(form, item.kind, item.level);
        let first = match form {
            Form::Heading(marks, _) => format!("{} ", "#".repeat(usize::from(marks))),
            Form::Item => format!("{}. ", self.counts[0]),
            Form::Marked(mark) => format!("({mark}) "),
            Form::Plain => String::new(),
        };
        self.indent = match form {
            Form::Item => first.len(),
            Form::Marked(_) => self.indent,
            Form::Heading(..) | Form::Plain => 0,
        };
        let margin = " ".repeat(self.indent);
        let mut lines = match form {
            Form::Heading(..) => vec![escape_heading(&words)],
            Form::Item | Form::Marked(_) | Form::Plain => escape(&words),
        };
        if attributes.id.is_some()
            && let Some(last) = lines.last_mut()
        {
            let apart = if last.is_empty() { "" } else { " " };
            *last = format!("{last}{apart}{}", attributes.written());
        }
        let before = if matches!(form, Form::Marked(_)) {
            margin.as_str()
        } else {
            ""
        };
        let mut out = format!("{before}{first}{}", lines.join(&format!("\n{margin}")));
        for (n, (language, text)) in others.into_iter().enumerate() {
            let between = if n == 0 { "" } else { ">" };
            let quoted = escape(text).join(&format!("\n{margin}> "));
            out += &format!("\n{margin}{between}\n{margin}> **{language}** {quoted}");
        }
        // Empty lines of the margin would be spaces at the end of a line.
        let lines: Vec<_> = out
            .split('\n')
            .map(|line| line.trim_end_matches(' '))
            .collect();
        lines.join("\n")
    }

    /// Counts the item and gives the mark of a sub-paragraph.
    fn mark(&mut self, item: &Item) -> String {
        let Some(number) = usize::from(item.level).checked_sub(1) else {
            return String::new();
        };
        match (item.kind, item.level) {
            (Kind::Operative, _) if item.id.is_none() => {}
            (Kind::Operative, 1..=3) | (Kind::Paragraph, 2..=3) => {
                for (level, count) in self.counts.iter_mut().enumerate().skip(number) {
                    *count = if level == number { *count + 1 } else { 0 };
                }
            }
            (Kind::Paragraph, 1) | (Kind::Annex | Kind::Heading, _) => {
                self.counts = [self.counts[0], 0, 0];
            }
            _ => {}
        }
        match item.level {
            2 => letter(self.counts[1]),
            3 => roman(self.counts[2]),
            _ => String::new(),
        }
    }

    fn form<'a>(&self, item: &Item, words: &'a str, mark: &'a str) -> Form<'a> {
        let known = marker::split(&format!("({mark})")).is_some();
        match (item.kind, item.level) {
            _ if item.id.is_none() => Form::Plain,
            (Kind::Title, _) => Form::Heading(1, words),
            (Kind::Heading | Kind::Annex, level) => Form::Heading(level.clamp(1, 5) + 1, words),
            (Kind::Operative, 1) => Form::Item,
            (Kind::Operative | Kind::Paragraph, 2 | 3) if known && self.place.takes_marks() => {
                Form::Marked(mark)
            }
            _ => Form::Plain,
        }
    }
}
