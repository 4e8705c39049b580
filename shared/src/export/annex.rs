//! The annex of a text: the roll of every vote, and once it is adopted reservations on it and statements for the record.

use super::{Page, Show, visible};
use crate::acts::Target;
use crate::draft::{Motion, Stance};
use crate::numbering;

/// Its heading.
pub const HEADING: &str = "Annex: votes, reservations and statements";

/// A line of the annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who, and on what: `AVR, reservation on OP3`.
    pub who: String,
    /// What was said.
    pub text: String,
}

/// Its lines, reservations and late objections in the order of the clauses, then votes and statements in that of the record. Votes stand on
/// every page that shows more than the clean text, the rest on one with statuses after the adoption.
pub(super) fn lines(page: &Page<'_>) -> Vec<Line> {
    if page.show == Show::Clean {
        return Vec::new();
    }
    let is_whole =
        matches!(page.show, Show::Status | Show::Adopted) && page.draft.adopted.is_some();
    let labels = numbering::labels(page.draft, page.manuscript);
    let name = |id: &crate::ids::ClauseId| match labels.get(id) {
        Some(label) if !label.is_empty() => label.clone(),
        _ => id.to_string(),
    };
    let mut lines = Vec::new();
    for (id, _) in page.manuscript.in_order() {
        let agreed = page.draft.clauses.get(id).filter(|c| c.is_agreed());
        let Some(clause) = agreed.filter(|_| is_whole) else {
            continue;
        };
        let present = page.draft.present_text(&Target::Clause(id.clone()));
        for (delegation, position) in &clause.positions {
            if position.stance == Stance::Reserve && Some(position.digest) == present {
                let note = position.note.as_ref().map_or("", |n| n.as_str());
                lines.push(Line {
                    who: format!("{delegation}, reservation on {}", name(id)),
                    text: visible(note),
                });
            }
        }
        let apart = clause.groups.dissociated.iter();
        for delegation in apart.filter(|_| page.show == Show::Adopted) {
            lines.push(Line {
                who: format!("{delegation}, dissociation from {}", name(id)),
                text: "Not heard through its groups.".to_owned(),
            });
        }
        for late in clause.late() {
            lines.push(Line {
                who: format!("{}, late objection to {}", late.whose(), name(id)),
                text: visible(late.reason.as_str()),
            });
        }
    }
    let apart = page.draft.seats.dissociated.iter();
    for delegation in apart.filter(|_| page.show == Show::Adopted) {
        lines.push(Line {
            who: format!("{delegation}, dissociation"),
            text: "Not heard through its groups, on anything.".to_owned(),
        });
    }
    let mut votes: Vec<_> = page.draft.votes.iter().collect();
    votes.sort_by_key(|(_, v)| v.seq);
    for (id, vote) in votes {
        let matter = match &vote.on {
            Motion::Clause(id) => name(id),
            Motion::Reopen(id) => format!("reopening {}", name(id)),
            other @ (Motion::Proposal(_) | Motion::Adopt(_)) => other.to_string(),
        };
        if let Some(result) = vote.result {
            lines.push(Line {
                who: format!("Vote {id} on {}, {}", matter, result.name()),
                text: format!("{}.", vote.told()),
            });
        }
    }
    for said in page.draft.statements.iter().filter(|_| is_whole) {
        let by = match said.by.delegation() {
            Some(delegation) => delegation.to_string(),
            None => "Secretariat".to_owned(),
        };
        let on = match &said.on {
            None => String::new(),
            Some(Target::Clause(id)) => format!(" on {}", name(id)),
            Some(Target::Proposal(id)) => format!(" on proposal {id}"),
        };
        let who = match &said.explains {
            Some(e) => format!("{by}, explanation of vote {} {} it", e.vote, e.when.name()),
            None => format!("{by}, statement{on}"),
        };
        lines.push(Line {
            who,
            text: visible(said.text.as_str()),
        });
    }
    lines
}
