//! `plenary sync`: send the edits of the copy, bring it up to date, and tell what became of each edit.

use std::path::PathBuf;

use clap::Args;
use plenary_shared::acts::Amendment;
use plenary_shared::draft::Text;
use plenary_shared::entry::Place;
use plenary_shared::ids::{ClauseId, Digest, DraftId, Heads, ProposalId};
use plenary_shared::wire::view::{Me, ProposalView};
use serde::Serialize;
use serde_json::json;

use super::edit::copied_draft;
use super::now;
use super::offline::{PATIENCE, about};
use crate::api::Api;
use crate::connection::{self, Courier};
use crate::context::{Context, proposals};
use crate::failure::{Exit, Failure, Outcome};
use crate::output::{Output, Tint};
use crate::replica::{Access, Edit, Replica};
use crate::seen::Seen;

/// Send the edits of your copy, and bring it up to date
#[derive(Debug, Args)]
pub(crate) struct Sync {}

/// What became of an edit.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum Fate {
    /// It stands as it was written.
    Entered,
    /// It stands among what others wrote meanwhile.
    Merged { text: String },
    /// Others had written the same.
    Unchanged,
    /// The clause was agreed meanwhile.
    Kept { proposal: ProposalId },
    /// The server did not take it.
    Refused {
        why: String,
        hint: String,
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Serialize)]
struct Told {
    place: Place,
    name: String,
    language: plenary_shared::ids::Language,
    #[serde(flatten)]
    fate: Fate,
}

impl Sync {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = copied_draft(context, api.token())?;
        let Some(mut copy) = Replica::open(draft, api.token(), Access::Change)? else {
            return Err(Failure::not_found(
                "no-copy",
                "The copy is gone.",
                "Make one with `plenary offline`.",
            ));
        };
        let edits = std::mem::take(&mut copy.about.edits);
        let before = copy.about.view.seq;
        let (courier, refusals) =
            connection::run(carry(&api, draft, &copy.text, &copy.about.synced, &edits))?;
        let me: Me = api.get(&["me"], &[])?;
        let all = if edits.is_empty() {
            Vec::new()
        } else {
            proposals(&api, draft, true)?
        };
        let kept = |edit: &Edit| {
            let Place::Clause(clause) = &edit.place else {
                return None;
            };
            let delegation = &me.seat.as_ref()?.delegation;
            let mine = |p: &&ProposalView| {
                p.recovered
                    && p.seq > before
                    && p.by == *delegation
                    && clause_of(p) == Some(clause)
                    && p.text.contains_key(&edit.language)
            };
            all.iter().rfind(mine).map(|p| p.id.clone())
        };
        let mut told = Vec::new();
        for (edit, refusal) in edits.iter().zip(refusals) {
            let stands = courier
                .text
                .wording(&edit.place, &edit.language)
                .unwrap_or_default();
            let fate = match refusal {
                Answer::Refused(f) => Fate::Refused {
                    why: f.what,
                    hint: f.hint,
                    file: copy.set_aside(edit)?,
                },
                Answer::Nothing => Fate::Unchanged,
                Answer::Taken => match kept(edit) {
                    Some(proposal) => Fate::Kept { proposal },
                    None if stands == edit.words => Fate::Entered,
                    None => Fate::Merged { text: stands },
                },
            };
            let (place, name, language) =
                (edit.place.clone(), edit.name.clone(), edit.language.clone());
            told.push(Told {
                place,
                name,
                language,
                fate,
            });
        }
        copy.about = about(&api, draft, &courier)?;
        copy.text = courier.text;
        copy.keep()?;
        see(&copy, &told, api.token())?;
        let value = json!({ "draft": draft, "seq": copy.about.view.seq, "digest": copy.about.view.digest, "edits": told });
        context
            .out
            .value(&value, |out| in_words(&copy, &told, out))?;
        match told.iter().find_map(|t| match &t.fate {
            Fate::Refused { why, hint, .. } => Some((why, hint)),
            _ => None,
        }) {
            Some((why, hint)) => Err(Failure::new(Exit::Refused, "refused", why, hint)),
            None => Ok(()),
        }
    }
}

/// What the server said to one edit.
enum Answer {
    Taken,
    Nothing,
    Refused(Failure),
}

/// Sends all edits at once. If one of them is refused, so are all; then each is made again on its own, on a fresh copy
/// and against the text that its author saw.
async fn carry(
    api: &Api,
    draft: DraftId,
    text: &Text,
    synced: &Heads,
    edits: &[Edit],
) -> Outcome<(Courier, Vec<Answer>)> {
    let mut courier = Courier::new(api.clone(), text.clone(), PATIENCE)?;
    let changes: Vec<_> = edits
        .iter()
        .flat_map(|e| e.changes.iter().copied())
        .collect();
    let sent = courier
        .until(|c| c.is_level() && changes.iter().all(|change| c.acknowledges(*change)))
        .await;
    match sent {
        Ok(()) => return Ok((courier, edits.iter().map(|_| Answer::Taken).collect())),
        Err(failure) if is_no(&failure) && !edits.is_empty() => {}
        Err(failure) => return Err(failure),
    }
    let mut courier = Courier::download(api.clone(), draft, PATIENCE).await?;
    let mut answers = Vec::new();
    for edit in edits {
        let made =
            courier
                .text
                .reword_then(&edit.place, &edit.language, &edit.words, synced, now());
        let Some(change) = made.as_ref().and_then(Text::hash_of) else {
            answers.push(Answer::Nothing);
            continue;
        };
        courier.say();
        match courier
            .until(|c| c.is_level() && c.acknowledges(change))
            .await
        {
            Ok(()) => answers.push(Answer::Taken),
            Err(failure) if is_no(&failure) => {
                answers.push(Answer::Refused(failure));
                courier = Courier::download(api.clone(), draft, PATIENCE).await?;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok((courier, answers))
}

/// Whether the server will never take it, whatever is done about the connection.
fn is_no(failure: &Failure) -> bool {
    matches!(failure.exit, Exit::Refused | Exit::NotAllowed)
}

/// The clause that a proposal would reword or delete.
pub(super) fn clause_of(proposal: &ProposalView) -> Option<&ClauseId> {
    match &proposal.amendment {
        Amendment::Replace { clause }
        | Amendment::Delete { clause }
        | Amendment::Move { clause, .. } => Some(clause),
        Amendment::InsertAfter { .. } => None,
    }
}

/// What was told here was shown.
fn see(copy: &Replica, told: &[Told], token: &str) -> Outcome {
    let mut seen = Seen::read(copy.about.draft.id, token)?;
    for t in told {
        if matches!(t.fate, Fate::Entered | Fate::Merged { .. })
            && let Place::Clause(id) = &t.place
            && let Some(words) = copy.text.wording(&t.place, &t.language)
        {
            let target = plenary_shared::acts::Target::Clause(id.clone());
            seen.note(&target, &t.language, Digest::of(&words), &copy.text.heads());
        }
    }
    seen.keep();
    Ok(())
}

fn in_words(copy: &Replica, told: &[Told], out: &Output) -> String {
    let mut text = String::new();
    for t in told {
        let what = match &t.fate {
            Fate::Entered => out.paint.tint(Tint::Green, "entered as you wrote it"),
            Fate::Merged { text } => format!(
                "{}\n    {}",
                out.paint
                    .tint(Tint::Green, "merged with what others wrote meanwhile:"),
                crate::plain(text)
            ),
            Fate::Unchanged => "already said so; nothing was changed".into(),
            Fate::Kept { proposal } => out.paint.tint(
                Tint::Yellow,
                &format!("agreed meanwhile; your edit is kept as proposal {proposal}"),
            ),
            Fate::Refused { why, file, .. } => format!(
                "{} {} Your words are kept in {}.",
                out.paint.tint(Tint::Red, "refused:"),
                crate::plain(why),
                file.display()
            ),
        };
        text.push_str(&format!("{} ({})  {what}\n", t.name, t.language));
    }
    text.push_str(&format!(
        "Your copy of {} is that of entry {}.",
        copy.about.draft.title, copy.about.view.seq
    ));
    text
}
