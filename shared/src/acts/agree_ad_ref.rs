//! The facilitator declares a clause agreed ad referendum: locked, and subject to confirmation by those who must ask at home.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, agree};
use crate::admit;
use crate::draft::{Draft, Manuscript, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest, Language};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator declares a clause agreed ad referendum: locked, and subject to confirmation by those who must ask at home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeAdRef {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default)]
    pub digests: BTreeMap<Language, Digest>,
    /// The delegations whose confirmation is awaited.
    pub awaiting: Vec<DelegationId>,
}

impl Rules for AgreeAdRef {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut completed = self.clone();
        if completed.digests.is_empty()
            && let Some(clause) = draft.clauses.get(&self.clause)
        {
            completed.digests = agree::texts(draft, clause);
        }
        Ok(Act::AgreeAdRef(completed))
    }

    /// The same as for [`Agree`](crate::acts::Agree); and whoever is awaited must be able to answer.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "declare a clause agreed ad referendum")?;
        agree::may_be_agreed(draft, &self.clause, &self.digests)?;
        if self.awaiting.is_empty() {
            return Err(Refusal::new(
                "nobody-awaited",
                "An agreement ad referendum awaits somebody's confirmation.",
                "Name the delegations that must ask at home, or declare the clause agreed.",
            ));
        }
        can_answer(draft, &self.awaiting)
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        vec![agree::mark(draft, &self.clause)]
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let awaiting: BTreeSet<_> = self.awaiting.iter().cloned().collect();
        agree::settle(entry, draft, &self.clause, &self.digests, awaiting)
    }
}

/// Whether each delegation that is to be awaited can answer.
pub(super) fn can_answer(draft: &Draft, awaiting: &[DelegationId]) -> Result<(), Refusal> {
    for delegation in awaiting {
        match draft.seats.sitting(delegation) {
            None => return Err(Refusal::not_seated(delegation)),
            Some(d) if !d.entitled => {
                return Err(Refusal::new(
                    "awaited-without-voice",
                    format!("{delegation} takes no part in decisions, so nothing can await it."),
                    "Await only delegations that are entitled to decide.",
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, agree_ad_ref, another_text, call, clause, confirm, en, objects, supports,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_facilitator_alone_declares_it_and_awaits_who_can_answer() {
        let mut room = Room::sitting();
        let awaiting = |who: &[&str]| agree_ad_ref("op-1", who);
        room.refuses("CHAIR", &awaiting(&["AVR"]), "rule-not-satisfied");
        room.does("CHAIR", &call("op-1"));
        room.refuses("PEN", &awaiting(&["AVR"]), "not-entitled");
        room.refuses("CHAIR", &awaiting(&[]), "nobody-awaited");
        room.refuses("CHAIR", &awaiting(&["XXX"]), "not-seated");
        room.refuses("CHAIR", &awaiting(&["OBS"]), "awaited-without-voice");
        let mut stale = awaiting(&["AVR"]);
        stale["agree_ad_ref"]["digests"] = json!({"en": another_text()});
        room.refuses("CHAIR", &stale, "stale-text");
        room.does("CHAIR", &awaiting(&["AVR", "MRD", "AVR"]));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.refuses("CHAIR", &agree("op-1"), "clause-agreed");
    }

    #[test]
    fn the_awaited_alone_come_back_on_it_and_then_every_decision_on_the_text_ends() {
        let mut room = Room::sitting();
        for who in ["MRD", "TSL", "PEN"] {
            room.does(who, &supports("op-1"));
        }
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree_ad_ref("op-1", &["AVR"]));
        room.refuses("MRD", &objects("op-1"), "clause-agreed");
        let mut stale = objects("op-1");
        stale["object"]["digest"] = json!(another_text());
        room.refuses("AVR", &stale, "stale-text");
        room.does("AVR", &objects("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        let known = room.draft.clauses.get(&clause("op-1")).unwrap();
        assert_eq!((known.positions.len(), &known.question), (1, &None));
        room.refuses("AVR", &confirm("op-1"), "not-awaited");
        room.does(
            "AVR",
            &json!({"lift_objection": {"on": {"clause": "op-1"}}}),
        );
        assert_eq!(
            room.status("op-1"),
            ClauseStatus::Open,
            "no old decision resurfaces"
        );
        room.types("op-1", en(), "Decides to meet monthly;");
    }
}
