//! A delegation says where it stands on an exact text, short of objecting.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Position, Stance};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation says where it stands on an exact text, short of objecting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakePosition {
    /// The clause or proposal.
    pub on: Target,
    /// The exact text, by its digest in the language negotiated in; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Where it stands; an objection is an act of its own.
    pub stance: Stance,
    /// A reservation's text, or a remark for the record. A reservation needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

impl Rules for TakePosition {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::TakePosition(Self {
            digest: self.digest.or_else(|| draft.present_text(&self.on)),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::voice(draft, by, "take a position")?;
        if self.stance == Stance::Object {
            return Err(Refusal::new(
                "use-object",
                "An objection is an act of its own, as it needs a reason.",
                "Submit `object` with the reason.",
            ));
        }
        if self.stance == Stance::Reserve {
            let said = self
                .note
                .as_ref()
                .is_some_and(|n| !n.as_str().trim().is_empty());
            if !said {
                return Err(Refusal::new(
                    "note-needed",
                    "A reservation needs its text.",
                    "Say in the note what you reserve.",
                ));
            }
        }
        floor::open_target(draft, &self.on, self.digest)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let position = Position {
            stance: self.stance,
            digest: floor::named(entry, self.digest)?,
            seq: entry.seq,
            at: entry.at,
            note: self.note.clone(),
            alternative: None,
        };
        let delegation = floor::mover(entry)?.clone();
        floor::positions_mut(entry, draft, &self.on)?.insert(delegation, position);
        Ok(())
    }
}
