//! A redline for people: on a terminal, as a page, as Markdown. What went and what came is marked by signs or words,
//! never by colour alone.

mod ansi;
mod html;
mod markdown;

pub use ansi::{Colour, ansi, ansi_of_all};
pub use html::html;
pub use markdown::markdown;

use super::{Change, ClauseChange, Counts, Op, Redline, Segment, Side};
use crate::ids::ClauseId;

/// The number of the clause before and after: `OP3`, `OP3 → OP4`, and what became of it as a whole.
fn heading(redline: &Redline, clause: &ClauseChange) -> String {
    let mut heading = match (&clause.old_label, &clause.new_label) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (_, Some(label)) | (Some(label), None) => label.clone(),
        (None, None) => clause.id.to_string(),
    };
    let names = |ids: &[ClauseId]| {
        let names: Vec<_> = ids.iter().map(|id| name(redline, id)).collect();
        names.join(", ")
    };
    let stands = |id: &ClauseId, change| {
        let clause = redline.clauses.iter().find(|c| c.id == *id);
        clause.is_some_and(|c| c.change != change)
    };
    let what = match clause.change {
        Change::Added if clause.from.is_empty() => "added".to_owned(),
        Change::Added if clause.from.iter().any(|id| stands(id, Change::Removed)) => {
            format!("split from {}", names(&clause.from))
        }
        Change::Added => format!("in place of {}", names(&clause.from)),
        Change::Removed if clause.into.is_empty() => "deleted".to_owned(),
        Change::Removed if clause.into.iter().any(|id| stands(id, Change::Added)) => {
            format!("merged into {}", names(&clause.into))
        }
        Change::Removed => format!("now {}", names(&clause.into)),
        Change::Changed | Change::Unchanged => String::new(),
    };
    if !what.is_empty() {
        heading += &format!(" ({what})");
    }
    if clause.moved {
        heading += " (moved)";
    }
    if clause.conflict {
        heading += " (in conflict)";
    }
    heading
}

/// A clause by its number; by that which it had, if it is gone.
fn name(redline: &Redline, id: &ClauseId) -> String {
    let clause = redline.clauses.iter().find(|c| c.id == *id);
    let label = clause.and_then(|c| c.new_label.as_ref().or(c.old_label.as_ref()));
    label.map_or_else(|| id.to_string(), Clone::clone)
}

/// What is to be said of words besides: where they went or came from (`to OP4`, `from OP3`, or `moved` within their own
/// clause), and by whose hand.
fn note(redline: &Redline, clause: &ClauseChange, segment: &Segment) -> Option<String> {
    let place = segment.with.as_ref().map(|with| {
        let name = name(redline, with);
        match segment.op {
            _ if *with == clause.id => "moved".to_owned(),
            Op::Del => format!("to {name}"),
            Op::Ins | Op::Same => format!("from {name}"),
        }
    });
    let hand = hand(redline, segment.hand);
    let notes: Vec<_> = [place, hand].into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join(", "))
}

/// Whose hand it is, in words.
fn hand(redline: &Redline, hand: Option<usize>) -> Option<String> {
    let hand = redline.hands.get(hand?)?;
    let side = hand.side.map(|side| match side {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
        Side::Both => "both",
    });
    let delegation = hand.delegation.as_ref().map(ToString::to_string);
    delegation.or_else(|| side.map(ToOwned::to_owned))
}

/// Whether there is anything to be seen of it.
fn is_news(clause: &ClauseChange) -> bool {
    clause.moved || clause.change != Change::Unchanged
}

/// How much is different, as one sentence. What is not there at all is not spoken of.
fn summary(counts: &Counts) -> String {
    let Counts {
        unchanged,
        changed,
        added,
        removed,
        moved,
        renumbered,
        split,
        merged,
        conflicts,
    } = counts;
    let mut told =
        format!("Clauses: {changed} changed, {added} added, {removed} deleted, {moved} moved");
    for (count, what) in [
        (split, "split"),
        (merged, "merged"),
        (renumbered, "renumbered"),
        (conflicts, "in conflict"),
    ] {
        if *count > 0 {
            told += &format!(", {count} {what}");
        }
    }
    format!("{told}, {unchanged} with the same words.")
}
