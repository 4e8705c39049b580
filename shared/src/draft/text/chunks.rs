//! A sync message taken apart: which changes it brings that are not known here, each whole and of bearable size.

use automerge::{Automerge, Change, LoadOptions, TextEncoding};
use sha2::Digest as _;

use super::measure::{self, TooMuch};
use super::{Panicked, Text, shielded};
use crate::entry::ChangeBytes;
use crate::ids::Hash;
use crate::limits;

/// Bytes from a client that are no sync message, or bring no readable changes. Nothing of it was taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedText(pub String);

/// A sync message, taken apart.
#[derive(Debug)]
pub struct Incoming {
    /// The message without its changes: what the peer has and needs.
    pub(super) message: automerge::sync::Message,
    /// The changes that were not known here, in the order in which they can be applied.
    pub(super) changes: Vec<Change>,
    /// Whether it brought changes at all, known or new: its sender waits to hear that they have arrived.
    pub(super) brought: bool,
}

impl Incoming {
    /// Whether it brings anything new.
    pub fn brings_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Whether it brought changes at all, known or new.
    pub fn brought(&self) -> bool {
        self.brought
    }

    /// Takes the changes out, for the gate; what remains is for [`super::Peer::heard`].
    #[must_use]
    pub fn take_changes(&mut self) -> Changes {
        Changes(std::mem::take(&mut self.changes))
    }
}

/// The changes of a message that were not known here.
#[derive(Debug)]
pub struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A change that was made here on somebody's behalf, for the gate like any other.
pub(super) fn one(change: &ChangeBytes) -> Result<Changes, MalformedText> {
    match shielded(|| Change::from_bytes(change.0.clone())) {
        Ok(Ok(change)) => Ok(Changes(vec![change])),
        Ok(Err(e)) => Err(malformed(e.to_string())),
        Err(Panicked) => Err(malformed("a change cannot be read")),
    }
}

fn malformed(why: impl Into<String>) -> MalformedText {
    MalformedText(why.into())
}

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;

/// One chunk: its type, its checksum, its body, and all its bytes.
struct Chunk<'a> {
    kind: u8,
    checksum: [u8; 4],
    body: &'a [u8],
    whole: &'a [u8],
}

/// Takes the first chunk off the bytes.
fn split(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let rest = bytes.strip_prefix(&MAGIC)?;
    let (checksum, rest) = rest.split_first_chunk::<4>()?;
    let (&kind, mut rest) = rest.split_first()?;
    let mut length = 0usize;
    let mut shift = 0u32;
    loop {
        let (&byte, tail) = rest.split_first()?;
        rest = tail;
        length |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
        if shift > 56 {
            return None;
        }
    }
    let (body, rest) = rest.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    Some((
        Chunk {
            kind,
            checksum: *checksum,
            body,
            whole,
        },
        rest,
    ))
}

/// A chunk's hash: SHA-256 over its type, the LEB128 length of its body, and its body.
fn hash_of(kind: u8, body: &[u8]) -> Hash {
    let mut h = sha2::Sha256::new();
    h.update([kind]);
    h.update(length_prefix(body.len()));
    h.update(body);
    Hash(h.finalize().into())
}

fn length_prefix(length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut n = length;
    loop {
        let low = u8::try_from(n & 0x7f).unwrap_or(0);
        n >>= 7;
        if n == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// The hash of a change's bytes, compressed or not.
pub(super) fn hash(change: &[u8]) -> Option<Hash> {
    let (chunk, rest) = split(change)?;
    match (chunk.kind, rest.is_empty()) {
        (CHANGE, true) => Some(hash_of(CHANGE, chunk.body)),
        (COMPRESSED, true) => {
            let plain = measure::inflate(chunk.body, limits::CHANGE_INFLATED).ok()?;
            Some(hash_of(CHANGE, &plain))
        }
        _ => None,
    }
}

/// What a change in the log builds on, without reading it in full.
pub(super) fn deps(change: &[u8]) -> Option<Vec<Hash>> {
    let (chunk, _) = split(change)?;
    if chunk.kind != CHANGE {
        return None;
    }
    measure::deps(chunk.body).ok()
}

fn whole(chunk: &Chunk<'_>, kind: u8, body: &[u8]) -> Result<(), MalformedText> {
    if hash_of(kind, body).0.starts_with(&chunk.checksum) {
        Ok(())
    } else {
        Err(malformed(
            "a change was damaged on its way: its checksum does not fit",
        ))
    }
}

fn too_much(e: TooMuch) -> MalformedText {
    malformed(match e {
        TooMuch::Malformed => "a change does not follow automerge's format",
        TooMuch::Large => "a change is larger than this server takes",
    })
}

/// One change chunk, checked for wholeness and size, as automerge reads it.
fn read_change(chunk: &Chunk<'_>) -> Result<Change, MalformedText> {
    if chunk.whole.len() > limits::CHANGE_BYTES {
        return Err(too_much(TooMuch::Large));
    }
    let plain;
    let body = if chunk.kind == COMPRESSED {
        plain = measure::inflate(chunk.body, limits::CHANGE_INFLATED).map_err(too_much)?;
        &plain
    } else {
        chunk.body
    };
    whole(chunk, CHANGE, body)?;
    measure::change(body, limits::CHANGE_OPS as u64).map_err(too_much)?;
    // Always read in the plain form, so that the log keeps one form of a change and its hash.
    let mut bytes = Vec::with_capacity(body.len() + 16);
    bytes.extend(MAGIC);
    bytes.extend(chunk.checksum);
    bytes.push(CHANGE);
    bytes.extend(length_prefix(body.len()));
    bytes.extend(body);
    match shielded(|| Change::from_bytes(bytes)) {
        Ok(Ok(change)) => Ok(change),
        Ok(Err(e)) => Err(malformed(format!("a change cannot be read: {e}"))),
        Err(Panicked) => Err(malformed("a change cannot be read")),
    }
}

/// Reads a sync message, but for its changes.
pub(super) fn read_message(bytes: &[u8]) -> Result<automerge::sync::Message, MalformedText> {
    let decoded = shielded(|| automerge::sync::Message::decode(bytes));
    let message = match decoded {
        Ok(Ok(message)) => message,
        Ok(Err(e)) => return Err(malformed(format!("this is no sync message: {e}"))),
        Err(Panicked) => return Err(malformed("this is no sync message")),
    };
    if message.have.len() > limits::SYNC_HAVES {
        return Err(malformed(
            "the message says in more ways what it has than this server takes",
        ));
    }
    for have in &message.have {
        measure::filter(&have.bloom.to_bytes(), limits::FILTER_PROBES).map_err(|_| {
            malformed("the filter in the message is not one that this server takes")
        })?;
    }
    Ok(message)
}

impl Text {
    /// Takes a client's sync message apart. Changes known here already are dropped; a whole document (what automerge
    /// sends when it believes that most of the history is missing) is reduced to the changes that are not known.
    ///
    /// # Errors
    /// [`MalformedText`], in words for the client; never panics.
    pub fn unpack(&self, bytes: &[u8]) -> Result<Incoming, MalformedText> {
        let mut message = read_message(bytes)?;
        let mut changes: Vec<Change> = Vec::new();
        for blob in message.changes.iter() {
            let mut rest = blob;
            while !rest.is_empty() {
                let (chunk, tail) = split(rest).ok_or_else(|| {
                    malformed("the changes of the message do not follow automerge's format")
                })?;
                rest = tail;
                match chunk.kind {
                    CHANGE | COMPRESSED => changes.push(read_change(&chunk)?),
                    DOCUMENT => changes.extend(self.read_document(&chunk)?),
                    kind => {
                        return Err(malformed(format!(
                            "chunks of type {kind} are not taken here"
                        )));
                    }
                }
                if changes.len() > limits::SUBMISSION_CHANGES {
                    return Err(malformed(
                        "the message brings more changes than this server takes at once",
                    ));
                }
            }
        }
        let brought = !changes.is_empty();
        message.changes = automerge::sync::ChunkList::empty();
        let mut seen = std::collections::BTreeSet::new();
        changes.retain(|c| {
            seen.insert(c.hash()) && self.doc.get_change_meta_by_hash(&c.hash()).is_none()
        });
        Ok(Incoming {
            message,
            changes,
            brought,
        })
    }

    fn read_document(&self, chunk: &Chunk<'_>) -> Result<Vec<Change>, MalformedText> {
        whole(chunk, DOCUMENT, chunk.body)?;
        measure::document(chunk.body, limits::DOCUMENT_ROWS, limits::DOCUMENT_INFLATED)
            .map_err(too_much)?;
        let read = shielded(|| {
            let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
            let scratch = Automerge::load_with_options(chunk.whole, options)?;
            let unknown = |c: &Change| self.doc.get_change_meta_by_hash(&c.hash()).is_none();
            Ok::<_, automerge::AutomergeError>(
                scratch
                    .get_changes(&[])
                    .into_iter()
                    .filter(unknown)
                    .collect(),
            )
        });
        match read {
            Ok(Ok(changes)) => Ok(changes),
            Ok(Err(e)) => Err(malformed(format!(
                "the document in the message cannot be read: {e}"
            ))),
            Err(Panicked) => Err(malformed("the document in the message cannot be read")),
        }
    }
}
