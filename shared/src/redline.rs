//! The difference between two moments of a text, clause by clause and word by word, as data.
//!
//! Clauses are matched by their ids, so one that moved is told as moved and not as deleted here and added there. Within
//! a clause, the segments that stayed and those that went are the old wording; those that stayed and those that came
//! are the new one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Draft, Kind, Manuscript, Paragraph};
use crate::ids::{ClauseId, Language};
use crate::numbering::{self, Labels};

mod align;
pub(crate) mod compare;
mod exchange;
mod hands;
pub mod likeness;
mod names;
pub mod render;
mod three;
pub(crate) mod words;

pub use hands::{Chronicle, Hand, Side, sign};
pub use three::three;

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// It stayed.
    Same,
    /// It went.
    Del,
    /// It came.
    Ins,
}

/// A stretch of words and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Segment {
    /// What became of it.
    pub op: Op,
    /// The words.
    pub text: String,
    /// The clause to which words that went have gone, or from which words that came have come. It may be their own, if
    /// they only stand elsewhere in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<ClauseId>,
    /// By whose hand: a place in [`Redline::hands`]. None if that was not asked, or could not be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<usize>,
}

impl Segment {
    pub(crate) fn new(op: Op, text: String) -> Self {
        Self {
            op,
            text,
            with: None,
            hand: None,
        }
    }
}

/// What became of a clause's words and standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Nothing.
    Unchanged,
    /// Its words, its kind or its depth are others.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// What became of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseChange {
    /// The clause.
    pub id: ClauseId,
    /// Its number before; none if it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_label: Option<String>,
    /// Its number after; none if it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_label: Option<String>,
    /// What kind of clause it is, or was.
    pub kind: Kind,
    /// Its depth.
    pub level: u8,
    /// What kind of clause it was, if it is another now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_kind: Option<Kind>,
    /// Its depth, if it is another now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_level: Option<u8>,
    /// What became of it.
    pub change: Change,
    /// Whether it stands elsewhere among the others than before. It may be changed besides.
    pub moved: bool,
    /// The clauses from which most of the words of a new one have come: it was split from them, or takes their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<ClauseId>,
    /// The clauses to which most of the words of one that is gone have gone: it was merged into them, or they take its
    /// place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<ClauseId>,
    /// Of three texts, whose change it is that it came, went or moved: a place in [`Redline::hands`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<usize>,
    /// Of three texts, whether two have changed the same words in different ways.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
    /// Its words.
    pub segments: Vec<Segment>,
}

impl ClauseChange {
    /// Its kind and its depth before.
    pub fn form_before(&self) -> (Kind, u8) {
        let kind = self.old_kind.unwrap_or(self.kind);
        (kind, self.old_level.unwrap_or(self.level))
    }

    /// Whether it stands before and after, under other numbers.
    pub fn is_renumbered(&self) -> bool {
        let both = self.old_label.as_ref().zip(self.new_label.as_ref());
        both.is_some_and(|(old, new)| old != new)
    }
}

/// How much is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Clauses as they were; moved ones among them.
    pub unchanged: usize,
    /// Clauses with other words.
    pub changed: usize,
    /// New clauses.
    pub added: usize,
    /// Clauses that are gone.
    pub removed: usize,
    /// Clauses that stand elsewhere.
    pub moved: usize,
    /// Clauses with another number than before.
    #[serde(default)]
    pub renumbered: usize,
    /// Clauses of which a part is a clause of its own now.
    #[serde(default)]
    pub split: usize,
    /// Clauses that are gone and whose words are in others now.
    #[serde(default)]
    pub merged: usize,
    /// Of three texts, clauses of which two have changed the same words in different ways.
    #[serde(default)]
    pub conflicts: usize,
}

/// The difference between two moments of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Redline {
    /// The language.
    pub language: Language,
    /// The clauses in their new order; those that are gone follow what they followed before.
    pub clauses: Vec<ClauseChange>,
    /// How much is different.
    pub counts: Counts,
    /// By whose hands it is different, if that was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<Hand>,
}

/// A text at one moment.
#[derive(Debug, Clone)]
pub struct Moment<'a> {
    /// Its words.
    pub manuscript: &'a Manuscript,
    /// The numbers of its clauses. One without a number was agreed to be deleted.
    pub labels: Labels,
}

impl<'a> Moment<'a> {
    /// The text as it stood; `draft` is the state of that moment.
    pub fn of(draft: &Draft, manuscript: &'a Manuscript) -> Self {
        Self {
            manuscript,
            labels: numbering::labels(draft, manuscript),
        }
    }

    /// A text from outside, in which nothing is deleted.
    pub fn of_outside(manuscript: &'a Manuscript) -> Self {
        Self {
            manuscript,
            labels: numbering::labels_of_outside(manuscript),
        }
    }

    fn standing(&self) -> Vec<(&'a ClauseId, &'a Paragraph)> {
        let mut all = self.manuscript.in_order();
        all.retain(|(id, _)| self.labels.contains_key(*id));
        all
    }
}

/// What changed from one moment to another.
pub fn between(old: &Moment<'_>, new: &Moment<'_>, language: &Language) -> Redline {
    let (before, after) = (old.standing(), new.standing());
    let ids = |clauses: &[(&ClauseId, _)]| -> Vec<ClauseId> {
        clauses.iter().map(|(id, _)| (*id).clone()).collect()
    };
    let was: BTreeMap<_, _> = before.iter().copied().collect();
    let is: BTreeMap<_, _> = after.iter().copied().collect();
    let mut clauses: Vec<ClauseChange> = align::align(&ids(&before), &ids(&after))
        .into_iter()
        .filter_map(|place| {
            let (was, is) = (was.get(&place.id).copied(), is.get(&place.id).copied());
            let (change, segments) = compare(was, is, language);
            let paragraph = is.or(was)?;
            Some(ClauseChange {
                old_label: was.and_then(|_| old.labels.get(&place.id)).cloned(),
                new_label: is.and_then(|_| new.labels.get(&place.id)).cloned(),
                kind: paragraph.kind,
                level: paragraph.level,
                old_kind: was.map(|p| p.kind).filter(|k| *k != paragraph.kind),
                old_level: was.map(|p| p.level).filter(|l| *l != paragraph.level),
                id: place.id,
                change,
                moved: place.moved,
                from: Vec::new(),
                into: Vec::new(),
                hand: None,
                conflict: false,
                segments,
            })
        })
        .collect();
    exchange::tell(&mut clauses);
    Redline {
        language: language.clone(),
        counts: Counts::of(&clauses),
        clauses,
        hands: Vec::new(),
    }
}

impl Counts {
    fn of(clauses: &[ClauseChange]) -> Self {
        let count = |is: &dyn Fn(&ClauseChange) -> bool| clauses.iter().filter(|c| is(c)).count();
        let gone = |id: &ClauseId| {
            let clause = clauses.iter().find(|c| c.id == *id);
            clause.is_some_and(|c| c.change == Change::Removed)
        };
        let added: BTreeSet<_> = clauses.iter().flat_map(|c| &c.from).collect();
        Self {
            unchanged: count(&|c| c.change == Change::Unchanged),
            changed: count(&|c| c.change == Change::Changed),
            added: count(&|c| c.change == Change::Added),
            removed: count(&|c| c.change == Change::Removed),
            moved: count(&|c| c.moved),
            renumbered: count(&ClauseChange::is_renumbered),
            split: added.into_iter().filter(|id| !gone(id)).count(),
            merged: count(&|c| !c.into.is_empty()),
            conflicts: count(&|c| c.conflict),
        }
    }
}

fn compare(
    old: Option<&Paragraph>,
    new: Option<&Paragraph>,
    language: &Language,
) -> (Change, Vec<Segment>) {
    let text = |p: Option<&Paragraph>| p.and_then(|p| p.text.get(language).cloned());
    let (before, after) = (text(old), text(new));
    let segments = segments(
        before.as_deref().unwrap_or_default(),
        after.as_deref().unwrap_or_default(),
    );
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        (Some(was), Some(is)) => {
            let same_form = (was.kind, was.level) == (is.kind, is.level);
            let same_words = segments.iter().all(|s| s.op == Op::Same);
            if same_form && same_words {
                Change::Unchanged
            } else {
                Change::Changed
            }
        }
    };
    (change, segments)
}

/// The words of two wordings: what stayed, what went, and what came.
pub fn segments(old: &str, new: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut push = |op, text: &str| {
        if !text.is_empty() {
            segments.push(Segment::new(op, text.to_owned()));
        }
    };
    match (old, new) {
        ("", new) => push(Op::Ins, new),
        (old, "") => push(Op::Del, old),
        _ if old == new => push(Op::Same, old),
        _ => {
            let (before, after) = (words::split(old), words::split(new));
            let (mut old, mut new) = ((old, 0), (new, 0));
            for hunk in compare::differences(&before, &after) {
                push(Op::Same, up_to(hunk.old.start, &before, &mut old));
                push(Op::Del, up_to(hunk.old.end, &before, &mut old));
                up_to(hunk.new.start, &after, &mut new);
                push(Op::Ins, up_to(hunk.new.end, &after, &mut new));
            }
            push(Op::Same, old.0);
        }
    }
    segments
}

/// The letters of the pieces up to that one, of a wording of which those of the first `from` pieces are taken already.
fn up_to<'a>(to: usize, pieces: &[&str], (rest, from): &mut (&'a str, usize)) -> &'a str {
    let pieces = pieces.get(*from..to).unwrap_or_default();
    let letters = pieces.iter().map(|piece| piece.len()).sum();
    let (taken, left) = rest.split_at_checked(letters).unwrap_or((rest, ""));
    (*rest, *from) = (left, to);
    taken
}

#[cfg(test)]
mod tests;
