//! A delegation objects. The objection blocks consensus until it is lifted, whatever becomes of the wording.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Position, Stance};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation objects. The objection blocks consensus until it is lifted, whatever becomes of the wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// The clause or proposal objected to.
    pub on: Target,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Why. An objection without a reason is refused.
    pub reason: Prose,
    /// The proposal that would meet the objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<ProposalId>,
}

impl Rules for Object {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Object(Self {
            digest: self.digest.or_else(|| draft.present_text(&self.on)),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::voice(draft, by, "object")?;
        floor::reason(&self.reason, "An objection")?;
        floor::open_target(draft, &self.on, self.digest)?;
        if let Some(alternative) = &self.alternative {
            floor::live_proposal(draft, alternative)?;
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let position = Position {
            stance: Stance::Object,
            digest: floor::named(entry, self.digest)?,
            seq: entry.seq,
            at: entry.at,
            note: Some(self.reason.clone()),
            alternative: self.alternative.clone(),
        };
        let delegation = floor::mover(entry)?.clone();
        floor::positions_mut(entry, draft, &self.on)?.insert(delegation, position);
        Ok(())
    }
}
