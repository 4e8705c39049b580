//! A delegation no longer objects.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::admit;
use crate::draft::{Clause, Draft, Manuscript, Stance};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DelegationId, GroupId};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::wire::view::target_in_words;

/// A delegation no longer objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiftObjection {
    /// What it had objected to.
    pub on: Target,
    /// The group it is said for, by its spokesperson; left out, the delegation speaks for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_group: Option<GroupId>,
}

impl Rules for LiftObjection {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::LiftObjection(self.clone()))
    }

    /// An objection can be lifted for as long as it stands, whatever has become of what it was made to.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "lift an objection")?;
        let voices = match &self.on {
            Target::Clause(id) => floor::clause(draft, id)?.voices(),
            Target::Proposal(id) => match draft.proposals.get(id) {
                Some(proposal) => proposal.voices(),
                None => return Err(Refusal::unknown_proposal(id)),
            },
        };
        let position = match &self.as_group {
            Some(group) => {
                admit::group(draft, by, group, "lift an objection")?;
                voices.groups.positions.get(group)
            }
            None => voices.own.get(delegation),
        };
        let objects = position.is_some_and(|p| p.stance == Stance::Object);
        if objects || self.is_late(delegation, draft) {
            return Ok(());
        }
        Err(Refusal::new(
            "no-objection",
            format!(
                "{} has no objection to {}.",
                self.as_group
                    .as_ref()
                    .map_or(delegation.as_str(), |g| g.as_str()),
                target_in_words(&self.on)
            ),
            "Nothing is left to lift.",
        ))
    }

    /// Leaves no position at all: who no longer objects has not thereby consented (P6).
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?;
        if let Target::Clause(id) = &self.on
            && let Some(agreement) = &mut floor::clause_mut(entry, draft, id)?.agreement
            && let Some(n) = agreement
                .late
                .iter()
                .position(|l| l.is_of(delegation, self.as_group.as_ref()))
        {
            agreement.late.remove(n);
            return Ok(());
        }
        let (own, groups) = floor::voices_mut(entry, draft, &self.on)?;
        let lifted = match &self.as_group {
            Some(group) => groups.positions.remove(group),
            None => own.remove(delegation),
        };
        match lifted {
            Some(position) if position.stance == Stance::Object => Ok(()),
            Some(_) | None => Err(Corrupt::at(entry.seq, "there was no objection to lift")),
        }
    }
}

impl LiftObjection {
    /// Whether it takes back a late objection.
    fn is_late(&self, delegation: &DelegationId, draft: &Draft) -> bool {
        let Target::Clause(id) = &self.on else {
            return false;
        };
        let late = draft.clauses.get(id).into_iter().flat_map(Clause::late);
        late.into_iter()
            .any(|l| l.is_of(delegation, self.as_group.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, call, lifts, objects, supports};
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn only_a_standing_objection_is_lifted_and_only_by_its_delegation() {
        let mut room = Room::sitting();
        room.refuses("AVR", &lifts("op-1"), "no-objection");
        room.refuses("AVR", &lifts("op-9"), "unknown-clause");
        let on_p1 = json!({"lift_objection": {"on": {"proposal": "p1"}}});
        room.refuses("AVR", &on_p1, "unknown-proposal");
        room.does("MRD", &supports("op-1"));
        room.does("AVR", &objects("op-1"));
        room.refuses("MRD", &lifts("op-1"), "no-objection");
        room.refuses("AVR as observer", &lifts("op-1"), "not-entitled");
        room.does("AVR", &lifts("op-1"));
        room.refuses("AVR", &lifts("op-1"), "no-objection");
    }

    #[test]
    fn lifting_is_not_consent_but_a_question_that_was_put_still_stands() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("AVR", &lifts("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        room.does("AVR", &objects("op-1"));
        room.does("CHAIR", &call("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("AVR", &lifts("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }
}
