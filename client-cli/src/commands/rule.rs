//! `plenary rule`: how the draft decides, and everything else that its rule settles.

use clap::{Args, Subcommand};
use plenary_shared::acts;
use plenary_shared::wire::view::{Acknowledged, DraftSummary};

use crate::context::{Context, entered};
use crate::failure::{Failure, Outcome};
use crate::ruling::{self, Terms};

/// Read the rule of the draft, or change it
#[derive(Debug, Args)]
pub(crate) struct Rule {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How the draft decides
    Show,
    /// Change it from now on; what is not named stays as it is (secretariat, facilitator)
    Set(Terms),
}

impl Rule {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let id = context.draft_id(&api)?;
        let draft: DraftSummary = api.of_draft(id, &[], &[])?;
        match self.what {
            What::Show => context.out.value(&draft.rule, |_| {
                let lines = ruling::told(&draft.rule);
                let lines = lines
                    .iter()
                    .map(|(about, holds)| format!("{about:<14}{holds}"));
                lines.collect::<Vec<_>>().join("\n")
            }),
            What::Set(terms) => {
                if terms.is_empty() {
                    return Err(Failure::usage(
                        "Nothing of the rule is named.",
                        "Say what is to change, for example `--reopen chair`.",
                    ));
                }
                let rule = terms.change(draft.rule);
                let done: Acknowledged =
                    api.act(id, &acts::Act::SetRule(acts::SetRule { rule }))?;
                entered(&done, &context.out, |_| "The rule is changed.".into())
            }
        }
    }
}
