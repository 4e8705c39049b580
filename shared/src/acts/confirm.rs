//! A delegation confirms what was agreed ad referendum. When all who are awaited have, the clause is agreed.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation confirms what was agreed ad referendum. When all who are awaited have, the clause is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The clause.
    pub clause: ClauseId,
    /// The exact text, by its digest; completed with the present text if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

impl Rules for Confirm {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let present = draft.present_text(&Target::Clause(self.clause.clone()));
        Ok(Act::Confirm(Self {
            digest: self.digest.or(present),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::voice(draft, by, "confirm an agreement")?;
        let clause = floor::clause(draft, &self.clause)?;
        if !clause.awaits(delegation) {
            return Err(Refusal::new(
                "not-awaited",
                format!(
                    "On clause {} no confirmation by {delegation} is awaited.",
                    self.clause
                ),
                "See what is awaited, and by whom, with `plenary status`.",
            ));
        }
        floor::same_text(draft, &Target::Clause(self.clause.clone()), self.digest)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?;
        let clause = floor::clause_mut(entry, draft, &self.clause)?;
        let agreement = clause.agreement.as_mut();
        if agreement.is_some_and(|a| a.awaiting.remove(delegation)) {
            Ok(())
        } else {
            Err(Corrupt::at(entry.seq, "that confirmation was not awaited"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree_ad_ref, another_text, call, confirm, objects, reopen, seat,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn when_all_who_are_awaited_have_confirmed_it_is_agreed() {
        let mut room = Room::sitting();
        room.refuses("AVR", &confirm("op-9"), "unknown-clause");
        room.refuses("AVR", &confirm("op-1"), "not-awaited");
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree_ad_ref("op-1", &["AVR", "MRD"]));
        room.refuses("TSL", &confirm("op-1"), "not-awaited");
        room.refuses("CHAIR", &confirm("op-1"), "not-entitled");
        let stale = json!({"confirm": {"clause": "op-1", "digest": another_text()}});
        room.refuses("AVR", &stale, "stale-text");
        room.does("AVR", &confirm("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.refuses("AVR", &confirm("op-1"), "not-awaited");
        room.refuses("AVR", &objects("op-1"), "clause-agreed");
        room.does("MRD", &confirm("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }

    #[test]
    fn who_no_longer_decides_does_not_answer_and_the_chair_reopens() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree_ad_ref("op-1", &["AVR"]));
        room.does("SEC", &seat("AVR", "delegate", false));
        room.refuses("AVR", &confirm("op-1"), "not-entitled");
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.does("CHAIR", &reopen("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }
}
