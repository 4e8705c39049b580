//! The facilitator declares a clause agreed: its exact text is locked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Agreement, Clause, Draft, Manuscript, Text, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Language};
use crate::refusal::Refusal;
use crate::tally::{Outcome, Tally};
use crate::time::Timestamp;

/// The facilitator declares a clause agreed: its exact text is locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
}

impl Rules for Agree {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut digests = self.digests.clone();
        if digests.is_empty()
            && let Some(clause) = draft.clauses.get(&self.clause)
        {
            digests = texts(draft, clause);
        }
        Ok(Act::Agree(Self {
            clause: self.clause.clone(),
            digests,
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "declare a clause agreed")?;
        let clause = floor::single_text(draft, &self.clause)?;
        let present = texts(draft, clause);
        if present.is_empty() {
            return Err(Refusal::new(
                "text-needed",
                format!("Clause {} has no words to agree on.", self.clause),
                "Write it first, or incorporate a proposal to delete it.",
            ));
        }
        if self.digests != present {
            return Err(Refusal::stale_text(&format!("clause {}", self.clause)));
        }
        let tally = Tally::of_clause(draft, clause);
        if tally.outcome == Outcome::Reached {
            return Ok(());
        }
        Err(Refusal::new(
            "rule-not-satisfied",
            tally.why,
            "Put the question with `call`, or seek to have the objections lifted.",
        ))
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        vec![TextEdit::MarkAgreed {
            clause: self.clause.clone(),
            digest: draft.present_text(&Target::Clause(self.clause.clone())),
        }]
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let change = entry.changes.last().and_then(Text::hash_of);
        let clause = floor::clause_mut(entry, draft, &self.clause)?;
        if clause.is_agreed() || clause.is_deleted() {
            return Err(Corrupt::at(entry.seq, "the clause was settled before"));
        }
        let is_present = |(language, digest)| clause.digests.get(language) == Some(digest);
        if !self.digests.iter().all(is_present) {
            return Err(Corrupt::at(
                entry.seq,
                "it agrees a text that does not stand there",
            ));
        }
        clause.agreement = Some(Agreement {
            digests: self.digests.clone(),
            seq: entry.seq,
            at: entry.at,
        });
        clause.agreement_change = change;
        Ok(())
    }
}

/// The present text in each authentic language that has one.
fn texts(draft: &Draft, clause: &Clause) -> BTreeMap<Language, Digest> {
    let nothing = Digest::of("");
    draft
        .authentic
        .iter()
        .filter_map(|l| clause.digests.get_key_value(l))
        .filter(|(_, digest)| **digest != nothing)
        .map(|(language, digest)| (language.clone(), *digest))
        .collect()
}
