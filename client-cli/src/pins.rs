//! What this program remembers of servers, so that a record that was rewritten is noticed: for each draft there the key, and
//! the last checkpoint seen. Whatever reads a draft looks first whether its record continues that.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use plenary_shared::ids::{DraftId, Hash};
use plenary_shared::proof::{Key, Signed, is_consistent};
use plenary_shared::wire::proof::{ConsistencyProof, ServerKey};
use serde::{Deserialize, Serialize};

use crate::api::Api;
use crate::failure::{Exit, Failure, Outcome};
use crate::profile::{places, write_privately};

/// What is remembered of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pin {
    /// Where.
    pub(crate) server: String,
    /// The server's key as it was first seen.
    pub(crate) key: String,
    /// The last checkpoint.
    pub(crate) checkpoint: String,
}

/// Drafts that were looked at already in this run.
static LOOKED: Mutex<BTreeSet<DraftId>> = Mutex::new(BTreeSet::new());

/// Where things are kept that are neither settings nor documents.
fn folder() -> Outcome<PathBuf> {
    let places = places()?;
    Ok(places.state_dir().unwrap_or(places.data_dir()).to_owned())
}

fn path(api: &Api, draft: DraftId) -> Outcome<PathBuf> {
    let server: String = api
        .base()
        .as_str()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    Ok(folder()?
        .join("pins")
        .join(format!("{draft}@{server}.json")))
}

impl Pin {
    /// What is remembered of the draft at that server.
    pub(crate) fn read(api: &Api, draft: DraftId) -> Outcome<Option<Self>> {
        let path = path(api, draft)?;
        match std::fs::read(&path) {
            // A memory that is damaged must not be taken for none: that would be the way to make it forget.
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| {
                Failure::new(
                    Exit::Other,
                    "damaged-pin",
                    format!("{} is not as this program writes it: {e}.", path.display()),
                    "Restore it, or run `plenary pin accept` to trust what the server shows now.",
                )
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Failure::file(&path, &e)),
        }
    }

    /// All that are remembered of the draft, at any server.
    pub(crate) fn of(draft: DraftId) -> Outcome<Vec<Self>> {
        let Ok(files) = std::fs::read_dir(folder()?.join("pins")) else {
            return Ok(Vec::new());
        };
        let mine = format!("{draft}@");
        let files = files.filter_map(Result::ok);
        let mine = files.filter(|f| f.file_name().to_string_lossy().starts_with(&mine));
        let read = mine.filter_map(|f| serde_json::from_slice(&std::fs::read(f.path()).ok()?).ok());
        Ok(read.collect())
    }

    /// The key.
    pub(crate) fn key(&self) -> Outcome<Key> {
        self.key.parse().map_err(|e| not_understood(&e))
    }

    /// The checkpoint.
    pub(crate) fn signed(&self) -> Outcome<Signed> {
        self.checkpoint.parse().map_err(|e| not_understood(&e))
    }

    fn keep(&self, api: &Api, draft: DraftId) -> Outcome {
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|e| Failure::new(Exit::Other, "json", format!("{e}."), ""))?;
        write_privately(&path(api, draft)?, &bytes)
    }
}

/// Forgets what is remembered of the draft at that server.
pub(crate) fn forget(api: &Api, draft: DraftId) -> Outcome {
    let path = path(api, draft)?;
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(&path, &e)),
        _ => Ok(()),
    }
}

/// Looks, once in a run, whether the draft's record continues the one that was seen last.
pub(crate) fn look(api: &Api, draft: DraftId) -> Outcome {
    let mut looked = LOOKED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if !looked.contains(&draft) {
        now(api, draft)?;
        looked.insert(draft);
    }
    Ok(())
}

/// The record as the server signs it now, which continues the one that was seen last.
pub(crate) fn now(api: &Api, draft: DraftId) -> Outcome<Pin> {
    let before = Pin::read(api, draft)?;
    // A draft that is not there, or a caller who is not let in, is told by this already.
    let shown = signed(api, draft, None)?;
    let of_draft = shown.checkpoint.draft() == Some(draft);
    let key = match &before {
        Some(pin) => pin.key()?,
        None => {
            let key: ServerKey = api.get(&["key"], &[])?;
            key.key.parse().map_err(|e| not_understood(&e))?
        }
    };
    if !of_draft || shown.verified(&key).is_err() {
        let Some(before) = before else {
            return Err(Failure::not_understood(
                api.base().as_str(),
                "its checkpoint is not signed with its key",
            ));
        };
        return Err(changed_key(api, draft, &before, &shown));
    }
    if let Some(before) = &before {
        continues(api, draft, &before.signed()?, &shown)?;
    }
    let pin = Pin {
        server: api.base().to_string(),
        key: key.to_string(),
        checkpoint: shown.note.to_string(),
    };
    if before.as_ref() != Some(&pin) {
        pin.keep(api, draft)?;
    }
    Ok(pin)
}

fn signed(api: &Api, draft: DraftId, size: Option<u64>) -> Outcome<Signed> {
    let id = draft.to_string();
    let query: Vec<_> = size.map(|s| ("size", s.to_string())).into_iter().collect();
    let bytes = api.get_bytes(&["drafts", &id, "checkpoint"], &query)?;
    let note = String::from_utf8_lossy(&bytes);
    note.parse()
        .map_err(|e| Failure::not_understood(api.base().as_str(), e))
}

/// That the record shown now begins with the one that was seen before.
pub(crate) fn continues(api: &Api, draft: DraftId, old: &Signed, shown: &Signed) -> Outcome {
    let (was, is) = (&old.checkpoint, &shown.checkpoint);
    if is.size < was.size {
        let what = format!(
            "The record of this draft has {} entries now, and had {} when it was signed before: entries were taken away",
            is.size, was.size
        );
        return Err(forked(draft, &what, old, shown));
    }
    let query = [
        ("from", was.size.to_string()),
        ("size", is.size.to_string()),
    ];
    let proof: ConsistencyProof = api.of_draft(draft, &["proof", "consistency"], &query)?;
    if was.size > 0 && !is_consistent(was.size, was.root, is.size, is.root, &proof.path) {
        // Two signed checkpoints of one size with two hashes need no further explanation.
        let same = signed(api, draft, Some(was.size));
        let same = same.ok().filter(|s| s.checkpoint.root != was.root);
        let what = format!(
            "The record of this draft was rewritten: its first {} entries are not those that the server had signed before",
            was.size
        );
        return Err(forked(draft, &what, old, same.as_ref().unwrap_or(shown)));
    }
    Ok(())
}

fn forked(draft: DraftId, what: &str, before: &Signed, now: &Signed) -> Failure {
    let hint = "Show the file to the other delegations and to the operator. If you know why, for example as a backup was restored, `plenary pin accept` goes on with what the server shows now.";
    match evidence(draft, before, now) {
        Ok(path) => Failure::new(
            Exit::Forked,
            "record-forked",
            format!("{what}. Both signed checkpoints are in {}.", path.display()),
            hint,
        ),
        Err(failure) => Failure::new(
            Exit::Forked,
            "record-forked",
            format!("{what}. The evidence could not be kept: {}", failure.what),
            hint,
        ),
    }
}

fn changed_key(api: &Api, draft: DraftId, before: &Pin, shown: &Signed) -> Failure {
    let kept = before.signed().and_then(|old| evidence(draft, &old, shown));
    let kept = kept.map_or_else(
        |f| f.what,
        |path| format!("Both checkpoints are in {}.", path.display()),
    );
    Failure::new(
        Exit::Forked,
        "key-changed",
        format!(
            "The record at {} is not signed with the key that this server had. {kept}",
            api.base()
        ),
        "Ask the operator whether the server has a new key. If so, `plenary pin accept` takes it; if not, somebody pretends to be the server.",
    )
}

/// Puts both checkpoints into a file, each as it was signed.
fn evidence(draft: DraftId, before: &Signed, now: &Signed) -> Outcome<PathBuf> {
    let root = |s: &Signed| Hash::to_string(&s.checkpoint.root);
    let mark: String = [root(before), root(now)]
        .iter()
        .map(|r| r.chars().take(8).collect::<String>() + "-")
        .collect();
    let path = folder()?
        .join("evidence")
        .join(format!("{draft}-{mark}checkpoints.txt"));
    let text = format!(
        "Two checkpoints of one record, as its server signed them (c2sp.org/tlog-checkpoint).\n\n\
         ===== seen before =====\n{}===== shown later =====\n{}",
        before.note, now.note
    );
    write_privately(&path, text.as_bytes())?;
    Ok(path)
}

fn not_understood(why: &impl std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Other,
        "damaged-pin",
        format!("What is remembered of this server cannot be read: {why}."),
        "Run `plenary pin accept` to trust what the server shows now.",
    )
}
