//! A delegation objects. The objection blocks consensus until it is lifted, whatever becomes of the wording.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Clause, Draft, Manuscript, Position, Stance, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, GroupId, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::tally::Tally;
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
    /// The group it is said for, by its spokesperson; left out, the delegation speaks for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
}

impl Rules for Object {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Object(Self {
            digest: self.digest.or_else(|| draft.present_text(&self.on)),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::voice_or_group(draft, by, self.as_group.as_ref(), "object")?;
        let answers = agreed_ad_ref(draft, &self.on).is_some_and(|c| self.answers(by, c));
        if !answers && let Some(silence) = draft.is_too_late(&self.on, at) {
            return Err(Refusal::too_late_to_object(silence.until));
        }
        floor::reason(&self.reason, "An objection")?;
        if answers {
            floor::same_text(draft, &self.on, self.digest)?;
        } else {
            floor::open_target(draft, &self.on, self.digest)?;
        }
        if let Some(alternative) = &self.alternative {
            floor::live_proposal(draft, alternative)?;
        }
        Ok(())
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        let unmark = |clause: &ClauseId| TextEdit::MarkAgreed {
            clause: clause.clone(),
            digest: None,
        };
        match (&self.on, agreed_ad_ref(draft, &self.on)) {
            (Target::Clause(id), Some(_)) => vec![unmark(id)],
            _ => Vec::new(),
        }
    }

    /// An objection by a delegation whose confirmation was awaited revokes the agreement, and with it every decision on
    /// that text (R-A2).
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let position = Position {
            stance: Stance::Object,
            digest: floor::named(entry, self.digest)?,
            seq: entry.seq,
            at: entry.at,
            note: Some(self.reason.clone()),
            alternative: self.alternative.clone(),
            set_aside: None,
            signed: entry.signed.is_some(),
        };
        if let Target::Clause(id) = &self.on {
            let clause = floor::clause_mut(entry, draft, id)?;
            if self.answers(&entry.by, clause) {
                clause.end_decisions(entry.seq);
            } else if clause.is_agreed() {
                return Err(Corrupt::at(entry.seq, "it objects to what is agreed"));
            }
        }
        floor::takes(entry, draft, &self.on, self.as_group.as_ref(), position)?;
        // Once it is there: a group's objection breaks a silence if it is anybody's who may decide.
        if let Target::Clause(id) = &self.on
            && let Some(clause) = draft.clauses.get(id)
            && !Tally::of_clause(draft, clause).object.is_empty()
        {
            draft.break_silence(id, floor::mover(entry)?, entry.seq);
        }
        Ok(())
    }
}

impl Object {
    /// Whether it is the word of a delegation whose confirmation is awaited: its own, as no group was asked.
    fn answers(&self, by: &By, clause: &Clause) -> bool {
        self.as_group.is_none() && by.delegation().is_some_and(|d| clause.awaits(d))
    }
}

/// The clause spoken of, if its agreement awaits confirmations.
fn agreed_ad_ref<'a>(draft: &'a Draft, on: &Target) -> Option<&'a Clause> {
    let Target::Clause(id) = on else { return None };
    let clause = draft.clauses.get(id)?;
    let agreement = clause.agreement.as_ref()?;
    (!agreement.awaiting.is_empty()).then_some(clause)
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, another_text, call, delete, en, incorporate, objects, replace, supports,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn only_entitled_delegations_object_and_say_why() {
        let room = Room::sitting();
        room.allows("AVR", &objects("op-1"));
        for who in ["OBS", "ARC", "CHAIR", "SEC", "SERVER"] {
            room.refuses(who, &objects("op-1"), "not-entitled");
        }
        let mut unreasoned = objects("op-1");
        unreasoned["object"]["reason"] = json!(" \n");
        room.refuses("AVR", &unreasoned, "reason-needed");
    }

    #[test]
    fn an_objection_names_the_present_text_of_something_open() {
        let mut room = Room::sitting();
        let mut objection = objects("op-1");
        objection["object"]["digest"] = json!(another_text());
        room.refuses("AVR", &objection, "stale-text");
        room.refuses("AVR", &objects("op-9"), "unknown-clause");
        let on_p1 = json!({"object": {"on": {"proposal": "p1"}, "reason": "cost"}});
        room.refuses("AVR", &on_p1, "unknown-proposal");
        room.does("MRD", &delete("op-2"));
        room.allows("AVR", &on_p1);
        room.does("PEN", &incorporate("p1"));
        room.refuses("AVR", &on_p1, "proposal-not-live");
        room.refuses("AVR", &objects("op-2"), "clause-deleted");
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.refuses("AVR", &objects("op-1"), "clause-agreed");
    }

    #[test]
    fn the_alternative_is_a_live_proposal() {
        let mut room = Room::sitting();
        let mut objection = objects("op-1");
        objection["object"]["alternative"] = json!("p1");
        room.refuses("AVR", &objection, "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.allows("AVR", &objection);
        room.does("AVR", &json!({"withdraw": {"proposal": "p1"}}));
        room.refuses("AVR", &objection, "proposal-not-live");
    }

    #[test]
    fn an_objection_outlives_the_wording_until_its_delegation_says_otherwise() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("CHAIR", &call("op-1"));
        room.types("op-1", en(), "Decides to meet monthly;");
        room.does("CHAIR", &call("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("AVR", &supports("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }
}
