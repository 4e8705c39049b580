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
        quorate(draft, &self.present)
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

/// Whether enough of those who decide are among the delegations in the room.
pub(super) fn quorate(draft: &Draft, present: &[DelegationId]) -> Result<(), Refusal> {
    let mut entitled = BTreeSet::new();
    for delegation in present {
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
                "Of the delegations present, {} may decide, and the quorum is {needed}.",
                entitled.len()
            ),
            "Put the question when more of them are in the room.",
        )),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, another_text, call, delete, en, incorporate, insert_after, replace, seat,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_alone_puts_the_question() {
        let room = Room::sitting();
        room.allows("CHAIR", &call("op-1"));
        for who in ["PEN", "AVR", "OBS", "ARC", "SEC", "SERVER"] {
            room.refuses(who, &call("op-1"), "not-entitled");
        }
        room.refuses("CHAIR", &call("op-9"), "unknown-clause");
    }

    #[test]
    fn a_question_needs_more_than_half_of_those_who_decide() {
        let mut room = Room::sitting();
        let with = |present: &[&str]| json!({"call": {"clause": "op-1", "present": present}});
        room.allows("CHAIR", &with(&["AVR", "MRD", "TSL"]));
        room.refuses("CHAIR", &with(&["AVR", "MRD"]), "no-quorum");
        room.refuses("CHAIR", &with(&["AVR", "AVR", "MRD"]), "no-quorum");
        room.refuses("CHAIR", &with(&["AVR", "MRD", "OBS", "CHAIR"]), "no-quorum");
        room.refuses("CHAIR", &with(&["AVR", "MRD", "TSL", "XXX"]), "not-seated");
        room.does("SEC", &json!({"unseat": {"delegation": "TSL"}}));
        room.refuses("CHAIR", &with(&["AVR", "MRD", "TSL"]), "not-seated");
        room.does("SEC", &json!({"unseat": {"delegation": "PEN"}}));
        room.allows("CHAIR", &with(&["AVR", "MRD"]));
    }

    #[test]
    fn where_nobody_may_decide_nothing_is_put() {
        let mut room = Room::sitting();
        room.does("SEC", &json!({"set_rule": {"rule": {"quorum": 1}}}));
        for code in ["MRD", "TSL", "PEN", "AVR"] {
            room.allows("CHAIR", &call("op-1"));
            room.does("SEC", &seat(code, "delegate", false));
        }
        room.refuses("CHAIR", &call("op-1"), "no-quorum");
        assert_eq!(
            room.why("op-1"),
            "Short: no delegation is entitled to decide."
        );
    }

    #[test]
    fn the_question_is_put_on_one_present_text() {
        let mut room = Room::sitting();
        let mut stale = call("op-1");
        stale["call"]["digest"] = json!(another_text());
        room.refuses("CHAIR", &stale, "stale-text");
        room.does("AVR", &insert_after("op-1", "Decides to invite observers;"));
        room.allows("CHAIR", &call("op-1"));
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.refuses("CHAIR", &call("op-1"), "proposals-pending");
        room.does("AVR", &json!({"withdraw": {"proposal": "p2"}}));
        room.does("CHAIR", &call("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
        room.types("op-1", en(), "Decides to meet monthly;");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }

    #[test]
    fn what_is_settled_is_not_put_again() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.refuses("CHAIR", &call("op-1"), "clause-agreed");
        room.does("AVR", &delete("op-2"));
        room.does("PEN", &incorporate("p1"));
        room.refuses("CHAIR", &call("op-2"), "clause-deleted");
    }
}
