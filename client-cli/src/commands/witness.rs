//! `plenary witness`: say, with a key of one's own, that a record is the one that was seen before, only longer.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use plenary_shared::ids::DraftId;
use plenary_shared::proof::{Kind, Signed, Signer};
use plenary_shared::wire::proof::{Checkpoints, NewCosignature};
use serde_json::json;

use super::now;
use crate::api::{Api, random_bytes};
use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::pins;
use crate::profile::{places, write_privately};

/// Witness the draft's record: cosign its checkpoint, after making sure that it continues what was cosigned here before
///
/// Whoever trusts you need not trust the server then: a server that shows different records to different people cannot get
/// both of them witnessed. The first time, a key is made and kept on this machine; publish the public one, for others to
/// give it to `plenary verify --witness`. What you have cosigned once cannot be forgotten, not even with `plenary pin accept`.
#[derive(Debug, Args)]
pub(crate) struct Witness {
    /// The name to sign with, for example witness.averland.example; chosen once, with the key
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Go on, and cosign whatever is entered
    #[arg(long)]
    watch: bool,
    /// With --watch, how often to look
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "watch")]
    every: u64,
}

impl Witness {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let desk = Desk::open(self.name.as_deref())?;
        let draft = context.draft_id(&api)?;
        loop {
            match desk.cosign(&api, draft) {
                Ok(None) => {}
                Ok(Some(signed)) => desk.tell(context, &signed)?,
                // A server that is away comes back; one that forks is left at once.
                Err(no) if self.watch && no.exit == Exit::Unreachable => {
                    context.out.remark(&format!("{} {}", no.what, no.hint));
                }
                Err(no) => return Err(no),
            }
            if !self.watch {
                return Ok(());
            }
            std::thread::sleep(Duration::from_secs(self.every.max(1)));
        }
    }
}

/// Where a witness keeps its key, and what it has signed.
struct Desk {
    folder: PathBuf,
    signer: Signer,
}

impl Desk {
    /// The key of this machine; made the first time.
    fn open(name: Option<&str>) -> Outcome<Self> {
        let places = places()?;
        let folder = places.state_dir().unwrap_or(places.data_dir()).to_owned();
        let path = folder.join("witness.key");
        let signer = match std::fs::read_to_string(&path) {
            Ok(text) => known(&path, &text, name)?,
            Err(e) if e.kind() == ErrorKind::NotFound => fresh(&path, name)?,
            Err(e) => return Err(Failure::file(&path, &e)),
        };
        Ok(Self { folder, signer })
    }

    /// What this witness has signed last of the draft, wherever it was served.
    fn last(&self, draft: DraftId) -> Outcome<Option<Signed>> {
        let path = self.memory(draft);
        match std::fs::read_to_string(&path) {
            Ok(text) => text.parse().map(Some).map_err(|e| unusable(&path, &e)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Failure::file(&path, &e)),
        }
    }

    fn memory(&self, draft: DraftId) -> PathBuf {
        self.folder.join("witnessed").join(format!("{draft}.txt"))
    }

    /// Cosigns what the server shows now; none if that was cosigned already.
    fn cosign(&self, api: &Api, draft: DraftId) -> Outcome<Option<Signed>> {
        // Two at once could sign two records that do not fit.
        let path = self.folder.join("witness.key");
        let fail = |e: std::io::Error| Failure::file(&path, &e);
        let turn = File::open(&path).map_err(fail)?;
        turn.lock().map_err(fail)?;
        let mut signed = pins::now(api, draft)?.signed()?;
        if let Some(last) = self.last(draft)? {
            pins::continues(api, draft, &last, &signed)?;
            if last.note.text == signed.note.text && is_shown(&signed, &self.signer) {
                return Ok(None);
            }
        }
        // Remembered before it is signed: what was signed and forgotten could be signed otherwise.
        write_privately(&self.memory(draft), signed.note.to_string().as_bytes())?;
        let seconds = u64::try_from(now().0 / 1000).unwrap_or_default();
        signed.note.cosign(&self.signer, seconds);
        let cosignature = NewCosignature {
            checkpoint: signed.note.to_string(),
            key: self.key(),
        };
        let id = draft.to_string();
        let path = ["drafts", &id, "cosignatures"];
        // It may be repeated without harm: of each witness one is kept.
        let _: Checkpoints = api.post(&path, &cosignature, Some("cosignature"))?;
        Ok(Some(signed))
    }

    fn key(&self) -> String {
        self.signer.public(Kind::Witness).to_string()
    }

    fn tell(&self, context: &Context, signed: &Signed) -> Outcome {
        let (key, note) = (self.key(), signed.note.to_string());
        let size = signed.checkpoint.size;
        let told = json!({"size": size, "key": key, "checkpoint": note});
        context.out.value(&told, |_| {
            format!("Witnessed: {size} entries.\nYour public key:\n  {key}\n\n{note}")
        })
    }
}

fn is_shown(signed: &Signed, signer: &Signer) -> bool {
    signed.note.verify(&signer.public(Kind::Witness)).is_ok()
}

fn unusable(path: &Path, why: &impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Other,
        "witness-key",
        format!("{}: {why}.", path.display()),
        "Restore the file; without it this machine is another witness.",
    )
}

fn known(path: &Path, text: &str, name: Option<&str>) -> Outcome<Signer> {
    let signer = Signer::from_secret(text).map_err(|e| unusable(path, &e))?;
    match name {
        Some(name) if name != signer.name => Err(Failure::usage(
            format!("This machine witnesses as {} already.", signer.name),
            "Leave out --name.",
        )),
        _ => Ok(signer),
    }
}

fn fresh(path: &Path, name: Option<&str>) -> Outcome<Signer> {
    let name = name.ok_or_else(|| {
        Failure::usage(
            "This machine has not witnessed anything before.",
            "Choose the name to sign with: `plenary witness --name witness.averland.example`.",
        )
    })?;
    let signer = Signer::from_seed(name, random_bytes()?);
    let secret = signer.secret(Kind::Witness);
    // A name that cannot be read again is refused before it is kept.
    Signer::from_secret(&secret)
        .map_err(|_| Failure::usage("A name holds no blanks and no +.", "Choose another."))?;
    write_privately(path, secret.as_bytes())?;
    Ok(signer)
}
