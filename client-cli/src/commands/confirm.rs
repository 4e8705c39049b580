//! `plenary confirm`: confirm what was agreed ad referendum.

use clap::Args;
use plenary_shared::acts::{self, Target};

use crate::context::Context;
use crate::failure::Outcome;

/// Confirm a clause that was agreed ad referendum, if your delegation is awaited
#[derive(Debug, Args)]
pub(crate) struct Confirm {
    /// The clause
    clause: String,
}

impl Confirm {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let clause = floor.clause(&self.clause)?;
        let digest = floor.digest_of(&Target::Clause(clause.clone()), &[], &context.out)?;
        let sentence = format!("Your delegation confirms {clause}.");
        let act = acts::Act::Confirm(acts::Confirm { clause, digest });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
