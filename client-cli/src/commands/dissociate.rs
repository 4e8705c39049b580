//! `plenary dissociate`: no longer be heard through a group.

use clap::Args;
use plenary_shared::acts;
use plenary_shared::wire::view::target_in_words;

use crate::context::Context;
use crate::failure::Outcome;
use crate::reference;

/// Leave what your groups say of a clause or a proposal, without taking a position
#[derive(Debug, Args)]
pub(crate) struct Dissociate {
    /// The clause or proposal; everything in the draft if left out
    target: Option<String>,
}

impl Dissociate {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let on = match &self.target {
            Some(written) => Some(reference::target(
                written,
                floor.labels(),
                &floor.proposals()?,
            )?),
            None => None,
        };
        let sentence = match &on {
            Some(on) => format!(
                "No group speaks for you on {} any more.",
                target_in_words(on)
            ),
            None => "No group speaks for you in this draft any more.".into(),
        };
        let act = acts::Act::Dissociate(acts::Dissociate { on });
        floor.enter(&act, &context.out, |_| sentence)
    }
}
