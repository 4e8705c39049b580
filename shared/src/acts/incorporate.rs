//! The pen-holder takes a proposal into the text: its changes are merged into the clause as it now stands.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Amendment, Rules, Target, floor};
use crate::draft::{Draft, Manuscript, ProposalState, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, ProposalId};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, limits};

/// The pen-holder takes a proposal into the text: its changes are merged into the clause as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Incorporate {
    /// The proposal taken in.
    pub proposal: ProposalId,
    /// Its exact wording, by digest; completed with the present one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

impl Rules for Incorporate {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let present = draft.present_text(&Target::Proposal(self.proposal.clone()));
        Ok(Act::Incorporate(Self {
            digest: self.digest.or(present),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::pen(by, "take a proposal into the text")?;
        let proposal = floor::live_proposal(draft, &self.proposal)?;
        match &proposal.amendment {
            Amendment::Replace { clause } | Amendment::Delete { clause } => {
                floor::open_clause(draft, clause)?;
            }
            Amendment::InsertAfter { .. } => {
                if draft.clauses.len() >= limits::CLAUSES {
                    return Err(Refusal::limit_reached("clauses", limits::CLAUSES));
                }
            }
        }
        floor::same_text(draft, &Target::Proposal(self.proposal.clone()), self.digest)
    }

    /// A proposal is a set of changes to the text it was written against, not a copy: taking it in does not undo what
    /// was changed since (§3.9, whole-text accept).
    fn edits(&self, draft: &Draft, manuscript: &Manuscript) -> Vec<TextEdit> {
        let Some(proposal) = draft.proposals.get(&self.proposal) else {
            return Vec::new();
        };
        let wording = manuscript
            .proposals
            .get(&self.proposal)
            .into_iter()
            .flatten()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(language, text)| (language.clone(), text.to_string()));
        match &proposal.amendment {
            Amendment::Replace { clause } => {
                let heads = &proposal.base.heads;
                let base = (!heads.0.is_empty()).then(|| heads.clone());
                wording
                    .map(|(language, text)| TextEdit::SetWording {
                        clause: clause.clone(),
                        language,
                        text,
                        base: base.clone(),
                    })
                    .collect()
            }
            Amendment::InsertAfter {
                clause,
                kind,
                level,
                new: Some(new),
            } => vec![TextEdit::InsertClause {
                clause: new.clone(),
                kind: *kind,
                level: *level,
                after: clause.clone(),
                text: wording.collect(),
            }],
            // A deleted clause keeps its words, so that it can be reopened. An insertion always has its id by now.
            Amendment::Delete { .. } | Amendment::InsertAfter { new: None, .. } => Vec::new(),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let amendment = draft
            .take_off_floor(&self.proposal, ProposalState::Incorporated)
            .ok_or_else(|| Corrupt::at(entry.seq, "the proposal is not on the floor"))?
            .amendment
            .clone();
        match amendment {
            Amendment::Replace { .. } => {}
            Amendment::InsertAfter { new, .. } => {
                let new = new.ok_or_else(|| Corrupt::at(entry.seq, "the new clause has no id"))?;
                draft.clauses.entry(new).or_default();
            }
            Amendment::Delete { clause } => {
                floor::clause_mut(entry, draft, &clause)?.deleted = Some(entry.seq);
                let others: Vec<_> = draft.live_on(&clause).cloned().collect();
                for other in others {
                    draft.take_off_floor(&other, ProposalState::Superseded);
                }
            }
        }
        Ok(())
    }
}
