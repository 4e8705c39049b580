//! The schema of the text: which object of the document is what.
//!
//! ```text
//! { schema: 1,
//!   clauses:   { <clause>:   { order, kind, level, agreed?, text: { en: Text, fr: Text, … } } },
//!   proposals: { <proposal>: { text: { en: Text, … } } } }
//! ```

use crate::entry::Place;
use crate::ids::{ClauseId, Language, ProposalId};

/// A place in the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    /// The document itself.
    Root,
    /// The map of all clauses.
    Clauses,
    /// One clause: its particulars.
    Clause(ClauseId),
    /// A clause's wordings per language.
    ClauseTexts(ClauseId),
    /// A clause's wording.
    ClauseText(ClauseId, Language),
    /// The map of all proposals.
    Proposals,
    /// One proposal.
    Proposal(ProposalId),
    /// A proposal's wordings per language.
    ProposalTexts(ProposalId),
    /// A proposal's wording.
    ProposalText(ProposalId, Language),
}

impl Spot {
    /// What stands under a key of a map; none if the schema has no such thing.
    pub(crate) fn child(&self, key: &str) -> Option<Self> {
        match self {
            Self::Root => match key {
                "clauses" => Some(Self::Clauses),
                "proposals" => Some(Self::Proposals),
                _ => None,
            },
            Self::Clauses => Some(Self::Clause(key.parse().ok()?)),
            Self::Clause(id) => (key == "text").then(|| Self::ClauseTexts(id.clone())),
            Self::ClauseTexts(id) => Some(Self::ClauseText(id.clone(), key.parse().ok()?)),
            Self::Proposals => Some(Self::Proposal(key.parse().ok()?)),
            Self::Proposal(id) => (key == "text").then(|| Self::ProposalTexts(id.clone())),
            Self::ProposalTexts(id) => Some(Self::ProposalText(id.clone(), key.parse().ok()?)),
            Self::ClauseText(..) | Self::ProposalText(..) => None,
        }
    }

    /// The wording at a place in a language.
    pub(crate) fn wording(place: &Place, language: &Language) -> Self {
        match place {
            Place::Clause(id) => Self::ClauseText(id.clone(), language.clone()),
            Place::Proposal(id) => Self::ProposalText(id.clone(), language.clone()),
        }
    }

    /// The wordings at a place, per language.
    pub(crate) fn wordings(place: &Place) -> Self {
        match place {
            Place::Clause(id) => Self::ClauseTexts(id.clone()),
            Place::Proposal(id) => Self::ProposalTexts(id.clone()),
        }
    }

    /// The clause or proposal that this belongs to, and the language if it is a wording.
    pub(crate) fn place(&self) -> Option<(Place, Option<Language>)> {
        match self {
            Self::Root | Self::Clauses | Self::Proposals => None,
            Self::Clause(id) | Self::ClauseTexts(id) => Some((Place::Clause(id.clone()), None)),
            Self::ClauseText(id, l) => Some((Place::Clause(id.clone()), Some(l.clone()))),
            Self::Proposal(id) | Self::ProposalTexts(id) => {
                Some((Place::Proposal(id.clone()), None))
            }
            Self::ProposalText(id, l) => Some((Place::Proposal(id.clone()), Some(l.clone()))),
        }
    }
}
