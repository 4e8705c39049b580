//! Editing the copy on this machine.

use plenary_shared::acts::Target;
use plenary_shared::entry::Place;
use plenary_shared::ids::DraftId;
use serde_json::json;

use super::{Edit, Spot, language_of, may_be_edited, words_to_edit};
use crate::commands::now;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::reference;
use crate::replica::{self, Access, Replica};

impl Edit {
    /// Whether there is a copy to fall back on.
    pub(super) fn has_copy(&self, context: &Context) -> bool {
        context
            .api()
            .is_ok_and(|api| copied_draft(context, api.token()).is_ok())
    }

    /// Edits the copy. The edit is sent by `plenary sync`.
    pub(super) fn without_network(&self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = copied_draft(context, api.token())?;
        let copy = open(draft, api.token(), Access::Read)?;
        let spot = spot_in(
            &copy,
            &self.target,
            language_of(&copy.about.draft, self.lang.as_ref())?,
        )?;
        let seen = copy.text.heads();
        let present = words_to_edit(&copy.text, &spot)?;
        let words = self.words(&spot.name, &present)?;
        let written = words.text.clone();
        let kept = (|| {
            // Another command may have changed the copy while somebody wrote.
            let mut copy = open(draft, api.token(), Access::Change)?;
            let at = now();
            let change = copy
                .text
                .reword_then(&spot.place, &spot.language, &written, &seen, at);
            let Some(change) = change else {
                return Ok(false);
            };
            let words = copy
                .text
                .wording(&spot.place, &spot.language)
                .unwrap_or_default();
            let edit = replica::Edit {
                place: spot.place.clone(),
                name: spot.name.clone(),
                language: spot.language.clone(),
                words,
                changes: Vec::new(),
                at,
            };
            copy.note(edit, &change);
            copy.keep()?;
            Ok(true)
        })();
        let changed = words.settle(kept)?;
        let outcome = if changed { "waiting" } else { "unchanged" };
        let value = json!({ "outcome": outcome, "place": spot.place, "language": spot.language, "text": written });
        context.out.value(&value, |_| match changed {
            true => format!(
                "{} is changed in your copy. Send it with `plenary sync`.",
                spot.name
            ),
            false => format!("{} says that already; nothing was changed.", spot.name),
        })
    }
}

/// Which draft is meant, among those of which there are copies.
pub(in crate::commands) fn copied_draft(context: &Context, token: &str) -> Outcome<DraftId> {
    let copies = Replica::drafts(token)?;
    let no_copy = || {
        Failure::not_found(
            "no-copy",
            "There is no copy of this draft on this machine.",
            "Make one with `plenary offline` while there is a network.",
        )
    };
    if copies.is_empty() {
        return Err(no_copy());
    }
    let id = match context.named_draft()? {
        Some(written) => match written.parse() {
            Ok(id) => id,
            Err(_) => reference::draft(&written, &copies)?,
        },
        None => reference::only_draft(&copies)?,
    };
    if copies.iter().any(|d| d.id == id) {
        Ok(id)
    } else {
        Err(no_copy())
    }
}

fn open(draft: DraftId, token: &str, access: Access) -> Outcome<Replica> {
    Replica::open(draft, token, access)?.ok_or_else(|| {
        Failure::not_found(
            "no-copy",
            "The copy is gone.",
            "Make one with `plenary offline`.",
        )
    })
}

fn spot_in(
    copy: &Replica,
    written: &str,
    language: plenary_shared::ids::Language,
) -> Outcome<Spot> {
    let clauses = &copy.about.view.clauses;
    let labels = clauses.iter().map(|c| (&c.id, c.label.as_str()));
    let target = reference::target(written, labels, &copy.about.status.proposals)?;
    Ok(match target {
        Target::Clause(id) => {
            let clause = clauses.iter().find(|c| c.id == id);
            may_be_edited(&copy.about.draft, clause, &language)?;
            let name = clause.map_or_else(|| id.to_string(), |c| c.label.clone());
            Spot {
                place: Place::Clause(id),
                language,
                name,
            }
        }
        Target::Proposal(id) => Spot {
            name: id.to_string(),
            place: Place::Proposal(id),
            language,
        },
    })
}
