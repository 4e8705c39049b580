//! The pen-holder makes several proposals one: those that say the same, or that one other wording could stand for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, Target, floor};
use crate::draft::{Draft, Manuscript, Merge, MergeKind, MergeState, Motion};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, ProposalId, Prose};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, limits};

/// The pen-holder makes several proposals one: those that say the same, or that one other wording could stand for.
///
/// In the same words it is done at once, and the sponsors are sponsors of the one that remains. In other words each sponsor
/// has to join that one first; until all of a proposal's sponsors have, it stays on the floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeProposals {
    /// The proposals that are to go.
    pub proposals: Vec<ProposalId>,
    /// The one that remains: one of the same, or a proposal made for it at the same place.
    pub into: ProposalId,
    /// The exact wordings of all of them, by digest; completed with the present ones if left out.
    #[serde(default)]
    pub digests: BTreeMap<ProposalId, Digest>,
    /// Why they are one.
    pub rationale: Prose,
}

impl Rules for MergeProposals {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut act = self.clone();
        if act.digests.is_empty() {
            let present = self.present(draft);
            act.digests = present;
        }
        Ok(Act::MergeProposals(act))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::pen(by, "merge proposals")?;
        floor::reason(&self.rationale, "Merging proposals")?;
        let into = floor::live_proposal(draft, &self.into)?;
        if self.proposals.is_empty() {
            return Err(Refusal::new(
                "nothing-to-merge",
                format!(
                    "No proposal is named that is to become part of {}.",
                    self.into
                ),
                "Name at least one other.",
            ));
        }
        let mut named = BTreeSet::from([&self.into]);
        for id in &self.proposals {
            if !named.insert(id) {
                return Err(Refusal::new(
                    "named-twice",
                    format!("Proposal {id} is named twice."),
                    "Name each proposal once, and the one that remains only as that.",
                ));
            }
            let source = floor::live_proposal(draft, id)?;
            if !source.is_at_the_place_of(into) {
                return Err(Refusal::new(
                    "other-place",
                    format!("{id} and {} are not alternatives at one place.", self.into),
                    "Merge proposals to one clause, or for a new clause after the same one.",
                ));
            }
            if draft.open_vote_on(&Motion::Proposal(id.clone())).is_some() {
                return Err(Refusal::new(
                    "vote-running",
                    format!("A vote on {id} is open."),
                    "Wait for the close.",
                ));
            }
            if let Some(line) = draft.merging(id) {
                return Err(Refusal::new(
                    "merge-pending",
                    format!("{id} is to become part of {} already.", line.into),
                    "Wait for its sponsors, or ask one of them to undo that.",
                ));
            }
        }
        // Two that wait for each other would both go.
        if let Some(line) = draft.merging(&self.into) {
            return Err(Refusal::new(
                "merge-pending",
                format!("{} is to become part of {} itself.", self.into, line.into),
                format!("Merge into {}, or have that undone first.", line.into),
            ));
        }
        if draft.ledger.len() + self.proposals.len() > limits::PROPOSALS {
            return Err(Refusal::limit_reached(
                "merged proposals",
                limits::PROPOSALS,
            ));
        }
        if self.digests == self.present(draft) {
            Ok(())
        } else {
            Err(Refusal::stale_text("one of these proposals"))
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let gone = || Corrupt::at(entry.seq, "a proposal that is merged is not on the floor");
        let by = floor::mover(entry)?;
        let into = draft.proposals.get(&self.into).filter(|p| p.is_live());
        let into = into.ok_or_else(gone)?.clone();
        for id in &self.proposals {
            let source = draft.proposals.get(id).filter(|p| p.is_live());
            let source = source.ok_or_else(gone)?;
            let kind = if source.is_same_as(&into) {
                MergeKind::DropDuplicate
            } else {
                MergeKind::Reword
            };
            draft.ledger.push_back(Merge {
                source: id.clone(),
                into: self.into.clone(),
                kind,
                parties: source.sponsors(),
                rationale: self.rationale.clone(),
                by: by.clone(),
                seq: entry.seq,
                at: entry.at,
                state: MergeState::Awaiting,
                brought: BTreeSet::new(),
            });
        }
        draft.settle_merges(&self.into, entry.seq);
        Ok(())
    }
}

impl MergeProposals {
    fn present(&self, draft: &Draft) -> BTreeMap<ProposalId, Digest> {
        let all = self.proposals.iter().chain([&self.into]);
        all.filter_map(|id| {
            let digest = draft.present_text(&Target::Proposal(id.clone()))?;
            Some((id.clone(), digest))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::acts::testing::{
        Room, another_text, casts, closes_vote, delete, insert_after, merges, opens_vote_on,
        proposal, replace,
    };
    use crate::draft::ProposalState;

    /// `p1` of Averland and `p2` of Meridia say the same, `p3` of Tessal nearly.
    fn alike() -> Room {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet every year;"));
        room.does("MRD", &replace("op-1", "Decides to meet every year;"));
        room.does("TSL", &replace("op-1", "Decides to meet in every year;"));
        room
    }

    fn state(room: &Room, id: &str) -> ProposalState {
        room.draft.proposals[&proposal(id)].state
    }

    #[test]
    fn the_same_words_are_merged_at_once_and_their_sponsors_are_sponsors() {
        let mut room = alike();
        room.does("CHAIR", &merges(&["p2"], "p1"));
        assert_eq!(state(&room, "p2"), ProposalState::Superseded);
        let into = &room.draft.proposals[&proposal("p1")];
        assert!(into.is_sponsored_by(&"MRD".parse().unwrap()));
        room.refuses("PEN", &merges(&["p2"], "p1"), "proposal-not-live");
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn other_words_wait_for_every_sponsor() {
        let mut room = alike();
        room.does("AVR", &json!({"cosponsor": {"proposal": "p3"}}));
        room.does("PEN", &merges(&["p3"], "p2"));
        assert_eq!(state(&room, "p3"), ProposalState::Made);
        let line = room.draft.ledger.last().unwrap().clone();
        let waits: Vec<_> = room
            .draft
            .merge_awaits(&line)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(waits, ["AVR", "TSL"]);
        room.refuses("PEN", &merges(&["p3"], "p1"), "merge-pending");
        room.refuses("PEN", &merges(&["p1"], "p3"), "merge-pending");
        room.does("AVR", &json!({"cosponsor": {"proposal": "p2"}}));
        assert_eq!(state(&room, "p3"), ProposalState::Made);
        room.does("TSL", &json!({"cosponsor": {"proposal": "p2"}}));
        assert_eq!(state(&room, "p3"), ProposalState::Superseded);
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn who_holds_the_pen_merges_what_is_on_the_floor_at_one_place() {
        let mut room = alike();
        for who in ["AVR", "OBS", "ARC", "SEC", "SERVER"] {
            room.refuses(who, &merges(&["p2"], "p1"), "not-entitled");
        }
        room.refuses("PEN", &merges(&[], "p1"), "nothing-to-merge");
        room.refuses("PEN", &merges(&["p1"], "p1"), "named-twice");
        room.refuses("PEN", &merges(&["p2", "p2"], "p1"), "named-twice");
        room.refuses("PEN", &merges(&["p9"], "p1"), "unknown-proposal");
        room.refuses("PEN", &merges(&["p1"], "p9"), "unknown-proposal");
        room.does("AVR", &delete("op-1"));
        room.does("AVR", &insert_after("op-1", "Decides to meet every year;"));
        room.does("AVR", &replace("op-2", "Decides to meet every year;"));
        for other in ["p4", "p5", "p6"] {
            room.refuses("PEN", &merges(&[other], "p1"), "other-place");
        }
        let mut act = merges(&["p2"], "p1");
        act["merge_proposals"]["rationale"] = json!("");
        room.refuses("PEN", &act, "reason-needed");
        act = merges(&["p2"], "p1");
        act["merge_proposals"]["digests"] = json!({"p1": another_text(), "p2": another_text()});
        room.refuses("PEN", &act, "stale-text");
        room.does("CHAIR", &opens_vote_on(&json!({"proposal": "p2"})));
        room.refuses("PEN", &merges(&["p2"], "p1"), "vote-running");
        for who in ["AVR", "MRD", "TSL", "PEN"] {
            room.does(who, &casts("v1", "against"));
        }
        room.does("CHAIR", &closes_vote("v1"));
        room.allows("PEN", &merges(&["p2"], "p1"));
    }
}
