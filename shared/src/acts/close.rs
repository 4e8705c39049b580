//! The draft is closed: nothing more is entered.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::Prose;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The draft is closed: nothing more is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// Why, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

impl Rules for Close {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Close(self.clone()))
    }

    fn decide(&self, by: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::conduct(by, "close the draft")
    }

    fn fold(&self, _: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        draft.closed = true;
        draft.void_votes();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, seat, supports};
    use serde_json::json;

    #[test]
    fn after_the_close_nothing_is_entered() {
        let mut room = Room::sitting();
        room.allows("SEC", &json!({"close": {}}));
        room.refuses("PEN", &json!({"close": {}}), "not-entitled");
        room.allows("AVR", &supports("op-1"));
        room.does("CHAIR", &json!({"close": {"reason": "Adopted."}}));
        room.refuses("AVR", &supports("op-1"), "draft-closed");
        room.refuses("SEC", &json!({"close": {}}), "draft-closed");
        room.refuses("SEC", &seat("KLM", "delegate", true), "draft-closed");
    }

    #[test]
    fn before_the_convening_nothing_is_entered() {
        Room::unborn().refuses("SEC", &json!({"close": {}}), "not-convened");
    }
}
