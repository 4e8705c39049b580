//! A redline for people: on a terminal, as a page, as Markdown. What went and what came is marked by signs or words,
//! never by colour alone.

mod ansi;
mod html;
mod markdown;

pub use ansi::{Colour, ansi, ansi_of_all};
pub use html::html;
pub use markdown::markdown;

use super::{Change, ClauseChange, Counts};

/// The number of the clause before and after: `OP3`, `OP3 → OP4`, and what became of it as a whole.
fn heading(clause: &ClauseChange) -> String {
    let mut heading = match (&clause.old_label, &clause.new_label) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (_, Some(label)) | (Some(label), None) => label.clone(),
        (None, None) => clause.id.to_string(),
    };
    heading += match clause.change {
        Change::Added => " (added)",
        Change::Removed => " (deleted)",
        Change::Changed | Change::Unchanged => "",
    };
    if clause.moved {
        heading += " (moved)";
    }
    heading
}

/// Whether there is anything to be seen of it.
fn is_news(clause: &ClauseChange) -> bool {
    clause.moved || clause.change != Change::Unchanged
}

/// How much is different, as one sentence.
fn summary(counts: &Counts) -> String {
    let Counts {
        unchanged,
        changed,
        added,
        removed,
        moved,
    } = counts;
    format!(
        "Clauses: {changed} changed, {added} added, {removed} deleted, {moved} moved, {unchanged} with the same words."
    )
}
