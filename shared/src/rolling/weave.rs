//! From several wordings of one clause to one text with alternatives.

use std::ops::Range;

use super::{Alternative, Outcomes, Span, attribution};
use crate::acts::Amendment;
use crate::draft::{Draft, Manuscript, Proposal};
use crate::ids::{ClauseId, Language, ProposalId};
use crate::redline::compare::{Hunk, differences};
use crate::redline::words::split;

/// A proposal's outcome against the words that stand.
struct Variant<'a> {
    id: &'a ProposalId,
    proposal: &'a Proposal,
    words: Vec<&'a str>,
    hunks: Vec<Hunk>,
}

/// The words of one clause with what the live proposals would have instead.
pub(super) fn clause(
    draft: &Draft,
    manuscript: &Manuscript,
    outcomes: &Outcomes,
    id: &ClauseId,
    text: &str,
    language: &Language,
) -> Vec<Span> {
    let base = split(text);
    let live = draft.live_on(id);
    let variants: Vec<_> = live
        .filter_map(|id| {
            let proposal = draft.proposals.get(id)?;
            if !matches!(proposal.amendment, Amendment::Replace { .. }) {
                return None;
            }
            let words = split(outcomes.wording(manuscript, id, language)?);
            Some(Variant {
                id,
                proposal,
                hunks: differences(&base, &words),
                words,
            })
        })
        .collect();
    let variants: Vec<_> = variants.iter().collect();
    weave(draft, &base, 0..base.len(), &variants)
}

/// A stretch of the standing words, woven with the variants that change something in it.
fn weave(
    draft: &Draft,
    base: &[&str],
    within: Range<usize>,
    variants: &[&Variant<'_>],
) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = within.start;
    for place in places(&within, variants) {
        plain(&mut spans, base, at..place.start);
        spans.push(Span::Alternatives(alternatives(
            draft, base, &place, variants,
        )));
        at = place.end;
    }
    plain(&mut spans, base, at..within.end);
    spans
}

/// What stands at the place, and what the variants would have there. Where some would replace all of it and others only
/// change something inside, the latter are alternatives within the words that stand.
fn alternatives(
    draft: &Draft,
    base: &[&str],
    place: &Range<usize>,
    variants: &[&Variant<'_>],
) -> Vec<Alternative> {
    let touching = variants
        .iter()
        .filter(|v| v.hunks_in(place).next().is_some());
    let touching: Vec<&Variant<'_>> = touching.copied().collect();
    let (wide, narrow): (Vec<&Variant<'_>>, Vec<&Variant<'_>>) = touching
        .iter()
        .copied()
        .partition(|v| v.hunks_in(place).all(|h| h.old == *place));
    let inside = places(place, &narrow);
    let nested = !wide.is_empty() && !narrow.is_empty() && inside != [place.clone()];
    let (others, standing) = if nested {
        (wide, weave(draft, base, place.clone(), &narrow))
    } else {
        let mut standing = Vec::new();
        plain(&mut standing, base, place.clone());
        (touching, standing)
    };
    let objecting = attribution::objectors(draft, others.iter().map(|v| v.proposal));
    let mut all = vec![Alternative::standing(standing, objecting)];
    let mut wordings: Vec<(String, Vec<&Variant<'_>>)> = Vec::new();
    for variant in others {
        let text = variant.words_at(base, place);
        match wordings.iter_mut().find(|(same, _)| *same == text) {
            Some((_, who)) => who.push(variant),
            None => wordings.push((text, vec![variant])),
        }
    }
    for (text, who) in wordings {
        all.push(Alternative {
            spans: (!text.is_empty())
                .then_some(Span::Plain(text))
                .into_iter()
                .collect(),
            who: attribution::sponsors(draft, who.iter().map(|v| v.proposal)),
            proposals: who.iter().map(|v| v.id.clone()).collect(),
            stands: false,
        });
    }
    all
}

/// The stretches within one that some variant would change. Changes that overlap or touch are one.
fn places(within: &Range<usize>, variants: &[&Variant<'_>]) -> Vec<Range<usize>> {
    let all = variants.iter().flat_map(|v| v.hunks_in(within));
    let mut all: Vec<_> = all.map(|h| h.old.clone()).collect();
    all.sort_by_key(|range| (range.start, range.end));
    let mut places: Vec<Range<usize>> = Vec::new();
    for range in all {
        match places.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => places.push(range),
        }
    }
    places
}

impl Variant<'_> {
    fn hunks_in<'a>(&'a self, place: &'a Range<usize>) -> impl Iterator<Item = &'a Hunk> {
        let inside = |h: &&Hunk| place.start <= h.old.start && h.old.end <= place.end;
        self.hunks.iter().filter(inside)
    }

    /// What this proposal would have at that place.
    fn words_at(&self, base: &[&str], place: &Range<usize>) -> String {
        let mut out = String::new();
        let mut at = place.start;
        for hunk in self.hunks_in(place) {
            out += &joined(base, at..hunk.old.start);
            out += &joined(&self.words, hunk.new.clone());
            at = hunk.old.end;
        }
        out + &joined(base, at..place.end)
    }
}

fn joined(words: &[&str], range: Range<usize>) -> String {
    words.get(range).unwrap_or_default().concat()
}

fn plain(spans: &mut Vec<Span>, words: &[&str], range: Range<usize>) {
    let text = joined(words, range);
    if !text.is_empty() {
        spans.push(Span::Plain(text));
    }
}
