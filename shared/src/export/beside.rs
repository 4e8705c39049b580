//! Two languages side by side, and a page as a redline in which nothing is different, for formats that are written from one.

use std::collections::BTreeMap;

use super::{Item, Page};
use crate::draft::Kind;
use crate::ids::{ClauseId, Language};
use crate::redline::{Change, ClauseChange, Counts, Op, Redline, Segment};

impl Page<'_> {
    /// The page in that language, and in no other where it has no words yet: every clause as unchanged.
    pub fn as_redline(&self, language: &Language) -> Redline {
        let mut clauses = self.column(language);
        // Of a deleted clause the status is to be seen, and only where statuses are.
        clauses.retain(|c| c.new_label.is_some());
        Redline {
            language: language.clone(),
            counts: Counts {
                unchanged: clauses.len(),
                ..Counts::default()
            },
            clauses,
            hands: Vec::new(),
        }
    }

    /// Every clause of the page in that language.
    pub(super) fn column(&self, language: &Language) -> Vec<ClauseChange> {
        let items = self.all().into_iter().enumerate();
        items
            .map(|(n, item)| unchanged(n, item, language))
            .collect()
    }

    /// The words of every clause in that language, by the ids that [`Page::as_redline`] gives; none where there are none.
    pub fn words_in(&self, language: &Language) -> BTreeMap<ClauseId, String> {
        let clauses = self.as_redline(language).clauses.into_iter();
        let words = |c: ClauseChange| (c.id, c.segments.into_iter().map(|s| s.text).collect());
        clauses.map(words).collect()
    }
}

fn unchanged(n: usize, item: Item, language: &Language) -> ClauseChange {
    let words = item.texts.into_iter().find(|(l, _)| l == language);
    let words = words.map(|(_, text)| text).unwrap_or_default();
    // What is only proposed has no number of its own yet: it stands before its words, and counts for no other.
    let (id, kind, label, words) = match item.id {
        Some(id) => (id, item.kind, item.label, words),
        None => {
            let id = format!("proposed-{n}");
            let label = item.label.as_deref().unwrap_or_default();
            let id = id.parse().expect("letters and a number are an id");
            let words = format!("{label} {words}");
            (id, Kind::Paragraph, Some(String::new()), words)
        }
    };
    let segment = Segment::new(Op::Same, words);
    ClauseChange {
        id,
        old_label: label.clone(),
        new_label: label,
        kind,
        level: item.level,
        old_kind: None,
        old_level: None,
        change: Change::Unchanged,
        moved: false,
        from: Vec::new(),
        into: Vec::new(),
        hand: None,
        conflict: false,
        segments: Some(segment)
            .filter(|s| !s.text.is_empty())
            .into_iter()
            .collect(),
    }
}
