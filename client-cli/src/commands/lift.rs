//! `plenary lift`: no longer object.

use clap::Args;
use plenary_shared::acts::{self, LiftObjection};
use plenary_shared::wire::view::target_in_words;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Lift your objection to a clause or a proposal
#[derive(Debug, Args)]
pub(crate) struct Lift {
    /// The clause or proposal
    target: String,
}

impl Lift {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let on = reference::target(&self.target, floor.labels(), &floor.proposals()?)?;
        let sentence = format!("Objection to {} lifted.", target_in_words(&on));
        let act = acts::Act::LiftObjection(LiftObjection { on });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
