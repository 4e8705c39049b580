//! `plenary whoami`: which seat one acts from.

use clap::Args;
use plenary_shared::wire::view::Me;
use url::Url;

use super::when;
use crate::context::Context;
use crate::failure::Outcome;

/// Say which seat you act from, and until when it is good
#[derive(Debug, Args)]
pub(crate) struct Whoami {}

impl Whoami {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let me: Me = api.get(&["me"], &[])?;
        context.out.value(&me, |_| sentence(&me, api.base()))
    }
}

/// Who that is, in words.
pub(super) fn sentence(me: &Me, server: &Url) -> String {
    match &me.seat {
        Some(seat) => {
            let whose = seat
                .label
                .as_ref()
                .map(|l| format!("{l}, "))
                .unwrap_or_default();
            format!(
                "You are {whose}{} of {} at {server} (seat {}, good until {}).",
                seat.role,
                seat.delegation,
                seat.seat,
                when(seat.expires)
            )
        }
        None if me.secretariat => format!("You are the secretariat at {server}."),
        None => format!("You have no seat at {server}."),
    }
}
