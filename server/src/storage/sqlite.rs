//! The embedded engine: one SQLite file, `plenary.db`, in the data directory.
//!
//! One thread writes, and commits whatever waits in its queue in one transaction, so that many drafts share the wait
//! for the disk. Readers have connections of their own and never wait for the writer. Checkpoints, which take longer
//! than commits, run on a third kind of thread.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use plenary_shared::ids::{DraftId, Seq};
use rusqlite::ffi::ErrorCode;
use rusqlite::{OptionalExtension as _, params};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::{Answer, BatchId, READ_BYTES, Storage, StorageError};
use readers::Readers;
use writer::{Job, Work};

mod checkpoint;
mod file;
mod readers;
mod trouble;
mod writer;

/// Writes that may wait for the writer; further ones wait to be queued.
const QUEUE_JOBS: usize = 4096;
/// Bytes that may wait for the writer. One write that is larger waits until the queue is empty.
const QUEUE_BYTES: u32 = 64 << 20;

/// The embedded database.
pub struct Sqlite {
    /// None only while it stops.
    queue: Option<mpsc::Sender<Job>>,
    room: Arc<Semaphore>,
    readers: Arc<Readers>,
    /// The writer, then the checkpoint thread, which ends when the writer has.
    threads: Vec<JoinHandle<()>>,
    /// Kept until all else has stopped: fields are dropped in this order.
    _lock: Option<file::Lock>,
}

impl Sqlite {
    /// Opens the database in `directory`, and makes both if they are not there.
    ///
    /// # Errors
    /// A sentence for the operator: the directory is another server's, or cannot be used, or a later version wrote it.
    pub fn open(directory: &Path) -> Result<Self, StorageError> {
        let (lock, path, connection) = file::open(directory)?;
        let (nudge, checkpoints) = checkpoint::start(&path)?;
        let (queue, jobs) = mpsc::channel(QUEUE_JOBS);
        let writer = std::thread::Builder::new()
            .name("plenary-writer".into())
            .spawn(move || writer::run(connection, jobs, &nudge))
            .map_err(|e| StorageError::Failed(e.to_string()))?;
        Ok(Self {
            queue: Some(queue),
            room: Arc::new(Semaphore::new(QUEUE_BYTES as usize)),
            readers: Arc::new(Readers::new(path)),
            threads: vec![writer, checkpoints],
            _lock: Some(lock),
        })
    }

    /// Opens the database in `directory` only to read it, also beside the server that has it. Whatever would write is
    /// answered with [`StorageError::Stopped`].
    ///
    /// # Errors
    /// A sentence for the operator: there is no database, or a later version wrote it.
    pub fn open_to_read(directory: &Path) -> Result<Self, StorageError> {
        let path = file::existing(directory)?;
        Ok(Self {
            queue: None,
            room: Arc::new(Semaphore::new(QUEUE_BYTES as usize)),
            readers: Arc::new(Readers::new(path)),
            threads: Vec::new(),
            _lock: None,
        })
    }

    /// Writes a copy of the database in `directory` into the file `to`, as of one moment, also beside the server that has
    /// it. It is not yet on the disk when this returns.
    ///
    /// # Errors
    /// As [`Sqlite::open_to_read`], or what the disk has against it.
    pub fn copy(directory: &Path, to: &Path) -> Result<(), StorageError> {
        file::copy(&file::existing(directory)?, to)
    }

    fn write(&self, work: Work) -> Answer<'_, ()> {
        Box::pin(async move {
            let size = u32::try_from(work.bytes())
                .unwrap_or(u32::MAX)
                .min(QUEUE_BYTES);
            let stopped = |_| StorageError::Stopped;
            let room = Arc::clone(&self.room)
                .acquire_many_owned(size)
                .await
                .map_err(stopped)?;
            let (answer, answered) = oneshot::channel();
            let queue = self.queue.as_ref().ok_or(StorageError::Stopped)?;
            let job = Job {
                work,
                answer,
                room: Some(room),
            };
            queue.send(job).await.map_err(|_| StorageError::Stopped)?;
            answered.await.map_err(|_| StorageError::Stopped)?
        })
    }
}

impl Drop for Sqlite {
    /// Writes what is still queued, and returns when the file may be opened again.
    fn drop(&mut self) {
        // First the readers: whoever closes last moves the rest of the log into the file, and readers may not.
        self.readers.close();
        self.queue = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the storage had stopped by itself");
            }
        }
    }
}

impl Storage for Sqlite {
    fn append(
        &self,
        draft: DraftId,
        expected: Seq,
        entries: Vec<Arc<[u8]>>,
        batch: BatchId,
    ) -> Answer<'_, ()> {
        self.write(Work::Append {
            draft,
            expected,
            entries,
            batch,
        })
    }

    fn read(&self, draft: DraftId, after: Seq, limit: usize) -> Answer<'_, Vec<(Seq, Vec<u8>)>> {
        self.readers.ask(move |c| {
            let mut tail = c.prepare_cached(
                "SELECT seq, bytes FROM entries WHERE draft = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
            )?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut rows = tail.query(params![draft.0, to_sql(after), limit])?;
            let mut page: Vec<(Seq, Vec<u8>)> = Vec::new();
            let mut bytes = 0;
            while bytes < READ_BYTES
                && let Some(row) = rows.next()?
            {
                let entry: Vec<u8> = row.get(1)?;
                bytes += entry.len();
                page.push((from_sql(row.get(0)?), entry));
            }
            Ok(page)
        })
    }

    fn last(&self, draft: DraftId) -> Answer<'_, Seq> {
        self.readers.ask(move |c| writer::last(c, draft))
    }

    fn drafts(&self) -> Answer<'_, Vec<DraftId>> {
        self.readers.ask(|c| {
            // `SELECT DISTINCT draft` would walk over every entry; this steps from draft to draft along the index.
            let mut drafts = c.prepare_cached(
                "WITH RECURSIVE found(draft) AS (
                     SELECT min(draft) FROM entries
                     UNION ALL
                     SELECT (SELECT min(e.draft) FROM entries e WHERE e.draft > found.draft)
                     FROM found WHERE found.draft IS NOT NULL
                 ) SELECT draft FROM found WHERE draft IS NOT NULL",
            )?;
            let rows = drafts.query_map([], |row| Ok(DraftId(row.get(0)?)))?;
            rows.collect()
        })
    }

    fn put_snapshot(&self, draft: DraftId, seq: Seq, bytes: Vec<u8>) -> Answer<'_, ()> {
        self.write(Work::Snapshot { draft, seq, bytes })
    }

    fn snapshot(&self, draft: DraftId) -> Answer<'_, Option<(Seq, Vec<u8>)>> {
        self.readers.ask(move |c| {
            c.prepare_cached("SELECT seq, bytes FROM snapshots WHERE draft = ?1")?
                .query_row(params![draft.0], |row| {
                    Ok((from_sql(row.get(0)?), row.get(1)?))
                })
                .optional()
        })
    }

    fn put_record(&self, kind: &'static str, key: &str, bytes: Option<Vec<u8>>) -> Answer<'_, ()> {
        self.write(Work::Record {
            kind,
            key: key.to_owned(),
            bytes,
        })
    }

    fn records(&self, kind: &'static str) -> Answer<'_, Vec<(String, Vec<u8>)>> {
        self.readers.ask(move |c| {
            let mut of_kind =
                c.prepare_cached("SELECT key, bytes FROM records WHERE kind = ?1 ORDER BY key")?;
            let rows = of_kind.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })
    }

    fn ping(&self) -> Answer<'_, ()> {
        self.write(Work::Ping)
    }
}

/// SQLite's integers are signed. No log comes near the limit; a number beyond it finds what the limit finds: nothing.
fn to_sql(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

fn from_sql(seq: i64) -> Seq {
    Seq(u64::try_from(seq).unwrap_or(0))
}

fn failure(error: &rusqlite::Error) -> StorageError {
    // The index of the write-ahead log is made as large as it must be before it is used: that fails where there is no space.
    if error.sqlite_extended_error_code() == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
        return StorageError::Full;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StorageError::Full,
        _ => StorageError::Failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::contract::{append, log};
    use super::*;

    const GENEVA: DraftId = DraftId([1; 16]);

    #[tokio::test]
    async fn whatever_was_acknowledged_is_there_after_reopening() {
        let directory = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(directory.path()).unwrap();
        append(&storage, GENEVA, 0, &["one", "two"], 1)
            .await
            .unwrap();
        storage
            .put_snapshot(GENEVA, Seq(2), b"s".to_vec())
            .await
            .unwrap();
        storage
            .put_record("seat", "a", Some(b"r".to_vec()))
            .await
            .unwrap();
        drop(storage);

        let storage = Sqlite::open(directory.path()).unwrap();
        append(&storage, GENEVA, 0, &["one", "two"], 1)
            .await
            .unwrap();
        append(&storage, GENEVA, 2, &["three"], 2).await.unwrap();
        let texts: Vec<_> = log(&storage, GENEVA)
            .await
            .into_iter()
            .map(|(_, t)| t)
            .collect();
        assert_eq!(texts, ["one", "two", "three"]);
        assert_eq!(
            storage.snapshot(GENEVA).await.unwrap(),
            Some((Seq(2), b"s".to_vec()))
        );
        assert_eq!(
            storage.records("seat").await.unwrap(),
            [("a".to_owned(), b"r".to_vec())]
        );
    }

    /// The files as they are at the moment of the acknowledgement are what a power cut leaves.
    #[tokio::test]
    async fn an_acknowledged_entry_survives_without_an_orderly_stop() {
        let directory = tempfile::tempdir().unwrap();
        let left = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(directory.path()).unwrap();
        append(&storage, GENEVA, 0, &["one", "two"], 1)
            .await
            .unwrap();
        // By another process: to close the file in this one would take away SQLite's own locks on it.
        let copied = std::process::Command::new("cp")
            .args(["plenary.db", "plenary.db-wal"].map(|f| directory.path().join(f)))
            .arg(left.path())
            .status();
        assert!(copied.unwrap().success());

        let after = Sqlite::open(left.path()).unwrap();
        assert_eq!(log(&after, GENEVA).await.len(), 2);
    }

    #[tokio::test]
    async fn an_orderly_stop_leaves_one_file() {
        let directory = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(directory.path()).unwrap();
        append(&storage, GENEVA, 0, &["one"], 1).await.unwrap();
        assert_eq!(log(&storage, GENEVA).await.len(), 1);
        drop(storage);
        let left = std::fs::read_dir(directory.path()).unwrap();
        let mut left: Vec<_> = left.map(|f| f.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["plenary.db", "plenary.lock"]);
    }

    #[tokio::test]
    async fn what_is_queued_is_written_before_it_stops() {
        let directory = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(directory.path()).unwrap();
        for n in 0..50 {
            // Asked once, which queues it, and then given up.
            let asked = storage.put_record("n", &format!("{n:02}"), Some(vec![n]));
            futures_util::FutureExt::now_or_never(asked);
        }
        drop(storage);
        let storage = Sqlite::open(directory.path()).unwrap();
        assert_eq!(storage.records("n").await.unwrap().len(), 50);
    }
}
