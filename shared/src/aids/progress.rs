//! Progress over time: what was agreed and what was open at the end of every day and at every sealed version.
//!
//! The log is folded once, entry by entry ([`Course::take`]); at the moments that count a copy of the state is kept, which
//! costs nothing as it shares what it holds. Only then are the words of those moments looked up and counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Draft, Manuscript, Text};
use crate::entry::Entry;
use crate::fold::Corrupt;
use crate::ids::{DraftId, Hash, Heads, Name, Seq};
use crate::rolling::{self, Counts, Outcomes};
use crate::status::status_view;
use crate::time::Timestamp;
use crate::wire::view::ClauseStatus;

/// How many moments are measured at most: the last ones.
pub const MOMENTS: usize = 400;

/// Progress over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// The draft.
    pub draft: DraftId,
    /// The last entry.
    pub seq: Seq,
    /// The moments, oldest first; the last is the present.
    pub points: Vec<Point>,
    /// Earlier moments that are left out because there are too many.
    #[serde(default)]
    pub left_out: usize,
}

/// A moment with its measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Point {
    /// The last entry of that moment.
    pub seq: Seq,
    /// When it was made.
    pub at: Timestamp,
    /// The version that it sealed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Name>,
    /// What was counted.
    #[serde(flatten)]
    pub measures: Measures,
}

/// What negotiators count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Measures {
    /// Clauses that are not deleted.
    pub clauses: usize,
    /// Those of them that are agreed; ad referendum is not yet.
    pub clauses_agreed: usize,
    /// Those of them that are agreed ad referendum.
    pub clauses_ad_ref: usize,
    /// Words, in the language negotiated in.
    pub words: usize,
    /// Words of agreed clauses.
    pub words_agreed: usize,
    /// Live proposals and live objections.
    pub brackets: usize,
    /// Places at which the rolling text has alternatives: shown beside the brackets, since one bracket around a whole
    /// clause is cheap.
    pub issues: usize,
    /// Delegations that object to something. How many, never which.
    pub objecting: usize,
}

impl Measures {
    /// The measures of a draft with its words.
    pub fn of(draft: &Draft, manuscript: &Manuscript) -> Self {
        let status = status_view(draft, manuscript);
        let count = |of: &[ClauseStatus]| -> usize {
            let counts = of.iter().filter_map(|s| status.counts.get(s));
            counts.sum()
        };
        let all: usize = status.counts.values().sum();
        let rolled = draft
            .negotiated()
            .map(|l| rolling::clauses(draft, manuscript, &Outcomes::default(), l));
        Self {
            clauses: all - count(&[ClauseStatus::Deleted]),
            clauses_agreed: count(&[ClauseStatus::Agreed, ClauseStatus::Adopted]),
            clauses_ad_ref: count(&[ClauseStatus::AgreedAdRef]),
            words: status.words,
            words_agreed: status.words_agreed,
            brackets: status.brackets,
            issues: Counts::of(rolled.iter().flatten()).issues,
            objecting: status.objecting.len(),
        }
    }
}

/// Which moments count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The last entry of every day, by UTC, and every sealed version.
    #[default]
    Day,
    /// Every sealed version.
    Version,
}

/// A log on its way through, with the moments that count so far.
#[derive(Debug, Clone)]
pub struct Course {
    per: Per,
    draft: Draft,
    heads: BTreeSet<Hash>,
    kept: Vec<Kept>,
}

#[derive(Debug, Clone)]
struct Kept {
    draft: Draft,
    heads: BTreeSet<Hash>,
    version: Option<Name>,
}

impl Course {
    /// Before the first entry.
    pub fn new(id: DraftId, per: Per) -> Self {
        Self {
            per,
            draft: Draft::unborn(id),
            heads: BTreeSet::new(),
            kept: Vec::new(),
        }
    }

    /// The next entry of the log. What it costs does not depend on what came before.
    ///
    /// # Errors
    /// [`Corrupt`], naming the entry.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Corrupt> {
        let expected = self.draft.seq.next();
        let entry = Entry::decode(bytes).map_err(|e| Corrupt::at(expected, e.to_string()))?;
        let day = |at: Timestamp| at.0.div_euclid(24 * 3_600_000);
        if self.per == Per::Day && expected > Seq(1) && day(entry.at) != day(self.draft.at) {
            self.keep(None);
        }
        let sealed = self.draft.versions.len();
        self.draft.fold(&entry, Entry::hash_of(bytes))?;
        for change in &entry.changes {
            Text::move_heads(&mut self.heads, change).ok_or_else(|| {
                Corrupt::at(expected, "it holds something that is no change to the text")
            })?;
        }
        if self.draft.versions.len() > sealed {
            self.keep(self.draft.versions.last().map(|v| v.name.clone()));
        }
        Ok(())
    }

    /// A moment is kept once.
    fn keep(&mut self, version: Option<Name>) {
        let last = self.kept.last();
        if version.is_none() && last.is_some_and(|k| k.draft.seq == self.draft.seq) {
            return;
        }
        self.kept.push(Kept {
            draft: self.draft.clone(),
            heads: self.heads.clone(),
            version,
        });
    }

    /// Counts. `text` is the text that the entries have made, or a later state of it.
    ///
    /// # Errors
    /// [`Corrupt`] if its history does not know one of the moments.
    pub fn measured(mut self, text: &Text) -> Result<Progress, Corrupt> {
        self.keep(None);
        let left_out = self.kept.len().saturating_sub(MOMENTS);
        let mut points = Vec::new();
        let mut known: Option<(BTreeSet<Hash>, Manuscript)> = None;
        for kept in self.kept.into_iter().skip(left_out) {
            let manuscript = match known.take() {
                Some((heads, manuscript)) if heads == kept.heads => manuscript,
                _ => {
                    let heads = Heads(kept.heads.iter().copied().collect());
                    text.manuscript_at(&heads).ok_or_else(|| {
                        let why = "the text's history does not know this moment";
                        Corrupt::at(kept.draft.seq, why)
                    })?
                }
            };
            points.push(Point {
                seq: kept.draft.seq,
                at: kept.draft.at,
                version: kept.version,
                measures: Measures::of(&kept.draft, &manuscript),
            });
            known = Some((kept.heads, manuscript));
        }
        Ok(Progress {
            draft: self.draft.id,
            seq: self.draft.seq,
            points,
            left_out,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, agree, call, objects, replace};
    use serde_json::json;

    fn progress(room: &Room, per: Per) -> Progress {
        let mut course = Course::new(room.draft.id, per);
        for bytes in &room.log {
            course.take(bytes).unwrap();
        }
        course.measured(&room.text).unwrap()
    }

    /// Three days: a proposal and an objection, an agreement, a version, another agreement.
    fn conference() -> Room {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("MRD", &replace("op-2", "Requests a short report."));
        room.pass(24, 0);
        room.does("PEN", &json!({"incorporate": {"proposal": "p1"}}));
        room.does("CHAIR", &call("op-2"));
        room.does("CHAIR", &agree("op-2"));
        room.does("PEN", &json!({"seal_version": {"name": "Rev.1"}}));
        room.pass(48, 0);
        room.does("CHAIR", &call("t"));
        room.does("CHAIR", &agree("t"));
        room
    }

    #[test]
    fn every_day_and_every_version_is_counted_as_it_was() {
        let progress = progress(&conference(), Per::Day);
        let told: Vec<_> = progress
            .points
            .iter()
            .map(|p| {
                let m = p.measures;
                (
                    m.clauses_agreed,
                    m.words_agreed,
                    m.words,
                    m.brackets,
                    m.issues,
                )
            })
            .collect();
        assert_eq!(told, [(0, 0, 11, 2, 1), (1, 4, 12, 1, 0), (2, 8, 12, 1, 0)]);
        let versions: Vec<_> = progress
            .points
            .iter()
            .map(|p| p.version.is_some())
            .collect();
        assert_eq!(versions, [false, true, false]);
        assert_eq!(progress.points[0].measures.objecting, 1);
    }

    #[test]
    fn the_last_point_is_the_present_whatever_is_counted() {
        let room = conference();
        let present = Measures::of(&room.draft, &room.manuscript);
        for per in [Per::Day, Per::Version] {
            let progress = progress(&room, per);
            let last = progress.points.last().unwrap();
            assert_eq!((last.seq, last.measures), (room.draft.seq, present));
            assert_eq!(progress.left_out, 0);
        }
        assert_eq!(progress(&room, Per::Version).points.len(), 2);
    }

    #[test]
    fn taking_entries_one_after_another_or_going_on_later_is_the_same() {
        let room = conference();
        let mut course = Course::new(room.draft.id, Per::Day);
        let (first, second) = room.log.split_at(12);
        for bytes in first {
            course.take(bytes).unwrap();
        }
        let early = course.clone().measured(&room.text).unwrap();
        for bytes in second {
            course.take(bytes).unwrap();
        }
        let whole = course.measured(&room.text).unwrap();
        assert_eq!(whole, progress(&room, Per::Day));
        assert_eq!(early.seq, Seq(12));
    }

    #[test]
    fn a_damaged_log_is_told_by_its_entry() {
        let room = conference();
        let mut course = Course::new(room.draft.id, Per::Day);
        course.take(&room.log[0]).unwrap();
        assert_eq!(course.take(&room.log[2]).unwrap_err().seq, Seq(3));
    }
}
