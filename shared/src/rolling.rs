//! The rolling text: the words on which all agree, and in brackets those on which they do not, with who wants which.
//!
//! It is computed from the live proposals, never typed: `[annually: AVR] [every two years: KEN]`. Square brackets mean
//! "not agreed" and nothing else (R-B1). The words that stand are an alternative among others; they carry the names of
//! those who object to a change.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::acts::Amendment;
use crate::draft::{Draft, Kind, Manuscript, Proposal, Stance};
use crate::ids::{ClauseId, DelegationId, Language, ProposalId};
use crate::numbering;
use crate::redline::words::{Hunk, differences, split};

/// One of several wordings for one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Its words; none if the place would be empty.
    pub text: String,
    /// Who wants it: sponsors, main sponsors first, or for the words that stand, who objects to a change.
    pub sponsors: Vec<DelegationId>,
    /// Whether these are the words that stand.
    pub stands: bool,
}

/// A stretch of a rolling text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words that no proposal would change.
    Plain(String),
    /// Words that one would, and what it would have instead.
    Alternatives(Vec<Alternative>),
}

/// A clause of the rolling text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollingClause {
    /// The clause; none for one that is only proposed.
    pub clause: Option<ClauseId>,
    /// The proposal, for a clause that is only proposed.
    pub proposal: Option<ProposalId>,
    /// Its number on paper; `OP3 bis` for one that is only proposed.
    pub label: String,
    /// What kind of clause it is.
    pub kind: Kind,
    /// Its depth.
    pub level: u8,
    /// Its words.
    pub spans: Vec<Span>,
    /// Who wants the whole clause deleted.
    pub delete: Vec<DelegationId>,
    /// Who objects to that.
    pub keep: Vec<DelegationId>,
}

impl RollingClause {
    /// The words with brackets and attributions: `meet [annually: AVR] [every two years: KEN]`.
    pub fn text(&self) -> String {
        let words: String = self.spans.iter().map(Span::text).collect();
        if self.delete.is_empty() {
            return words;
        }
        let keep = if self.keep.is_empty() {
            format!("[{words}]")
        } else {
            format!("[{words}: keep {}]", names(&self.keep))
        };
        format!("{keep} [delete: {}]", names(&self.delete))
    }
}

impl RollingClause {
    /// How many places in it have alternatives; that the whole might be deleted is one.
    pub fn issues(&self) -> usize {
        let alternatives = |s: &&Span| matches!(s, Span::Alternatives(_));
        self.spans.iter().filter(alternatives).count() + usize::from(!self.delete.is_empty())
    }

    /// How many pairs of brackets are printed in it.
    pub fn brackets(&self) -> usize {
        let within = |s: &Span| match s {
            Span::Plain(_) => 0,
            Span::Alternatives(all) => all.len(),
        };
        let whole = if self.delete.is_empty() { 0 } else { 2 };
        self.spans.iter().map(within).sum::<usize>() + whole
    }
}

impl Span {
    fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Alternatives(all) => {
                let all: Vec<_> = all.iter().map(Alternative::written).collect();
                all.join(" ")
            }
        }
    }
}

impl Alternative {
    fn written(&self) -> String {
        let words = match (self.text.trim().is_empty(), self.stands) {
            (false, _) => self.text.trim(),
            (true, true) => "nothing",
            (true, false) => "delete",
        };
        if self.sponsors.is_empty() {
            format!("[{words}]")
        } else {
            format!("[{words}: {}]", names(&self.sponsors))
        }
    }
}

fn names(delegations: &[DelegationId]) -> String {
    let names: Vec<_> = delegations.iter().map(DelegationId::as_str).collect();
    names.join(", ")
}

/// The rolling text in one language; deleted clauses are left out. Proposals without words in it leave the standing ones
/// as they are, and a new clause without any is empty, so that the texts of all languages lie side by side.
pub fn clauses(draft: &Draft, manuscript: &Manuscript, language: &Language) -> Vec<RollingClause> {
    let labels = numbering::labels(draft, manuscript);
    let proposed = |id: &ProposalId| {
        let proposal = draft.proposals.get(id)?;
        let Amendment::InsertAfter { kind, level, .. } = proposal.amendment else {
            return None;
        };
        let text = manuscript.proposals.get(id).and_then(|t| t.get(language));
        Some(RollingClause {
            clause: None,
            proposal: Some(id.clone()),
            label: numbering::proposal_label(draft, &labels, id, proposal),
            kind,
            level,
            spans: text.map_or_else(Vec::new, |text| {
                alternatives(vec![
                    Alternative {
                        text: text.to_string(),
                        sponsors: sponsors(proposal),
                        stands: false,
                    },
                    standing(String::new(), objectors(draft, proposal)),
                ])
            }),
            delete: Vec::new(),
            keep: Vec::new(),
        })
    };
    let first = draft.proposals.iter().filter(|(_, p)| {
        p.is_live() && matches!(p.amendment, Amendment::InsertAfter { clause: None, .. })
    });
    let mut rolled: Vec<_> = first.filter_map(|(id, _)| proposed(id)).collect();
    for (id, paragraph) in manuscript.in_order() {
        if let Some(label) = labels.get(id) {
            let text = paragraph.text.get(language).map_or("", |text| &**text);
            let mut rolling = RollingClause {
                clause: Some(id.clone()),
                proposal: None,
                label: label.clone(),
                kind: paragraph.kind,
                level: paragraph.level,
                spans: Vec::new(),
                delete: Vec::new(),
                keep: Vec::new(),
            };
            roll(draft, manuscript, id, text, language, &mut rolling);
            rolled.push(rolling);
        }
        rolled.extend(draft.live_after(id).filter_map(proposed));
    }
    rolled
}

/// A proposal's words against those that stand.
struct Variant<'a> {
    proposal: &'a Proposal,
    words: Vec<&'a str>,
    hunks: Vec<Hunk>,
}

fn roll(
    draft: &Draft,
    manuscript: &Manuscript,
    clause: &ClauseId,
    text: &str,
    language: &Language,
    rolling: &mut RollingClause,
) {
    let base = split(text);
    let mut variants = Vec::new();
    for id in draft.live_on(clause) {
        let Some(proposal) = draft.proposals.get(id) else {
            continue;
        };
        if let Amendment::Delete { .. } = proposal.amendment {
            add(&mut rolling.delete, sponsors(proposal));
            add(&mut rolling.keep, objectors(draft, proposal));
        } else if let Some(wanted) = manuscript.proposals.get(id).and_then(|t| t.get(language)) {
            let words = split(wanted);
            variants.push(Variant {
                proposal,
                hunks: differences(&base, &words),
                words,
            });
        }
    }
    let mut at = 0;
    for place in places(&variants) {
        plain(&mut rolling.spans, &base, at..place.start);
        let mut stands = standing(joined(&base, place.clone()), Vec::new());
        let mut others: Vec<Alternative> = Vec::new();
        for variant in &variants {
            let Some(text) = variant.words_at(&base, &place) else {
                continue;
            };
            add(&mut stands.sponsors, objectors(draft, variant.proposal));
            let sponsors = sponsors(variant.proposal);
            match others.iter_mut().find(|other| other.text == text) {
                Some(other) => add(&mut other.sponsors, sponsors),
                None => others.push(Alternative {
                    text,
                    sponsors,
                    stands: false,
                }),
            }
        }
        others.insert(0, stands);
        rolling.spans.extend(alternatives(others));
        at = place.end;
    }
    plain(&mut rolling.spans, &base, at..base.len());
    rolling.keep.retain(|d| !rolling.delete.contains(d));
}

/// The stretches of the standing words that some proposal would change. Changes that overlap or touch are one.
fn places(variants: &[Variant<'_>]) -> Vec<Range<usize>> {
    let mut all: Vec<_> = variants
        .iter()
        .flat_map(|v| v.hunks.iter().map(|h| h.old.clone()))
        .collect();
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
    /// What this proposal would have at that place; none if it leaves it as it is.
    fn words_at(&self, base: &[&str], place: &Range<usize>) -> Option<String> {
        let inside = |h: &&Hunk| place.start <= h.old.start && h.old.end <= place.end;
        let mut out = String::new();
        let mut at = place.start;
        let mut changes = 0;
        for hunk in self.hunks.iter().filter(inside) {
            out += &joined(base, at..hunk.old.start);
            out += &joined(&self.words, hunk.new.clone());
            at = hunk.old.end;
            changes += 1;
        }
        out += &joined(base, at..place.end);
        (changes > 0).then_some(out)
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

fn standing(text: String, sponsors: Vec<DelegationId>) -> Alternative {
    Alternative {
        text,
        sponsors,
        stands: true,
    }
}

/// The alternatives as one stretch, with the spaces around them outside the brackets. That nothing is added is only
/// worth a bracket if somebody wants it so.
fn alternatives(mut all: Vec<Alternative>) -> Vec<Span> {
    all.retain(|a| !(a.stands && a.text.is_empty() && a.sponsors.is_empty()));
    all.sort_by_key(|a| a.stands && a.text.is_empty());
    let spaced = |edge: fn(&str) -> bool| all.iter().any(|a| edge(&a.text));
    let before = spaced(|text| text.starts_with(' '));
    let after = spaced(|text| text.ends_with(' '));
    for alternative in &mut all {
        alternative.text = alternative.text.trim_matches(' ').to_owned();
    }
    let space = |wanted: bool| wanted.then(|| Span::Plain(" ".to_owned()));
    let mut spans: Vec<_> = space(before).into_iter().collect();
    spans.push(Span::Alternatives(all));
    spans.extend(space(after));
    spans
}

fn add(to: &mut Vec<DelegationId>, more: Vec<DelegationId>) {
    let known: BTreeSet<_> = to.iter().cloned().collect();
    to.extend(more.into_iter().filter(|d| !known.contains(d)));
}

fn sponsors(proposal: &Proposal) -> Vec<DelegationId> {
    let others = proposal.cosponsors.iter().filter(|c| **c != proposal.by);
    std::iter::once(&proposal.by)
        .chain(others)
        .cloned()
        .collect()
}

/// Who objects to the proposal as it stands now.
fn objectors(draft: &Draft, proposal: &Proposal) -> Vec<DelegationId> {
    let Some(negotiated) = draft.negotiated() else {
        return Vec::new();
    };
    let digest = proposal.digest(negotiated);
    proposal
        .positions
        .iter()
        .filter(|(_, p)| p.stance == Stance::Object && p.digest == digest)
        .filter(|(id, _)| draft.seats.sitting(id).is_some())
        .map(|(id, _)| id.clone())
        .collect()
}

#[cfg(test)]
mod tests;
