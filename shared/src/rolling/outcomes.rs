//! What taking in a proposal would make of its clause, where that is not simply the proposal's own wording.
//!
//! A proposal is a set of changes to the text it was made on. Once the clause has changed, its own wording no longer says
//! what it asks for: read against the present words, it would seem to undo what others have changed since. So its changes
//! are merged into a copy of the text, by the same edit with which it would be taken in.

use std::collections::BTreeMap;

use crate::acts::Amendment;
use crate::draft::{Draft, Manuscript, Text, TextEdit};
use crate::entry::Place;
use crate::ids::{ClauseId, Language, ProposalId};

/// The outcomes of the proposals that were made on an earlier wording.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcomes(BTreeMap<ProposalId, BTreeMap<Language, String>>);

impl Outcomes {
    /// The outcomes in a draft as it stands. Where no clause has changed under a proposal, this costs nothing.
    pub fn of(draft: &Draft, manuscript: &Manuscript, text: &Text) -> Self {
        Self::on(draft, manuscript, text, &|_| true)
    }

    /// The outcomes on those clauses only.
    pub fn on(
        draft: &Draft,
        manuscript: &Manuscript,
        text: &Text,
        wanted: &dyn Fn(&ClauseId) -> bool,
    ) -> Self {
        let mut waiting: BTreeMap<&ClauseId, Vec<&ProposalId>> = BTreeMap::new();
        for (id, proposal) in draft.proposals.iter().filter(|(_, p)| p.is_live()) {
            if let Amendment::Replace { clause } = &proposal.amendment
                && wanted(clause)
                && draft
                    .clauses
                    .get(clause)
                    .is_some_and(|c| c.changed > proposal.seq)
                && !proposal.base.heads.0.is_empty()
                && text.knows(&proposal.base.heads)
            {
                waiting.entry(clause).or_default().push(id);
            }
        }
        let mut outcomes = BTreeMap::new();
        // Proposals on different clauses are merged into one copy, those on one clause into a copy each.
        while waiting.values().any(|ids| !ids.is_empty()) {
            let mut copy = text.clone();
            for (clause, ids) in &mut waiting {
                let Some(id) = ids.pop() else { continue };
                let edits = edits(draft, manuscript, clause, id);
                // What cannot be merged is shown as it was proposed.
                if copy.write(&edits, draft.at).is_err() {
                    continue;
                }
                let place = Place::Clause((*clause).clone());
                let outcome = edits.iter().filter_map(|edit| match edit {
                    TextEdit::SetWording { language, .. } => {
                        Some((language.clone(), copy.wording(&place, language)?))
                    }
                    _ => None,
                });
                outcomes.insert(id.clone(), outcome.collect());
            }
        }
        Self(outcomes)
    }

    /// The words that the clause would have with the proposal taken in; none if the proposal has none in that language.
    pub(super) fn wording<'a>(
        &'a self,
        manuscript: &'a Manuscript,
        proposal: &ProposalId,
        language: &Language,
    ) -> Option<&'a str> {
        let merged = self.0.get(proposal).and_then(|t| t.get(language));
        merged.map(String::as_str).or_else(|| {
            let own = manuscript.proposals.get(proposal)?.get(language)?;
            (!own.trim().is_empty()).then_some(&**own)
        })
    }
}

fn edits(
    draft: &Draft,
    manuscript: &Manuscript,
    clause: &ClauseId,
    id: &ProposalId,
) -> Vec<TextEdit> {
    let Some(proposal) = draft.proposals.get(id) else {
        return Vec::new();
    };
    let wordings = manuscript.proposals.get(id).into_iter().flatten();
    wordings
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(language, text)| TextEdit::SetWording {
            clause: clause.clone(),
            language: language.clone(),
            text: text.to_string(),
            base: Some(proposal.base.heads.clone()),
        })
        .collect()
}
