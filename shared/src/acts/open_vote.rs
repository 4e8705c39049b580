//! The facilitator puts something to a recorded vote: a clause, a proposal, a reopening, the adoption.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Amendment, Rules, adopt, agree, floor, free, seal_version};
use crate::draft::{
    Decision, Draft, Electorate, Majority, Manuscript, Motion, Share, Shown, Vote, Voting,
};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Digest, Language, Prose, VoteId};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::{admit, limits, rules};

/// The facilitator puts something to a recorded vote: a clause, a proposal, a reopening, the adoption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenVote {
    /// The vote's id; the next free one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteId>,
    /// What is voted on.
    pub on: Motion,
    /// The exact text in every authentic language that has one; completed with the present texts if left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digests: BTreeMap<Language, Digest>,
    /// What must be reached; what the draft's rule says if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Decision>,
    /// How many votes must be cast, abstentions among them; the draft's quorum if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// Until when votes are cast; until the facilitator closes it if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Why a clause is to be reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

impl Rules for OpenVote {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let mut completed = self.clone();
        completed.vote.get_or_insert_with(|| free::vote(draft));
        if completed.digests.is_empty() {
            completed.digests = present(draft, &self.on);
        }
        if completed.by.is_none() {
            completed.by = Some(fixed(draft, &self.on).unwrap_or_else(|| usual(draft)));
        }
        if completed.quorum.is_none() {
            let needed = rules::quorum(draft);
            completed.quorum = needed.and_then(|n| u32::try_from(n).ok());
        }
        Ok(Act::OpenVote(completed))
    }

    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "put anything to the vote")?;
        self.can_be_done(draft)?;
        self.is_by_the_rule(draft)?;
        if let Some((open, _)) = draft.open_vote_on(&self.on) {
            return Err(Refusal::new(
                "vote-running",
                format!("Vote {open} on {} is still open.", self.on),
                "Close it first.",
            ));
        }
        if let Some(vote) = self.vote.as_ref().filter(|v| draft.votes.contains_key(*v)) {
            return Err(Refusal::id_taken(vote.as_str()));
        }
        match self.quorum {
            None => {
                return Err(Refusal::new(
                    "no-quorum",
                    "No delegation of this draft is entitled to decide.",
                    "Ask the secretariat to seat delegations that are.",
                ));
            }
            Some(0) => {
                return Err(Refusal::new(
                    "quorum-of-none",
                    "A quorum of nobody would let an empty room decide.",
                    "Set a quorum of at least 1, or leave it out for that of the draft.",
                ));
            }
            Some(_) => {}
        }
        match self.until {
            Some(until) if until <= at => Err(Refusal::new(
                "vote-ended",
                "That vote would have ended before it began.",
                "Name a time that is still to come, or none.",
            )),
            None if draft.rule.show_votes == Shown::LastMinutes => Err(Refusal::new(
                "deadline-needed",
                "In this draft votes are shown five minutes before the close, so a vote needs a time at which it ends.",
                "Say until when votes are cast.",
            )),
            _ => Ok(()),
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let (Some(id), Some(by), Some(quorum)) = (&self.vote, &self.by, self.quorum) else {
            return Err(Corrupt::at(
                entry.seq,
                "the vote has no id, majority or quorum",
            ));
        };
        let vote = Vote {
            on: self.on.clone(),
            digests: self.digests.clone(),
            by: by.clone(),
            quorum,
            until: self.until,
            reason: self.reason.clone(),
            shown: draft.rule.show_votes,
            roll: BTreeMap::new(),
            unseen: BTreeSet::new(),
            result: None,
            seq: entry.seq,
            at: entry.at,
        };
        match draft.votes.insert(id.clone(), vote) {
            None => Ok(()),
            Some(_) => Err(Corrupt::at(entry.seq, "there was a vote of that id")),
        }
    }
}

impl OpenVote {
    /// Whether what would follow from it, if it is carried, could be done here and now.
    fn can_be_done(&self, draft: &Draft) -> Result<(), Refusal> {
        match &self.on {
            Motion::Clause(id) => {
                agree::is_the_text(draft, id, &self.digests)?;
                return Ok(());
            }
            Motion::Proposal(id) => {
                let proposal = floor::live_proposal(draft, id)?;
                match (&proposal.amendment, proposal.clause()) {
                    (_, Some(clause)) => drop(floor::open_clause(draft, clause)?),
                    (Amendment::InsertAfter { .. }, _)
                        if draft.clauses.len() >= limits::CLAUSES =>
                    {
                        return Err(Refusal::limit_reached("clauses", limits::CLAUSES));
                    }
                    _ => {}
                }
            }
            Motion::Reopen(id) => {
                floor::settled_clause(draft, id)?;
                match &self.reason {
                    Some(reason) => floor::reason(reason, "Reopening a clause")?,
                    None => return Err(Refusal::reason_needed("Reopening a clause")),
                }
            }
            Motion::Adopt(name) => {
                seal_version::free_name(draft, name)?;
                adopt::everything_agreed(draft)?;
            }
        }
        if self.digests == present(draft, &self.on) {
            Ok(())
        } else {
            Err(Refusal::stale_text(&self.on.to_string()))
        }
    }

    /// Whether the draft's rule knows such a vote, and this majority.
    fn is_by_the_rule(&self, draft: &Draft) -> Result<(), Refusal> {
        let on_text = matches!(self.on, Motion::Clause(_) | Motion::Proposal(_));
        if on_text && draft.rule.vote == Voting::Never {
            return Err(Refusal::new(
                "no-votes",
                format!(
                    "In this draft the text is not voted on: it is decided by {}.",
                    draft.rule.decision
                ),
                "Put the question with `call`, or ask the secretariat to change the rule.",
            ));
        }
        match fixed(draft, &self.on) {
            Some(fixed) if self.by.as_ref() != Some(&fixed) => Err(Refusal::new(
                "majority-fixed",
                format!("For {} the rule of this draft asks for {fixed}.", self.on),
                "Leave the majority out, or ask the secretariat to change the rule.",
            )),
            _ => Ok(()),
        }
    }
}

/// The exact text voted on, in every authentic language that has one.
fn present(draft: &Draft, on: &Motion) -> BTreeMap<Language, Digest> {
    let texts = match on {
        Motion::Clause(id) | Motion::Reopen(id) => {
            draft.clauses.get(id).map(|c| agree::texts(draft, c))
        }
        Motion::Proposal(id) => draft.proposals.get(id).map(|p| draft.wordings(p)),
        Motion::Adopt(_) => None,
    };
    texts.unwrap_or_default()
}

/// What the draft's rule asks for, if it leaves the chair no choice.
fn fixed(draft: &Draft, on: &Motion) -> Option<Decision> {
    match (on, draft.rule.vote) {
        (Motion::Reopen(_), _) => draft.rule.reopen.decision(),
        (Motion::Adopt(_), _) => draft.rule.adopt.decision(),
        (_, Voting::Majority(majority)) => Some(Decision::Majority(majority)),
        (_, Voting::Named | Voting::Never) => None,
    }
}

/// What is asked for where nobody says anything: the draft's own majority, or more than half of those voting.
fn usual(draft: &Draft) -> Decision {
    match &draft.rule.decision {
        own @ (Decision::Majority(_) | Decision::DoubleMajority(_)) => own.clone(),
        Decision::Consensus
        | Decision::ConsensusMinus(_)
        | Decision::ConsensusMinusConcerned(_)
        | Decision::Consent
        | Decision::Unanimity => Decision::Majority(Majority {
            of: Electorate::Present,
            share: Share::try_from([1, 2]).expect("one half is a share"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, agree, another_text, call, delete, en, incorporate, opens_vote, opens_vote_on,
        replace, seat,
    };
    use serde_json::{Value, json};

    #[test]
    fn the_facilitator_alone_puts_one_present_text_to_the_vote() {
        let mut room = Room::sitting();
        for who in ["PEN", "AVR", "SEC"] {
            room.refuses(who, &opens_vote("op-1"), "not-entitled");
        }
        room.refuses("CHAIR", &opens_vote("op-9"), "unknown-clause");
        let mut stale = opens_vote("op-1");
        stale["open_vote"]["digests"] = json!({"en": another_text()});
        room.refuses("CHAIR", &stale, "stale-text");
        room.does("CHAIR", &opens_vote("op-1"));
        room.refuses("CHAIR", &opens_vote("op-1"), "vote-running");
        let mut taken = opens_vote("t");
        taken["open_vote"]["vote"] = json!("v1");
        room.refuses("CHAIR", &taken, "id-taken");
        room.does("AVR", &delete("op-2"));
        room.refuses("CHAIR", &opens_vote("op-2"), "proposals-pending");
        room.does("CHAIR", &call("t"));
        room.does("CHAIR", &agree("t"));
        room.refuses("CHAIR", &opens_vote("t"), "clause-agreed");
    }

    #[test]
    fn its_terms_can_be_meant() {
        let mut room = Room::sitting();
        let with = |field: &str, value: Value| {
            let mut open = opens_vote("op-1");
            open["open_vote"][field] = value;
            open
        };
        room.refuses("CHAIR", &with("quorum", json!(0)), "quorum-of-none");
        room.refuses(
            "CHAIR",
            &with("until", json!("2020-01-01T00:00:00Z")),
            "vote-ended",
        );
        room.allows("CHAIR", &with("until", json!("2999-01-01T00:00:00Z")));
        let mut empty = room.clone();
        for code in ["MRD", "TSL", "PEN", "AVR"] {
            empty.does("SEC", &seat(code, "delegate", false));
        }
        empty.refuses("CHAIR", &opens_vote("op-1"), "no-quorum");
        let unsound = serde_json::from_value::<super::OpenVote>(json!({
            "on": {"clause": "op-1"}, "by": {"majority": {"of": "present", "share": [4, 3]}},
        }));
        assert!(unsound.is_err());
        room.types("op-2", en(), "");
        room.refuses("CHAIR", &opens_vote("op-2"), "text-needed");
    }

    #[test]
    fn the_rule_says_whether_the_text_is_voted_on_and_by_what() {
        let mut room = Room::sitting();
        let rule = |rule: Value| json!({"set_rule": {"rule": rule}});
        room.does("SEC", &rule(json!({"vote": "never"})));
        room.refuses("CHAIR", &opens_vote("op-1"), "no-votes");
        let two_thirds = json!({"majority": {"of": "present", "share": [2, 3]}});
        room.does("SEC", &rule(json!({"vote": two_thirds})));
        room.allows("CHAIR", &opens_vote("op-1"));
        let mut half = opens_vote("op-1");
        half["open_vote"]["by"] = json!({"majority": {"of": "present", "share": [1, 2]}});
        room.refuses("CHAIR", &half, "majority-fixed");
        let own = json!({"majority": {"of": "members", "share": [3, 4]}});
        room.does("SEC", &rule(json!({"decision": own})));
        let opened = room.does("CHAIR", &opens_vote("op-1"));
        assert_eq!(
            serde_json::to_value(opened).unwrap()["open_vote"]["by"],
            own
        );
    }

    #[test]
    fn votes_shown_before_the_close_have_one() {
        let mut room = Room::sitting();
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"show_votes": "last-minutes"}}}),
        );
        room.refuses("CHAIR", &opens_vote("op-1"), "deadline-needed");
        let mut until = opens_vote("op-1");
        until["open_vote"]["until"] = json!("2999-01-01T00:00:00Z");
        room.allows("CHAIR", &until);
    }

    #[test]
    fn a_proposal_a_reopening_and_the_adoption_are_put_when_they_could_be_done() {
        let mut room = Room::sitting();
        let proposal = opens_vote_on(&json!({"proposal": "p1"}));
        room.refuses("CHAIR", &proposal, "unknown-proposal");
        room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
        room.allows("CHAIR", &proposal);
        let mut stale = proposal.clone();
        stale["open_vote"]["digests"] = json!({"en": another_text()});
        room.refuses("CHAIR", &stale, "stale-text");
        room.does("PEN", &incorporate("p1"));
        room.refuses("CHAIR", &proposal, "proposal-not-live");
        let mut reopening = opens_vote_on(&json!({"reopen": "op-1"}));
        room.refuses("CHAIR", &reopening, "not-agreed");
        room.does("CHAIR", &call("op-1"));
        room.does("CHAIR", &agree("op-1"));
        room.refuses("CHAIR", &reopening, "reason-needed");
        reopening["open_vote"]["reason"] = json!("New instructions came.");
        room.allows("CHAIR", &reopening);
        let adoption = opens_vote_on(&json!({"adopt": "Declaration"}));
        room.refuses("CHAIR", &adoption, "not-all-agreed");
        for id in ["t", "op-2"] {
            room.does("CHAIR", &call(id));
            room.does("CHAIR", &agree(id));
        }
        room.allows("CHAIR", &adoption);
    }
}
