//! `plenary set-aside`: under consent, find that an objection does not hold.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::ids::DelegationId;
use plenary_shared::wire::view::target_in_words;

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Where the draft decides by consent, find that an objection does not hold (facilitator)
#[derive(Debug, Args)]
pub(crate) struct SetAside {
    /// The clause or proposal objected to
    target: String,
    /// Whose objection
    delegation: DelegationId,
    /// Why it does not hold
    #[arg(long)]
    reason: String,
}

impl SetAside {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let on = reference::target(&self.target, floor.labels(), &floor.proposals()?)?;
        let sentence = format!(
            "The objection of {} to {} is set aside.",
            self.delegation,
            target_in_words(&on)
        );
        let act = acts::Act::SetAside(acts::SetAside {
            on,
            delegation: self.delegation,
            reason: prose("reason", &self.reason)?,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
