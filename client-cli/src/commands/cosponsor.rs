//! `plenary cosponsor`: join a proposal.

use clap::Args;
use plenary_shared::acts;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Join the sponsors of a proposal
#[derive(Debug, Args)]
pub(crate) struct Cosponsor {
    /// The proposal, as in p3
    proposal: String,
}

impl Cosponsor {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let proposal = reference::proposal(&self.proposal, &floor.proposals()?)?;
        let act = acts::Act::Cosponsor(acts::Cosponsor {
            proposal: proposal.clone(),
        });
        floor.enter(&act, &context.out, |_| {
            format!("You are a sponsor of {proposal}.")
        })
    }
}
