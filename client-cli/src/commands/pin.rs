//! `plenary pin`: what is remembered of a server's record, and a new beginning if there is reason for it.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::context::Context;
use crate::failure::Outcome;
use crate::pins::{self, Pin};

/// See which record of the draft this machine has seen signed, and by which key
///
/// Whenever a draft is read, its record must continue the one that was seen last. If it does not, this program stops with
/// exit code 8 and keeps both signed checkpoints.
#[derive(Debug, Args)]
pub(crate) struct PinCommand {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Forget what was seen, and trust the key and the record that the server shows now
    Accept,
}

impl PinCommand {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_unlooked(&api)?;
        let pin = match self.what {
            Some(What::Accept) => {
                pins::forget(&api, draft)?;
                pins::now(&api, draft)?
            }
            None => match Pin::read(&api, draft)? {
                Some(pin) => pin,
                None => pins::now(&api, draft)?,
            },
        };
        let signed = pin.signed()?;
        let shown = json!({
            "draft": draft, "server": pin.server, "key": pin.key, "size": signed.checkpoint.size,
            "root": signed.checkpoint.root, "checkpoint": pin.checkpoint,
        });
        context.out.value(&shown, |_| {
            format!(
                "Seen: {} entries, root {}\nKey:  {}\n\n{}",
                signed.checkpoint.size, signed.checkpoint.root, pin.key, pin.checkpoint
            )
        })
    }
}
