//! Three texts: what two of them have each made of a third.
//!
//! It is a redline like any other, from the common text to both: each change is signed with whose it is. Where both
//! changed the same words in different ways, both ways stand there, and the clause is in conflict.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::compare::{Hunk, differences};
use super::hands::{Hand, Side};
use super::words::split;
use super::{Change, ClauseChange, Counts, Moment, Op, Redline, Segment, align};
use crate::draft::Paragraph;
use crate::ids::{ClauseId, Language};

/// The order of the hands.
const SIDES: [Side; 3] = [Side::Mine, Side::Theirs, Side::Both];

/// What two texts have made of a third. The hands of the redline are `mine`, `theirs` and `both`.
pub fn three(
    base: &Moment<'_>,
    mine: &Moment<'_>,
    theirs: &Moment<'_>,
    language: &Language,
) -> Redline {
    let all = [base.standing(), mine.standing(), theirs.standing()];
    let ids = all.each_ref().map(|standing| {
        let ids = standing.iter().map(|(id, _)| (*id).clone());
        ids.collect::<Vec<ClauseId>>()
    });
    let [was, is_mine, is_theirs] = all.map(|standing| {
        standing
            .into_iter()
            .collect::<BTreeMap<&ClauseId, &Paragraph>>()
    });
    let [base_ids, mine_ids, their_ids] = &ids;
    let mut places = align::align(base_ids, mine_ids);
    let moved_there: BTreeSet<_> = align::align(base_ids, their_ids)
        .into_iter()
        .filter(|p| p.moved)
        .map(|p| p.id)
        .collect();
    // What only the others added follows what it follows there.
    let mut after: Option<&ClauseId> = None;
    for id in their_ids {
        if !places.iter().any(|p| p.id == *id) {
            let place = after.and_then(|a| places.iter().position(|p| p.id == *a));
            let place = place.map_or(0, |n| n + 1);
            places.insert(
                place,
                align::Place {
                    id: id.clone(),
                    moved: false,
                },
            );
        }
        after = Some(id);
    }
    let clauses: Vec<_> = places
        .into_iter()
        .filter_map(|place| {
            let texts = Texts {
                base: was.get(&place.id).copied(),
                mine: is_mine.get(&place.id).copied(),
                theirs: is_theirs.get(&place.id).copied(),
            };
            let paragraph = texts.mine.or(texts.theirs).or(texts.base)?;
            let (change, side) = texts.change();
            let (segments, conflict) = texts.segments(language);
            let moved_by = match (place.moved, moved_there.contains(&place.id)) {
                (true, true) => Some(Side::Both),
                (true, false) => Some(Side::Mine),
                (false, true) => Some(Side::Theirs),
                (false, false) => None,
            };
            let same = segments.iter().all(|s| s.op == Op::Same);
            let new_labels = [&mine.labels, &theirs.labels];
            let mut new_label = new_labels.into_iter().filter_map(|l| l.get(&place.id));
            Some(ClauseChange {
                old_label: base.labels.get(&place.id).cloned(),
                new_label: new_label.next().cloned(),
                kind: paragraph.kind,
                level: paragraph.level,
                old_kind: texts.base.map(|p| p.kind).filter(|k| *k != paragraph.kind),
                old_level: texts
                    .base
                    .map(|p| p.level)
                    .filter(|l| *l != paragraph.level),
                change: match change {
                    Change::Unchanged if !same => Change::Changed,
                    other => other,
                },
                moved: moved_by.is_some(),
                from: Vec::new(),
                into: Vec::new(),
                hand: side.or(moved_by).map(number),
                conflict,
                id: place.id,
                segments,
            })
        })
        .collect();
    Redline {
        language: language.clone(),
        counts: Counts::of(&clauses),
        clauses,
        hands: SIDES.map(hand).to_vec(),
    }
}

fn hand(side: Side) -> Hand {
    Hand {
        side: Some(side),
        ..Hand::default()
    }
}

fn number(side: Side) -> usize {
    SIDES.iter().position(|s| *s == side).unwrap_or(0)
}

/// One clause in the three texts.
struct Texts<'a> {
    base: Option<&'a Paragraph>,
    mine: Option<&'a Paragraph>,
    theirs: Option<&'a Paragraph>,
}

impl Texts<'_> {
    fn change(&self) -> (Change, Option<Side>) {
        let side = |mine: bool, theirs: bool| match (mine, theirs) {
            (true, true) => Some(Side::Both),
            (true, false) => Some(Side::Mine),
            (false, true) => Some(Side::Theirs),
            (false, false) => None,
        };
        let Some(base) = self.base else {
            let who = side(self.mine.is_some(), self.theirs.is_some());
            return (Change::Added, who);
        };
        let form = |p: Option<&Paragraph>| p.map(|p| (p.kind, p.level));
        let other = |p| form(p).is_some_and(|f| Some(f) != form(Some(base)));
        match side(self.mine.is_none(), self.theirs.is_none()) {
            Some(who) => (Change::Removed, Some(who)),
            None => match side(other(self.mine), other(self.theirs)) {
                Some(who) => (Change::Changed, Some(who)),
                None => (Change::Unchanged, None),
            },
        }
    }

    /// The words, and whether both have changed the same ones.
    fn segments(&self, language: &Language) -> (Vec<Segment>, bool) {
        let text = |p: Option<&Paragraph>| {
            let text = p.and_then(|p| p.text.get(language));
            text.map_or_else(String::new, |t| t.to_string())
        };
        let base = text(self.base);
        let new = self.base.is_none();
        // Who does not have a new clause has said nothing on it.
        let mine = if new && self.mine.is_none() {
            text(self.base)
        } else {
            text(self.mine)
        };
        let theirs = if new && self.theirs.is_none() {
            text(self.base)
        } else {
            text(self.theirs)
        };
        segments(&base, &mine, &theirs)
    }
}

/// What two wordings have made of a third: what stayed in both, and what each deleted and inserted. Whether both changed
/// the same words in different ways.
pub(super) fn segments(base: &str, mine: &str, theirs: &str) -> (Vec<Segment>, bool) {
    let [base, mine, theirs] = [base, mine, theirs].map(split);
    let sides = [differences(&base, &mine), differences(&base, &theirs)];
    let mut told = Vec::new();
    let mut conflict = false;
    let mut push = |op, text: String, side: Option<Side>| {
        if !text.is_empty() {
            told.push(Segment {
                hand: side.map(number),
                ..Segment::new(op, text)
            });
        }
    };
    let joined =
        |words: &[&str], range: Range<usize>| words.get(range).unwrap_or_default().concat();
    let mut at = 0;
    for place in places(&sides) {
        push(Op::Same, joined(&base, at..place.start), None);
        let (ours, others) = (
            within(&sides[0], &place, &mine),
            within(&sides[1], &place, &theirs),
        );
        let old = joined(&base, place.clone());
        match (ours, others) {
            (Some(mine), Some(theirs)) if mine == theirs => {
                push(Op::Del, old, Some(Side::Both));
                push(Op::Ins, mine, Some(Side::Both));
            }
            (Some(mine), Some(theirs)) => {
                conflict = true;
                push(Op::Del, old, Some(Side::Both));
                push(Op::Ins, mine, Some(Side::Mine));
                push(Op::Ins, theirs, Some(Side::Theirs));
            }
            (Some(mine), None) => {
                push(Op::Del, old, Some(Side::Mine));
                push(Op::Ins, mine, Some(Side::Mine));
            }
            (None, Some(theirs)) => {
                push(Op::Del, old, Some(Side::Theirs));
                push(Op::Ins, theirs, Some(Side::Theirs));
            }
            (None, None) => push(Op::Same, old, None),
        }
        at = place.end;
    }
    push(Op::Same, joined(&base, at..base.len()), None);
    (told, conflict)
}

/// The stretches of the common text that one of them changed, joined where they touch.
fn places(sides: &[Vec<Hunk>; 2]) -> Vec<Range<usize>> {
    let mut all: Vec<_> = sides.iter().flatten().map(|h| h.old.clone()).collect();
    all.sort_by_key(|r| (r.start, r.end));
    let mut places: Vec<Range<usize>> = Vec::new();
    for next in all {
        match places.last_mut() {
            // Two that only touch are one beside the other, unless nothing is between them to tell their order.
            Some(last) if next.start < last.end || next.start == last.start => {
                last.end = last.end.max(next.end);
            }
            _ => places.push(next),
        }
    }
    places
}

/// What a text has at that place of the common one; none if it has what stood there.
fn within(hunks: &[Hunk], place: &Range<usize>, words: &[&str]) -> Option<String> {
    let inside = |h: &&Hunk| {
        h.old.start >= place.start
            && h.old.end <= place.end
            && (h.old.start < place.end || place.is_empty() || !h.old.is_empty())
    };
    let first = hunks.iter().find(inside)?;
    let last = hunks.iter().rfind(inside)?;
    let start = first.new.start.checked_sub(first.old.start - place.start)?;
    let end = last.new.end + (place.end - last.old.end);
    Some(words.get(start..end)?.concat())
}
