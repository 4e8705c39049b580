//! `plenary incorporate`: take a proposal into the text.

use clap::Args;
use plenary_shared::acts::{self, Target};
use plenary_shared::ids::Digest;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Take a proposal into the text (pen-holder, facilitator)
#[derive(Debug, Args)]
pub(crate) struct Incorporate {
    /// The proposal, as in p3
    proposal: String,
    /// Its exact wording, by its digest, instead of the one last shown
    #[arg(long, value_name = "DIGEST")]
    digest: Option<Digest>,
}

impl Incorporate {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let proposals = floor.proposals()?;
        let proposal = reference::proposal(&self.proposal, &proposals)?;
        let seen = floor.digest_of(
            &Target::Proposal(proposal.clone()),
            &proposals,
            &context.out,
        )?;
        let sentence = format!("{proposal} is taken into the text.");
        let act = acts::Act::Incorporate(acts::Incorporate {
            proposal,
            digest: self.digest.or(seen),
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
