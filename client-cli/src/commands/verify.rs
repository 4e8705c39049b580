//! `plenary verify`: whether a file proves what it says, with nothing but the file and a key.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use plenary_shared::entry::Entry;
use plenary_shared::ids::{DelegationId, PublicKey, Unusable};
use plenary_shared::proof::{Key, Kind, Signed, Slip};
use plenary_shared::status;
use serde_json::json;

use super::when;
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::pins::Pin;
use crate::plain;

mod archive;

/// A proof is text; what is larger is none.
const MOST: u64 = 16 << 20;

/// Verify a proof of an entry, or an archive, without any server
///
/// The signature is checked with the key given, or with the one that this machine has seen at the server itself.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The public key of the server; may be given several times
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// The public key of a witness that must have cosigned it; may be given several times
    #[arg(long = "witness", value_name = "KEY")]
    witnesses: Vec<String>,
    /// A delegation and the public key with which it signs its acts, as it told you itself; may be given several times
    #[arg(long = "signer", value_name = "CODE=KEY", value_parser = signer)]
    signers: Vec<(DelegationId, PublicKey)>,
}

fn signer(written: &str) -> Result<(DelegationId, PublicKey), String> {
    let (code, key) = written.split_once('=').ok_or("it is written CODE=KEY")?;
    Ok((
        code.parse().map_err(|e: Unusable| e.to_string())?,
        key.parse().map_err(|e: Unusable| e.to_string())?,
    ))
}

impl Verify {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let keys = self.keys()?;
        if is_archive(&self.file)? {
            return archive::run(&self.file, keys, self.signers, context);
        }
        let slip: Slip = read(&self.file)?.parse().map_err(|e| {
            Failure::new(
                Exit::Forked,
                "not-a-proof",
                format!("{}: {e}.", self.file.display()),
                "Get the file once more from whoever proves something by it.",
            )
        })?;
        let key = key_of(&slip.checkpoint, &keys)?;
        slip.verified(&key)
            .map_err(|why| Failure::new(Exit::Forked, "not-proven", why, "Do not believe it."))?;
        let entry = Entry::decode(&slip.entry).map_err(|e| {
            Failure::new(
                Exit::Forked,
                "not-proven",
                format!("{e}."),
                "Do not believe it.",
            )
        })?;
        self.signed(&slip.checkpoint, &entry)?;
        let view = status::entry_view(&entry, Entry::hash_of(&slip.entry));
        let checkpoint = &slip.checkpoint.checkpoint;
        let witnesses = witnesses(&slip.checkpoint, &keys)?;
        let told = json!({
            "proven": true, "origin": checkpoint.origin, "size": checkpoint.size, "entry": view, "key": key.to_string(),
            "witnesses": witnesses.iter().map(|(name, at)| json!({"name": name, "at": at})).collect::<Vec<_>>(),
        });
        context.out.value(&told, |_| {
            let mut text = format!(
                "Proven: entry {} of {}, {}.\n  {}\nIt is in the record of {} entries that was signed with the key\n  {key}",
                slip.seq,
                plain(&checkpoint.origin),
                when(entry.at),
                plain(&view.sentence),
                checkpoint.size
            );
            if let Some(act) = entry.act.as_ref().and_then(|a| serde_json::to_string(a).ok()) {
                text += &format!("\nThe act in full:\n  {}", plain(&act));
            }
            if let (Some(signed), Some(who)) = (&entry.signed, entry.by.delegation()) {
                text += &format!(
                    "\nSigned for {who} with the key\n  {}\nWhether that key is {who}'s, {who} can tell.",
                    signed.key
                );
            }
            for (name, at) in &witnesses {
                text += &format!("\nWitnessed by {} at {at}.", plain(name));
            }
            text
        })
    }

    /// That an act is signed by its delegation: if it says so at all; and with the key that was given for it.
    fn signed(&self, checkpoint: &Signed, entry: &Entry) -> Outcome {
        let no = |why: String| Failure::new(Exit::Forked, "not-proven", why, "Do not believe it.");
        let draft = checkpoint.checkpoint.draft();
        if let (Some(signed), Some(draft)) = (&entry.signed, draft) {
            let act = entry.act.as_ref();
            if !act.is_some_and(|act| signed.is_of(draft, &entry.by, act)) {
                return Err(no(
                    "The delegation's own signature does not belong to this act.".into(),
                ));
            }
        }
        let trusted = self
            .signers
            .iter()
            .find(|(who, _)| Some(who) == entry.by.delegation());
        let with = entry.signed.as_ref().map(|s| s.key);
        match trusted {
            Some((who, key)) if with != Some(*key) => {
                Err(no(format!("{who} has not signed it with {key}.")))
            }
            _ => Ok(()),
        }
    }

    fn keys(&self) -> Outcome<Vec<Key>> {
        let read = |written: &String| {
            written.parse().map_err(|e| {
                Failure::usage(
                    format!("{written}: {e}."),
                    "A key is written NAME+ID+KEY, as `plenary pin` shows it.",
                )
            })
        };
        self.keys.iter().chain(&self.witnesses).map(read).collect()
    }
}

/// The key to check it with: one that was given, else one that was seen at the server.
fn key_of(signed: &Signed, given: &[Key]) -> Outcome<Key> {
    let logs = given.iter().filter(|k| k.kind == Kind::Log);
    let mut known: Vec<Key> = logs.cloned().collect();
    if known.is_empty()
        && let Some(draft) = signed.checkpoint.draft()
    {
        let pins = Pin::of(draft)?;
        known.extend(pins.iter().filter_map(|p| p.key().ok()));
    }
    if known.is_empty() {
        return Err(Failure::new(
            Exit::Usage,
            "unknown-key",
            format!(
                "Nothing is known here of {}: its key is needed.",
                plain(&signed.checkpoint.origin)
            ),
            "Give the server's public key with --key. Take it from where the conference published it, not from whoever sent the file.",
        ));
    }
    let fits = known.iter().find(|k| signed.verified(k).is_ok());
    // None fits: the refusal comes from the verification itself.
    Ok(fits.or(known.first()).cloned().expect("there is a key"))
}

/// Who has cosigned it, of the witnesses whose keys were given, and when.
fn witnesses(signed: &Signed, given: &[Key]) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    for key in given.iter().filter(|k| k.kind == Kind::Witness) {
        let seconds = signed.note.verify(key).map_err(|e| {
            Failure::new(
                Exit::Forked,
                "not-witnessed",
                format!("The witness is missing: {e}."),
                "Ask for a proof with a checkpoint that the witness has cosigned.",
            )
        })?;
        let seconds = i64::try_from(seconds.unwrap_or_default()).unwrap_or(i64::MAX / 1000);
        let at = when(plenary_shared::time::Timestamp(
            seconds.saturating_mul(1000),
        ));
        found.push((key.name.clone(), at));
    }
    Ok(found)
}

/// Whether it is an archive: a zip file, by its first bytes.
fn is_archive(path: &Path) -> Outcome<bool> {
    let fail = |e: std::io::Error| Failure::file(path, &e);
    let mut first = [0; 2];
    let read = std::fs::File::open(path).map_err(fail)?.read(&mut first);
    Ok(read.map_err(fail)? == 2 && first == *b"PK")
}

fn read(path: &Path) -> Outcome<String> {
    let fail = |e: std::io::Error| Failure::file(path, &e);
    let file = std::fs::File::open(path).map_err(fail)?;
    let mut text = String::new();
    file.take(MOST).read_to_string(&mut text).map_err(fail)?;
    Ok(text)
}
