//! `plenary seats`: which seats were given.

use clap::Args;
use plenary_shared::wire::view::SeatView;

use super::{list, when};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Table, Tint};
use crate::plain;

/// List the seats that were given (secretariat all, others their own)
#[derive(Debug, Args)]
pub(crate) struct Seats {}

impl Seats {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let seats: Vec<SeatView> = context.api()?.all(&["seats"], &[])?;
        context.out.value(&seats, |out| {
            let mut table = Table::new(&[
                "Seat",
                "Delegation",
                "Role",
                "Good until",
                "Label",
                "Drafts",
            ]);
            for s in &seats {
                let until = if s.revoked {
                    out.paint.tint(Tint::Red, "revoked")
                } else {
                    when(s.expires)
                };
                table.row([
                    s.seat.to_string(),
                    s.delegation.to_string(),
                    s.role.to_string(),
                    until,
                    s.label
                        .as_ref()
                        .map(|l| plain(l.as_str()))
                        .unwrap_or_default(),
                    list(&s.drafts),
                ]);
            }
            table.text(out.width())
        })
    }
}
