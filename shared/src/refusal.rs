//! Every "no" of the procedure: a stable code for programs, a sentence for people, a hint at what to do next.

use std::collections::BTreeMap;
use std::fmt;

use crate::draft::Role;
use crate::ids::{ClauseId, DelegationId, GroupId, Language, Name, ProposalId, SilenceId, VoteId};
use crate::time::Timestamp;

mod codes;
mod told;

pub use codes::CODES;
pub use told::Told;

/// A submission that the rules do not allow. The log and the draft are as if it had never been made.
///
/// The `code` is a promise to programs; the sentence and the hint may be worded better any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, lower case, hyphenated: `stale-text`.
    pub code: &'static str,
    /// What is the matter, as one sentence to the person who asked.
    pub sentence: String,
    /// What that person can do next, as one sentence.
    pub hint: String,
    /// What it speaks of, by name: ids, moments and numbers, for who phrases it in another language.
    pub about: BTreeMap<&'static str, Told>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence, self.hint)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// A refusal in full.
    pub fn new(code: &'static str, sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            sentence: sentence.into(),
            hint: hint.into(),
            about: BTreeMap::new(),
        }
    }

    /// The same, telling of that too.
    #[must_use]
    pub fn with(mut self, name: &'static str, told: Told) -> Self {
        self.about.insert(name, told);
        self
    }

    /// The same, telling of one thing: an id, a name, a moment.
    #[must_use]
    pub fn of(self, name: &'static str, one: impl fmt::Display) -> Self {
        self.with(name, Told::One(one.to_string()))
    }

    /// Whether it is one of the [`CODES`], and tells all that this code tells.
    pub fn is_whole(&self) -> bool {
        let known = CODES.iter().find(|(code, _)| *code == self.code);
        known.is_some_and(|(_, names)| names.iter().all(|name| self.about.contains_key(name)))
    }

    /// No clause of that id.
    pub fn unknown_clause(clause: &ClauseId) -> Self {
        Self::new(
            "unknown-clause",
            format!("There is no clause {clause} in this draft."),
            "List the clauses and their ids with `plenary show --ids`.",
        )
        .of("clause", clause)
    }

    /// No proposal of that id.
    pub fn unknown_proposal(proposal: &ProposalId) -> Self {
        Self::new(
            "unknown-proposal",
            format!("There is no proposal {proposal} in this draft."),
            "List the proposals with `plenary status`.",
        )
        .of("proposal", proposal)
    }

    /// No vote of that id.
    pub fn unknown_vote(vote: &VoteId) -> Self {
        Self::new(
            "unknown-vote",
            format!("There is no vote {vote} in this draft."),
            "List the votes with `plenary vote list`.",
        )
    }

    /// No such language in this draft.
    pub fn unknown_language(language: &Language) -> Self {
        Self::new(
            "unknown-language",
            format!("This draft is not written in {language}."),
            "Use one of the draft's authentic or working languages.",
        )
    }

    /// The caller's delegation does not sit in this draft.
    pub fn not_seated(delegation: &DelegationId) -> Self {
        Self::new(
            "not-seated",
            format!("{delegation} has no seat in this draft."),
            "Ask the secretariat to seat the delegation.",
        )
        .of("delegation", delegation)
    }

    /// No group of that code.
    pub fn unknown_group(group: &GroupId) -> Self {
        Self::new(
            "unknown-group",
            format!("There is no group {group} in this draft."),
            "List the groups with `plenary roster`.",
        )
        .of("group", group)
    }

    /// Somebody else speaks for the group, or nobody.
    pub fn not_spokesperson(group: &GroupId, spokesperson: Option<&DelegationId>) -> Self {
        let refusal = match spokesperson {
            Some(who) => Self::new(
                "not-spokesperson",
                format!("Only {who} speaks for group {group}."),
                format!("Ask {who} to do it, or act for your own delegation."),
            ),
            None => Self::new(
                "not-spokesperson",
                format!("Nobody speaks for group {group}."),
                "Ask the secretariat to form the group with a spokesperson.",
            ),
        };
        refusal.of("group", group)
    }

    /// The act, or the change, is not for this role.
    pub fn not_entitled(what: &str, who_may: &str) -> Self {
        Self::new(
            "not-entitled",
            format!("Your seat may not {what}."),
            format!("Ask {who_may} to do it."),
        )
    }

    /// The text has changed since the submitter saw it.
    pub fn stale_text(what: &str) -> Self {
        Self::new(
            "stale-text",
            format!("The text of {what} has changed since you saw it."),
            "Read the present text and submit again.",
        )
    }

    /// The moment that an edit was made against is not of this text.
    pub fn unknown_base() -> Self {
        Self::new(
            "unknown-base",
            "This text has never had the state that the edit was made against.",
            "Read the clause anew, and make the edit on what stands there.",
        )
    }

    /// The draft has no first entry yet.
    pub fn not_convened() -> Self {
        Self::new(
            "not-convened",
            "This draft has not been convened.",
            "Ask the secretariat to convene it.",
        )
    }

    /// Nothing more is entered in this draft.
    pub fn draft_closed() -> Self {
        Self::new(
            "draft-closed",
            "This draft is closed: nothing more is entered in it.",
            "Read and export it as before, or ask the secretariat to convene a new draft.",
        )
    }

    /// The text is adopted.
    pub fn draft_adopted(version: &Name) -> Self {
        Self::new(
            "draft-adopted",
            format!("The text was adopted as \"{version}\", and is changed no more."),
            "Make a statement for the record, or ask the secretariat to convene a new draft.",
        )
        .of("name", version)
    }

    /// The seat claims more than the roster gives its delegation.
    pub fn role_not_covered(delegation: &DelegationId, seated: Role, claimed: Role) -> Self {
        Self::new(
            "role-not-covered",
            format!("{delegation} sits here as {seated}, and your seat acts as {claimed}."),
            "Ask the secretariat for a seat that fits, or to change the roster.",
        )
    }

    /// The clause is agreed and its text locked.
    pub fn clause_agreed(clause: &ClauseId) -> Self {
        Self::new(
            "clause-agreed",
            format!("Clause {clause} is agreed, and its text is locked."),
            "Ask the facilitator to reopen it first.",
        )
        .of("clause", clause)
    }

    /// The clause was agreed to be deleted.
    pub fn clause_deleted(clause: &ClauseId) -> Self {
        Self::new(
            "clause-deleted",
            format!("Clause {clause} has been deleted."),
            "Ask the facilitator to reopen it first.",
        )
        .of("clause", clause)
    }

    /// Proposals to change the clause await a decision.
    pub fn proposals_pending(clause: &ClauseId, which: &[ProposalId]) -> Self {
        let list: Vec<_> = which.iter().map(ProposalId::as_str).collect();
        Self::new(
            "proposals-pending",
            format!(
                "On clause {clause} there is still to decide: {}.",
                list.join(", ")
            ),
            "Incorporate or decline each of them, or ask the sponsor to withdraw it.",
        )
        .of("clause", clause)
        .with("proposals", Told::many(which))
    }

    /// The deadline of the silence procedure is over.
    pub fn silence_lapsed(until: Timestamp) -> Self {
        Self::new(
            "silence-lapsed",
            format!("The silence period ended at {until}."),
            "Ask the facilitator to reopen the clause.",
        )
        .of("until", until)
    }

    /// The same, to whoever objects after it.
    pub fn too_late_to_object(until: Timestamp) -> Self {
        Self {
            hint: "Enter it as a late objection (`plenary object --late`): it is on record, and has effect if the \
                   facilitator grants it."
                .to_owned(),
            ..Self::silence_lapsed(until)
        }
    }

    /// No silence procedure of that id.
    pub fn unknown_silence(silence: &SilenceId) -> Self {
        Self::new(
            "unknown-silence",
            format!("There is no silence procedure {silence} in this draft."),
            "List them with `plenary silence list`.",
        )
    }

    /// Nothing of the silence procedure waits for its deadline any more.
    pub fn silence_over(silence: &SilenceId) -> Self {
        Self::new(
            "silence-over",
            format!(
                "The silence procedure {silence} is over: nothing in it waits for the deadline."
            ),
            "Open another if the text is to be circulated again.",
        )
    }

    /// The proposal is no longer on the floor.
    pub fn proposal_not_live(proposal: &ProposalId, state: &str) -> Self {
        Self::new(
            "proposal-not-live",
            format!("Proposal {proposal} is no longer on the floor: it was {state}."),
            "Make a new proposal if the matter is not settled.",
        )
        .of("proposal", proposal)
    }

    /// An act that must be reasoned, without words.
    pub fn reason_needed(what: &str) -> Self {
        Self::new(
            "reason-needed",
            format!("{what} needs a reason, for the record."),
            "Say why in a sentence.",
        )
    }

    /// An id or code that already names something.
    pub fn id_taken(id: &str) -> Self {
        Self::new(
            "id-taken",
            format!("{id} already names something in this draft."),
            "Choose another, or leave it out and one is given.",
        )
        .of("name", id)
    }

    /// More than a draft takes.
    pub fn limit_reached(what: &str, limit: usize) -> Self {
        Self::new(
            "limit-reached",
            format!("A draft holds at most {limit} {what}."),
            "Settle or withdraw some first, or go on in a second draft.",
        )
    }
}
