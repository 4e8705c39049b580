//! `plenary invite`: give a person a seat.

use clap::Args;
use plenary_shared::draft::Role;
use plenary_shared::ids::{DelegationId, Name};
use plenary_shared::wire::view::{Invitation, NewSeat};

use super::when;
use crate::context::Context;
use crate::failure::Outcome;

/// Give a person a seat, and print the link that takes it (secretariat)
#[derive(Debug, Args)]
pub(crate) struct Invite {
    /// The delegation the person acts for, by its code
    delegation: DelegationId,
    /// What the person may do: observer, archivist, delegate, pen-holder, facilitator
    #[arg(long, default_value = "delegate")]
    role: Role,
    /// Whose seat it is, for the list of seats
    #[arg(long)]
    label: Option<Name>,
    /// How long it is good: 90s, 45m, 12h, 30d, 2w
    #[arg(long, value_parser = seconds, value_name = "TIME")]
    expires: Option<u64>,
    /// Another draft that the seat is for too; again for more
    #[arg(long, value_name = "DRAFT")]
    also: Vec<String>,
}

impl Invite {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let mut drafts = vec![context.draft_id(&api)?];
        for written in &self.also {
            drafts.push(context.find_draft(&api, written)?);
        }
        let new = NewSeat {
            delegation: self.delegation,
            role: self.role,
            drafts,
            label: self.label,
            expires_in: self.expires,
        };
        let invitation: Invitation = api.post(&["seats"], &new, None)?;
        context.out.value(&invitation, |out| {
            let seat = &invitation.seat;
            out.remark(&format!(
                "Seat {}: {} of {}, good until {}. The link is shown this once; whoever has it, sits there.",
                seat.seat,
                seat.role,
                seat.delegation,
                when(seat.expires)
            ));
            invitation.link.clone()
        })
    }
}

/// A length of time with its unit, in seconds.
fn seconds(text: &str) -> Result<u64, String> {
    let split = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return Err("give a number and a unit, as in 12h or 30d".into()),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| "give a number and a unit, as in 12h or 30d")?;
    number
        .checked_mul(unit)
        .filter(|s| *s > 0)
        .ok_or_else(|| "that is no usable length of time".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_has_a_unit() {
        assert_eq!(seconds("30d"), Ok(2_592_000));
        assert_eq!(seconds("45m"), Ok(2_700));
        for wrong in ["30", "d", "0s", "-1d", "99999999999999999999d", "1y"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
