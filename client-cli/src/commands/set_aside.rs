//! `plenary set-aside`: under consent, find that an objection does not hold.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::wire::view::{Roster, target_in_words};

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Where the draft decides by consent, find that an objection does not hold (facilitator)
#[derive(Debug, Args)]
pub(crate) struct SetAside {
    /// The clause or proposal objected to
    target: String,
    /// Whose objection: a delegation's code, or a group's
    whose: String,
    /// Why it does not hold
    #[arg(long)]
    reason: String,
}

impl SetAside {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let on = reference::target(&self.target, floor.labels(), &floor.proposals()?)?;
        let roster: Roster = floor.api.of_draft(floor.draft.id, &["roster"], &[])?;
        let whose = reference::party(&self.whose, &roster)?;
        let sentence = format!(
            "The objection of {whose} to {} is set aside.",
            target_in_words(&on)
        );
        let act = acts::Act::SetAside(acts::SetAside {
            on,
            whose,
            reason: prose("reason", &self.reason)?,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
