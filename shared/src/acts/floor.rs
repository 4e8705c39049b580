//! What is on the floor: the questions that several acts ask of the draft, and the places where they leave their mark.

use std::collections::BTreeMap;

use crate::acts::Target;
use crate::draft::{Clause, Draft, Groupwise, Position, Proposal, Vote};
use crate::entry::Entry;
use crate::fold::Corrupt;
use crate::ids::{ClauseId, DelegationId, Digest, GroupId, Language, ProposalId, Prose, VoteId};
use crate::limits;
use crate::refusal::Refusal;

/// The clause, whatever has become of it.
pub(super) fn clause<'a>(draft: &'a Draft, id: &ClauseId) -> Result<&'a Clause, Refusal> {
    draft
        .clauses
        .get(id)
        .ok_or_else(|| Refusal::unknown_clause(id))
}

/// The clause, if it is there and still to be settled.
pub(super) fn open_clause<'a>(draft: &'a Draft, id: &ClauseId) -> Result<&'a Clause, Refusal> {
    let found = clause(draft, id)?;
    if found.is_deleted() {
        return Err(Refusal::clause_deleted(id));
    }
    if found.is_agreed() {
        return Err(Refusal::clause_agreed(id));
    }
    Ok(found)
}

/// The clause, if it is agreed or deleted.
pub(super) fn settled_clause<'a>(draft: &'a Draft, id: &ClauseId) -> Result<&'a Clause, Refusal> {
    let found = clause(draft, id)?;
    if found.is_agreed() || found.is_deleted() {
        return Ok(found);
    }
    Err(Refusal::new(
        "not-agreed",
        format!("Clause {id} is neither agreed nor deleted."),
        "It is open already: propose or take positions on it.",
    ))
}

/// The clause, if nothing but its present text is before the room: a question is put, and an agreement declared, on one
/// text and not on alternatives.
pub(super) fn single_text<'a>(draft: &'a Draft, id: &ClauseId) -> Result<&'a Clause, Refusal> {
    let found = open_clause(draft, id)?;
    let pending: Vec<_> = draft.live_on(id).cloned().collect();
    if pending.is_empty() {
        Ok(found)
    } else {
        Err(Refusal::proposals_pending(id, &pending))
    }
}

/// The proposal, if it is still to be decided.
pub(super) fn live_proposal<'a>(
    draft: &'a Draft,
    id: &ProposalId,
) -> Result<&'a Proposal, Refusal> {
    let found = draft
        .proposals
        .get(id)
        .ok_or_else(|| Refusal::unknown_proposal(id))?;
    if found.is_live() {
        Ok(found)
    } else {
        Err(Refusal::proposal_not_live(id, found.state.name()))
    }
}

/// The vote, if votes are still cast in it.
pub(super) fn open_vote<'a>(draft: &'a Draft, id: &VoteId) -> Result<&'a Vote, Refusal> {
    let found = draft
        .votes
        .get(id)
        .ok_or_else(|| Refusal::unknown_vote(id))?;
    match found.result {
        None => Ok(found),
        Some(result) => Err(Refusal::new(
            "vote-closed",
            format!("Vote {id} is closed: {}.", result.name()),
            "Explain your vote in a statement, or ask the facilitator for another vote.",
        )),
    }
}

/// The open vote that this entry's act marks.
pub(super) fn vote_mut<'a>(
    entry: &Entry,
    draft: &'a mut Draft,
    id: &VoteId,
) -> Result<&'a mut Vote, Corrupt> {
    let vote = draft.votes.get_mut(id).filter(|v| v.result.is_none());
    vote.ok_or_else(|| Corrupt::at(entry.seq, format!("there is no open vote {id}")))
}

/// Whether a position may be taken on the target, on exactly that text: what nobody saw is never decided on (P4).
pub(super) fn open_target(
    draft: &Draft,
    target: &Target,
    text: Option<Digest>,
) -> Result<(), Refusal> {
    match target {
        Target::Clause(id) => open_clause(draft, id).map(drop)?,
        Target::Proposal(id) => live_proposal(draft, id).map(drop)?,
    }
    same_text(draft, target, text)
}

/// Whether the target's present text is that one.
pub(super) fn same_text(
    draft: &Draft,
    target: &Target,
    text: Option<Digest>,
) -> Result<(), Refusal> {
    if text.is_some() && text == draft.present_text(target) {
        Ok(())
    } else {
        Err(Refusal::stale_text(&crate::wire::view::target_in_words(
            target,
        )))
    }
}

/// Whether a wording is no longer than one may be.
pub(super) fn wording_fits(language: &Language, text: &Prose) -> Result<(), Refusal> {
    if text.as_str().encode_utf16().count() <= limits::WORDING_UNITS {
        return Ok(());
    }
    Err(Refusal::new(
        "text-too-long",
        format!(
            "The wording in {language} is longer than {} characters.",
            limits::WORDING_UNITS
        ),
        "Divide it into several clauses.",
    ))
}

/// Whether the clause says the same in every authentic language: each is marked as rendering the words negotiated as
/// they stand. What is agreed is agreed in all of them at once (R-L3).
pub(super) fn rendered(draft: &Draft, id: &ClauseId, clause: &Clause) -> Result<(), Refusal> {
    let missing = draft.unrendered(clause);
    if missing.is_empty() {
        return Ok(());
    }
    let told: Vec<_> = missing
        .iter()
        .map(|(language, state)| format!("{language} is {}", state.name()))
        .collect();
    Err(Refusal::new(
        "translation-unmarked",
        format!(
            "Clause {id} is not the same in all authentic languages yet: {}.",
            told.join(", ")
        ),
        "Have it translated, and marked as matching: `plenary translation mark`.",
    )
    .of("clause", id))
}

/// A reason that says something.
pub(super) fn reason(given: &Prose, what: &str) -> Result<(), Refusal> {
    if given.as_str().trim().is_empty() {
        Err(Refusal::reason_needed(what))
    } else {
        Ok(())
    }
}

/// The delegation that acts in this entry.
pub(super) fn mover(entry: &Entry) -> Result<&DelegationId, Corrupt> {
    entry
        .by
        .delegation()
        .ok_or_else(|| Corrupt::at(entry.seq, "only a delegation can have made it"))
}

/// The exact text that this entry's act must name.
pub(super) fn named(entry: &Entry, text: Option<Digest>) -> Result<Digest, Corrupt> {
    text.ok_or_else(|| Corrupt::at(entry.seq, "it does not name the text it speaks of"))
}

/// The clause that this entry's act marks.
pub(super) fn clause_mut<'a>(
    entry: &Entry,
    draft: &'a mut Draft,
    id: &ClauseId,
) -> Result<&'a mut Clause, Corrupt> {
    draft
        .clauses
        .get_mut(id)
        .ok_or_else(|| Corrupt::at(entry.seq, format!("there is no clause {id}")))
}

/// The positions that this entry's act marks: those of delegations, and those of groups.
pub(super) fn voices_mut<'a>(
    entry: &Entry,
    draft: &'a mut Draft,
    target: &Target,
) -> Result<(&'a mut BTreeMap<DelegationId, Position>, &'a mut Groupwise), Corrupt> {
    match target {
        Target::Clause(id) => {
            let clause = clause_mut(entry, draft, id)?;
            Ok((&mut clause.positions, &mut clause.groups))
        }
        Target::Proposal(id) => draft
            .proposals
            .get_mut(id)
            .map(|p| (&mut p.positions, &mut p.groups))
            .ok_or_else(|| Corrupt::at(entry.seq, format!("there is no proposal {id}"))),
    }
}

/// The delegation that acts, or the group that it speaks for, takes this position.
pub(super) fn takes(
    entry: &Entry,
    draft: &mut Draft,
    target: &Target,
    as_group: Option<&GroupId>,
    position: Position,
) -> Result<(), Corrupt> {
    let delegation = mover(entry)?.clone();
    let (own, groups) = voices_mut(entry, draft, target)?;
    match as_group {
        Some(group) => groups.positions.insert(group.clone(), position),
        None => own.insert(delegation, position),
    };
    Ok(())
}
