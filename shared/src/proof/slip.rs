//! A slip: one entry, and the proof that it is in the record (C2SP `tlog-proof`), to hand over as a small file.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::checkpoint::Signed;
use super::note::{Key, NoteError};
use super::tree::included;
use crate::entry::Entry;
use crate::ids::{Hash, Seq};

const FIRST: &str = "c2sp.org/tlog-proof@v1";
/// Bytes of a slip that are read at all: an entry has at most what a request may have.
const SLIP_BYTES: usize = 16 << 20;
/// More steps than a tree of any size has.
const STEPS: usize = 64;

/// One entry with the proof that it is in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The entry's bytes: the slip's `extra`.
    pub entry: Vec<u8>,
    /// The entry's number, from 1. In the file it is counted from 0.
    pub seq: Seq,
    /// The hashes from the entry's neighbour upwards.
    pub path: Vec<Hash>,
    /// The record that it is in.
    pub checkpoint: Signed,
}

impl Slip {
    /// That the entry is in the record that the log's key has signed.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn verified(&self, key: &Key) -> Result<(), String> {
        let signed = self.checkpoint.verified(key);
        let checkpoint = signed.map_err(|e| format!("The checkpoint cannot be believed: {e}."))?;
        let (leaf, seq) = (Entry::hash_of(&self.entry), self.seq);
        let is_in = seq.0.checked_sub(1).is_some_and(|index| {
            included(leaf, index, checkpoint.size, &self.path, checkpoint.root)
        });
        if !is_in {
            return Err(format!(
                "Entry {seq} with these bytes is not in the record of {} entries that was signed.",
                checkpoint.size
            ));
        }
        match Entry::decode(&self.entry) {
            Ok(entry) if entry.seq == seq => Ok(()),
            Ok(entry) => Err(format!(
                "Entry {seq} of the record calls itself entry {}.",
                entry.seq
            )),
            Err(e) => Err(format!(
                "Entry {seq} is in the record, and cannot be read: {e}."
            )),
        }
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}\nextra {}", BASE64.encode(&self.entry))?;
        writeln!(f, "index {}", self.seq.0.saturating_sub(1))?;
        for step in &self.path {
            writeln!(f, "{}", BASE64.encode(step.0))?;
        }
        write!(f, "\n{}", self.checkpoint.note)
    }
}

impl FromStr for Slip {
    type Err = NoteError;
    fn from_str(s: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::Malformed;
        if s.len() > SLIP_BYTES {
            return Err(wrong("it is too long"));
        }
        let (head, note) = s
            .split_once("\n\n")
            .ok_or(wrong("a proof holds a checkpoint"))?;
        let mut lines = head.lines();
        if lines.next() != Some(FIRST) {
            return Err(wrong("a proof begins with c2sp.org/tlog-proof@v1"));
        }
        let entry = lines.next().and_then(|l| l.strip_prefix("extra "));
        let entry = entry.and_then(|e| BASE64.decode(e).ok());
        let entry = entry.ok_or(wrong("the second line of a proof is the entry in base64"))?;
        let index = lines.next().and_then(|l| l.strip_prefix("index "));
        let index = index.and_then(|i| i.parse::<u64>().ok());
        let index = index.filter(|i| *i < u64::MAX);
        let index = index.ok_or(wrong("the third line of a proof is the entry's index"))?;
        let mut path = Vec::new();
        for line in lines.take(STEPS + 1) {
            let step = BASE64.decode(line).ok();
            let step = step.and_then(|s| <[u8; 32]>::try_from(s).ok());
            path.push(Hash(step.ok_or(wrong("a step of a proof is a hash"))?));
        }
        if path.len() > STEPS {
            return Err(wrong("no tree is that high"));
        }
        Ok(Self {
            entry,
            seq: Seq(index + 1),
            path,
            checkpoint: note.parse()?,
        })
    }
}
