//! The pen-holder takes a proposal into the text: its changes are merged into the clause as it now stands.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Amendment, Rules, Target, floor};
use crate::draft::{Draft, Manuscript, Proposal, ProposalState, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, ProposalId};
use crate::refusal::{Refusal, Told};
use crate::tally::{Outcome, Tally};
use crate::time::Timestamp;
use crate::{admit, limits};

/// The pen-holder takes a proposal into the text: its changes are merged into the clause as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Incorporate {
    /// The proposal taken in.
    pub proposal: ProposalId,
    /// Its exact wording, by digest; completed with the present one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

impl Rules for Incorporate {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let present = draft.present_text(&Target::Proposal(self.proposal.clone()));
        Ok(Act::Incorporate(Self {
            digest: self.digest.or(present),
            ..self.clone()
        }))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        admit::pen(by, "take a proposal into the text")?;
        let proposal = floor::live_proposal(draft, &self.proposal)?;
        match &proposal.amendment {
            Amendment::Replace { clause }
            | Amendment::Delete { clause }
            | Amendment::Move { clause, .. } => {
                floor::open_clause(draft, clause)?;
                nobody_keeps(draft, proposal)?;
            }
            Amendment::InsertAfter { .. } => {
                if draft.clauses.len() >= limits::CLAUSES {
                    return Err(Refusal::limit_reached("clauses", limits::CLAUSES));
                }
            }
        }
        floor::same_text(draft, &Target::Proposal(self.proposal.clone()), self.digest)
    }

    /// A proposal is a set of changes to the text it was written against, not a copy: taking it in does not undo what
    /// was changed since (§3.9, whole-text accept).
    fn edits(&self, draft: &Draft, manuscript: &Manuscript) -> Vec<TextEdit> {
        let Some(proposal) = draft.proposals.get(&self.proposal) else {
            return Vec::new();
        };
        let wording = manuscript
            .proposals
            .get(&self.proposal)
            .into_iter()
            .flatten()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(language, text)| (language.clone(), text.to_string()));
        match &proposal.amendment {
            Amendment::Replace { clause } => {
                let heads = &proposal.base.heads;
                let base = (!heads.0.is_empty()).then(|| heads.clone());
                wording
                    .map(|(language, text)| TextEdit::SetWording {
                        clause: clause.clone(),
                        language,
                        text,
                        base: base.clone(),
                    })
                    .collect()
            }
            Amendment::InsertAfter {
                clause,
                kind,
                level,
                new: Some(new),
            } => vec![TextEdit::InsertClause {
                clause: new.clone(),
                kind: *kind,
                level: *level,
                after: clause.clone(),
                text: wording.collect(),
            }],
            Amendment::Move { clause, after } => vec![TextEdit::MoveClause {
                clause: clause.clone(),
                after: after.clone(),
            }],
            // A deleted clause keeps its words, so that it can be reopened. An insertion always has its id by now.
            Amendment::Delete { .. } | Amendment::InsertAfter { new: None, .. } => Vec::new(),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let amendment = draft
            .take_off_floor(&self.proposal, ProposalState::Incorporated)
            .ok_or_else(|| Corrupt::at(entry.seq, "the proposal is not on the floor"))?
            .amendment
            .clone();
        match amendment {
            Amendment::Replace { .. } | Amendment::Move { .. } => {}
            Amendment::InsertAfter { new, .. } => {
                let new = new.ok_or_else(|| Corrupt::at(entry.seq, "the new clause has no id"))?;
                draft.clauses.entry(new).or_default();
            }
            Amendment::Delete { clause } => {
                floor::clause_mut(entry, draft, &clause)?.deleted = Some(entry.seq);
                let others: Vec<_> = draft.live_on(&clause).cloned().collect();
                for other in others {
                    draft.take_off_floor(&other, ProposalState::Superseded);
                }
            }
        }
        Ok(())
    }
}

/// A deletion settles its clause, as an agreement does: it is not taken in over those who object to it. Who objects to
/// the clause itself may well want it gone.
fn nobody_keeps(draft: &Draft, proposal: &Proposal) -> Result<(), Refusal> {
    if !matches!(proposal.amendment, Amendment::Delete { .. }) {
        return Ok(());
    }
    let tally = Tally::of_proposal(draft, proposal);
    match tally.outcome {
        Outcome::Blocked { .. } => Err(Refusal::new(
            "rule-not-satisfied",
            tally.why,
            "Seek to have the objections to the deletion lifted, or decline the proposal.",
        )
        .with("delegations", Told::many(tally.object))),
        Outcome::Reached | Outcome::Short { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{
        Room, agree, call, clause, delete, en, incorporate, insert_after, objects, proposal,
        recovers, reopen, replace,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn only_the_pen_takes_a_live_proposal_in() {
        let mut room = Room::sitting();
        room.refuses("PEN", &incorporate("p1"), "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.allows("CHAIR", &incorporate("p1"));
        for who in ["AVR", "OBS", "ARC", "SEC"] {
            room.refuses(who, &incorporate("p1"), "not-entitled");
        }
        room.does("PEN", &incorporate("p1"));
        room.refuses("PEN", &incorporate("p1"), "proposal-not-live");
        assert_eq!(room.words("op-1"), "Decides to meet monthly;");
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
    }

    #[test]
    fn the_wording_taken_in_is_the_one_that_was_seen() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        let digest = |text| json!({"incorporate": {"proposal": "p1", "digest": Digest::of(text).to_string()}});
        room.allows("PEN", &digest("Decides to meet monthly;"));
        let edit = TextEdit::SetProposal {
            proposal: proposal("p1"),
            text: [(en(), "Decides to meet weekly;".to_owned())].into(),
        };
        room.enter(room.by("AVR"), None, &[edit]);
        room.refuses("PEN", &digest("Decides to meet monthly;"), "stale-text");
        room.does("PEN", &digest("Decides to meet weekly;"));
        assert_eq!(room.words("op-1"), "Decides to meet weekly;");
    }

    #[test]
    fn a_recovered_attempt_waits_until_the_agreed_clause_is_reopened() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        recovers(&mut room, "AVR", "p1", "op-1", "Decides to meet monthly;");
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        room.refuses("PEN", &incorporate("p1"), "clause-agreed");
        room.does("CHAIR", &reopen("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        room.does("PEN", &incorporate("p1"));
        assert_eq!(room.words("op-1"), "Decides to meet monthly;");
    }

    #[test]
    fn other_alternatives_stay_on_the_floor_unless_the_clause_goes() {
        let mut room = Room::sitting();
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.does(
            "MRD",
            &replace("op-1", "Decides to meet annually, in spring;"),
        );
        room.does("TSL", &delete("op-1"));
        room.does("PEN", &incorporate("p1"));
        let state = |room: &Room, id| room.draft.proposals.get(&proposal(id)).unwrap().state;
        assert_eq!(state(&room, "p2"), ProposalState::Made);
        room.does("PEN", &incorporate("p3"));
        assert_eq!(state(&room, "p2"), ProposalState::Superseded);
        assert_eq!(room.status("op-1"), ClauseStatus::Deleted);
        room.refuses("PEN", &incorporate("p2"), "proposal-not-live");
    }

    #[test]
    fn a_clause_is_not_deleted_over_those_who_object_to_its_deletion() {
        let mut room = Room::sitting();
        room.does("TSL", &delete("op-1"));
        let on = json!({"proposal": "p1"});
        room.does(
            "AVR",
            &json!({"object": {"on": on, "reason": "It must stay."}}),
        );
        room.refuses("PEN", &incorporate("p1"), "rule-not-satisfied");
        room.does("AVR", &json!({"lift_objection": {"on": on}}));
        room.does("MRD", &objects("op-1"));
        room.does("PEN", &incorporate("p1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Deleted);
    }

    #[test]
    fn a_deleted_clause_takes_nothing_in_until_it_is_reopened() {
        let mut room = Room::sitting();
        room.does("TSL", &delete("op-1"));
        room.does("PEN", &incorporate("p1"));
        recovers(&mut room, "AVR", "p2", "op-1", "Decides to meet monthly;");
        room.refuses("PEN", &incorporate("p2"), "clause-deleted");
        room.does("CHAIR", &reopen("op-1"));
        room.allows("PEN", &incorporate("p2"));
    }

    #[test]
    fn a_new_clause_stands_after_the_one_it_follows_if_there_is_room() {
        let mut room = Room::sitting();
        room.does("AVR", &insert_after("op-1", "Decides to invite observers;"));
        assert_eq!(room.status("op-1"), ClauseStatus::Open);
        let mut full = room.clone();
        for n in full.draft.clauses.len()..limits::CLAUSES {
            full.draft
                .clauses
                .insert(clause(&format!("x{n}")), Default::default());
        }
        full.refuses("PEN", &incorporate("p1"), "limit-reached");
        room.does("PEN", &incorporate("p1"));
        let order: Vec<_> = room
            .manuscript
            .in_order()
            .iter()
            .map(|(id, _)| id.to_string())
            .collect();
        assert_eq!(order, ["t", "op-1", "c1", "op-2"]);
        assert_eq!(room.words("c1"), "Decides to invite observers;");
    }

    #[test]
    fn taking_in_a_second_amendment_does_not_undo_the_first() {
        let mut room = Room::sitting();
        let mut second = replace("op-1", "Decides to meet annually in Averia;");
        second["propose"]["base"] = json!({
            "heads": room.text.heads(),
            "digest": Digest::of("Decides to meet annually;").to_string(),
        });
        room.does("AVR", &replace("op-1", "Resolves to meet annually;"));
        room.does("MRD", &second);
        room.does("PEN", &incorporate("p1"));
        room.does("PEN", &incorporate("p2"));
        assert_eq!(room.words("op-1"), "Resolves to meet annually in Averia;");
    }
}
