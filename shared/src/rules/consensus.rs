//! Consensus: nobody who may decide objects, and the question was put or everybody has answered it unasked.
//!
//! Silence is consent only after the question (P5). A question put before an objection does not override it; once the
//! objection is lifted the question still stands.

use std::collections::BTreeMap;

use crate::draft::Position;
use crate::ids::DelegationId;
use crate::tally::{Outcome, Tally};

/// How much of an objection's reason is quoted in the sentence.
const REASON_CHARACTERS: usize = 60;

/// Completes the tally with the outcome and the sentence.
pub(super) fn judge(
    tally: &mut Tally,
    positions: &BTreeMap<DelegationId, Position>,
    question_was_put: bool,
) {
    let answered =
        tally.support.len() + tally.accept.len() + tally.reserve.len() + tally.abstain.len();
    let silent = tally.silent.len();
    let stale = tally.stale.len();
    let (outcome, why) = if !tally.object.is_empty() {
        let who: Vec<String> = tally.object.iter().map(|d| told(d, positions)).collect();
        let mut why = format!("Blocked by {}: {}.", who.len(), who.join(", "));
        if silent > 0 {
            why += &format!(" {silent} silent.");
        }
        let by = tally.object.clone();
        (Outcome::Blocked { by }, why)
    } else if answered + silent + stale == 0 {
        short("no delegation is entitled to decide".into())
    } else if question_was_put {
        let rest = match silent + stale {
            0 => String::new(),
            n => format!(" {n} said nothing on this text."),
        };
        (
            Outcome::Reached,
            format!("Reached: the question was put, and nobody objects.{rest}"),
        )
    } else if silent + stale == 0 {
        (
            Outcome::Reached,
            "Reached: every delegation has spoken, and nobody objects.".into(),
        )
    } else {
        let mut missing = String::from("the question has not been put");
        match silent {
            0 => {}
            1 => missing += ", and 1 has said nothing",
            n => missing += &format!(", and {n} have said nothing"),
        }
        if stale > 0 {
            missing += &format!(", and {stale} spoke on an earlier text");
        }
        short(missing)
    };
    tally.outcome = outcome;
    tally.why = why;
}

fn short(missing: String) -> (Outcome, String) {
    let why = format!("Short: {missing}.");
    (Outcome::Short { missing }, why)
}

/// `AVR (cost)`: who objects and why, in a few words.
fn told(delegation: &DelegationId, positions: &BTreeMap<DelegationId, Position>) -> String {
    let note = positions.get(delegation).and_then(|p| p.note.as_ref());
    let Some(line) = note.and_then(|n| n.as_str().trim().lines().next()) else {
        return delegation.to_string();
    };
    let line = line.trim_end_matches(['.', ' ']);
    if line.chars().count() > REASON_CHARACTERS {
        let cut: String = line.chars().take(REASON_CHARACTERS).collect();
        format!("{delegation} ({}…)", cut.trim_end())
    } else {
        format!("{delegation} ({line})")
    }
}
