//! Moves what was committed from the write-ahead log into the database, off the road of commits.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::super::StorageError;
use super::failure;
use super::file::{Access, connect};

/// How often it looks by itself; the writer nudges it when there is much to do.
const INTERVAL: Duration = Duration::from_secs(5);
/// From this size on the log is emptied even though commits wait for that a moment. Without it a server that is never
/// idle would let the log grow for ever: only an emptied log is written from its beginning again.
const FORCED_BYTES: u64 = 64 << 20;
/// How long emptying waits for readers, and commits with it. If they take longer, it is tried again the next time.
const FORCED_PATIENCE: Duration = Duration::from_millis(100);

/// Starts the thread. It stops when the returned sender is dropped.
pub(super) fn start(path: &Path) -> Result<(SyncSender<()>, JoinHandle<()>), StorageError> {
    let connection = connect(path, Access::Write).map_err(|e| failure(&e))?;
    connection
        .busy_timeout(FORCED_PATIENCE)
        .map_err(|e| failure(&e))?;
    let (nudge, nudged) = sync_channel(1);
    let thread = std::thread::Builder::new()
        .name("plenary-checkpoint".into())
        .spawn(move || run(&connection, &nudged))
        .map_err(|e| StorageError::Failed(e.to_string()))?;
    Ok((nudge, thread))
}

fn run(connection: &Connection, nudged: &Receiver<()>) {
    while nudged.recv_timeout(INTERVAL) != Err(RecvTimeoutError::Disconnected) {
        if let Err(e) = checkpoint(connection, FORCED_BYTES) {
            tracing::warn!("the write-ahead log could not be moved into the database yet: {e}");
        }
    }
}

/// Copies what it can without making anybody wait; then, if the log is still long, empties it.
fn checkpoint(connection: &Connection, forced_bytes: u64) -> rusqlite::Result<()> {
    let page: u64 = connection
        .pragma_query_value(None, "page_size", |row| row.get::<_, u32>(0))?
        .into();
    let pages = |mode| {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        connection.query_row(&sql, [], |row| row.get::<_, i64>(1))
    };
    let left = u64::try_from(pages("PASSIVE")?).unwrap_or(0);
    if left * page > forced_bytes {
        pages("TRUNCATE")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_log_is_emptied_and_a_short_one_left() {
        let directory = tempfile::tempdir().unwrap();
        let (_lock, path, writer) = super::super::file::open(directory.path()).unwrap();
        let mover = connect(&path, Access::Write).unwrap();
        let log_bytes = || {
            directory
                .path()
                .join("plenary.db-wal")
                .metadata()
                .unwrap()
                .len()
        };
        let write = || {
            let sql = "INSERT INTO records VALUES ('k', hex(randomblob(8)), zeroblob(100000))";
            writer.execute(sql, []).unwrap();
        };
        write();
        checkpoint(&mover, 1 << 20).unwrap();
        assert!(log_bytes() > 100_000);
        checkpoint(&mover, 50_000).unwrap();
        assert_eq!(log_bytes(), 0);
        write();
        let kept: i64 = mover
            .query_row("SELECT count(*) FROM records", [], |r| r.get(0))
            .unwrap();
        assert_eq!(kept, 2);
    }

    #[test]
    fn a_reader_who_takes_long_is_not_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let (_lock, path, writer) = super::super::file::open(directory.path()).unwrap();
        let reader = connect(&path, Access::Read).unwrap();
        reader
            .execute_batch("BEGIN; SELECT count(*) FROM records")
            .unwrap();
        writer
            .execute(
                "INSERT INTO records VALUES ('k', 'k', zeroblob(100000))",
                [],
            )
            .unwrap();
        let mover = connect(&path, Access::Write).unwrap();
        mover.busy_timeout(Duration::from_millis(1)).unwrap();
        checkpoint(&mover, 50_000).unwrap();
        reader.execute_batch("COMMIT").unwrap();
        checkpoint(&mover, 50_000).unwrap();
        assert_eq!(
            directory
                .path()
                .join("plenary.db-wal")
                .metadata()
                .unwrap()
                .len(),
            0
        );
    }
}
