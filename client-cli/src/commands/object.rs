//! `plenary object`: block, with a reason.

use clap::Args;
use plenary_shared::acts::{self, Target};
use plenary_shared::ids::{Digest, GroupId};
use plenary_shared::wire::view::target_in_words;

use super::prose;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
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
    /// You are too late for the silence that agreed the clause: it is on record, and has effect if the chair grants it
    #[arg(long, conflicts_with = "alternative")]
    late: bool,
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
        let digest = self.digest.or(seen);
        if self.late {
            let Target::Clause(clause) = on else {
                return Err(Failure::usage(
                    "Nobody is too late for a proposal: only clauses are under silence.",
                    "Leave out --late.",
                ));
            };
            let sentence = format!(
                "Late objection to clause {clause}: it has no effect unless the facilitator grants it."
            );
            let act = acts::Act::ObjectLate(acts::ObjectLate {
                clause,
                digest,
                reason,
                as_group: self.as_group,
            });
            return floor.enter(&act, &context.out, |_| sentence);
        }
        let sentence = format!("Objection to {}.", target_in_words(&on));
        let act = acts::Act::Object(acts::Object {
            on,
            digest,
            reason,
            alternative,
            as_group: self.as_group,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
