//! How the rules explain themselves: pieces of the one sentence that says why.

use super::{Case, Verdict};
use crate::ids::DelegationId;
use crate::tally::{Outcome, Tally};

/// How much of an objection's reason is quoted.
const REASON_CHARACTERS: usize = 60;

/// Something is missing.
pub(super) fn short(missing: &str) -> Verdict {
    let missing = missing.to_owned();
    (
        Outcome::Short {
            missing: missing.clone(),
        },
        format!("Short: {missing}."),
    )
}

/// These objections stand in the way: `Blocked by 2: AVR (cost), MRD. 1 silent.`
pub(super) fn blocked(tally: &Tally, case: &Case<'_>, by: &[DelegationId]) -> Verdict {
    let mut why = format!("Blocked by {}: {}.", by.len(), objections(case, by));
    if !tally.silent.is_empty() {
        why += &format!(" {} silent.", tally.silent.len());
    }
    (Outcome::Blocked { by: by.to_vec() }, why)
}

/// `AVR (cost), MRD (the date)`.
pub(super) fn objections(case: &Case<'_>, by: &[DelegationId]) -> String {
    let told: Vec<_> = by.iter().map(|d| objection(case, d)).collect();
    told.join(", ")
}

/// `, and 2 have said nothing, and 1 spoke on an earlier text`: who is still to be heard; empty if nobody.
pub(super) fn unheard(tally: &Tally) -> String {
    let mut text = match tally.silent.len() {
        0 => String::new(),
        1 => ", and 1 has said nothing".into(),
        n => format!(", and {n} have said nothing"),
    };
    if !tally.stale.is_empty() {
        text += &format!(", and {} spoke on an earlier text", tally.stale.len());
    }
    text
}

/// `AVR (cost)`: who objects and why, in a few words.
fn objection(case: &Case<'_>, delegation: &DelegationId) -> String {
    let note = case.positions.get(delegation).and_then(|p| p.note.as_ref());
    let Some(line) = note.and_then(|n| n.as_str().trim().lines().next()) else {
        return delegation.to_string();
    };
    format!("{delegation} ({})", few(line))
}

/// A line, or its beginning up to a word's end, where the language has such.
fn few(line: &str) -> String {
    let line = line.trim_end_matches(['.', ' ']);
    if line.chars().count() <= REASON_CHARACTERS {
        return line.to_owned();
    }
    let cut: String = line.chars().take(REASON_CHARACTERS).collect();
    let whole = cut
        .rsplit_once(char::is_whitespace)
        .map_or(&*cut, |(w, _)| w);
    format!("{}…", whole.trim_end())
}
