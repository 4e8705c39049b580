//! A delegation was too late to break a silence: its objection is on record, and has no effect unless the chair grants it.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, LateObjection, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, GroupId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation was too late to break a silence: its objection is on record, and has no effect unless the chair grants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectLate {
    /// The clause, agreed by a silence that has lapsed.
    pub clause: ClauseId,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Why.
    pub reason: Prose,
    /// The group it is said for, by its spokesperson; left out, the delegation speaks for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
}

impl Rules for ObjectLate {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let present = draft.present_text(&Target::Clause(self.clause.clone()));
        Ok(Act::ObjectLate(Self {
            digest: self.digest.or(present),
            ..self.clone()
        }))
    }

    /// Only where an objection in time would have been heard and this one comes too late. Elsewhere there is an ordinary
    /// way, and the refusal says which.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::voice_or_group(draft, by, self.as_group.as_ref(), "object")?;
        floor::reason(&self.reason, "A late objection")?;
        let clause = floor::clause(draft, &self.clause)?;
        let awaited = by.delegation().is_some_and(|d| clause.awaits(d));
        if awaited && self.as_group.is_none() {
            return Err(Refusal::new(
                "not-late",
                format!(
                    "Your confirmation of clause {} is awaited: you are not too late.",
                    self.clause
                ),
                "Object, and the agreement is revoked.",
            ));
        }
        if clause.agreed_by_silence().is_none() {
            return Err(Refusal::new(
                "not-late",
                format!(
                    "Clause {} is not agreed by a silence procedure, so nobody is too late for it.",
                    self.clause
                ),
                "Object to it if it is open; if it is settled, ask the facilitator to reopen it.",
            ));
        }
        floor::same_text(draft, &Target::Clause(self.clause.clone()), self.digest)
    }

    /// It replaces what the same delegation, or group, said late before.
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let late = LateObjection {
            by: floor::mover(entry)?.clone(),
            as_group: self.as_group.clone(),
            digest: floor::named(entry, self.digest)?,
            reason: self.reason.clone(),
            seq: entry.seq,
            at: entry.at,
            signed: entry.signed.is_some(),
        };
        let agreement = floor::clause_mut(entry, draft, &self.clause)?
            .agreement
            .as_mut()
            .ok_or_else(|| Corrupt::at(entry.seq, "nothing was agreed"))?;
        agreement
            .late
            .retain(|l| !l.is_of(&late.by, late.as_group.as_ref()));
        agreement.late.push(late);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{
        Room, agree, another_text, call, en, lapse, lifts, objects, objects_late, reopen, silence,
    };
    use crate::wire::view::ClauseStatus;

    /// `op-1` is agreed by a silence that nobody broke, and `op-2` by the gavel.
    fn lapsed() -> Room {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        room.does("CHAIR", &call("op-2"));
        room.does("CHAIR", &agree("op-2"));
        room
    }

    #[test]
    fn it_is_on_record_and_changes_nothing() {
        let mut room = lapsed();
        room.refuses("TSL", &objects("op-1"), "silence-lapsed");
        room.does("TSL", &objects_late("op-1"));
        room.does("AVR", &objects_late("op-1"));
        room.does("TSL", &objects_late("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        let clause = &room.draft.clauses[&crate::acts::testing::clause("op-1")];
        let whose: Vec<_> = clause.late().iter().map(|l| l.whose()).collect();
        assert_eq!(whose, ["AVR", "TSL"]);
        room.does("AVR", &lifts("op-1"));
        room.refuses("AVR", &lifts("op-1"), "no-objection");
        assert_eq!(room.replayed(), room.draft);
        // Opened again, everybody is heard as usual, and what came late is history.
        room.does("CHAIR", &reopen("op-1"));
        room.refuses("AVR", &objects_late("op-1"), "not-late");
        room.allows("AVR", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }

    #[test]
    fn it_is_for_those_who_decide_with_a_reason_on_the_words_agreed() {
        let room = lapsed();
        for who in ["OBS", "ARC", "CHAIR", "SEC", "SERVER"] {
            room.refuses(who, &objects_late("op-1"), "not-entitled");
        }
        let mut act = objects_late("op-1");
        act["object_late"]["reason"] = json!(" ");
        room.refuses("AVR", &act, "reason-needed");
        act = objects_late("op-1");
        act["object_late"]["digest"] = json!(another_text());
        room.refuses("AVR", &act, "stale-text");
        act = objects_late("op-1");
        act["object_late"]["as_group"] = json!("ISL");
        room.refuses("AVR", &act, "unknown-group");
        room.refuses("AVR", &objects_late("op-9"), "unknown-clause");
        // Agreed by the gavel: there was no deadline to miss.
        room.refuses("AVR", &objects_late("op-2"), "not-late");
        room.refuses("AVR", &objects("op-2"), "clause-agreed");
    }

    #[test]
    fn who_is_awaited_is_not_late() {
        let mut room = Room::sitting();
        let mut act = silence(&["op-1"], 72);
        act["open_silence"]["awaiting"] = json!(["AVR"]);
        room.does("CHAIR", &act);
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        room.refuses("AVR", &objects_late("op-1"), "not-late");
        room.does("TSL", &objects_late("op-1"));
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.types("op-1", en(), "Decides to meet monthly;");
        room.refuses("TSL", &objects_late("op-1"), "not-late");
    }
}
