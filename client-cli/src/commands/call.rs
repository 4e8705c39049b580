//! `plenary call`: the gavel.

use clap::Args;
use plenary_shared::acts::{self, Target};
use plenary_shared::ids::DelegationId;
use plenary_shared::wire::view::Roster;

use crate::context::{Context, Floor};
use crate::failure::{Failure, Outcome};

/// Put the question on a clause: "I hear no objection" (facilitator)
#[derive(Debug, Args)]
pub(crate) struct Call {
    /// The clause
    clause: String,
    /// Who is in the room: codes with commas between them, or `all` who decide
    #[arg(long, value_name = "CODES|all", value_delimiter = ',', required = true)]
    present: Vec<String>,
}

impl Call {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let clause = floor.clause(&self.clause)?;
        let present = present(&floor, &self.present)?;
        let digest = floor.digest_of(&Target::Clause(clause.clone()), &[], &context.out)?;
        let sentence = format!(
            "The question was put on {clause}, {} delegations present.",
            present.len()
        );
        let act = acts::Act::Call(acts::Call {
            clause,
            digest,
            present,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}

/// Who is in the room: the codes written, or `all` who decide.
pub(super) fn present(floor: &Floor, written: &[String]) -> Outcome<Vec<DelegationId>> {
    if written != ["all"] {
        return codes(written);
    }
    let roster: Roster = floor.api.of_draft(floor.draft.id, &["roster"], &[])?;
    let deciding = roster
        .delegations
        .into_iter()
        .filter(|(_, d)| d.entitled && !d.left);
    Ok(deciding.map(|(code, _)| code).collect())
}

/// Codes of delegations, as they were written.
pub(super) fn codes(written: &[String]) -> Outcome<Vec<DelegationId>> {
    let codes = written.iter().filter(|w| !w.trim().is_empty()).map(|w| {
        w.trim().parse().map_err(|e| {
            Failure::usage(
                format!("{w} is no delegation's code: {e}."),
                "List the codes: `plenary roster`.",
            )
        })
    });
    codes.collect()
}
