//! `plenary position`: where one stands on an exact text.

use clap::{Args, ValueEnum};
use plenary_shared::acts::{self, TakePosition};
use plenary_shared::draft::Stance;
use plenary_shared::ids::{Digest, GroupId};
use plenary_shared::wire::view::target_in_words;

use super::prose;
use crate::context::Context;
use crate::failure::Outcome;

/// Say where your delegation stands on a clause or a proposal
///
/// The position is on the text that you were last shown here; if it has changed since, it is not taken (exit code 7).
#[derive(Debug, Args)]
pub(crate) struct Position {
    /// The clause or proposal
    target: String,
    /// Where you stand
    #[arg(value_enum)]
    stance: NonBlocking,
    /// A reservation's text, or a remark for the record
    #[arg(long)]
    note: Option<String>,
    /// The exact text it is on, by its digest, instead of the one last shown
    #[arg(long, value_name = "DIGEST")]
    digest: Option<Digest>,
    /// The group you say it for, as its spokesperson
    #[arg(long, value_name = "GROUP")]
    as_group: Option<GroupId>,
}

/// The stances short of objecting.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum NonBlocking {
    /// Wants it
    Support,
    /// Can live with it
    Accept,
    /// Joins, with a reservation on the record
    Reserve,
    /// Stands aside
    Abstain,
}

impl Position {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let (on, seen) = floor.target(&self.target, &context.out)?;
        let stance = match self.stance {
            NonBlocking::Support => Stance::Support,
            NonBlocking::Accept => Stance::Accept,
            NonBlocking::Reserve => Stance::Reserve,
            NonBlocking::Abstain => Stance::Abstain,
        };
        let note = self.note.as_deref().map(|n| prose("note", n)).transpose()?;
        let sentence = format!("Position on {}: {}.", target_in_words(&on), stance.name());
        let act = acts::Act::TakePosition(TakePosition {
            on,
            digest: self.digest.or(seen),
            stance,
            note,
            as_group: self.as_group,
        });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
