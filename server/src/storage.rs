//! Where logs are kept: the one trait that every engine implements, and the one list of engines.
//!
//! Engines know the bytes of entries and their numbers, never what they mean. What every engine must do is in
//! `storage/contract.rs`, which each of them runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use plenary_shared::ids::{DraftId, Seq};

#[cfg(test)]
mod contract;
mod memory;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use memory::Memory;
#[cfg(feature = "sqlite")]
pub use sqlite::Sqlite;

/// What an engine will answer, later. Boxed, so that the server holds any engine as `Arc<dyn Storage>`.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StorageError>>;

/// What an append is known by, so that one whose outcome is unknown may be tried again without being made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BatchId(pub [u8; 16]);

impl BatchId {
    /// A new one, unlike any other.
    pub fn fresh() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes)
    }
}

/// Bytes of entries in one answer, beyond which no further entry is put into it: a log of large pastes is read in
/// smaller pages.
pub const READ_BYTES: usize = 8 << 20;

/// A place where drafts' logs are kept.
///
/// A future that is dropped may or may not have had its effect; what it answers is true.
pub trait Storage: Send + Sync {
    /// Puts entries at the end of a draft's log, numbered from `expected.next()`; they are durable when it answers.
    ///
    /// `expected` is the last number the caller has seen. If the log ends elsewhere the answer is
    /// [`StorageError::Conflict`] and nothing is kept, unless what stands after `expected` is this very `batch`: then
    /// an earlier attempt had succeeded, and so does this one. A retry therefore repeats all the arguments.
    fn append(
        &self,
        draft: DraftId,
        expected: Seq,
        entries: Vec<Arc<[u8]>>,
        batch: BatchId,
    ) -> Answer<'_, ()>;

    /// The entries after `after`, in order, at most `limit`, and no more once they hold [`READ_BYTES`]: the log has
    /// ended only where the answer is empty.
    fn read(&self, draft: DraftId, after: Seq, limit: usize) -> Answer<'_, Vec<(Seq, Vec<u8>)>>;

    /// The number of a draft's last entry; 0 if there is none.
    fn last(&self, draft: DraftId) -> Answer<'_, Seq>;

    /// All drafts that have an entry, in the order of their ids.
    fn drafts(&self) -> Answer<'_, Vec<DraftId>>;

    /// Keeps a draft's snapshot as of `seq` in place of the one before; one that is older than the kept one is let go.
    fn put_snapshot(&self, draft: DraftId, seq: Seq, bytes: Vec<u8>) -> Answer<'_, ()>;

    /// The kept snapshot of a draft, and as of which entry it is.
    fn snapshot(&self, draft: DraftId) -> Answer<'_, Option<(Seq, Vec<u8>)>>;

    /// Keeps a small fact that belongs to no draft (`None` forgets it); it is durable when it answers.
    fn put_record(&self, kind: &'static str, key: &str, bytes: Option<Vec<u8>>) -> Answer<'_, ()>;

    /// All facts of one kind with their keys, in the order of the keys.
    fn records(&self, kind: &'static str) -> Answer<'_, Vec<(String, Vec<u8>)>>;

    /// Answers when something was really written.
    fn ping(&self) -> Answer<'_, ()>;
}

/// Opens the engine that `location` names: `memory` keeps everything until the server stops; anything else is the
/// directory of the embedded database (write `./memory` for a directory of that name).
///
/// # Errors
/// A sentence for the operator, if the directory cannot be used.
pub fn open(location: impl AsRef<Path>) -> Result<Arc<dyn Storage>, StorageError> {
    let location = location.as_ref();
    if location.as_os_str() == "memory" {
        return Ok(Arc::new(Memory::default()));
    }
    if location.to_str().is_some_and(|l| l.contains("://")) {
        return Err(StorageError::Unusable {
            path: location.to_owned(),
            why: "this build keeps its data in a directory: give a path, not an address".into(),
        });
    }
    #[cfg(feature = "sqlite")]
    return Ok(Arc::new(Sqlite::open(location)?));
    #[cfg(not(feature = "sqlite"))]
    Err(StorageError::Unusable {
        path: location.to_owned(),
        why:
            "this build has no embedded database: use `memory`, or build with the feature `sqlite`"
                .into(),
    })
}

/// What the storage could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The log does not end where the caller thought.
    #[error(
        "another entry came first, the log ends at {last}: read on from there and decide again"
    )]
    Conflict {
        /// Where it ends.
        last: Seq,
    },
    /// No space left.
    #[error("the disk is full, and nothing was entered: free some space, then try again")]
    Full,
    /// Another server has the directory.
    #[error(
        "the data directory {} is in use by another Plenary server{}: stop that one, or give this one a directory of its own",
        .path.display(),
        .process.map(|p| format!(" (process {p})")).unwrap_or_default()
    )]
    InUse {
        /// The directory.
        path: PathBuf,
        /// The other's process, if it left its number.
        process: Option<u32>,
    },
    /// The file was written by a later version.
    #[error(
        "{} has storage format {found}, and this build knows formats up to {known}: install a newer Plenary",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The latest that this build knows.
        known: u32,
    },
    /// The location is no place for data.
    #[error("{} cannot hold Plenary's data: {why}", .path.display())]
    Unusable {
        /// The location.
        path: PathBuf,
        /// What is the matter, and what to do.
        why: String,
    },
    /// The engine has stopped.
    #[error("the storage has stopped, and nothing more is entered: restart the server")]
    Stopped,
    /// Anything else, in the engine's words. Whether an append was made, a retry with the same batch will tell.
    #[error("the storage failed ({0}): try again, and look after the server's disk")]
    Failed(String),
}
