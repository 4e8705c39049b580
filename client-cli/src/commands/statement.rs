//! `plenary statement`: say something for the record, or read what was said.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::VoteId;
use plenary_shared::wire::view::{Statements, target_in_words};

use super::{prose, when};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Tint};
use crate::words::Words;
use crate::{plain, reference};

/// Say something for the record: an explanation of position, an interpretation
#[derive(Debug, Args)]
pub(crate) struct Statement {
    /// The statement; from standard input or your editor if left out
    text: Option<String>,
    /// The clause or proposal it speaks of; the whole draft if left out
    #[arg(long, value_name = "TARGET")]
    on: Option<String>,
    /// The vote that it explains, as in v1
    #[arg(long, value_name = "VOTE", conflicts_with = "on")]
    vote: Option<VoteId>,
    /// List the statements made instead
    #[arg(long, conflicts_with_all = ["text", "on", "vote"])]
    list: bool,
}

impl Statement {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        if self.list {
            let made: Statements = floor.api.of_draft(floor.draft.id, &["statements"], &[])?;
            return context.out.value(&made, |out| in_words(&made, out));
        }
        let on = match &self.on {
            Some(written) => Some(reference::target(
                written,
                floor.labels(),
                &floor.proposals()?,
            )?),
            None => None,
        };
        let words = Words::get(self.text.as_deref(), "statement", "")?;
        let text = prose("statement", &words.text)?;
        let act = acts::Act::Statement(acts::Statement {
            on,
            vote: self.vote,
            text,
        });
        let entered = floor.enter(&act, &context.out, |_| {
            "Your statement is on the record.".into()
        });
        words.settle(entered)
    }
}

fn in_words(made: &Statements, out: &Output) -> String {
    if made.items.is_empty() {
        return "No statement was made.".into();
    }
    let mut text = String::new();
    for said in &made.items {
        let by = said
            .by
            .delegation()
            .map_or_else(|| "secretariat".into(), ToString::to_string);
        let on = said
            .on
            .as_ref()
            .map(|t| format!(" on {}", target_in_words(t)))
            .unwrap_or_default();
        let on = match &said.explains {
            Some(e) => format!(", explaining vote {} {} it", e.vote, e.when.name()),
            None => on,
        };
        let by = out.paint.tint(Tint::Bold, &by);
        let words = plain(said.text.as_str()).replace('\n', "\n    ");
        text.push_str(&format!(
            "{by}{on}  {} (entry {})\n    {words}\n\n",
            when(said.at),
            said.seq
        ));
    }
    text.trim_end().to_owned()
}
