//! How the rules explain themselves: pieces of the one sentence that says why.

use std::collections::BTreeMap;

use super::{Case, Verdict};
use crate::draft::{Heard, Position};
use crate::ids::DelegationId;
use crate::tally::{Lack, Outcome, Tally};

/// How much of an objection's reason is quoted.
const REASON_CHARACTERS: usize = 60;

/// Something is missing.
pub(super) fn short(lack: Lack, missing: &str) -> Verdict {
    let missing = missing.to_owned();
    (
        Outcome::Short {
            missing: missing.clone(),
            lack,
        },
        format!("Short: {missing}."),
    )
}

/// These objections stand in the way: `Blocked by 2: AVR (cost), Group ISL (the date). 1 silent.` A group objects once.
pub(super) fn blocked(tally: &Tally, case: &Case<'_>, by: &[DelegationId]) -> Verdict {
    let told = each_objection(case, by);
    let mut why = format!("Blocked by {}: {}.", told.len(), told.join(", "));
    if !tally.silent.is_empty() {
        why += &format!(" {} silent.", tally.silent.len());
    }
    (Outcome::Blocked { by: by.to_vec() }, why)
}

/// `AVR (cost), Group ISL (the date)`.
pub(super) fn objections(case: &Case<'_>, by: &[DelegationId]) -> String {
    each_objection(case, by).join(", ")
}

/// `; what a group says is no vote`, if a group speaks for somebody.
pub(super) fn groups_do_not_vote(tally: &Tally) -> &'static str {
    if tally.through.is_empty() {
        ""
    } else {
        "; what a group says is no vote of its members"
    }
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

/// Who objects and why, in a few words: delegations for themselves, then groups.
fn each_objection(case: &Case<'_>, by: &[DelegationId]) -> Vec<String> {
    let mut told = Vec::new();
    let mut groups = BTreeMap::new();
    for delegation in by {
        match case.heard.get(delegation) {
            Some(Heard::Standing(p, None)) => told.push(objection(delegation.as_str(), p)),
            Some(Heard::Standing(p, Some(group))) => {
                groups.insert(*group, objection(&format!("Group {group}"), p));
            }
            Some(Heard::Silent | Heard::Stale) | None => told.push(delegation.to_string()),
        }
    }
    told.extend(groups.into_values());
    told
}

/// `AVR (cost)`.
fn objection(who: &str, position: &Position) -> String {
    let note = position.note.as_ref();
    match note.and_then(|n| n.as_str().trim().lines().next()) {
        Some(line) => format!("{who} ({})", few(line)),
        None => who.to_owned(),
    }
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
