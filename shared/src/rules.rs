//! The rules of decision: one file each.

use std::collections::BTreeMap;

use crate::draft::{Draft, Position, Question};
use crate::ids::{DelegationId, Digest};
use crate::tally::{Outcome, Tally};

/// Counts the positions and asks the draft's rule.
pub(crate) fn tally(
    draft: &Draft,
    positions: &BTreeMap<DelegationId, Position>,
    question: Option<&Question>,
    present_text: Digest,
) -> Tally {
    let _ = (draft, positions, question, present_text);
    Tally {
        support: vec![],
        accept: vec![],
        reserve: vec![],
        abstain: vec![],
        object: vec![],
        silent: vec![],
        stale: vec![],
        outcome: Outcome::Short {
            missing: String::new(),
        },
        why: String::new(),
    }
}
