//! Ids that are still free: what the server gives to a proposal or a clause whose maker left the naming to it.

use crate::acts::Amendment;
use crate::draft::{Draft, Manuscript};
use crate::ids::{ClauseId, ProposalId, VoteId};

/// The next free proposal id: `p1`, `p2`, … Wordings that are being prepared in the text have theirs already.
pub(super) fn proposal(draft: &Draft, manuscript: &Manuscript) -> ProposalId {
    let is_free = |id: &ProposalId| {
        !draft.proposals.contains_key(id) && !manuscript.proposals.contains_key(id)
    };
    next("p", draft.proposals.len(), is_free)
}

/// The next free vote id: `v1`, `v2`, …
pub(super) fn vote(draft: &Draft) -> VoteId {
    next("v", draft.votes.len(), |id| !draft.votes.contains_key(id))
}

/// The next free clause id: `c1`, `c2`, … Clauses that live or past proposals would have made have theirs already.
pub(super) fn clause(draft: &Draft, manuscript: &Manuscript) -> ClauseId {
    let is_free = |id: &ClauseId| {
        !draft.clauses.contains_key(id)
            && !manuscript.clauses.contains_key(id)
            && !is_awaited(draft, id)
    };
    next("c", 0, is_free)
}

/// Whether a proposal, live or past, has this id for its new clause: an id never names two things.
pub(super) fn is_awaited(draft: &Draft, id: &ClauseId) -> bool {
    draft
        .proposals
        .values()
        .any(|p| matches!(&p.amendment, Amendment::InsertAfter { new: Some(new), .. } if new == id))
}

/// Starts looking where ids given one after another would have come to, so that it need not go through all of them.
fn next<I: std::str::FromStr>(letter: &str, given: usize, is_free: impl Fn(&I) -> bool) -> I {
    let id = |n: usize| -> I {
        let Ok(id) = format!("{letter}{n}").parse() else {
            unreachable!("a letter and a number are an id");
        };
        id
    };
    let mut n = given + 1;
    while n > 1 && is_free(&id(n - 1)) {
        n -= 1;
    }
    while !is_free(&id(n)) {
        n += 1;
    }
    id(n)
}
