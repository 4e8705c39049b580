//! `plenary proposals`: what is on the floor.

use clap::Args;
use plenary_shared::acts::Amendment;
use plenary_shared::aids::Mergeable;
use plenary_shared::ids::Language;
use plenary_shared::wire::view::{DraftSummary, ProposalView};

use super::status::positions;
use super::{list, state_word};
use crate::api::Api;
use crate::context::{Context, negotiated, proposals};
use crate::failure::Outcome;
use crate::output::{Output, Tint, wrap};
use crate::plain;
use crate::seen::Seen;

/// List the proposals on the floor, with their words and who stands where
#[derive(Debug, Args)]
pub(crate) struct Proposals {
    /// Past ones too
    #[arg(long)]
    all: bool,
    /// Only those that say the same or nearly the same, and who would have to agree to make them one
    #[arg(long, conflicts_with_all = ["all", "lang"])]
    mergeable: bool,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
}

impl Proposals {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let (api, draft) = context.summary()?;
        if self.mergeable {
            return mergeable(context, &api, &draft);
        }
        let negotiated = negotiated(&draft)?;
        let language = self.lang.unwrap_or_else(|| negotiated.clone());
        let found = proposals(&api, draft.id, self.all)?;
        let mut seen = Seen::read(draft.id, api.token())?;
        for proposal in &found {
            seen.proposal(proposal, negotiated, &draft.heads);
        }
        seen.keep();
        context.out.value(&found, |out| {
            if found.is_empty() {
                return "There is no proposal on the floor.".into();
            }
            found
                .iter()
                .map(|p| in_words(p, &language, out, 0))
                .collect::<Vec<_>>()
                .join("\n")
        })
    }
}

fn mergeable(context: &Context, api: &Api, draft: &DraftSummary) -> Outcome {
    let pairs: Vec<Mergeable> = api.all(&["drafts", &draft.id.to_string(), "mergeable"], &[])?;
    context.out.value(&pairs, |out| {
        if pairs.is_empty() {
            return "No two proposals say the same.".into();
        }
        let line = |m: &Mergeable| format!("{}\n", wrap(&plain(&m.sentence), out.width(), 0));
        pairs.iter().map(line).collect()
    })
}

/// A proposal in full.
pub(super) fn in_words(
    p: &ProposalView,
    language: &Language,
    out: &Output,
    indent: usize,
) -> String {
    let margin = " ".repeat(indent);
    let mut with = if p.cosponsors.is_empty() {
        String::new()
    } else {
        format!(" with {}", list(&p.cosponsors))
    };
    if !p.cosponsor_groups.is_empty() {
        with.push_str(&format!(", joined by {}", list(&p.cosponsor_groups)));
    }
    let id = out.paint.tint(Tint::Bold, p.id.as_str());
    let mut text = format!(
        "{margin}{id}  {}  by {}{with}  ({})",
        plain(&p.label),
        p.by,
        state_word(p.state)
    );
    if let Some(of) = p.from.as_ref().and_then(|from| from.of.as_ref()) {
        text.push_str(&format!("  from a working paper of {of}"));
    }
    if let Some(into) = &p.merged_into {
        text.push_str(&format!("  merged into {into}"));
    }
    if p.recovered {
        text.push_str("  kept from an edit of an agreed clause");
    }
    if p.outdated {
        text.push_str(
            &out.paint
                .tint(Tint::Yellow, "  the clause has changed since"),
        );
    }
    let words = match (&p.amendment, p.text.get(language)) {
        (Amendment::Delete { clause }, _) => format!("Delete {clause}."),
        (
            Amendment::Move {
                clause,
                after: Some(after),
            },
            _,
        ) => format!("Move {clause} after {after}."),
        (
            Amendment::Move {
                clause,
                after: None,
            },
            _,
        ) => format!("Move {clause} to the front."),
        (_, Some(words)) => plain(words),
        (_, None) => format!("(no text in {language})"),
    };
    let width = out.width().map(|w| w.saturating_sub(indent + 4));
    text.push_str(&format!(
        "\n{margin}    {}\n",
        wrap(&words, width, indent + 4)
    ));
    if let Some(why) = &p.rationale {
        text.push_str(&format!(
            "{margin}    Because: {}\n",
            wrap(&plain(why.as_str()), width, indent + 4)
        ));
    }
    if let Some(why) = &p.declined_because {
        text.push_str(&format!(
            "{margin}    Declined: {}\n",
            wrap(&plain(why.as_str()), width, indent + 4)
        ));
    }
    text.push_str(&positions(
        &p.positions,
        &p.group_positions,
        &p.dissociated,
        p.digest,
        indent + 4,
    ));
    text
}
