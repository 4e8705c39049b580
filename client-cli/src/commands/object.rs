//! `plenary object`: block, with a reason.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::{Digest, GroupId};
use plenary_shared::wire::view::target_in_words;

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Object to a clause or a proposal: it blocks until you lift it
#[derive(Debug, Args)]
pub(crate) struct Object {
    /// The clause or proposal
    target: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// The proposal that would meet the objection
    #[arg(long, value_name = "PROPOSAL")]
    alternative: Option<String>,
    /// The exact text it is on, by its digest, instead of the one last shown
    #[arg(long, value_name = "DIGEST")]
    digest: Option<Digest>,
    /// The group you say it for, as its spokesperson
    #[arg(long, value_name = "GROUP")]
    as_group: Option<GroupId>,
}

impl Object {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let (on, seen) = floor.target(&self.target, &context.out)?;
        let alternative = match &self.alternative {
            Some(written) => Some(reference::proposal(written, &floor.proposals()?)?),
            None => None,
        };
        let reason = prose("reason", &self.reason)?;
        let sentence = format!("Objection to {}.", target_in_words(&on));
        let act = acts::Act::Object(acts::Object {
            on,
            digest: self.digest.or(seen),
            reason,
            alternative,
            as_group: self.as_group,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
