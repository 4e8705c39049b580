//! How people name things: by the number on paper, by id, by a part of a title.

use std::borrow::Borrow;

use plenary_shared::acts::Target;
use plenary_shared::draft::Party;
use plenary_shared::ids::{ClauseId, DraftId, ProposalId};
use plenary_shared::wire::view::{DraftSummary, ProposalView, Roster};

use crate::failure::{Exit, Failure, Outcome};

/// A number on paper without what people leave out or write otherwise: `op 3 (A)` is `op3(a)`.
fn normal(label: &str) -> String {
    let kept = label.chars().filter(|c| !c.is_whitespace() && *c != '.');
    kept.flat_map(char::to_lowercase).collect()
}

/// The clause meant: an id, or a number as shown. `id:` before it says that it is an id.
///
/// What is neither is passed on if it could be an id: deleted clauses have no number, and the server knows them all.
pub(crate) fn clause<'a>(
    written: &str,
    clauses: impl IntoIterator<Item = (&'a ClauseId, &'a str)>,
) -> Outcome<ClauseId> {
    if let Some(id) = written.strip_prefix("id:") {
        return id
            .parse()
            .map_err(|e| no_clause(written, &format!(" ({e})")));
    }
    let wanted = normal(written);
    let mut by_id = None;
    let mut by_label = Vec::new();
    for (id, label) in clauses {
        if id.as_str() == written {
            by_id = Some(id);
        }
        if normal(label) == wanted {
            by_label.push(id);
        }
    }
    match (by_id, by_label.as_slice()) {
        (Some(id), [number]) if id != *number => Err(Failure::usage(
            format!("{written} is the id of one clause and the number of another, {number}."),
            format!("Write id:{written} for the one, {number} for the other."),
        )),
        (Some(id), _) => Ok(id.clone()),
        (None, [id]) => Ok((*id).clone()),
        (None, [_, _, ..]) => Err(Failure::usage(
            format!("Several clauses are numbered {written}."),
            "Name the clause by its id: `plenary show --ids` lists them.",
        )),
        (None, []) => written.parse().map_err(|_| no_clause(written, "")),
    }
}

fn no_clause(written: &str, why: &str) -> Failure {
    Failure::not_found(
        "unknown-clause",
        format!("There is no clause {written} in this draft{why}."),
        "List the clauses with their ids: `plenary show --ids`.",
    )
}

/// The proposal meant: an id, or a label as shown.
pub(crate) fn proposal(written: &str, proposals: &[ProposalView]) -> Outcome<ProposalId> {
    find_proposal(written, proposals)
        .or_else(|| written.parse().ok())
        .ok_or_else(|| {
            Failure::not_found(
                "unknown-proposal",
                format!("There is no proposal {written} in this draft."),
                "List the proposals: `plenary proposals --all`.",
            )
        })
}

fn find_proposal(written: &str, proposals: &[impl Borrow<ProposalView>]) -> Option<ProposalId> {
    let wanted = normal(written);
    let proposals: Vec<&ProposalView> = proposals.iter().map(Borrow::borrow).collect();
    let by_id = proposals.iter().find(|p| p.id.as_str() == written);
    let mut labelled = proposals.iter().filter(|p| normal(&p.label) == wanted);
    let by_label = labelled.next().filter(|_| labelled.next().is_none());
    by_id
        .or_else(|| {
            proposals
                .iter()
                .find(|p| p.id.as_str().eq_ignore_ascii_case(written))
        })
        .or(by_label)
        .map(|p| p.id.clone())
}

/// The clause or proposal meant.
pub(crate) fn target<'a>(
    written: &str,
    clauses: impl IntoIterator<Item = (&'a ClauseId, &'a str)>,
    proposals: &[impl Borrow<ProposalView>],
) -> Outcome<Target> {
    match find_proposal(written, proposals) {
        Some(id) => Ok(Target::Proposal(id)),
        None => clause(written, clauses).map(Target::Clause),
    }
}

/// The draft meant: an id, the beginning of one, or a part of the title.
pub(crate) fn draft(written: &str, drafts: &[DraftSummary]) -> Outcome<DraftId> {
    let begins = |d: &&DraftSummary| d.id.to_string().starts_with(written);
    let exact = |d: &&DraftSummary| d.title.as_str().to_lowercase() == written.to_lowercase();
    let holds = |d: &&DraftSummary| {
        d.title
            .as_str()
            .to_lowercase()
            .contains(&written.to_lowercase())
    };
    let by_id: Vec<_> = drafts.iter().filter(begins).collect();
    let by_title: Vec<_> = drafts.iter().filter(exact).collect();
    let by_part: Vec<_> = drafts.iter().filter(holds).collect();
    for found in [&by_id, &by_title, &by_part] {
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.id),
            several => {
                return Err(several_drafts(
                    &format!("{written} fits several drafts"),
                    several,
                ));
            }
        }
    }
    Err(Failure::not_found(
        "unknown-draft",
        format!("You sit in no draft called {written}."),
        "List your drafts: `plenary draft list`.",
    ))
}

/// The group of that code, or the delegation.
pub(crate) fn party(code: &str, roster: &Roster) -> Outcome<Party> {
    if let Ok(group) = code.parse()
        && roster.groups.contains_key(&group)
    {
        return Ok(Party::Group(group));
    }
    let delegation = code.parse().ok();
    let delegation = delegation.filter(|d| roster.delegations.contains_key(d));
    delegation.map(Party::Delegation).ok_or_else(|| {
        Failure::not_found(
            "unknown-group",
            format!("There is neither a group nor a delegation {code} in this draft."),
            "List them with `plenary roster`.",
        )
    })
}

/// The only draft, if there is only one. Working papers are never meant unless they are named.
pub(crate) fn only_draft(drafts: &[DraftSummary]) -> Outcome<DraftId> {
    let main: Vec<_> = drafts.iter().filter(|d| d.paper.is_none()).collect();
    match main.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::new(
            Exit::NotFound,
            "no-draft",
            "You sit in no draft on this server.",
            "Ask the secretariat for a seat, or convene a draft with `plenary draft new`.",
        )),
        several => Err(several_drafts("You sit in several drafts", several)),
    }
}

fn several_drafts(what: &str, drafts: &[&DraftSummary]) -> Failure {
    let titles: Vec<String> = drafts
        .iter()
        .take(5)
        .map(|d| format!("{} ({})", d.title, d.id))
        .collect();
    let more = if drafts.len() > 5 { ", …" } else { "" };
    Failure::usage(
        format!("{what}: {}{more}.", titles.join(", ")),
        "Say which: `--draft ID`, or once for all: `plenary draft use ID`.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses() -> Vec<(ClauseId, &'static str)> {
        [
            ("title", "Title"),
            ("safety-testing", "OP3"),
            ("sub", "OP3(a)"),
            ("op4", "OP5"),
            ("other", "OP4"),
        ]
        .map(|(id, label)| (id.parse().unwrap(), label))
        .into()
    }

    #[track_caller]
    fn check(written: &str, expected: Result<&str, Exit>) {
        let all = clauses();
        let found = clause(written, all.iter().map(|(id, label)| (id, *label)));
        let found = found.map(|id| id.to_string()).map_err(|f| f.exit);
        assert_eq!(found, expected.map(str::to_owned), "{written}");
    }

    #[test]
    fn a_clause_is_named_by_its_id_or_its_number_in_any_spelling() {
        check("safety-testing", Ok("safety-testing"));
        check("OP3", Ok("safety-testing"));
        check("op 3", Ok("safety-testing"));
        check("Op3(A)", Ok("sub"));
        check("title", Ok("title"));
        check("id:op4", Ok("op4"));
        check("OP5", Ok("op4"));
    }

    #[test]
    fn a_name_that_means_two_clauses_is_not_guessed() {
        check("op4", Err(Exit::Usage));
    }

    #[test]
    fn what_may_be_a_deleted_clause_is_left_to_the_server() {
        check("gone-clause", Ok("gone-clause"));
        check("not a clause", Err(Exit::NotFound));
        check("", Err(Exit::NotFound));
    }
}
