//! How a rolling text is read: with brackets, or with a choice made at every place.

use serde::{Deserialize, Serialize};

use super::attribution::names;
use super::{Alternative, RollingClause, Span, wants};
use crate::draft::Draft;
use crate::ids::{DelegationId, ProposalId};

/// The renderings of a rolling text (R-B3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rendering {
    /// `[shall: ISL, AVR] [should: KEN]`.
    #[default]
    Attributed,
    /// `[shall] [should]`: late in a negotiation nobody is named any more.
    Bracketed,
    /// What that delegation proposes or has joined, and the standing words elsewhere.
    ProposalOf(DelegationId),
    /// At every place the first wording that is proposed, without brackets; new clauses are in, deletions are done.
    IfAgreed,
}

impl RollingClause {
    /// The words with brackets and attributions: `meet [annually: AVR] [every two years: KEN]`.
    pub fn text(&self) -> String {
        self.bracketed(true)
    }

    /// The words in that rendering; none if the clause would not be there.
    pub fn read(&self, draft: &Draft, rendering: &Rendering) -> Option<String> {
        match rendering {
            Rendering::Attributed => Some(self.bracketed(true)),
            Rendering::Bracketed => Some(self.bracketed(false)),
            Rendering::ProposalOf(who) => self.choose(&|id| wants(draft, who, id)),
            Rendering::IfAgreed => self.choose(&|_| true),
        }
    }

    /// The words with that proposal taken in, and nothing else; with none, those that stand. None if the clause would not
    /// be there.
    pub fn chosen(&self, proposal: Option<&ProposalId>) -> Option<String> {
        self.choose(&|id| Some(id) == proposal)
    }

    fn choose(&self, taken: &dyn Fn(&ProposalId) -> bool) -> Option<String> {
        if self.deletions.iter().any(taken) {
            return None;
        }
        let proposed = self.proposal.as_ref();
        if proposed.is_some_and(|id| !taken(id)) {
            return None;
        }
        Some(self.spans.iter().map(|s| s.choose(taken)).collect())
    }

    pub(super) fn bracketed(&self, attributed: bool) -> String {
        let words: String = self.spans.iter().map(|s| s.bracketed(attributed)).collect();
        if self.deletions.is_empty() {
            return words;
        }
        let keep = if self.keep.is_empty() || !attributed {
            format!("[{words}]")
        } else {
            format!("[{words}: keep {}]", names(&self.keep))
        };
        if attributed {
            format!("{keep} [delete: {}]", names(&self.delete))
        } else {
            format!("{keep} [delete]")
        }
    }
}

impl Span {
    /// The first alternative of which a proposal is taken; else the words that stand, with what is taken inside them.
    fn choose(&self, taken: &dyn Fn(&ProposalId) -> bool) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Alternatives(all) => {
                let chosen = all.iter().find(|a| a.proposals.iter().any(taken));
                let chosen = chosen.or_else(|| all.iter().find(|a| a.stands));
                let spans = chosen.into_iter().flat_map(|a| &a.spans);
                spans.map(|s| s.choose(taken)).collect()
            }
        }
    }

    /// The alternatives beside each other, with the spaces around them outside the brackets.
    fn bracketed(&self, attributed: bool) -> String {
        let all = match self {
            Self::Plain(text) => return text.clone(),
            Self::Alternatives(all) => all,
        };
        let texts = all.iter().map(|a| {
            let inside = a.spans.iter().map(|s| s.bracketed(attributed));
            (a, inside.collect::<String>())
        });
        let texts: Vec<_> = texts.collect();
        let edge = |is: fn(&str) -> bool| {
            if texts.iter().any(|(_, text)| is(text)) {
                " "
            } else {
                ""
            }
        };
        let (before, after) = (edge(|t| t.starts_with(' ')), edge(|t| t.ends_with(' ')));
        // That nothing would be added comes last: it has no words to begin with.
        let (empty, full): (Vec<_>, Vec<_>) = texts
            .iter()
            .filter(|(a, _)| a.is_printed())
            .partition(|(a, text)| a.stands && text.is_empty());
        let written = full.into_iter().chain(empty);
        let written: Vec<_> = written
            .map(|(a, text)| a.written(text, attributed))
            .collect();
        format!("{before}{}{after}", written.join(" "))
    }
}

impl Alternative {
    fn written(&self, text: &str, attributed: bool) -> String {
        let text = text.trim_matches(' ');
        let words = match (text.trim().is_empty(), self.stands) {
            (false, _) => text,
            (true, true) => "nothing",
            (true, false) => "delete",
        };
        if self.who.is_empty() || !attributed {
            format!("[{words}]")
        } else {
            format!("[{words}: {}]", names(&self.who))
        }
    }
}
