//! `plenary ledger`: which proposals were merged into which.

use clap::Args;
use plenary_shared::wire::view::MergeView;

use crate::context::Context;
use crate::failure::Outcome;
use crate::plain;

/// List which proposals were merged into which, whose they were, and why
#[derive(Debug, Args)]
pub(crate) struct Ledger {}

impl Ledger {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?.to_string();
        let lines: Vec<MergeView> = api.all(&["drafts", &draft, "ledger"], &[])?;
        context.out.value(&lines, |_| {
            if lines.is_empty() {
                return "No proposals were merged.".into();
            }
            let told = lines.iter().map(|l| format!("{}\n", plain(&l.told)));
            told.collect::<String>().trim_end().to_owned()
        })
    }
}
