//! Blame: for each word of a clause, whose it is, and by which road it came into the text.
//!
//! The text knows for each letter the change that wrote it, the log knows for each change the entry it came in. Where the
//! server wrote on behalf of an act, the letters are followed further: those of a proposal that was taken in into the
//! proposal's own wording, and those of an agreed text that was set right into the wording before. So a word leads to who
//! first wrote it, by however many hands it passed. Each wording on the way is read once, for all its letters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Letter, Mark, Text};
use crate::entry::{By, Place};
use crate::ids::{ClauseId, DelegationId, Heads, Language, ProposalId, Seq};
use crate::redline::words;
use crate::time::Timestamp;

mod ways;

pub use ways::Ways;

/// How letters came to a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// They stood in the text with which the draft began.
    Begun,
    /// Somebody typed them.
    Typed,
    /// They were the wording of a proposal when it was made.
    Proposed,
    /// The server kept them in a proposal when they were typed into an agreed clause.
    Recovered,
    /// A proposal was taken into the text.
    Incorporated,
    /// They came with another act.
    Entered,
}

/// A step of the road by which letters came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(as = BlameStep)]
pub struct Step {
    /// How.
    pub means: Means,
    /// The proposal, if it was through one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// The act of the entry, by its name; none if it was typing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: By,
}

/// Whose letters they are, and how they came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Origin {
    /// The delegation that first wrote them; none if they were there from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<DelegationId>,
    /// From their coming into the clause back to their first writing.
    pub road: Vec<Step>,
}

/// Words with one origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BlameSpan)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whose they are: a place in [`Blame::origins`]. Of a word by several hands, that of the last.
    pub origin: usize,
    /// Who had begun it, where a word was only gone on with (`report`, `reported`): that wrote its first half, or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<usize>,
}

/// Whose each word of a clause is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Blame {
    /// The clause.
    pub clause: ClauseId,
    /// Its number; none if it has none at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The language.
    pub language: Language,
    /// Its words; joined, they are the wording.
    pub spans: Vec<Span>,
    /// Where they came from, in the order in which they are first met.
    pub origins: Vec<Origin>,
}

/// Wordings that one question may have read on its way. Letters that have come further are told as far as they were followed.
const READINGS: usize = 400;

/// Whose each word of the clause is, at that moment; none if it had no such wording then. `ways` must have read the log
/// up to there at least.
pub fn of(
    clause: &ClauseId,
    language: &Language,
    text: &Text,
    heads: &Heads,
    ways: &Ways,
) -> Option<Blame> {
    let place = Place::Clause(clause.clone());
    let letters = text.letters(&place, language, Some(heads))?;
    let wording: String = letters.iter().map(|l| l.text.as_str()).collect();
    let roads = follow(&letters, &place, language, text, ways);
    let mut blame = Blame::of_nothing(clause, language);
    let mut known: BTreeMap<&Vec<Step>, usize> = BTreeMap::new();
    let mut hands = letters.iter().zip(&roads);
    let mut previous: Option<(usize, Option<usize>)> = None;
    for word in words::split(&wording) {
        let mut by: Vec<(usize, usize)> = Vec::new();
        let mut left = word.len();
        while left > 0 {
            let (letter, road) = hands.next()?;
            left = left.saturating_sub(letter.text.len());
            let next = known.len();
            let origin = *known.entry(road).or_insert(next);
            if origin == next {
                blame.origins.push(Origin::of(road.clone()));
            }
            by.push((origin, letter.text.len()));
        }
        let latest = |n: usize| {
            let road = blame.origins.get(n).map(|o| &o.road);
            road.and_then(|r| r.first()).map(|s| s.seq)
        };
        let last = by
            .iter()
            .map(|(n, _)| *n)
            .max_by_key(|n| (latest(*n), *n))?;
        // Letters that an old word and a new one happen to share, anywhere in them, make nobody an author of the new one.
        let first = by.first().map_or(last, |(n, _)| *n);
        let begun: usize = by
            .iter()
            .take_while(|(n, _)| *n == first)
            .map(|(_, l)| l)
            .sum();
        let begun = (first != last && 2 * begun >= word.len()).then_some(first);
        let whose = match previous {
            // The space behind a word is nobody's concern.
            Some(before) if word.trim().is_empty() => before,
            _ => (last, begun),
        };
        match blame.spans.last_mut() {
            Some(span) if previous == Some(whose) => span.text += word,
            _ => blame.spans.push(Span {
                text: word.to_owned(),
                origin: whose.0,
                begun: whose.1,
            }),
        }
        previous = Some(whose);
    }
    Some(blame)
}

impl Blame {
    /// Of a clause without words in the language.
    pub fn of_nothing(clause: &ClauseId, language: &Language) -> Self {
        Self {
            clause: clause.clone(),
            label: None,
            language: language.clone(),
            spans: Vec::new(),
            origins: Vec::new(),
        }
    }
}

impl Origin {
    fn of(road: Vec<Step>) -> Self {
        Self {
            delegation: road.last().and_then(|s| s.by.delegation()).cloned(),
            road,
        }
    }
}

/// Letters that came to a place together, and the road that they have behind them.
struct Party {
    /// The numbers of the letters in the wording that is asked about, and what they were at this place.
    letters: Vec<(usize, Letter)>,
    place: Place,
    road: Vec<Step>,
}

/// The road of each letter.
fn follow(
    letters: &[Letter],
    place: &Place,
    language: &Language,
    text: &Text,
    ways: &Ways,
) -> Vec<Vec<Step>> {
    let mut roads = vec![Vec::new(); letters.len()];
    let mut readings = 0;
    let mut parties = vec![Party {
        letters: letters.iter().cloned().enumerate().collect(),
        place: place.clone(),
        road: Vec::new(),
    }];
    while let Some(party) = parties.pop() {
        let mut by_change: BTreeMap<_, Vec<(usize, Letter)>> = BTreeMap::new();
        for (n, letter) in party.letters {
            let came = (letter.change, letter.by_server);
            by_change.entry(came).or_default().push((n, letter));
        }
        for ((change, by_server), letters) in by_change {
            let mut road = party.road.clone();
            let way = ways.of(change, by_server, &party.place);
            road.extend(way.step.clone());
            let from = way.from.filter(|_| readings < READINGS).and_then(|from| {
                readings += 1;
                let seen = text.letters(&party.place, language, Some(&from.seen))?;
                let source = text.letters(&from.place, language, Some(from.heads))?;
                same_words(&seen, &source).then_some((from.place, seen, source))
            });
            let Some((from, seen, source)) = from else {
                // As far as it can be followed: the making of the proposal is where its words come from.
                road.extend(way.otherwise);
                for (n, _) in letters {
                    if let Some(r) = roads.get_mut(n) {
                        r.clone_from(&road);
                    }
                }
                continue;
            };
            let before: BTreeMap<&Mark, &Letter> =
                seen.iter().map(|l| &l.mark).zip(&source).collect();
            let (known, unknown): (Vec<_>, Vec<_>) = letters
                .into_iter()
                .partition(|(_, l)| before.contains_key(&l.mark));
            for (n, _) in unknown {
                if let Some(r) = roads.get_mut(n) {
                    r.clone_from(&road);
                }
            }
            let letters = known.into_iter();
            let letters = letters.filter_map(|(n, l)| Some((n, (*before.get(&l.mark)?).clone())));
            parties.push(Party {
                letters: letters.collect(),
                place: from,
                road,
            });
        }
    }
    roads
}

/// Whether the letters of one wording are those of the other, one by one.
fn same_words(a: &[Letter], b: &[Letter]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.text == b.text)
}

#[cfg(test)]
mod tests;
