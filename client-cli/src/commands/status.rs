//! `plenary status`: how the draft stands, clause by clause, and why.

use std::collections::BTreeMap;

use clap::Args;
use plenary_shared::draft::{self, How, Translation};
use plenary_shared::ids::{DelegationId, Digest, GroupId};
use plenary_shared::wire::view::{ClauseStatus, ClauseView, StatusView};

use super::{list, status_word};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Table};
use crate::plain;

/// See what is agreed, what is not, who stands where, and why
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Only what is neither agreed nor deleted
    #[arg(long)]
    open: bool,
}

impl Status {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let mut status: StatusView = api.of_draft(context.draft_id(&api)?, &["status"], &[])?;
        if self.open {
            status.clauses.retain(|c| {
                !matches!(
                    c.status,
                    ClauseStatus::Agreed | ClauseStatus::Adopted | ClauseStatus::Deleted
                )
            });
        }
        context.out.value(&status, |out| in_words(&status, out))
    }
}

fn in_words(status: &StatusView, out: &Output) -> String {
    let mut table = Table::new(&["Clause", "Status", "For", "Against", "Proposals", "Why"]);
    for c in &status.clauses {
        let (word, tint) = status_word(c.status);
        let number = if c.label.is_empty() {
            c.id.to_string()
        } else {
            c.label.clone()
        };
        let t = &c.tally;
        let supporting = t.support.len() + t.accept.len() + t.reserve.len();
        table.row([
            number,
            out.paint.tint(tint, word),
            if supporting > 0 {
                supporting.to_string()
            } else {
                String::new()
            },
            list(&t.object),
            list(&c.proposals),
            plain(&why(c)),
        ]);
    }
    let mut text = table.text(out.width());
    let share = (status.words_agreed * 100)
        .checked_div(status.words)
        .unwrap_or(0);
    text.push_str(&format!(
        "\n{} of {} words agreed ({share}%), {} open {}, {} {}.",
        status.words_agreed,
        status.words,
        status.brackets,
        if status.brackets == 1 {
            "bracket"
        } else {
            "brackets"
        },
        status.issues,
        if status.issues == 1 {
            "issue"
        } else {
            "issues"
        },
    ));
    if !status.objecting.is_empty() {
        text.push_str(&format!(" Objecting: {}.", list(&status.objecting)));
    }
    text.push('\n');
    text
}

/// Why it stands as it does, and what else the reader should know.
fn why(c: &ClauseView) -> String {
    // What a vote or a silence has agreed is not agreed for what the positions say.
    let mut why = match &c.agreed_how {
        Some(How::Vote(id)) => format!("Carried by the vote {id}."),
        Some(How::Silence(id)) => format!("Agreed by the silence {id}."),
        Some(How::Declared) | None => c.tally.why.clone(),
    };
    if !c.awaiting.is_empty() {
        why.push_str(&format!(" Awaiting {}.", list(&c.awaiting)));
    }
    if let Some(package) = &c.package {
        why.push_str(&format!(" In the package \"{package}\"."));
    }
    if c.reservations > 0 {
        why.push_str(&format!(" Reservations: {}.", c.reservations));
    }
    if !c.late_objections.is_empty() {
        let whose: Vec<_> = c.late_objections.iter().map(|l| l.whose()).collect();
        why.push_str(&format!(
            " Objected late, without effect: {}.",
            list(&whose)
        ));
    }
    let behind: Vec<_> = c
        .translations
        .iter()
        .filter(|(_, t)| matches!(t, Translation::Behind { .. }))
        .map(|(language, _)| language.clone())
        .collect();
    if !behind.is_empty() {
        why.push_str(&format!(" Translation behind: {}.", list(&behind)));
    }
    if c.stale > 0 {
        why.push_str(&format!(" On an earlier text: {}.", c.stale));
    }
    why
}

/// Positions one by one.
pub(super) fn positions(
    own: &BTreeMap<DelegationId, draft::Position>,
    groups: &BTreeMap<GroupId, draft::Position>,
    dissociated: &[DelegationId],
    present: Digest,
    indent: usize,
) -> String {
    let mut text = String::new();
    let own = own.iter().map(|(d, p)| (d.to_string(), p));
    let groups = groups.iter().map(|(g, p)| (format!("Group {g}"), p));
    for (who, p) in own.chain(groups) {
        let margin = " ".repeat(indent);
        let earlier = if p.digest == present {
            ""
        } else {
            " (on an earlier text)"
        };
        let note = p
            .note
            .as_ref()
            .map(|n| format!(": {}", plain(n.as_str())))
            .unwrap_or_default();
        let met = p
            .alternative
            .as_ref()
            .map(|a| format!(" [met by {a}]"))
            .unwrap_or_default();
        let signed = if p.signed { " (signed)" } else { "" };
        text.push_str(&format!(
            "{margin}{who} {}{signed}{earlier}{note}{met}\n",
            p.stance.name()
        ));
    }
    if !dissociated.is_empty() {
        let margin = " ".repeat(indent);
        text.push_str(&format!(
            "{margin}No group speaks here for {}\n",
            list(dissociated)
        ));
    }
    text
}
