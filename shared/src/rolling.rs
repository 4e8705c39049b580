//! The rolling text: the words on which all agree, and in brackets those on which they do not, with who wants which.
//!
//! It is computed from the live proposals, never typed: `[annually: AVR] [every two years: KEN]`. Square brackets mean
//! "not agreed" and nothing else (R-B1). The words that stand are an alternative among others; they carry the names of
//! those who object to a change.
//!
//! Nothing is lost in it: whoever chooses the standing words at every place reads exactly the text that stands, and whoever
//! chooses a proposal reads exactly what taking it in would make of the clause ([`RollingClause::chosen`]).

use serde::{Deserialize, Serialize};

use crate::acts::Amendment;
use crate::draft::{Draft, Kind, Manuscript, Proposal};
use crate::ids::{ClauseId, DelegationId, Language, ProposalId};
use crate::numbering;

mod attribution;
mod outcomes;
mod reading;
mod weave;

pub use attribution::Attribution;
pub use outcomes::Outcomes;
pub use reading::Rendering;

/// One of several wordings for one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Alternative {
    /// Its words; none if the place would be empty. Those that stand may hold alternatives of their own.
    #[schema(no_recursion)]
    pub spans: Vec<Span>,
    /// Who wants it: sponsors, or for the words that stand, who objects to a change.
    pub who: Vec<Attribution>,
    /// The proposals that would have it; none for the words that stand.
    pub proposals: Vec<ProposalId>,
    /// Whether these are the words that stand.
    pub stands: bool,
}

/// A stretch of a rolling text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Words that no proposal would change.
    Plain(String),
    /// Words that one would, and what it would have instead. The words that stand come first.
    Alternatives(Vec<Alternative>),
}

/// A clause of the rolling text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
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
    /// The proposals that the whole clause be deleted.
    pub deletions: Vec<ProposalId>,
    /// Who wants the whole clause deleted.
    pub delete: Vec<Attribution>,
    /// Who objects to that.
    pub keep: Vec<Attribution>,
}

/// What is counted in a rolling text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RollingCounts)]
pub struct Counts {
    /// Pairs of brackets as they are printed.
    pub brackets: usize,
    /// Places that have alternatives: what is really still to be settled.
    pub issues: usize,
}

impl RollingClause {
    /// Whether anything in it is still to be settled.
    pub fn is_contested(&self) -> bool {
        self.counts().issues > 0
    }

    /// What is counted in it; that the whole might be deleted is one place with two alternatives.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for span in &self.spans {
            span.count(&mut counts);
        }
        if !self.deletions.is_empty() {
            counts.issues += 1;
            counts.brackets += 2;
        }
        counts
    }
}

impl Counts {
    /// What is counted in all of these clauses.
    pub fn of<'a>(clauses: impl IntoIterator<Item = &'a RollingClause>) -> Self {
        clauses.into_iter().fold(Self::default(), |sum, clause| {
            let counts = clause.counts();
            Self {
                brackets: sum.brackets + counts.brackets,
                issues: sum.issues + counts.issues,
            }
        })
    }
}

impl Span {
    fn count(&self, counts: &mut Counts) {
        if let Self::Alternatives(all) = self {
            counts.issues += 1;
            for alternative in all {
                counts.brackets += usize::from(alternative.is_printed());
                for span in &alternative.spans {
                    span.count(counts);
                }
            }
        }
    }
}

impl Alternative {
    fn standing(spans: Vec<Span>, who: Vec<Attribution>) -> Self {
        Self {
            spans,
            who,
            proposals: Vec::new(),
            stands: true,
        }
    }

    /// That nothing is added is only worth a bracket if somebody wants it so.
    fn is_printed(&self) -> bool {
        !(self.stands && self.spans.is_empty() && self.who.is_empty())
    }
}

/// A clause of the rolling text, before it is woven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// One that there is.
    Clause(&'a ClauseId),
    /// One that is only proposed.
    Proposed(&'a ProposalId),
}

/// The rolling text in one language; deleted clauses are left out. Proposals without words in it leave the standing ones
/// as they are, and a new clause without any is empty, so that the texts of all languages lie side by side.
pub fn clauses(
    draft: &Draft,
    manuscript: &Manuscript,
    outcomes: &Outcomes,
    language: &Language,
) -> Vec<RollingClause> {
    some(draft, manuscript, outcomes, language, &|_| true)
}

/// Of the rolling text the clauses that are wanted, and no work for the others. Wanted are the same in every language, so
/// that these too lie side by side.
pub fn some(
    draft: &Draft,
    manuscript: &Manuscript,
    outcomes: &Outcomes,
    language: &Language,
    wanted: &dyn Fn(Which<'_>) -> bool,
) -> Vec<RollingClause> {
    let labels = numbering::labels(draft, manuscript);
    let proposed = |id: &ProposalId| {
        if !wanted(Which::Proposed(id)) {
            return None;
        }
        let proposal = draft.proposals.get(id)?;
        let Amendment::InsertAfter { kind, level, .. } = proposal.amendment else {
            return None;
        };
        let text = manuscript.proposals.get(id).and_then(|t| t.get(language));
        let alternatives = text.filter(|t| !t.is_empty()).map(|text| {
            Span::Alternatives(vec![
                Alternative::standing(Vec::new(), attribution::objectors(draft, [proposal])),
                Alternative {
                    spans: vec![Span::Plain(text.to_string())],
                    who: attribution::sponsors(draft, [proposal]),
                    proposals: vec![id.clone()],
                    stands: false,
                },
            ])
        });
        Some(RollingClause {
            clause: None,
            proposal: Some(id.clone()),
            label: numbering::proposal_label(draft, &labels, id, proposal),
            kind,
            level,
            spans: alternatives.into_iter().collect(),
            deletions: Vec::new(),
            delete: Vec::new(),
            keep: Vec::new(),
        })
    };
    let first = draft.proposals.iter().filter(|(_, p)| {
        p.is_live() && matches!(p.amendment, Amendment::InsertAfter { clause: None, .. })
    });
    let mut rolled: Vec<_> = first.filter_map(|(id, _)| proposed(id)).collect();
    for (id, paragraph) in manuscript.in_order() {
        if let Some(label) = labels.get(id).filter(|_| wanted(Which::Clause(id))) {
            let text = paragraph.text.get(language).map_or("", |text| &**text);
            let deletions: Vec<_> = deletions(draft, id).collect();
            let deleting = || deletions.iter().map(|(_, p)| *p);
            let delete = attribution::sponsors(draft, deleting());
            let mut keep = attribution::objectors(draft, deleting());
            keep.retain(|who| !delete.contains(who));
            rolled.push(RollingClause {
                clause: Some(id.clone()),
                proposal: None,
                label: label.clone(),
                kind: paragraph.kind,
                level: paragraph.level,
                spans: weave::clause(draft, manuscript, outcomes, id, text, language),
                deletions: deletions.iter().map(|(id, _)| (*id).clone()).collect(),
                delete,
                keep,
            });
        }
        rolled.extend(draft.live_after(id).filter_map(proposed));
    }
    rolled
}

/// The places in a clause at which the rolling text, in the language negotiated in, has alternatives. New clauses after it
/// are no part of it.
pub(crate) fn issues_in(draft: &Draft, manuscript: &Manuscript, id: &ClauseId) -> usize {
    let deleted = draft.clauses.get(id).is_none_or(|c| c.is_deleted());
    if deleted || draft.live_on(id).next().is_none() {
        return 0;
    }
    let Some((language, paragraph)) = draft.negotiated().zip(manuscript.clauses.get(id)) else {
        return 0;
    };
    let text = paragraph.text.get(language).map_or("", |text| &**text);
    let outcomes = Outcomes::default();
    let mut counts = Counts::default();
    for span in weave::clause(draft, manuscript, &outcomes, id, text, language) {
        span.count(&mut counts);
    }
    counts.issues + usize::from(deletions(draft, id).next().is_some())
}

fn deletions<'a>(
    draft: &'a Draft,
    clause: &'a ClauseId,
) -> impl Iterator<Item = (&'a ProposalId, &'a Proposal)> {
    let live = draft.live_on(clause);
    live.filter_map(|id| Some((id, draft.proposals.get(id)?)))
        .filter(|(_, p)| matches!(p.amendment, Amendment::Delete { .. }))
}

/// Whether the delegation wants the proposal.
fn wants(draft: &Draft, delegation: &DelegationId, proposal: &ProposalId) -> bool {
    let proposal = draft.proposals.get(proposal);
    proposal.is_some_and(|p| p.is_sponsored_by(delegation))
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
