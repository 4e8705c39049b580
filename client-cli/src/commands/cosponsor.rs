//! `plenary cosponsor`: join a proposal.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::GroupId;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Join the sponsors of a proposal
#[derive(Debug, Args)]
pub(crate) struct Cosponsor {
    /// The proposal, as in p3
    proposal: String,
    /// The group that joins with its members, as its spokesperson
    #[arg(long, value_name = "GROUP")]
    as_group: Option<GroupId>,
}

impl Cosponsor {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let proposal = reference::proposal(&self.proposal, &floor.proposals()?)?;
        let act = acts::Act::Cosponsor(acts::Cosponsor {
            proposal: proposal.clone(),
            as_group: self.as_group.clone(),
        });
        floor.enter(&act, &context.out, |_| match &self.as_group {
            Some(group) => format!("Group {group} is among the sponsors of {proposal}."),
            None => format!("You are a sponsor of {proposal}."),
        })
    }
}
