//! A redline as Markdown: ~~what went~~ and **what came**, for a message or a page of minutes.

use super::super::{Op, Redline};
use super::{heading, is_news, note, summary};
use crate::export::visible;
use crate::import::inline::escape;

/// The whole text with its differences.
pub fn markdown(redline: &Redline) -> String {
    let mut out = format!("{}\n", summary(&redline.counts));
    for clause in &redline.clauses {
        let title = heading(redline, clause);
        out += &if is_news(clause) {
            format!("\n### {title}\n\n")
        } else {
            format!("\n{title}\n\n")
        };
        let mut words = String::new();
        for segment in &clause.segments {
            let text = visible(&segment.text);
            match segment.op {
                Op::Same => words += &text,
                Op::Del => words += &around(&text, "~~"),
                Op::Ins => words += &around(&text, "**"),
            }
            if let Some(place) = note(redline, clause, segment) {
                words += &format!(" ({place}) ");
            }
        }
        out += &escape(&words).join("\n");
        out.push('\n');
    }
    out
}

/// The mark around the words, with the spaces at their ends outside of it, where Markdown wants them.
fn around(text: &str, mark: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", text));
    let after = rest.get(inner.len()..).unwrap_or_default();
    format!("{before}{mark}{inner}{mark}{after}")
}
