//! `plenary lift`: no longer object.

use clap::Args;
use plenary_shared::acts::{self, LiftObjection};
use plenary_shared::ids::GroupId;
use plenary_shared::wire::view::target_in_words;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Lift your objection to a clause or a proposal
#[derive(Debug, Args)]
pub(crate) struct Lift {
    /// The clause or proposal
    target: String,
    /// The group you say it for, as its spokesperson
    #[arg(long, value_name = "GROUP")]
    as_group: Option<GroupId>,
}

impl Lift {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let on = reference::target(&self.target, floor.labels(), &floor.proposals()?)?;
        let sentence = format!("Objection to {} lifted.", target_in_words(&on));
        let act = acts::Act::LiftObjection(LiftObjection {
            on,
            as_group: self.as_group,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
