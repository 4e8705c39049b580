//! The manuscript: the words of a draft at one moment, as plain values. What everybody but an editor reads; no CRDT.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::ids::{ClauseId, Language, ProposalId};

/// What kind of clause it is; numbering and layout follow from it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The title of the text.
    Title,
    /// A section heading.
    Heading,
    /// A preambular paragraph: why. "Recalling …,"
    Preambular,
    /// An operative paragraph: what. "Decides …;"
    Operative,
    /// A paragraph of no special standing, for example in an annex.
    Paragraph,
    /// The heading that begins an annex.
    Annex,
}

impl Kind {
    /// The kind as the text's schema writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Preambular => "preambular",
            Self::Operative => "operative",
            Self::Paragraph => "paragraph",
            Self::Annex => "annex",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::Title,
            Self::Heading,
            Self::Preambular,
            Self::Operative,
            Self::Paragraph,
            Self::Annex,
        ]
        .into_iter()
        .find(|k| k.name() == name)
    }
}

/// A clause's words and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands: clauses are sorted by this text, then by id.
    pub order: String,
    /// What kind of clause it is.
    pub kind: Kind,
    /// Its depth; 1 for a paragraph, 2 for its sub-paragraphs.
    pub level: u8,
    /// Its wording per language.
    pub text: BTreeMap<Language, Arc<str>>,
}

/// The words of a draft at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manuscript {
    /// Every clause that the text holds, those agreed to be deleted among them.
    pub clauses: OrdMap<ClauseId, Paragraph>,
    /// The wordings of proposals.
    pub proposals: OrdMap<ProposalId, BTreeMap<Language, Arc<str>>>,
}

impl Manuscript {
    /// The clauses in the order in which they are read.
    pub fn in_order(&self) -> Vec<(&ClauseId, &Paragraph)> {
        let mut all: Vec<_> = self.clauses.iter().collect();
        all.sort_by(|a, b| (&a.1.order, a.0).cmp(&(&b.1.order, b.0)));
        all
    }
}
