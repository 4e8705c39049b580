//! `plenary edit`: type into a clause, or into a proposal of your own; merged with what others type meanwhile.

use clap::Args;
use plenary_shared::acts::Target;
use plenary_shared::draft::Text;
use plenary_shared::entry::Place;
use plenary_shared::ids::{Digest, Heads, Language, Seq};
use plenary_shared::wire::view::{ClauseStatus, ClauseText, DraftSummary, Me, ProposalView};
use serde_json::json;

use super::now;
use super::offline::PATIENCE;
use crate::api::Patience;
use crate::connection::{self, Courier};
use crate::context::{Context, Floor, negotiated, proposals};
use crate::failure::{Exit, Failure, Outcome};
use crate::output::wrap;
use crate::words::{Words, replace_once};
use crate::{plain, reference};

mod without_network;

pub(super) use without_network::copied_draft;

/// Type into a clause, or into a proposal that you sponsor
///
/// Without `--text` or `--replace` the words come from standard input or, in a terminal, from your editor. What others
/// write meanwhile is merged with it. Without a network, the copy made by `plenary offline` is edited.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The clause or proposal
    #[arg(value_name = "TARGET")]
    target: String,
    /// The whole new wording; `-` reads it from standard input
    #[arg(long, value_name = "WORDS", conflicts_with = "replace")]
    text: Option<String>,
    /// Replace these words, which stand there once, by those
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], allow_hyphen_values = true)]
    replace: Option<Vec<String>>,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// Edit the copy on this machine, whether or not there is a network
    #[arg(long)]
    offline: bool,
}

/// What is edited.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) place: Place,
    pub(super) language: Language,
    /// Its name on paper.
    pub(super) name: String,
}

impl Edit {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        if self.offline {
            return self.without_network(context);
        }
        let copied = self.has_copy(context);
        // With a copy at hand there is no need to wait for the server.
        let patience = if copied {
            Patience::Brief
        } else {
            context.patience
        };
        let asking = Context {
            patience,
            ..context.clone()
        };
        match asking.floor() {
            Err(failure) if failure.exit == Exit::Unreachable && copied => {
                context
                    .out
                    .remark(&format!("{} Editing your copy instead.", failure.what));
                self.without_network(context)
            }
            Err(failure) => Err(failure),
            Ok(floor) => self.on(floor, context),
        }
    }

    fn on(&self, mut floor: Floor, context: &Context) -> Outcome {
        let spot = spot(&floor, &self.target, self.lang.as_ref())?;
        let before = floor.text.seq;
        let draft = floor.draft.id;
        let courier = connection::run(Courier::download(floor.api.clone(), draft, PATIENCE))?;
        let text = courier.text;
        let (seen, present) = self.seen(&floor, &text, &spot)?;
        let words = self.words(&spot.name, &present)?;
        let written = words.text.clone();
        let sent = connection::run(send(floor.api.clone(), text, &spot, &written, &seen));
        let (text, changed) = words.settle(sent)?;
        let stands = text
            .wording(&spot.place, &spot.language)
            .unwrap_or_default();
        let kept = match changed {
            Changed::Yes => kept_as(&floor, &spot, before)?,
            Changed::No => None,
        };
        floor.seen.note(
            &target(&spot.place),
            &spot.language,
            Digest::of(&stands),
            &text.heads(),
        );
        floor.seen.keep();
        report(context, &spot, &written, &stands, changed, kept.as_ref())
    }

    /// What the person saw and edits: the wording last shown here, if it is given as a whole, else the present one.
    /// A language in which there are no words yet is begun.
    fn seen(&self, floor: &Floor, text: &Text, spot: &Spot) -> Outcome<(Heads, String)> {
        let now = text.heads();
        let present = words_to_edit(text, spot)?;
        let whole = self.text.is_some() || !std::io::IsTerminal::is_terminal(&std::io::stdin());
        if !whole || self.replace.is_some() {
            return Ok((now, present));
        }
        let shown = floor
            .seen
            .of(&target(&spot.place), &spot.language)
            .filter(|s| text.knows(&s.heads));
        let then = shown.and_then(|s| {
            let words = text.wording_then(&spot.place, &spot.language, &s.heads)?;
            (Digest::of(&words) == s.digest).then(|| (s.heads.clone(), words))
        });
        Ok(then.unwrap_or((now, present)))
    }

    fn words(&self, name: &str, present: &str) -> Outcome<Words> {
        match self.replace.as_deref() {
            Some([old, new]) => Words::get(Some(&replace_once(present, old, new)?), name, present),
            _ => Words::get(self.text.as_deref(), name, present),
        }
    }
}

/// Whether the words differed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    Yes,
    No,
}

/// Where the words meant stand.
pub(super) fn spot(floor: &Floor, written: &str, language: Option<&Language>) -> Outcome<Spot> {
    let all = floor.proposals()?;
    let language = language
        .cloned()
        .map_or_else(|| floor.negotiated().cloned(), Ok)?;
    let target = reference::target(written, floor.labels(), &all)?;
    let name = match &target {
        Target::Clause(id) => {
            let clause = floor.text.clauses.iter().find(|c| c.id == *id);
            may_be_edited(&floor.draft, clause, &language)?;
            clause.map_or_else(|| id.to_string(), |c| c.label.clone())
        }
        Target::Proposal(id) => id.to_string(),
    };
    let place = match target {
        Target::Clause(id) => Place::Clause(id),
        Target::Proposal(id) => Place::Proposal(id),
    };
    Ok(Spot {
        place,
        language,
        name,
    })
}

/// Better said before somebody writes for an hour than after. A working translation is not agreed and not locked.
fn may_be_edited(
    draft: &DraftSummary,
    clause: Option<&ClauseText>,
    language: &Language,
) -> Outcome {
    match clause {
        _ if draft.working.contains(language) => Ok(()),
        Some(c)
            if matches!(
                c.status,
                Some(ClauseStatus::Agreed | ClauseStatus::AgreedAdRef | ClauseStatus::Adopted)
            ) =>
        {
            Err(Failure::new(
                Exit::Refused,
                "clause-agreed",
                format!("{} is agreed: its text is locked.", c.label),
                "Ask the chair to reopen it.",
            ))
        }
        _ => Ok(()),
    }
}

fn target(place: &Place) -> Target {
    match place {
        Place::Clause(id) => Target::Clause(id.clone()),
        Place::Proposal(id) => Target::Proposal(id.clone()),
    }
}

/// The words that stand there; none yet in a language that is begun by this edit.
fn words_to_edit(text: &Text, spot: &Spot) -> Outcome<String> {
    match text.wording(&spot.place, &spot.language) {
        Some(words) => Ok(words),
        None if text.has_place(&spot.place) => Ok(String::new()),
        None => Err(no_wording(spot)),
    }
}

pub(super) fn no_wording(spot: &Spot) -> Failure {
    Failure::not_found(
        "no-wording",
        format!("{} has no wording in {} yet.", spot.name, spot.language),
        format!(
            "Begin it: `plenary edit {} --lang {}`.",
            spot.name, spot.language
        ),
    )
}

/// Makes the change and waits until the server has it on disk.
async fn send(
    api: crate::api::Api,
    text: Text,
    spot: &Spot,
    words: &str,
    seen: &Heads,
) -> Outcome<(Text, Changed)> {
    let mut courier = Courier::new(api, text, PATIENCE)?;
    let made = courier
        .text
        .reword_then(&spot.place, &spot.language, words, seen, now());
    let Some(change) = made.as_ref().and_then(Text::hash_of) else {
        return Ok((courier.text, Changed::No));
    };
    courier.until(|c| c.acknowledges(change)).await?;
    Ok((courier.text, Changed::Yes))
}

/// The proposal that keeps the edit, if the clause was agreed meanwhile.
fn kept_as(floor: &Floor, spot: &Spot, after: Seq) -> Outcome<Option<ProposalView>> {
    let Place::Clause(id) = &spot.place else {
        return Ok(None);
    };
    let me: Me = floor.api.get(&["me"], &[])?;
    let Some(seat) = me.seat else { return Ok(None) };
    let all = proposals(&floor.api, floor.draft.id, true)?;
    Ok(all.into_iter().rfind(|p| {
        p.recovered
            && p.seq > after
            && p.by == seat.delegation
            && super::sync::clause_of(p) == Some(id)
    }))
}

fn report(
    context: &Context,
    spot: &Spot,
    written: &str,
    stands: &str,
    changed: Changed,
    kept: Option<&ProposalView>,
) -> Outcome {
    let outcome = match (changed, kept) {
        (Changed::No, _) => "unchanged",
        (_, Some(_)) => "kept",
        (_, None) if stands == written => "entered",
        (_, None) => "merged",
    };
    let value = json!({
        "outcome": outcome,
        "place": spot.place,
        "language": spot.language,
        "text": stands,
        "digest": Digest::of(stands),
        "proposal": kept.map(|p| &p.id),
    });
    context.out.value(&value, |out| {
        let name = &spot.name;
        match kept {
            _ if changed == Changed::No => {
                format!("{name} says that already; nothing was changed.")
            }
            Some(p) => format!(
                "{name} was agreed meanwhile. Your edit is kept as proposal {}.",
                p.id
            ),
            None if stands == written => format!("{name} is changed."),
            None => format!(
                "{name} is changed, merged with what others wrote:\n    {}",
                wrap(&plain(stands), out.width().map(|w| w - 4), 4)
            ),
        }
    })
}

/// The language negotiated in, of a copy.
pub(super) fn language_of(draft: &DraftSummary, asked: Option<&Language>) -> Outcome<Language> {
    asked
        .cloned()
        .map_or_else(|| negotiated(draft).cloned(), Ok)
}
