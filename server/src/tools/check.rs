//! Reads every draft's whole record again and says whether it is whole.

use std::path::Path;

use plenary_shared::entry::Entry;
use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::record::Record;
use serde::Serialize;

use crate::storage::{Sqlite, Storage, StorageError};

/// What was found of one draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The draft.
    pub draft: DraftId,
    /// Its title, as far as the log could be read.
    pub title: String,
    /// Entries that were read and are as they should be.
    pub entries: u64,
    /// The hash of the last of them: what to compare with a note taken earlier.
    pub head: String,
    /// What is not as it should be; empty if all is well.
    pub findings: Vec<Finding>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// An entry does not follow from those before it. The server opens such a draft for reading only.
    Damaged {
        /// Which.
        seq: Seq,
        /// What is the matter.
        why: String,
    },
    /// The kept snapshot is not what the log leads to. The server throws such a snapshot away only if it notices: delete
    /// it, and the log is read instead.
    Snapshot {
        /// As of which entry it was kept.
        seq: Seq,
        /// What is the matter.
        why: String,
    },
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Damaged { seq, why } => write!(f, "entry {seq} is damaged: {why}"),
            Self::Snapshot { seq, why } => write!(f, "the snapshot as of entry {seq}: {why}"),
        }
    }
}

pub(super) async fn run(data: &Path, json: bool) -> anyhow::Result<bool> {
    let storage = Sqlite::open_to_read(data)?;
    let mut well = true;
    let drafts = storage.drafts().await?;
    for id in &drafts {
        let checked = draft(*id, &storage).await?;
        well &= checked.findings.is_empty();
        if json {
            println!("{}", serde_json::to_string(&checked)?);
            continue;
        }
        let verdict = if checked.findings.is_empty() {
            "whole"
        } else {
            "NOT WHOLE"
        };
        println!("{id}  {verdict}  {}", checked.title);
        println!("    {} entries, head {}", checked.entries, checked.head);
        for finding in &checked.findings {
            println!("    {finding}");
        }
    }
    if !json {
        match (drafts.len(), well) {
            (0, _) => println!("No drafts."),
            (n, true) => println!("Drafts: {n}, all whole."),
            (n, false) => {
                println!("Drafts: {n}, not all whole: see above, and compare with a backup.");
            }
        }
    }
    Ok(well)
}

/// Folds a draft's log from its first entry, and compares what it leads to with the snapshot on the way.
async fn draft(id: DraftId, storage: &Sqlite) -> Result<Checked, StorageError> {
    let snapshot = storage.snapshot(id).await?;
    let mut record = Record::unborn(id);
    let mut findings = Vec::new();
    'pages: loop {
        let page = storage.read(id, record.draft.seq, usize::MAX).await?;
        if page.is_empty() {
            break;
        }
        // Up to the snapshot, then beyond it.
        let kept = snapshot.as_ref().map_or(Seq(0), |(seq, _)| *seq);
        let (until, after): (Vec<_>, Vec<_>) = page.into_iter().partition(|(seq, _)| *seq <= kept);
        for part in [until, after] {
            if part.is_empty() {
                continue;
            }
            let log: Vec<Vec<u8>> = part.into_iter().map(|(_, bytes)| bytes).collect();
            let outcome = record
                .replay(&log)
                .and_then(|()| written_once(&log, &record));
            if let Err(corrupt) = outcome {
                let (seq, why) = (corrupt.seq, corrupt.why);
                findings.push(Finding::Damaged { seq, why });
                break 'pages;
            }
            if let Some((seq, bytes)) = snapshot
                .as_ref()
                .filter(|(seq, _)| *seq == record.draft.seq)
                && let Some(why) = differs(id, bytes, &record)
            {
                findings.push(Finding::Snapshot { seq: *seq, why });
            }
        }
    }
    if let Some((seq, _)) = snapshot
        && seq > record.draft.seq
        && findings.is_empty()
    {
        let why = "the log ends before it".into();
        findings.push(Finding::Snapshot { seq, why });
    }
    Ok(Checked {
        draft: id,
        title: record.draft.title.to_string(),
        entries: record.draft.seq.0,
        head: record.draft.head.to_string(),
        findings,
    })
}

/// An entry has one form: bytes that read as an entry but are written otherwise would have another hash elsewhere.
fn written_once(log: &[Vec<u8>], record: &Record) -> Result<(), plenary_shared::fold::Corrupt> {
    let first = record.draft.seq.0.saturating_sub(log.len() as u64);
    for (n, bytes) in (first + 1..).zip(log) {
        let same = Entry::decode(bytes).is_ok_and(|e| e.encode() == *bytes);
        if !same {
            let why = "its bytes are not the one form that it has";
            return Err(plenary_shared::fold::Corrupt::at(Seq(n), why));
        }
    }
    Ok(())
}

/// How a snapshot differs from the record that the log leads to; none if it does not, or is of a format that this build
/// would not use anyway.
fn differs(id: DraftId, bytes: &[u8], record: &Record) -> Option<String> {
    let mut kept = Record::restore(id, bytes)?;
    let differs = |what: &str| Some(format!("{what} are not those that the log leads to"));
    if kept.draft.fingerprint() != record.draft.fingerprint() {
        differs("its decisions")
    } else if kept.manuscript != record.manuscript {
        differs("its words")
    } else if kept.text.open().is_err() || kept.text.heads() != record.text.heads() {
        differs("its changes")
    } else {
        None
    }
}
