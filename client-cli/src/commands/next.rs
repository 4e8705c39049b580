//! `plenary next`: what can be done now.

use clap::Args;
use plenary_shared::aids::Next as View;

use super::list;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Tint, wrap};
use crate::plain;

/// See what you can do next, or wait for: what is ripe, who is awaited, what is blocked
#[derive(Debug, Args)]
pub(crate) struct Next {
    /// With all who are awaited, and all opposition
    #[arg(long)]
    all: bool,
}

impl Next {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let next: View = api.of_draft(context.draft_id(&api)?, &["next"], &[])?;
        context
            .out
            .value(&next, |out| in_words(&next, self.all, out))
    }
}

fn in_words(next: &View, all: bool, out: &Output) -> String {
    let mut text = String::new();
    let item = |text: &mut String, mark: &str, sentence: &str| {
        let indent = mark.chars().count() + 1;
        let width = out.width().map(|w| w.saturating_sub(indent));
        text.push_str(&format!(
            "{mark} {}\n",
            wrap(&plain(sentence), width, indent)
        ));
    };
    if next.steps.is_empty() {
        text.push_str("Nothing waits for you.\n");
    }
    for (n, step) in next.steps.iter().enumerate() {
        item(&mut text, &format!("{:>3}.", n + 1), &step.sentence);
    }
    if !all {
        return text;
    }
    let head = |text: &mut String, title: &str| {
        text.push_str(&format!("\n{}\n", out.paint.tint(Tint::Bold, title)));
    };
    if !next.awaited.clauses.is_empty() {
        head(&mut text, "Awaited");
        for clause in &next.awaited.clauses {
            item(&mut text, " -", &clause.sentence);
        }
        for from in &next.awaited.delegations {
            item(
                &mut text,
                " -",
                &format!("{}: {}", from.delegation, from.sentence),
            );
        }
    }
    if !next.opposition.clauses.is_empty() || !next.opposition.delegations.is_empty() {
        head(&mut text, "Opposition");
        for clause in &next.opposition.clauses {
            item(
                &mut text,
                " -",
                &format!("{}: {}", clause.label, clause.why),
            );
        }
        for d in &next.opposition.delegations {
            let mut to = vec![list(&d.clauses), list(&d.proposals)];
            to.retain(|t| !t.is_empty());
            item(
                &mut text,
                " -",
                &format!("{} objects to {}.", d.delegation, to.join(", ")),
            );
        }
    }
    text
}
