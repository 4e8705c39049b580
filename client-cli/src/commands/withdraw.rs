//! `plenary withdraw`: take a proposal back.

use clap::Args;
use plenary_shared::acts;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Take your proposal back
#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// The proposal, as in p3
    proposal: String,
}

impl Withdraw {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let proposal = reference::proposal(&self.proposal, &floor.proposals()?)?;
        let act = acts::Act::Withdraw(acts::Withdraw {
            proposal: proposal.clone(),
        });
        floor.enter(&act, &context.out, |_| format!("{proposal} is withdrawn."))
    }
}
