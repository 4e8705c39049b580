//! `plenary key`: sign what one's delegation does, so that nobody else can speak in its name.

use clap::{Args, Subcommand};
use plenary_shared::acts::{Act, RegisterKey, RevokeKey};
use plenary_shared::ids::PublicKey;
use serde_json::json;

use super::prose;
use crate::context::{Context, entered};
use crate::failure::{Exit, Failure, Outcome};
use crate::output::Table;
use crate::signer;

/// Sign your delegation's acts with a key of its own, so that not even who runs the server can invent them
///
/// Once a key is registered in a draft, what your delegation submits there unsigned is refused: sit down at each machine
/// that you work at, make a key there, and register it from a machine that signs already. Words typed live are not signed.
/// Keep a copy of the key file: who has lost all keys cannot go on under the same code.
#[derive(Debug, Args)]
pub(crate) struct KeyCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a key on this machine
    New,
    /// Register a key in the draft: this machine's or, once that is, one of another machine
    Register {
        /// The public key of another machine
        #[arg(value_name = "KEY")]
        key: Option<PublicKey>,
    },
    /// Show this machine's public key, and the keys of your delegation in the draft
    Show,
    /// Revoke a key in the draft: this machine's, or another of your delegation
    Revoke {
        /// The public key
        #[arg(value_name = "KEY")]
        key: Option<PublicKey>,
        /// Why, for the record
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

impl KeyCommand {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match self.what {
            What::New => {
                let (key, path) = (signer::make()?.key(), signer::path()?);
                context.out.value(&json!({"key": key, "file": path}), |_| {
                    format!(
                        "Made a key in {}; keep a copy of that file where only your delegation comes.\nIts public key:\n  {key}\nNext: `plenary key register` in each draft. Tell the others the public key by another way than the server.",
                        path.display()
                    )
                })
            }
            What::Register { key } => {
                let key = own_or(key)?;
                let act = Act::RegisterKey(RegisterKey { key });
                enter(
                    context,
                    &act,
                    &format!(
                        "Registered {key}. What your delegation does in this draft is signed from now on, and refused unsigned."
                    ),
                )
            }
            What::Revoke { key, reason } => {
                let key = own_or(key)?;
                let reason = reason.map(|r| prose("reason", &r)).transpose()?;
                let act = Act::RevokeKey(RevokeKey { key, reason });
                enter(context, &act, &format!("Revoked {key}."))
            }
            What::Show => show(context),
        }
    }
}

fn own_or(given: Option<PublicKey>) -> Outcome<PublicKey> {
    let own = || signer::read().map(|s| s.map(|s| s.key()));
    match given {
        Some(key) => Ok(key),
        None => own()?.ok_or_else(|| {
            Failure::new(
                Exit::Refused,
                "no-key",
                "There is no key on this machine.",
                "Make one with `plenary key new`.",
            )
        }),
    }
}

fn enter(context: &Context, act: &Act, sentence: &str) -> Outcome {
    let api = context.api()?;
    let done = api.act(context.draft_id(&api)?, act)?;
    entered(&done, &context.out, |_| sentence.to_owned())
}

fn show(context: &Context) -> Outcome {
    let own = signer::read()?.map(|s| s.key());
    let api = context.api()?;
    let known = signer::known(&api, context.draft_id(&api)?)?;
    let shown = json!({"key": own, "delegation": known.delegation, "registered": known.keys});
    context.out.value(&shown, |out| {
        let mut text = match &own {
            Some(key) => format!("This machine's public key:\n  {key}\n"),
            None => "There is no key on this machine.\n".to_owned(),
        };
        let who = known
            .delegation
            .as_ref()
            .map_or("The secretariat", |d| d.as_str());
        if known.keys.is_empty() {
            text += &format!("{who} has registered no key in this draft: its acts are not signed.");
            return text;
        }
        let mut table = Table::new(&["Registered", "Last signed", "Holds", "Key"]);
        for (key, registered) in &known.keys {
            let holds = match registered.revoked {
                None => "yes".to_owned(),
                Some(seq) => format!("revoked by entry {seq}"),
            };
            let since = format!("entry {}", registered.since);
            table.row([
                since,
                format!("entry {}", registered.last),
                holds,
                key.to_string(),
            ]);
        }
        text += &format!("Keys of {who} in this draft:\n");
        text + &table.text(out.width())
    })
}
