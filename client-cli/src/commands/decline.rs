//! `plenary decline`: set a proposal aside.

use clap::Args;
use plenary_shared::acts;

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Set a proposal aside, with a reason (facilitator)
#[derive(Debug, Args)]
pub(crate) struct Decline {
    /// The proposal, as in p3
    proposal: String,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Decline {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let proposal = reference::proposal(&self.proposal, &floor.proposals()?)?;
        let sentence = format!("{proposal} is declined.");
        let act = acts::Act::Decline(acts::Decline {
            proposal,
            reason: prose("reason", &self.reason)?,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
