//! A sponsor of a merged proposal takes it back: it stands on the floor by itself again.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, floor};
use crate::admit;
use crate::draft::{Draft, Manuscript, MergeState};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::ProposalId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A sponsor of a merged proposal takes it back: it stands on the floor by itself again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoMerge {
    /// The proposal that was merged, or was to be.
    pub proposal: ProposalId,
}

impl Rules for UndoMerge {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::UndoMerge(self.clone()))
    }

    /// Until the next version is sealed: what stands in that is what the sitting has ended with (R-T5).
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let delegation = admit::floor(by, "undo a merging")?;
        let id = &self.proposal;
        if !draft.proposals.contains_key(id) {
            return Err(Refusal::unknown_proposal(id));
        }
        let line = draft.merging(id).ok_or_else(|| {
            Refusal::new(
                "not-merged",
                format!("{id} was not merged into another proposal."),
                "See what was in `plenary ledger`.",
            )
        })?;
        if !line.parties.contains(delegation) {
            return Err(Refusal::new(
                "not-yours",
                format!("{delegation} was no sponsor of {id}."),
                "Ask one of its sponsors, or make a proposal of your own.",
            ));
        }
        let MergeState::Merged { seq } = line.state else {
            return floor::live_proposal(draft, id).map(drop);
        };
        if let Some(version) = draft.versions.last().filter(|v| v.seq > seq) {
            return Err(Refusal::new(
                "merge-sealed",
                format!(
                    "The version \"{}\" was sealed since {id} was merged into {}.",
                    version.name, line.into
                ),
                "Make the proposal anew.",
            ));
        }
        floor::live_proposal(draft, &line.into).map(drop)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let by = floor::mover(entry)?.clone();
        if draft.undo_merge(&self.proposal, &by, entry.seq) {
            Ok(())
        } else {
            Err(Corrupt::at(entry.seq, "there was no merging to undo"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{Room, incorporate, merges, proposal, replace, undoes};
    use crate::draft::ProposalState;

    fn merged() -> Room {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet every year;"));
        room.does("MRD", &replace("op-1", "Decides to meet every year;"));
        room.does("PEN", &merges(&["p2"], "p1"));
        room
    }

    #[test]
    fn it_stands_by_itself_again_and_its_sponsor_leaves_the_other() {
        let mut room = merged();
        room.refuses("AVR", &undoes("p9"), "unknown-proposal");
        room.refuses("AVR", &undoes("p1"), "not-merged");
        room.refuses("AVR", &undoes("p2"), "not-yours");
        room.refuses("OBS", &undoes("p2"), "not-entitled");
        room.does("MRD", &undoes("p2"));
        let live: Vec<_> = room
            .draft
            .live_on(&"op-1".parse().unwrap())
            .cloned()
            .collect();
        assert_eq!(live, [proposal("p1"), proposal("p2")]);
        assert!(room.draft.proposals[&proposal("p1")].cosponsors.is_empty());
        room.refuses("MRD", &undoes("p2"), "not-merged");
        room.does("PEN", &merges(&["p2"], "p1"));
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_sealed_version_and_a_settled_proposal_are_not_undone() {
        let mut room = merged();
        let mut taken_in = room.clone();
        taken_in.does("PEN", &incorporate("p1"));
        taken_in.refuses("MRD", &undoes("p2"), "proposal-not-live");
        room.does("PEN", &json!({"seal_version": {"name": "Rev.1"}}));
        room.refuses("MRD", &undoes("p2"), "merge-sealed");
    }

    #[test]
    fn what_only_waits_is_undone_before_anything_has_happened() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet every year;"));
        room.does("MRD", &replace("op-1", "Decides to meet yearly;"));
        room.does("PEN", &merges(&["p2"], "p1"));
        room.does("MRD", &undoes("p2"));
        room.does("MRD", &json!({"cosponsor": {"proposal": "p1"}}));
        let state = room.draft.proposals[&proposal("p2")].state;
        assert_eq!(state, ProposalState::Made);
    }
}
