//! The server keeps what a delegation typed into an agreed clause before it could know of the agreement: the agreed text stands, the attempt becomes a proposal of that delegation.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Amendment, Base, Rules, floor};
use crate::draft::{Draft, Manuscript, Proposal, ProposalState};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Language, ProposalId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The server keeps what a delegation typed into an agreed clause before it could know of the agreement: the agreed text stands, the attempt becomes a proposal of that delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// Each wording that was set aside.
    pub attempts: Vec<Attempt>,
}

/// One wording that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// The proposal that keeps it.
    pub proposal: ProposalId,
    /// The agreed clause that it was typed into.
    pub clause: ClauseId,
    /// The language.
    pub language: Language,
    /// The agreed text that it was typed against.
    pub base: Base,
}

impl Rules for Recover {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Recover(self.clone()))
    }

    /// Nobody submits it: the server enters it with the text that it recovers, in the name of who typed that.
    fn decide(&self, _: &By, _: &Draft, _: Timestamp) -> Result<(), Refusal> {
        Err(Refusal::new(
            "not-yours-to-submit",
            "Only the server recovers text, when it meets an edit of an agreed clause.",
            "Propose the wording instead.",
        ))
    }

    /// Attempts in several languages of one clause may share a proposal, and a delegation that goes on typing goes on
    /// writing the proposal that keeps its first attempt.
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = floor::mover(entry)?;
        let negotiated = draft.negotiated().cloned();
        for attempt in &self.attempts {
            let clause = floor::clause_mut(entry, draft, &attempt.clause)?;
            // Positions and proposals speak of the language negotiated in, whichever was typed.
            let agreed = negotiated
                .as_ref()
                .zip(clause.agreement.as_ref())
                .and_then(|(language, agreement)| agreement.digests.get(language).copied());
            let amendment = Amendment::Replace {
                clause: attempt.clause.clone(),
            };
            if let Some(known) = draft.proposals.get_mut(&attempt.proposal) {
                let goes_on = known.recovered
                    && known.is_live()
                    && known.by == *delegation
                    && known.amendment == amendment;
                if goes_on {
                    // The agreed text was set right once more since: that is what the attempt now differs from.
                    known.base.heads.clone_from(&attempt.base.heads);
                    continue;
                }
                return Err(Corrupt::at(entry.seq, "the proposal's id was taken before"));
            }
            let base = Base {
                heads: attempt.base.heads.clone(),
                digest: agreed.unwrap_or(attempt.base.digest),
            };
            draft.put_on_floor(
                attempt.proposal.clone(),
                Proposal {
                    by: delegation.clone(),
                    cosponsors: BTreeSet::new(),
                    amendment,
                    base,
                    digests: BTreeMap::new(),
                    state: ProposalState::Made,
                    declined_because: None,
                    rationale: None,
                    from: None,
                    recovered: true,
                    positions: BTreeMap::new(),
                    groups: crate::draft::Groupwise::default(),
                    seq: entry.seq,
                    at: entry.at,
                },
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::{
        Room, agree, call, clause, delegation, en, proposal, recovers, replace,
    };
    use crate::ids::Digest;
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn nobody_submits_a_recovery() {
        let room = Room::sitting();
        let recover = json!({"recover": {"attempts": []}});
        for who in ["SEC", "CHAIR", "AVR", "SERVER"] {
            room.refuses(who, &recover, "not-yours-to-submit");
        }
    }

    #[test]
    fn an_attempt_becomes_a_proposal_of_who_made_it_and_goes_on_in_it() {
        let mut room = Room::sitting();
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        recovers(&mut room, "AVR", "p1", "op-1", "Decides to meet mon");
        recovers(&mut room, "AVR", "p1", "op-1", "Decides to meet monthly;");
        let p1 = room.draft.proposals.get(&proposal("p1")).unwrap();
        assert!(p1.recovered && p1.is_live() && p1.is_sponsored_by(&delegation("AVR")));
        assert_eq!(p1.digest(&en()), Digest::of("Decides to meet monthly;"));
        assert_eq!(p1.base.digest, Digest::of("Decides to meet annually;"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
    }

    #[test]
    fn a_recovery_into_the_proposal_of_another_is_corrupt() {
        let mut room = Room::sitting();
        room.does("MRD", &replace("op-1", "Decides to meet weekly;"));
        let recover = Recover {
            attempts: vec![Attempt {
                proposal: proposal("p1"),
                clause: clause("op-1"),
                language: en(),
                base: Base {
                    heads: room.text.heads(),
                    digest: Digest::of("Decides to meet annually;"),
                },
            }],
        };
        let mut entry = Entry::decode(room.log.last().unwrap()).unwrap();
        entry.act = Some(Act::Recover(recover));
        entry.by = room.by("AVR");
        assert!(
            entry
                .act
                .as_ref()
                .unwrap()
                .rules()
                .fold(&entry, &mut room.draft)
                .is_err()
        );
    }
}
