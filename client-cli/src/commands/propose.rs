//! `plenary propose`: other words for a clause, a new clause, or that one be deleted.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use plenary_shared::acts::{self, Amendment, Base};
use plenary_shared::draft::Kind;
use plenary_shared::ids::{Digest, Language};
use plenary_shared::wire::view::ClauseText;

use super::prose;
use crate::context::{Context, Floor};
use crate::failure::{Failure, Outcome};
use crate::words::{Words, replace_once};

/// Propose other words for a clause, a new clause, or that a clause be deleted
///
/// Without `--text`, `--replace` or `--delete` the words come from standard input or, in a terminal, from your editor.
#[derive(Debug, Args)]
pub(crate) struct Propose {
    /// The clause; with --after, the one that the new clause follows (none: it comes first)
    clause: Option<String>,
    /// The whole new wording; `-` reads it from standard input
    #[arg(long, value_name = "WORDS", conflicts_with_all = ["replace", "delete"])]
    text: Option<String>,
    /// Replace these words, which stand there once, by those
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["delete", "after"], allow_hyphen_values = true)]
    replace: Option<Vec<String>>,
    /// That the clause be deleted
    #[arg(long, conflicts_with = "after")]
    delete: bool,
    /// That the clause, with what stands under it, move to after that one
    #[arg(long, value_name = "CLAUSE", conflicts_with_all = ["text", "replace", "delete", "after"])]
    move_after: Option<String>,
    /// A new clause after that one
    #[arg(long)]
    after: bool,
    /// The kind of the new clause
    #[arg(long, value_enum, default_value = "operative", requires = "after")]
    kind: NewKind,
    /// The depth of the new clause: 2 for (a), 3 for (i)
    #[arg(long, default_value_t = 1, requires = "after")]
    level: u8,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// Why
    #[arg(long, value_name = "WHY")]
    rationale: Option<String>,
}

/// Kinds of clause, as the command line has them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum NewKind {
    /// A section heading
    Heading,
    /// Why: "Recalling …,"
    Preambular,
    /// What: "Decides …;"
    Operative,
    /// A paragraph of no special standing
    Paragraph,
    /// The heading of an annex
    Annex,
}

impl From<NewKind> for Kind {
    fn from(kind: NewKind) -> Self {
        match kind {
            NewKind::Heading => Self::Heading,
            NewKind::Preambular => Self::Preambular,
            NewKind::Operative => Self::Operative,
            NewKind::Paragraph => Self::Paragraph,
            NewKind::Annex => Self::Annex,
        }
    }
}

impl Propose {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let language = self
            .lang
            .clone()
            .map_or_else(|| floor.negotiated().cloned(), Ok)?;
        let rationale = self
            .rationale
            .as_deref()
            .map(|r| prose("rationale", r))
            .transpose()?;
        if self.after {
            let follows = self
                .clause
                .as_deref()
                .map(|w| floor.clause(w))
                .transpose()?;
            let amendment = Amendment::InsertAfter {
                clause: follows,
                kind: self.kind.into(),
                level: self.level,
                new: None,
            };
            let words = Words::get(self.text.as_deref(), "new-clause", "")?;
            let text = wording(&words, language)?;
            let act = acts::Propose {
                proposal: None,
                amendment,
                text,
                rationale,
                from: None,
                base: None,
            };
            return words.settle(enter(&floor, act, context));
        }
        let Some(written) = &self.clause else {
            return Err(Failure::usage(
                "No clause is named.",
                "Name it as in `plenary propose OP3 --text '…'`.",
            ));
        };
        let clause = floor.words(written)?;
        let base = Some(base(&floor, clause)?);
        if self.delete {
            let amendment = Amendment::Delete {
                clause: clause.id.clone(),
            };
            let act = acts::Propose {
                proposal: None,
                amendment,
                text: BTreeMap::new(),
                rationale,
                from: None,
                base,
            };
            return enter(&floor, act, context);
        }
        if let Some(after) = &self.move_after {
            let amendment = Amendment::Move {
                clause: clause.id.clone(),
                after: Some(floor.clause(after)?),
            };
            let act = acts::Propose {
                proposal: None,
                amendment,
                text: BTreeMap::new(),
                rationale,
                from: None,
                base,
            };
            return enter(&floor, act, context);
        }
        let present = clause.text.get(&language).map_or("", String::as_str);
        let words = match self.replace.as_deref() {
            Some([old, new]) => {
                Words::get(Some(&replace_once(present, old, new)?), &clause.label, "")?
            }
            _ => Words::get(self.text.as_deref(), &clause.label, present)?,
        };
        if words.text == present {
            let same = Failure::usage(
                format!("These are the words that {} has already.", clause.label),
                "Change them, or support the clause with `plenary position`.",
            );
            return words.settle(Err(same));
        }
        let amendment = Amendment::Replace {
            clause: clause.id.clone(),
        };
        let text = wording(&words, language)?;
        let act = acts::Propose {
            proposal: None,
            amendment,
            text,
            rationale,
            from: None,
            base,
        };
        words.settle(enter(&floor, act, context))
    }
}

/// The text that the proposal is written against: the one that was just read.
fn base(floor: &Floor, clause: &ClauseText) -> Outcome<Base> {
    let digest = clause.digests.get(floor.negotiated()?).copied();
    Ok(Base {
        heads: floor.text.heads.clone(),
        digest: digest.unwrap_or_else(|| Digest::of("")),
    })
}

fn wording(
    words: &Words,
    language: Language,
) -> Outcome<BTreeMap<Language, plenary_shared::ids::Prose>> {
    if words.text.trim().is_empty() {
        return Err(Failure::usage(
            "The wording is empty.",
            "Write the words, or propose that the clause be deleted with `--delete`.",
        ));
    }
    Ok(BTreeMap::from([(language, prose("wording", &words.text)?)]))
}

fn enter(floor: &Floor, act: acts::Propose, context: &Context) -> Outcome {
    floor.enter(&acts::Act::Propose(act), &context.out, |done| {
        match &done.act {
            acts::Act::Propose(acts::Propose {
                proposal: Some(id), ..
            }) => format!("Proposed as {id}."),
            _ => "Proposed.".into(),
        }
    })
}
