//! A delegation says where it stands on an exact text, short of objecting.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, Position, Stance};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, GroupId, Prose};
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
    /// The group it is said for, by its spokesperson; left out, the delegation speaks for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
}

impl Rules for TakePosition {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::TakePosition(Self {
            digest: self.digest.or_else(|| draft.present_text(&self.on)),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::voice_or_group(draft, by, self.as_group.as_ref(), "take a position")?;
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
            set_aside: None,
            signed: entry.signed.is_some(),
        };
        floor::takes(entry, draft, &self.on, self.as_group.as_ref(), position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{Room, agree, call, delete, en, incorporate, seat, supports};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn only_entitled_delegations_take_positions() {
        let mut room = Room::sitting();
        room.allows("AVR", &supports("op-1"));
        room.allows("PEN", &supports("op-1"));
        for who in ["OBS", "ARC", "CHAIR", "SEC", "AVR as observer"] {
            room.refuses(who, &supports("op-1"), "not-entitled");
        }
        room.refuses("XXX", &supports("op-1"), "not-seated");
        room.refuses("AVR as facilitator", &supports("op-1"), "role-not-covered");
        room.does("SEC", &seat("AVR", "delegate", false));
        room.refuses("AVR", &supports("op-1"), "not-entitled");
    }

    #[test]
    fn an_objection_and_a_reservation_need_their_words() {
        let room = Room::sitting();
        let mut position = supports("op-1");
        position["take_position"]["stance"] = json!("object");
        room.refuses("AVR", &position, "use-object");
        position["take_position"]["stance"] = json!("reserve");
        room.refuses("AVR", &position, "note-needed");
        position["take_position"]["note"] = json!("  ");
        room.refuses("AVR", &position, "note-needed");
        position["take_position"]["note"] = json!("We read \"annually\" as once a year.");
        room.allows("AVR", &position);
    }

    #[test]
    fn a_position_names_the_present_text() {
        let mut room = Room::sitting();
        let mut position = supports("op-1");
        let Act::TakePosition(recorded) = room.does("AVR", &position) else {
            panic!("another act was recorded")
        };
        let seen = recorded.digest.unwrap();
        position["take_position"]["digest"] = json!(seen.to_string());
        room.allows("MRD", &position);
        room.types("op-1", en(), "Decides to meet monthly;");
        room.refuses("MRD", &position, "stale-text");
    }

    #[test]
    fn positions_are_taken_on_what_is_still_to_be_settled() {
        let mut room = Room::sitting();
        room.refuses("AVR", &supports("op-9"), "unknown-clause");
        let on_p1 = json!({"take_position": {"on": {"proposal": "p1"}, "stance": "accept"}});
        room.refuses("AVR", &on_p1, "unknown-proposal");
        room.does("MRD", &delete("op-2"));
        room.allows("AVR", &on_p1);
        room.allows("AVR", &supports("op-2"));
        room.does("PEN", &incorporate("p1"));
        room.refuses("AVR", &on_p1, "proposal-not-live");
        room.refuses("AVR", &supports("op-2"), "clause-deleted");
        room.does("CHAIR", &call("op-1"));
        room.allows("AVR", &supports("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.refuses("AVR", &supports("op-1"), "clause-agreed");
    }

    #[test]
    fn a_position_expires_with_the_text_and_is_valid_again_when_the_text_is_restored() {
        let mut room = Room::sitting();
        for who in ["AVR", "MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        room.types("op-1", en(), "Decides to meet annually;");
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }
}
