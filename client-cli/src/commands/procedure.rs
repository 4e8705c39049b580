//! `plenary procedure`: the rules in force in the draft, in words.

use clap::Args;
use plenary_shared::aids::Procedure as View;

use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Tint, wrap};
use crate::plain;

/// Read the rules in force in the draft, and what you may do under them
#[derive(Debug, Args)]
pub(crate) struct Procedure {}

impl Procedure {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let rules: View = api.of_draft(context.draft_id(&api)?, &["procedure"], &[])?;
        context.out.value(&rules, |out| {
            let mut text = String::new();
            for section in &rules.sections {
                text.push_str(&format!(
                    "{}\n",
                    out.paint.tint(Tint::Bold, &section.heading)
                ));
                for line in &section.sentences {
                    let width = out.width().map(|w| w.saturating_sub(2));
                    text.push_str(&format!("  {}\n", wrap(&plain(line), width, 2)));
                }
                text.push('\n');
            }
            text
        })
    }
}
