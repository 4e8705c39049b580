//! A delegation proposes other words, a new clause, or that a clause be deleted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor, free};
use crate::draft::{Draft, Kind, Manuscript, Proposal, ProposalState, Source, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest, Heads, Language, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, limits};

/// A delegation proposes other words, a new clause, or that a clause be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Propose {
    /// The proposal's id; left out, the server gives the next free one (`p1`, `p2`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
    /// What is to be done.
    pub amendment: Amendment,
    /// The wording per language; empty for a deletion. Sponsors may go on writing it together in the text.
    #[serde(default)]
    pub text: BTreeMap<Language, Prose>,
    /// Why, in the proposer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<Prose>,
    /// The clause of a working paper that it comes from. The server takes the words from there if there are none here (who
    /// signs gives them, and so signs them), and lets nobody name other words than the paper's, or a paper in which they do
    /// not sit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
    /// The text it was written against; completed by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
}

/// What a proposal wants done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amendment {
    /// Other words for a clause.
    Replace {
        /// The clause.
        clause: ClauseId,
    },
    /// A new clause.
    InsertAfter {
        /// The clause it follows; left out, it comes first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<ClauseId>,
        /// What kind of clause it is.
        kind: Kind,
        /// Its depth: 1 for a paragraph, 2 for its sub-paragraphs, and so on.
        #[serde(default = "one")]
        level: u8,
        /// The id that the new clause gets; completed by the server.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new: Option<ClauseId>,
    },
    /// Away with a clause.
    Delete {
        /// The clause.
        clause: ClauseId,
    },
    /// A clause elsewhere, with the sub-paragraphs that stand under it.
    Move {
        /// The clause.
        clause: ClauseId,
        /// The clause it is to follow; left out, it comes first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<ClauseId>,
    },
}

impl Amendment {
    /// Whether it has no words of its own: a deletion, or a move.
    pub fn is_wordless(&self) -> bool {
        matches!(self, Self::Delete { .. } | Self::Move { .. })
    }

    /// The clause at which it stands: the one it would change, delete or move, or that a new one would follow.
    pub fn stands_at(&self) -> Option<&ClauseId> {
        match self {
            Self::Replace { clause } | Self::Delete { clause } | Self::Move { clause, .. } => {
                Some(clause)
            }
            Self::InsertAfter { clause, .. } => clause.as_ref(),
        }
    }
}

fn one() -> u8 {
    1
}

/// The text a proposal was written against: the proposal is a set of changes to it, so that taking it in later does not
/// undo what was changed in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The moment in the text's history.
    pub heads: Heads,
    /// The clause's digest at that moment, in the language negotiated in.
    pub digest: Digest,
}

impl Rules for Propose {
    fn complete(&self, _: &By, draft: &Draft, manuscript: &Manuscript) -> Result<Act, Refusal> {
        let proposal = match &self.proposal {
            Some(given) => given.clone(),
            None => free::proposal(draft, manuscript),
        };
        let mut amendment = self.amendment.clone();
        if let Amendment::InsertAfter { new, .. } = &mut amendment
            && new.is_none()
        {
            *new = Some(free::clause(draft, manuscript));
        }
        // What an insertion was written against is the clause it follows; its words do not matter to it.
        let present = self
            .amendment
            .stands_at()
            .and_then(|id| draft.present_text(&Target::Clause(id.clone())));
        let present = present.unwrap_or_else(|| Digest::of(""));
        let is_insertion = matches!(amendment, Amendment::InsertAfter { .. });
        let base = match &self.base {
            Some(given) => Base {
                heads: given.heads.clone(),
                digest: if is_insertion { present } else { given.digest },
            },
            None => Base {
                heads: Heads::default(),
                digest: present,
            },
        };
        Ok(Act::Propose(Self {
            proposal: Some(proposal),
            amendment,
            base: Some(base),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "make a proposal")?;
        if let Some(id) = &self.proposal
            && draft.proposals.contains_key(id)
        {
            return Err(Refusal::id_taken(id.as_str()));
        }
        self.is_sourced(draft, delegation)?;
        match &self.amendment {
            Amendment::Replace { clause } => {
                floor::open_clause(draft, clause)?;
                self.wording(draft)?;
                self.differs(draft, clause)?;
                self.is_on_present_text(draft, clause)?;
            }
            Amendment::Delete { clause } => {
                floor::open_clause(draft, clause)?;
                self.has_no_words("text-with-deletion", "delete")?;
                self.is_on_present_text(draft, clause)?;
            }
            Amendment::Move { clause, after } => {
                floor::open_clause(draft, clause)?;
                if let Some(after) = after {
                    floor::clause(draft, after)?;
                }
                if after.as_ref() == Some(clause) {
                    return Err(Refusal::new(
                        "nothing-proposed",
                        "A clause cannot follow itself.",
                        "Name another clause for it to follow.",
                    ));
                }
                self.has_no_words("text-with-move", "move")?;
                self.is_on_present_text(draft, clause)?;
            }
            Amendment::InsertAfter {
                clause, level, new, ..
            } => {
                self.insertion(draft, clause.as_ref(), *level, new.as_ref())?;
                self.wording(draft)?;
            }
        }
        if draft.proposals.len() >= limits::PROPOSALS {
            return Err(Refusal::limit_reached("proposals", limits::PROPOSALS));
        }
        let own = |p: &&Proposal| p.by == *delegation;
        if draft.proposals.values().filter(own).count() >= limits::PROPOSALS_OF_ONE {
            return Err(Refusal::limit_reached(
                "proposals of one delegation",
                limits::PROPOSALS_OF_ONE,
            ));
        }
        let live = |p: &&Proposal| p.is_live() && p.by == *delegation;
        if draft.proposals.values().filter(live).count() >= limits::LIVE_PROPOSALS {
            return Err(Refusal::limit_reached(
                "live proposals of one delegation",
                limits::LIVE_PROPOSALS,
            ));
        }
        Ok(())
    }

    fn edits(&self, _: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        let Some(proposal) = self.proposal.clone().filter(|_| !self.text.is_empty()) else {
            return Vec::new();
        };
        let text = self.text.iter();
        let text = text
            .map(|(l, t)| (l.clone(), t.as_str().to_owned()))
            .collect();
        vec![TextEdit::SetProposal { proposal, text }]
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let corrupt = |why: &str| Corrupt::at(entry.seq, why);
        let id = self.proposal.clone();
        let id = id.ok_or_else(|| corrupt("the proposal has no id"))?;
        if draft.proposals.contains_key(&id) {
            return Err(corrupt("the proposal's id was taken before"));
        }
        let base = self.base.clone();
        let proposal = Proposal {
            by: floor::mover(entry)?.clone(),
            cosponsors: BTreeSet::new(),
            amendment: self.amendment.clone(),
            base: base.ok_or_else(|| corrupt("the proposal names no text it is made to"))?,
            digests: self
                .text
                .iter()
                .map(|(language, text)| (language.clone(), Digest::of(text.as_str())))
                .collect(),
            state: ProposalState::Made,
            declined_because: None,
            rationale: self.rationale.clone(),
            from: self.from.clone(),
            recovered: false,
            positions: BTreeMap::new(),
            groups: crate::draft::Groupwise::default(),
            seq: entry.seq,
            at: entry.at,
        };
        draft.put_on_floor(id, proposal);
        Ok(())
    }
}

impl Propose {
    /// What comes from a working paper has words, and is moved by one of those whose paper it is.
    fn is_sourced(&self, draft: &Draft, by: &DelegationId) -> Result<(), Refusal> {
        let Some(from) = &self.from else {
            return Ok(());
        };
        let (Some(of), Some(_)) = (&from.of, from.digest) else {
            return Err(Refusal::new(
                "unknown-paper",
                "The server has found no such working paper.",
                "Name a paper in which you sit, and a clause of it.",
            ));
        };
        if !of.includes(by, &draft.seats) {
            return Err(Refusal::new(
                "not-of-party",
                format!("{by} does not belong to {of}, whose working paper it is."),
                "Have it submitted by a delegation that does.",
            ));
        }
        if self.text.is_empty() {
            return Err(Refusal::new(
                "text-needed",
                "What comes from a working paper has words.",
                "Propose to replace a clause, or to add one; a deletion and a move need no paper.",
            ));
        }
        Ok(())
    }

    fn has_no_words(&self, code: &'static str, what: &str) -> Result<(), Refusal> {
        if self.text.is_empty() {
            return Ok(());
        }
        Err(Refusal::new(
            code,
            format!("A proposal to {what} a clause has no wording of its own."),
            "Leave the text out, or propose to replace the clause.",
        ))
    }

    /// Whether there are words, in languages of the draft, and not too many.
    fn wording(&self, draft: &Draft) -> Result<(), Refusal> {
        if let Some(foreign) = self.text.keys().find(|l| !draft.speaks(l)) {
            return Err(Refusal::unknown_language(foreign));
        }
        if self.text.values().all(|t| t.as_str().trim().is_empty()) {
            return Err(Refusal::new(
                "text-needed",
                "The proposal has no wording.",
                "Give the words in at least one language, or propose to delete the clause.",
            ));
        }
        for (language, text) in &self.text {
            floor::wording_fits(language, text)?;
        }
        Ok(())
    }

    fn differs(&self, draft: &Draft, id: &ClauseId) -> Result<(), Refusal> {
        let clause = floor::clause(draft, id)?;
        let is_present = |(language, text): (&Language, &Prose)| {
            clause.digest(language) == Digest::of(text.as_str())
        };
        if self.text.iter().all(is_present) {
            return Err(Refusal::new(
                "nothing-proposed",
                format!("These are the present words of clause {id}."),
                "To say that you want them as they are, take a position on the clause.",
            ));
        }
        Ok(())
    }

    fn is_on_present_text(&self, draft: &Draft, id: &ClauseId) -> Result<(), Refusal> {
        let base = self.base.as_ref().map(|b| b.digest);
        floor::same_text(draft, &Target::Clause(id.clone()), base)
    }

    fn insertion(
        &self,
        draft: &Draft,
        after: Option<&ClauseId>,
        level: u8,
        new: Option<&ClauseId>,
    ) -> Result<(), Refusal> {
        if let Some(after) = after
            && floor::clause(draft, after)?.is_deleted()
        {
            return Err(Refusal::clause_deleted(after));
        }
        if !(1..=limits::LEVELS).contains(&level) {
            return Err(Refusal::new(
                "bad-level",
                format!("A clause has a level from 1 to {}.", limits::LEVELS),
                "Use 1 for a paragraph, 2 for its sub-paragraphs.",
            ));
        }
        if let Some(new) = new
            && (draft.clauses.contains_key(new) || free::is_awaited(draft, new))
        {
            return Err(Refusal::id_taken(new.as_str()));
        }
        if draft.clauses.len() >= limits::CLAUSES {
            return Err(Refusal::limit_reached("clauses", limits::CLAUSES));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
