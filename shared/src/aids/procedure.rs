//! The rules in force in a draft, in words, and what the reader may do under them.
//!
//! Everything is read from the rule and the roster as they stand now; nothing is said here that the acts do not enforce.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words;
use crate::draft::{Decision, Draft, Electorate, Mode, Shown, Voting};
use crate::entry::By;
use crate::ids::{DraftId, Language, Seq};
use crate::rules;

mod own;

/// The rules in force, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Procedure {
    /// The draft.
    pub draft: DraftId,
    /// The last entry that counts in it.
    pub seq: Seq,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part, with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// What it is about.
    pub heading: String,
    /// What is to be said, one thing a sentence or two.
    pub sentences: Vec<String>,
}

impl Procedure {
    /// The rules that hold in the draft now, and what that reader may do.
    pub fn of(draft: &Draft, by: &By) -> Self {
        let section = |heading: &str, sentences: Vec<String>| Section {
            heading: heading.to_owned(),
            sentences,
        };
        Self {
            draft: draft.id,
            seq: draft.seq,
            sections: vec![
                section("How a clause is decided", decision(draft)),
                section("Quorum", quorum(draft)),
                section("Silence procedure", silence(draft)),
                section("Who writes the text", mode(draft)),
                section("Agreement", agreement(draft)),
                section("Reopening", reopening(draft)),
                section("Adoption", adoption(draft)),
                section("Votes", votes(draft)),
                section("Languages", languages(draft)),
                section("Groups", groups(draft)),
                section("What you may do", own::rights(draft, by)),
            ],
        }
    }
}

fn decision(draft: &Draft) -> Vec<String> {
    let rule = match &draft.rule.decision {
        Decision::Consensus => "A clause is ripe when no delegation that may decide objects, and the chair has put the \
            question with a quorum in the room, or a silence has run out, or every delegation has taken a position."
            .to_owned(),
        Decision::ConsensusMinus(n) => format!(
            "A clause is ripe when at most {} that may decide, and the chair has put the question with a quorum in the \
             room, or a silence has run out; the question is not needed if nobody objects and every delegation has \
             taken a position.",
            words::count((*n).try_into().unwrap_or(usize::MAX), "delegation objects", "delegations object")
        ),
        Decision::ConsensusMinusConcerned(who) => {
            let who: Vec<_> = who.iter().map(ToString::to_string).collect();
            format!(
                "A clause is ripe when nobody that may decide objects but those concerned, {}, and the chair has put the \
                 question with a quorum in the room, or a silence has run out; the question is not needed if nobody \
                 objects and every delegation has taken a position.",
                words::list(&who)
            )
        }
        Decision::Consent => "A clause is ripe when the chair has put the question, every delegation in the room has \
            taken a position on it for itself, and no objection is left that holds: one that does not, the chair sets \
            aside with a reason."
            .to_owned(),
        Decision::Unanimity => "A clause is ripe when every delegation that may decide supports or accepts it. Standing \
            aside and reservations are not enough, and silence is nothing."
            .to_owned(),
        Decision::Majority(m) => match m.of {
            Electorate::Present => format!(
                "A clause is ripe when the question was put, and {} of the delegations in the room that are for or \
                 against it are for it, and more are for it than against.",
                m.share
            ),
            Electorate::Members => format!(
                "A clause is ripe when {} of all delegations that may decide are for it, whether the others say \
                 anything or not.",
                m.share
            ),
        },
        Decision::DoubleMajority(m) => format!(
            "A clause is ripe when {} of all delegations that may decide are for it, and together they have {} of all \
             weight.",
            m.delegations, m.weight
        ),
    };
    vec![
        format!("This draft decides by {}.", draft.rule.decision),
        rule,
        "Only the exact words that stand there now count: an approval of earlier words counts for nothing, an objection \
         stays until it is lifted."
            .to_owned(),
        "Nothing is agreed by positions alone: that a clause is agreed the chair declares, or a silence that ran out."
            .to_owned(),
    ]
}

fn quorum(draft: &Draft) -> Vec<String> {
    let entitled = draft.seats.entitled().count();
    let Some(quorum) = rules::quorum(draft) else {
        return vec!["No delegation may decide yet, so nothing can be decided.".to_owned()];
    };
    let why = match draft.rule.quorum {
        Some(_) => "as the rule says",
        None => "more than half of them",
    };
    vec![format!(
        "{} may decide. When the question is put, {quorum} of them must be in the room, {why}.",
        words::count(entitled, "delegation", "delegations")
    )]
}

fn silence(draft: &Draft) -> Vec<String> {
    let hours = draft
        .rule
        .silence_hours
        .unwrap_or(crate::draft::Rule::SILENCE_HOURS);
    vec![
        format!("The chair may circulate exact words with a deadline, {hours} hours away or more."),
        "Who says nothing until then has consented. One objection until the deadline, and at exactly the deadline, breaks \
         the silence; other words or a proposal void it."
            .to_owned(),
        "The deadline is kept by the server's clock. An objection after it is on record as late, and has no effect unless \
         the chair grants it."
            .to_owned(),
    ]
}

fn mode(draft: &Draft) -> Vec<String> {
    let typing = match draft.mode {
        Mode::Proposals => {
            "The pen-holder and the chair type into clauses; delegations make proposals."
        }
        Mode::Open => {
            "The pen-holder, the chair and the delegations type into clauses; delegations make proposals too."
        }
    };
    vec![
        typing.to_owned(),
        "Nobody types into what is agreed. What was typed there without having seen the agreement is kept as a proposal."
            .to_owned(),
    ]
}

fn agreement(draft: &Draft) -> Vec<String> {
    let mut told = Vec::new();
    if draft.rule.nothing_agreed {
        told.push(
            "Nothing is agreed until everything is agreed: every agreement is ad referendum until the text is adopted."
                .to_owned(),
        );
    } else {
        told.push(
            "What is declared agreed is agreed by itself, unless it is in a package that is still open or awaits \
             confirmations."
                .to_owned(),
        );
    }
    let open = draft.packages.iter().filter(|(_, p)| draft.is_open(p));
    let open: Vec<_> = open.map(|(name, _)| format!("\"{name}\"")).collect();
    if !open.is_empty() {
        told.push(format!(
            "Packages that are still open: {}.",
            words::list(&open)
        ));
    }
    told.push("Agreed words are locked until the clause is reopened.".to_owned());
    told
}

fn reopening(draft: &Draft) -> Vec<String> {
    let how = match draft.rule.reopen.decision() {
        None => {
            "The chair reopens an agreed or deleted clause, with a reason. Every earlier decision on its words then \
             ends; objections stand."
                .to_owned()
        }
        Some(needed) => format!(
            "An agreed or deleted clause is reopened by {needed}: the chair puts it to a recorded vote, with a reason. \
             Every earlier decision on its words then ends; objections stand."
        ),
    };
    vec![how]
}

fn adoption(draft: &Draft) -> Vec<String> {
    let how = match draft.rule.adopt.decision() {
        None => "The chair adopts the text once everything is agreed, with a quorum in the room."
            .to_owned(),
        Some(needed) => format!(
            "The text is adopted, once everything is agreed, by {needed} in a recorded vote."
        ),
    };
    vec![how]
}

fn votes(draft: &Draft) -> Vec<String> {
    let on_text = match draft.rule.vote {
        Voting::Named => {
            "The chair may put clauses and proposals to a recorded vote, and names what must be reached.".to_owned()
        }
        Voting::Never => "Clauses and proposals are not put to a vote.".to_owned(),
        Voting::Majority(majority) => format!(
            "The chair may put clauses and proposals to a recorded vote, by {}.",
            Decision::Majority(majority)
        ),
    };
    let seen = match draft.rule.show_votes {
        Shown::AtOnce => "How each delegation votes is seen at once.",
        Shown::AtClose => "How each delegation has voted is seen when the vote is closed.",
        Shown::LastMinutes => {
            "How each delegation has voted is seen from five minutes before the vote ends."
        }
    };
    vec![on_text, seen.to_owned()]
}

fn languages(draft: &Draft) -> Vec<String> {
    let tags = |all: &[Language]| {
        let all: Vec<_> = all.iter().map(ToString::to_string).collect();
        words::list(&all)
    };
    let mut told = Vec::new();
    if let Some(negotiated) = draft.negotiated() {
        told.push(format!(
            "It is negotiated in {negotiated}: positions, questions and votes are on those words."
        ));
    }
    if draft.authentic.len() > 1 {
        told.push(format!(
            "Authentic are {}: an agreement is on the words in each of them, marked as matching, and locks them all.",
            tags(&draft.authentic)
        ));
    }
    if !draft.working.is_empty() {
        told.push(format!(
            "There are working translations into {}; no status depends on them.",
            tags(&draft.working)
        ));
    }
    told
}

fn groups(draft: &Draft) -> Vec<String> {
    let mut told: Vec<String> = draft
        .seats
        .groups
        .iter()
        .map(|(id, group)| {
            let members = words::count(draft.seats.members(id).len(), "delegation", "delegations");
            match &group.spokesperson {
                Some(who) => format!("{who} speaks for {id} ({members})."),
                None => format!("Nobody speaks for {id} ({members})."),
            }
        })
        .collect();
    if told.is_empty() {
        return vec!["There are no groups.".to_owned()];
    }
    told.push(
        "What a group says counts for each member that has not spoken itself on the same words, and is no vote. A member \
         may dissociate itself."
            .to_owned(),
    );
    told
}

#[cfg(test)]
mod tests;
