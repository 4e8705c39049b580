//! The gavel: the chair puts the question on a clause ("I hear no objection"), and records who is present.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::draft::{Draft, Manuscript, Question};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, rules};

/// The gavel: the chair puts the question on a clause ("I hear no objection"), and records who is present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The clause the question is put on.
    pub clause: ClauseId,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The delegations in the room.
    pub present: Vec<DelegationId>,
}

impl Rules for Call {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let present = draft.present_text(&Target::Clause(self.clause.clone()));
        Ok(Act::Call(Self {
            digest: self.digest.or(present),
            ..self.clone()
        }))
    }

    /// The question may be put while an objection stands: it is then on record as put, and decides nothing until the
    /// objection is lifted.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "put the question")?;
        floor::single_text(draft, &self.clause)?;
        floor::same_text(draft, &Target::Clause(self.clause.clone()), self.digest)?;
        let mut entitled = BTreeSet::new();
        for delegation in &self.present {
            match draft.seats.sitting(delegation) {
                None => return Err(Refusal::not_seated(delegation)),
                Some(d) if d.entitled => {
                    entitled.insert(delegation);
                }
                Some(_) => {}
            }
        }
        match rules::quorum(draft) {
            None => Err(Refusal::new(
                "no-quorum",
                "No delegation of this draft is entitled to decide.",
                "Ask the secretariat to seat delegations that are.",
            )),
            Some(needed) if entitled.len() < needed => Err(Refusal::new(
                "no-quorum",
                format!(
                    "{} entitled delegations are present, and the quorum is {needed}.",
                    entitled.len()
                ),
                "Put the question when more of them are in the room.",
            )),
            Some(_) => Ok(()),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let question = Question {
            digest: floor::named(entry, self.digest)?,
            present: self.present.iter().cloned().collect(),
            seq: entry.seq,
            at: entry.at,
        };
        floor::clause_mut(entry, draft, &self.clause)?.question = Some(question);
        Ok(())
    }
}
