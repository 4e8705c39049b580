//! Translations: which wording of a clause renders which, and which has fallen behind.
//!
//! Structure and decisions are shared by all languages; only words differ (R-L4). A mark says that an exact wording
//! renders another exact wording. Whether a translation matches is computed from the marks and the words as they stand:
//! an edit never deletes a mark, and words that return bring theirs back (R-L2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::draft::{Clause, Draft};
use crate::entry::By;
use crate::ids::{Digest, Language, Seq};
use crate::time::Timestamp;

/// A mark: this exact wording renders that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rendering {
    /// The translation's own words.
    pub digest: Digest,
    /// The language it renders.
    pub source: Language,
    /// The words in that language.
    pub of: Digest,
    /// Who says so.
    pub by: By,
    /// The entry.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// How a clause's wording in a language stands to the one negotiated in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Translation {
    /// There are no words in that language.
    Missing,
    /// There are, and nobody has said what they render.
    Unmarked,
    /// What it renders has changed since.
    Behind {
        /// The language it renders.
        source: Language,
        /// The words it renders, which are no longer those that stand there.
        from: Digest,
    },
    /// It renders the words as they stand.
    Matching {
        /// The language it renders.
        source: Language,
    },
}

impl Translation {
    /// The state as a word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unmarked => "unmarked",
            Self::Behind { .. } => "behind",
            Self::Matching { .. } => "matching",
        }
    }

    /// Whether it renders the words as they stand.
    pub fn matches(&self) -> bool {
        matches!(self, Self::Matching { .. })
    }
}

impl Draft {
    /// How the clause's wording in that language stands to the others. The wording negotiated in renders nothing.
    ///
    /// A translation from a language that has itself fallen behind is behind with it.
    pub fn translation(&self, clause: &Clause, language: &Language) -> Translation {
        let words = clause.digest(language);
        if words == Digest::of("") {
            return Translation::Missing;
        }
        let Some(mark) = clause.translations.get(language) else {
            return Translation::Unmarked;
        };
        let source = mark.source.clone();
        // Only authentic languages are rendered, and those render the one negotiated in: this ends after two steps.
        let is_original = self.negotiated() == Some(&source);
        let source_stands = is_original
            || (self.authentic.contains(&source) && self.translation(clause, &source).matches());
        if mark.of != clause.digest(&source) || !source_stands {
            let from = mark.of;
            Translation::Behind { source, from }
        } else if mark.digest != words {
            Translation::Unmarked
        } else {
            Translation::Matching { source }
        }
    }

    /// How each language but the one negotiated in stands, in the draft's order of languages.
    pub fn translations(&self, clause: &Clause) -> Vec<(Language, Translation)> {
        let others = self.authentic.iter().skip(1).chain(&self.working);
        others
            .map(|l| (l.clone(), self.translation(clause, l)))
            .collect()
    }

    /// The translations by language, for a view.
    pub(crate) fn translations_by_language(
        &self,
        clause: &Clause,
    ) -> BTreeMap<Language, Translation> {
        self.translations(clause).into_iter().collect()
    }

    /// The authentic languages that do not match: while there are any, the clause is not agreed (R-L3).
    pub(crate) fn unrendered(&self, clause: &Clause) -> Vec<(Language, Translation)> {
        let mut all = self.translations(clause);
        all.retain(|(l, t)| self.authentic.contains(l) && !t.matches());
        all
    }
}
