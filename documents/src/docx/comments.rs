//! What delegations say of clauses, as comments.

use std::fmt::Write as _;

use plenary_shared::acts::Target;
use plenary_shared::draft::{Draft, Stance};
use plenary_shared::ids::ClauseId;
use plenary_shared::time::Timestamp;

use super::Sheet;
use super::parts::{HEAD, NAMESPACES};
use crate::xml::escape;

/// A comment on a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The clause.
    pub clause: ClauseId,
    /// Who says it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// The reservations on the words that stand, and the objections.
pub fn comments(draft: &Draft) -> Vec<Comment> {
    let mut comments = Vec::new();
    for (id, clause) in &draft.clauses {
        let present = draft.present_text(&Target::Clause(id.clone()));
        for (delegation, position) in &clause.positions {
            let what = match position.stance {
                Stance::Object => "Objection",
                Stance::Reserve if Some(position.digest) == present => "Reservation",
                Stance::Support | Stance::Accept | Stance::Reserve | Stance::Abstain => continue,
            };
            let seated = draft.seats.delegations.get(delegation);
            let note = position.note.as_ref().map_or("", |n| n.as_str());
            comments.push(Comment {
                clause: id.clone(),
                author: seated.map_or_else(|| delegation.to_string(), |d| d.name.to_string()),
                at: position.at,
                text: format!("{what}: {note}"),
            });
        }
    }
    comments
}

/// The part that holds them.
pub(super) fn part(sheet: &Sheet<'_>) -> String {
    let mut out = format!("{HEAD}<w:comments {NAMESPACES}>");
    for (n, comment) in sheet.comments.iter().enumerate() {
        let author = escape(&comment.author);
        let initials: String = comment.author.chars().take(3).collect();
        let _ = write!(
            out,
            "<w:comment w:id=\"{n}\" w:author=\"{author}\" w:date=\"{}\" w:initials=\"{}\">",
            comment.at,
            escape(&initials)
        );
        for line in comment.text.split('\n') {
            let _ = write!(
                out,
                "<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escape(line)
            );
        }
        out += "</w:comment>";
    }
    out + "</w:comments>"
}
