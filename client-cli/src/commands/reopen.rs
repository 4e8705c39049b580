//! `plenary reopen`: open an agreed or deleted clause again.

use clap::Args;
use plenary_shared::acts;

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;

/// Open an agreed or deleted clause again (facilitator)
#[derive(Debug, Args)]
pub(crate) struct Reopen {
    /// The clause; a deleted one by its id
    clause: String,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Reopen {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let clause = floor.clause(&self.clause)?;
        let sentence = format!("{clause} is open again.");
        let act = acts::Act::Reopen(acts::Reopen {
            clause,
            reason: prose("reason", &self.reason)?,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
