//! `plenary revoke`: take a seat back.

use clap::Args;
use plenary_shared::ids::SeatId;
use serde_json::json;

use crate::context::Context;
use crate::failure::Outcome;

/// Take a seat back at once; what it entered stays (secretariat)
#[derive(Debug, Args)]
pub(crate) struct Revoke {
    /// The seat's id, from `plenary seats`
    seat: SeatId,
}

impl Revoke {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        context.api()?.delete(&["seats", self.seat.as_str()])?;
        context.out.value(&json!({ "revoked": self.seat }), |_| {
            format!("Seat {} is revoked.", self.seat)
        })
    }
}
