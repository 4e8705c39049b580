//! The facilitator grants the late objections to a clause: the agreement is revoked, and they stand as if made in time.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Fate, Manuscript, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator grants the late objections to a clause: the agreement is revoked, and they stand as if made in time.
///
/// All that there are on the clause: once it is open again, whoever objected late would be heard in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantLateObjection {
    /// The clause.
    pub clause: ClauseId,
    /// Why the delay is excused.
    pub reason: Prose,
}

impl Rules for GrantLateObjection {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::GrantLateObjection(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "grant a late objection")?;
        floor::reason(&self.reason, "Granting a late objection")?;
        let clause = floor::clause(draft, &self.clause)?;
        if clause.late().iter().any(|late| draft.still_counts(late)) {
            return Ok(());
        }
        Err(Refusal::new(
            "no-late-objection",
            format!(
                "Nobody who may decide has objected late to clause {}.",
                self.clause
            ),
            "To open an agreed clause without one, reopen it.",
        ))
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        let unmark = |clause| TextEdit::MarkAgreed {
            clause,
            digest: None,
        };
        let down = draft.brought_down_with(&self.clause).into_iter();
        down.map(unmark).collect()
    }

    /// What was circulated as a whole falls as a whole, as it would have by the same objection in time (R-S3).
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let down = draft.brought_down_with(&self.clause);
        if !down.contains(&self.clause) {
            return Err(Corrupt::at(entry.seq, "no silence had agreed that clause"));
        }
        for id in &down {
            let clause = floor::clause_mut(entry, draft, id)?;
            let lapsed = clause.agreed_by_silence().cloned();
            let late = clause.late().to_vec();
            clause.end_decisions(entry.seq);
            for late in late {
                match late.as_group.clone() {
                    Some(group) => {
                        let groups = &mut clause.groups.positions;
                        drop(groups.insert(group, late.granted()));
                    }
                    None => {
                        let by = late.by.clone();
                        drop(clause.positions.insert(by, late.granted()));
                    }
                }
            }
            let silence = lapsed.and_then(|s| draft.silences.get_mut(&s));
            let silence = silence.ok_or_else(|| Corrupt::at(entry.seq, "there was no silence"))?;
            silence.changed = entry.seq;
            if let Some(scoped) = silence.clauses.get_mut(id) {
                scoped.fate = Fate::Revoked {
                    on: self.clause.clone(),
                    seq: entry.seq,
                };
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{
        Room, agree, call, grants, lapse, lifts, objects_late, seat, silence, supports, whole,
    };
    use crate::wire::view::ClauseStatus;

    fn lapsed(act: &serde_json::Value) -> Room {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"form_group": {
                "group": "ISL", "name": "Islands", "members": ["MRD", "TSL"], "spokesperson": "MRD",
            }}),
        );
        room.does("AVR", &supports("op-1"));
        room.does("CHAIR", act);
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        room
    }

    #[test]
    fn the_chair_grants_what_is_there_with_a_reason() {
        let mut room = lapsed(&silence(&["op-1"], 72));
        room.refuses("CHAIR", &grants("op-1"), "no-late-objection");
        room.refuses("CHAIR", &grants("op-9"), "unknown-clause");
        room.does("TSL", &objects_late("op-1"));
        for who in ["TSL", "PEN", "SEC", "OBS", "SERVER"] {
            room.refuses(who, &grants("op-1"), "not-entitled");
        }
        let mut unreasoned = grants("op-1");
        unreasoned["grant_late_objection"]["reason"] = json!("");
        room.refuses("CHAIR", &unreasoned, "reason-needed");
        room.does("SEC", &seat("TSL", "delegate", false));
        room.refuses("CHAIR", &grants("op-1"), "no-late-objection");
        room.does("SEC", &seat("TSL", "delegate", true));
        room.does("CHAIR", &grants("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        assert_eq!(room.fates("s1"), ["op-1 revoked"]);
        room.refuses("CHAIR", &grants("op-1"), "no-late-objection");
        // No decision from before comes back once it is lifted: neither the approval nor the silence.
        room.does("TSL", &lifts("op-1"));
        room.refuses("CHAIR", &agree("op-1"), "rule-not-satisfied");
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_second_silence_counts_the_objection_that_was_granted() {
        let mut room = lapsed(&silence(&["op-1"], 72));
        room.does("TSL", &objects_late("op-1"));
        room.does("CHAIR", &grants("op-1"));
        room.does("CHAIR", &silence(&["op-1"], 200));
        room.pass(128, 1);
        room.does("SERVER", &lapse("s2"));
        assert_eq!(room.fates("s2"), ["op-1 not-agreed"]);
        room.refuses("AVR", &objects_late("op-1"), "not-late");
    }

    #[test]
    fn what_was_circulated_as_a_whole_falls_as_a_whole_and_a_group_is_heard() {
        let mut room = lapsed(&whole(72));
        let mut late = objects_late("op-1");
        late["object_late"]["as_group"] = json!("ISL");
        room.refuses("TSL", &late, "not-spokesperson");
        room.does("MRD", &late);
        room.does("AVR", &objects_late("op-2"));
        room.does("CHAIR", &grants("op-1"));
        let fates = room.fates("s1");
        assert!(fates.iter().all(|f| f.ends_with("revoked")), "{fates:?}");
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        assert_eq!(room.status("op-2"), ClauseStatus::Bracketed);
        assert_eq!(room.status("t"), ClauseStatus::Open);
        assert_eq!(room.replayed(), room.draft);
    }
}
