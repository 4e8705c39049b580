//! A copy of a draft on this machine: read and edited without the network, sent when there is one again.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use plenary_shared::draft::Text;
use plenary_shared::entry::{ChangeBytes, Place};
use plenary_shared::ids::{DraftId, Hash, Heads, Language};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{DraftSummary, StatusView, TextView};
use serde::{Deserialize, Serialize};

use crate::api::random_bytes;
use crate::failure::{Exit, Failure, Outcome};
use crate::profile::{places, write_privately};
use crate::seen::{seat_key, seat_mark};

/// The form in which copies are kept.
const FORMAT: u8 = 1;

/// A copy of a draft.
#[derive(Debug)]
pub(crate) struct Replica {
    /// What is known of the draft besides its text.
    pub(crate) about: About,
    /// The text, edits made here among it.
    pub(crate) text: Text,
    path: PathBuf,
    /// Held while the copy is changed, so that two commands at once do not lose each other's edits.
    _lock: Option<File>,
}

/// What is known of the draft besides its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct About {
    /// The form of the copy.
    pub(crate) format: u8,
    /// The draft, as it stood.
    pub(crate) draft: DraftSummary,
    /// Its text, for numbers.
    pub(crate) view: TextView,
    /// How it stood.
    pub(crate) status: StatusView,
    /// The moment in the text's history that the server had.
    pub(crate) synced: Heads,
    /// When the copy was brought up to date.
    pub(crate) at: Timestamp,
    /// Edits made here that the server does not have.
    pub(crate) edits: Vec<Edit>,
}

/// Edits of one wording, not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Edit {
    /// The clause or proposal.
    pub(crate) place: Place,
    /// Its name on paper.
    pub(crate) name: String,
    /// The language.
    pub(crate) language: Language,
    /// The words wanted.
    pub(crate) words: String,
    /// The changes that make them.
    pub(crate) changes: Vec<Hash>,
    /// When the last of them was made.
    pub(crate) at: Timestamp,
}

/// A copy as a file.
#[derive(Serialize, Deserialize)]
struct Kept {
    about: String,
    #[serde(with = "serde_bytes")]
    text: Vec<u8>,
}

/// Whether somebody means to change the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Only reads.
    Read,
    /// Changes it, and keeps others from doing so meanwhile.
    Change,
}

impl Replica {
    /// A new copy, in place of one that may be there.
    pub(crate) fn new(about: About, text: Text, token: &str) -> Outcome<Self> {
        let path = path(about.draft.id, token)?;
        let lock = Some(lock(&path)?);
        Ok(Self {
            about,
            text,
            path,
            _lock: lock,
        })
    }

    /// Opens the copy of that draft, if there is one.
    pub(crate) fn open(draft: DraftId, token: &str, access: Access) -> Outcome<Option<Self>> {
        let path = path(draft, token)?;
        if !path.exists() {
            return Ok(None);
        }
        let lock = (access == Access::Change)
            .then(|| lock(&path))
            .transpose()?;
        let bytes = std::fs::read(&path).map_err(|e| Failure::file(&path, &e))?;
        let (about, saved) = read(&bytes).map_err(|why| damaged(&path, &why))?;
        let actor = random_bytes::<16>()?;
        let text = Text::load(draft, &saved, &BTreeMap::new(), Some(&actor));
        let text = text.map_err(|e| damaged(&path, &e.to_string()))?;
        Ok(Some(Self {
            about,
            text,
            path,
            _lock: lock,
        }))
    }

    /// The drafts of which this seat has copies.
    pub(crate) fn drafts(token: &str) -> Outcome<Vec<DraftSummary>> {
        let folder = places()?.data_dir().join("copies");
        let mark = format!("-{}.plenary-copy", seat_mark(token));
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if file.file_name().to_string_lossy().ends_with(&mark)
                && let Ok(bytes) = std::fs::read(file.path())
                && let Ok((about, _)) = read(&bytes)
            {
                found.push(about.draft);
            }
        }
        Ok(found)
    }

    /// Writes the copy: whole or not at all.
    pub(crate) fn keep(&self) -> Outcome {
        let about =
            serde_json::to_string(&self.about).map_err(|e| damaged(&self.path, &e.to_string()))?;
        let kept = Kept {
            about,
            text: self.text.save(),
        };
        let bytes =
            minicbor_serde::to_vec(&kept).map_err(|e| damaged(&self.path, &e.to_string()))?;
        write_privately(&self.path, &bytes)
    }

    /// Notes an edit made here.
    pub(crate) fn note(&mut self, edit: Edit, change: &ChangeBytes) {
        let mut edit = edit;
        let same = |e: &Edit| e.place == edit.place && e.language == edit.language;
        let before = self
            .about
            .edits
            .iter()
            .position(same)
            .map(|n| self.about.edits.remove(n));
        edit.changes = before.map(|e| e.changes).unwrap_or_default();
        edit.changes.extend(Text::hash_of(change));
        self.about.edits.push(edit);
    }

    /// Keeps words that the server refused where the person finds them, and says where.
    pub(crate) fn set_aside(&self, edit: &Edit) -> Outcome<PathBuf> {
        let folder = places()?.data_dir().join("refused");
        let name: String = edit
            .name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let path = folder.join(format!(
            "{name}-{}-{}.txt",
            edit.language,
            hex::encode(random_bytes::<3>()?)
        ));
        write_privately(&path, format!("{}\n", edit.words).as_bytes())?;
        Ok(path)
    }
}

fn path(draft: DraftId, token: &str) -> Outcome<PathBuf> {
    Ok(places()?
        .data_dir()
        .join("copies")
        .join(format!("{}.plenary-copy", seat_key(draft, token))))
}

fn lock(path: &std::path::Path) -> Outcome<File> {
    let beside = path.with_extension("lock");
    let fail = |e: std::io::Error| Failure::file(&beside, &e);
    if let Some(folder) = beside.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(fail)?;
    file.lock().map_err(fail)?;
    Ok(file)
}

fn read(bytes: &[u8]) -> Result<(About, Vec<u8>), String> {
    let kept: Kept = minicbor_serde::from_slice(bytes).map_err(|e| e.to_string())?;
    let about: About = serde_json::from_str(&kept.about).map_err(|e| e.to_string())?;
    if about.format > FORMAT {
        return Err("it was written by a newer version of this program".into());
    }
    Ok((about, kept.text))
}

impl About {
    /// A fresh account of a draft.
    pub(crate) fn new(
        draft: DraftSummary,
        view: TextView,
        status: StatusView,
        synced: Heads,
        at: Timestamp,
    ) -> Self {
        Self {
            format: FORMAT,
            draft,
            view,
            status,
            synced,
            at,
            edits: Vec::new(),
        }
    }
}

fn damaged(path: &std::path::Path, why: &str) -> Failure {
    Failure::new(
        Exit::Other,
        "damaged-copy",
        format!("The copy in {} cannot be read: {why}.", path.display()),
        "Move it away, and make a new one with `plenary offline`.",
    )
}
