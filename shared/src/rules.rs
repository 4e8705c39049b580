//! The rules of decision: one file each.
//!
//! A rule reads a count of positions and the question; it never reads the words.

use std::collections::BTreeMap;

use crate::draft::{Decision, Draft, Heard, Question, Stance, Voices};
use crate::ids::{DelegationId, Digest};
use crate::tally::{Lack, Outcome, Tally};

mod consensus;
mod consensus_minus;
mod consensus_minus_concerned;
mod consent;
mod double_majority;
mod majority;
#[cfg(test)]
mod properties;
mod roll;
mod unanimity;
mod words;

pub(crate) use roll::count;

/// What a rule finds, and the sentence that says why.
type Verdict = (Outcome, String);

/// What a rule reads besides the count.
struct Case<'a> {
    draft: &'a Draft,
    /// What each entitled delegation is heard to say.
    heard: &'a BTreeMap<DelegationId, Heard<'a>>,
    /// The question, if it was put on the present text.
    question: Option<&'a Question>,
}

/// Counts the positions and asks the draft's rule.
pub(crate) fn tally(
    draft: &Draft,
    voices: Voices<'_>,
    question: Option<&Question>,
    present_text: Digest,
) -> Tally {
    let heard = voices.heard(&draft.seats, present_text);
    let mut tally = sorted(&heard);
    let case = Case {
        draft,
        heard: &heard,
        question: question.filter(|q| q.digest == present_text),
    };
    let entitled = draft.seats.entitled().next().is_some();
    (tally.outcome, tally.why) = match &draft.rule.decision {
        _ if !entitled => words::short(Lack::Room, "no delegation is entitled to decide"),
        Decision::Consensus => consensus::judge(&tally, &case),
        Decision::ConsensusMinus(most) => consensus_minus::judge(&tally, &case, *most),
        Decision::ConsensusMinusConcerned(who) => {
            consensus_minus_concerned::judge(&tally, &case, who)
        }
        Decision::Consent => consent::judge(&tally, &case),
        Decision::Unanimity => unanimity::judge(&tally, &case),
        Decision::Majority(majority) => majority::judge(&tally, &case, *majority),
        Decision::DoubleMajority(double) => double_majority::judge(&tally, &case, *double),
    };
    tally
}

/// How many entitled delegations must be in the room when the question is put (R-Q1); none if nobody is entitled to
/// decide, and so nothing can be decided.
pub(crate) fn quorum(draft: &Draft) -> Option<usize> {
    let entitled = draft.seats.entitled().count();
    if entitled == 0 {
        return None;
    }
    let set = draft.rule.quorum.and_then(|q| usize::try_from(q).ok());
    Some(set.unwrap_or(entitled / 2 + 1))
}

/// Sorts the delegations that may decide by what they are heard to say; what somebody else said counts for nothing
/// (R-P3).
fn sorted(heard: &BTreeMap<DelegationId, Heard<'_>>) -> Tally {
    let mut tally = Tally {
        support: vec![],
        accept: vec![],
        reserve: vec![],
        abstain: vec![],
        object: vec![],
        silent: vec![],
        stale: vec![],
        through: BTreeMap::new(),
        outcome: Outcome::Reached,
        why: String::new(),
    };
    for (delegation, heard) in heard {
        let heap = match heard {
            Heard::Silent => &mut tally.silent,
            Heard::Stale => &mut tally.stale,
            Heard::Standing(position, group) => {
                if let Some(group) = group {
                    tally.through.insert(delegation.clone(), (*group).clone());
                }
                match position.stance {
                    Stance::Support => &mut tally.support,
                    Stance::Accept => &mut tally.accept,
                    Stance::Reserve => &mut tally.reserve,
                    Stance::Abstain => &mut tally.abstain,
                    Stance::Object => &mut tally.object,
                }
            }
        };
        heap.push(delegation.clone());
    }
    tally
}

/// Those of them that speak for themselves: what a group says is no vote of its members (§3.3).
fn own(tally: &Tally, who: &[DelegationId]) -> Vec<DelegationId> {
    let is_own = |d: &&DelegationId| !tally.through.contains_key(*d);
    who.iter().filter(is_own).cloned().collect()
}
