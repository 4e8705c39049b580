//! The data directory and the file in it: who may open them, and which format they have.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::ffi::ErrorCode;
use rusqlite::{Connection, OpenFlags};

use super::super::StorageError;
use super::failure;

/// The storage format that this build writes, in `PRAGMA user_version`.
const FORMAT: u32 = 1;
/// Marks the file as Plenary's, in `PRAGMA application_id`: "PLNY".
const APPLICATION: i32 = 0x504C_4E59;
/// How long a connection waits for another's lock: longer than a checkpoint ever holds one.
const PATIENCE: Duration = Duration::from_secs(10);

/// `batch` stands on the first entry of each append. The table keeps its rowid, so that entries of all drafts are
/// written at its end, and only the small index is written all over.
const SCHEMA: &str = "
    CREATE TABLE entries (
        draft BLOB NOT NULL,
        seq   INTEGER NOT NULL,
        batch BLOB,
        bytes BLOB NOT NULL,
        UNIQUE (draft, seq)
    ) STRICT;
    CREATE TABLE snapshots (
        draft BLOB PRIMARY KEY NOT NULL,
        seq   INTEGER NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE TABLE records (
        kind  TEXT NOT NULL,
        key   TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pings (
        id    INTEGER PRIMARY KEY NOT NULL,
        count INTEGER NOT NULL
    ) STRICT;
";

/// Keeps other servers out of a data directory for as long as it lives, and no longer: the operating system takes it
/// from a server that was killed.
pub(super) struct Lock {
    _file: File,
}

/// Opens the database for writing; makes the directory (for its owner alone) and the file as needed.
pub(super) fn open(directory: &Path) -> Result<(Lock, PathBuf, Connection), StorageError> {
    let unusable = |why: String| StorageError::Unusable {
        path: directory.to_owned(),
        why,
    };
    make(directory)
        .map_err(|e| unusable(format!("{e}; name a directory that the server may make")))?;
    let lock = lock(directory)?;
    let path = directory.join("plenary.db");
    // Made here rather than by SQLite, for its permissions; SQLite gives the files beside it the same ones. Not opened
    // again if it is there: to close it would take away the locks of connections in this process.
    if !path.exists() {
        private(OpenOptions::new().write(true).create(true))
            .open(&path)
            .map_err(|e| unusable(format!("{e}; the server's user must own it")))?;
    }
    let connection = connect(&path, Access::Write).map_err(|e| refused(&e, &path))?;
    prepare(&connection, &path)?;
    Ok((lock, path, connection))
}

/// The database of a directory that there is already; nothing is made or changed.
pub(super) fn existing(directory: &Path) -> Result<PathBuf, StorageError> {
    let path = directory.join("plenary.db");
    if !path.is_file() {
        return Err(StorageError::Unusable {
            path: directory.to_owned(),
            why: "there is no plenary.db in it: name the directory that the server is given with --data".into(),
        });
    }
    let connection = connect(&path, Access::Read).map_err(|e| refused(&e, &path))?;
    known(&connection, &path)?;
    Ok(path)
}

/// A copy of the database as of one moment, without what was deleted from it.
pub(super) fn copy(path: &Path, to: &Path) -> Result<(), StorageError> {
    // Made here for its permissions; SQLite fills an empty file.
    private(OpenOptions::new().write(true).create_new(true))
        .open(to)
        .map_err(|e| StorageError::Unusable {
            path: to.to_owned(),
            why: e.to_string(),
        })?;
    let connection = connect(path, Access::Read).map_err(|e| refused(&e, path))?;
    let to = to.to_str().ok_or_else(|| StorageError::Unusable {
        path: to.to_owned(),
        why: "its name is not UTF-8".into(),
    })?;
    connection
        .execute("VACUUM INTO ?1", [to])
        .map_err(|e| failure(&e))?;
    Ok(())
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Only reads.
    Read,
    /// Writes, or moves what was written.
    Write,
}

/// A connection of its own to the database.
pub(super) fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // A statement is planned once, not again for every other value: all go by the key.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if access == Access::Write {
        // FULL: a commit in the write-ahead log is on the disk before it is acknowledged. On macOS that takes more.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    }
    Ok(connection)
}

/// Looks whether a database is ours and of a format that this build knows. True if there is nothing in it yet.
fn known(connection: &Connection, path: &Path) -> Result<bool, StorageError> {
    let failed = |e| refused(&e, path);
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(failed)?;
    let format = u32::try_from(pragma("user_version").map_err(failed)?).unwrap_or(u32::MAX);
    let tables = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })
        .map_err(failed)?;
    let new = application == 0 && format == 0 && tables == 0;
    if !new && application != i64::from(APPLICATION) {
        return Err(StorageError::Unusable {
            path: path.to_owned(),
            why: "it is another program's database: give Plenary another directory".into(),
        });
    }
    if format > FORMAT {
        return Err(StorageError::Newer {
            path: path.to_owned(),
            found: format,
            known: FORMAT,
        });
    }
    Ok(new)
}

/// Looks at the format before anything is changed, and makes the tables of a new database.
fn prepare(connection: &Connection, path: &Path) -> Result<(), StorageError> {
    let failed = |e| refused(&e, path);
    let new = known(connection, path)?;
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .map_err(failed)?;
    if new {
        let made = format!(
            "BEGIN IMMEDIATE; {SCHEMA}
             PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; COMMIT;"
        );
        connection.execute_batch(&made).map_err(failed)?;
    }
    Ok(())
}

/// What happened while opening, with the path, as the operator may have named a wrong one.
fn refused(error: &rusqlite::Error, path: &Path) -> StorageError {
    let why = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "it is no database, or damaged: restore it from a backup",
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            "it may not be written: the server's user must own it and its directory"
        }
        _ => return failure(error),
    };
    StorageError::Unusable {
        path: path.to_owned(),
        why: why.into(),
    }
}

fn make(directory: &Path) -> std::io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)?;
    // That the directory itself outlives a power cut is for its parent to remember.
    #[cfg(unix)]
    if let Some(parent) = directory.canonicalize()?.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn lock(directory: &Path) -> Result<Lock, StorageError> {
    let unusable = |e: std::io::Error| StorageError::Unusable {
        path: directory.to_owned(),
        why: format!("{e}; the server's user must own it"),
    };
    let mut file = private(OpenOptions::new().read(true).write(true).create(true))
        .truncate(false)
        .open(directory.join("plenary.lock"))
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            // What the other left is a help, not a need.
            let _ = file.read_to_string(&mut process);
            let process = process.trim().parse().ok();
            return Err(StorageError::InUse {
                path: directory.to_owned(),
                process,
            });
        }
        Err(TryLockError::Error(e)) => return Err(unusable(e)),
    }
    // On a full disk the number cannot be written, and what is there can be read all the same.
    let noted = file.set_len(0).and_then(|()| file.rewind());
    let _ = noted.and_then(|()| writeln!(file, "{}", std::process::id()));
    Ok(Lock { _file: file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refusal(directory: &Path) -> String {
        open(directory)
            .err()
            .expect("it should not open")
            .to_string()
    }

    #[test]
    fn two_servers_cannot_have_one_directory() {
        let directory = tempfile::tempdir().unwrap();
        let first = open(directory.path()).unwrap();
        let said = refusal(directory.path());
        let process = std::process::id();
        assert!(said.contains(&format!(
            "in use by another Plenary server (process {process})"
        )));
        assert!(said.ends_with("stop that one, or give this one a directory of its own"));
        drop(first);
        open(directory.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_look_into_the_directory() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let directory = parent.path().join("a/b");
        let _open = open(&directory).unwrap();
        let mode = |p: PathBuf| p.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(directory.clone()), 0o700);
        for file in [
            "plenary.db",
            "plenary.db-wal",
            "plenary.db-shm",
            "plenary.lock",
        ] {
            assert_eq!(mode(directory.join(file)), 0o600, "{file}");
        }
    }

    #[test]
    fn a_newer_format_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let (lock, path, connection) = open(directory.path()).unwrap();
        connection
            .pragma_update(None, "user_version", FORMAT + 1)
            .unwrap();
        drop((lock, connection));
        let before = std::fs::read(&path).unwrap();
        assert!(refusal(directory.path()).ends_with(
            "has storage format 2, and this build knows formats up to 1: install a newer Plenary"
        ));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn other_files_are_not_taken_over() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("plenary.db");
        std::fs::write(&path, "Dear colleagues,\n".repeat(500)).unwrap();
        assert!(refusal(directory.path()).contains("no database, or damaged"));
        std::fs::remove_file(&path).unwrap();
        let theirs = Connection::open(&path).unwrap();
        theirs
            .execute_batch("CREATE TABLE recipes (name TEXT)")
            .unwrap();
        drop(theirs);
        assert!(refusal(directory.path()).contains("another program's database"));
    }

    #[test]
    fn a_file_is_no_directory() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(refusal(file.path()).contains("cannot hold Plenary's data"));
    }

    #[test]
    fn a_commit_waits_for_the_disk() {
        let directory = tempfile::tempdir().unwrap();
        let (_lock, _, connection) = open(directory.path()).unwrap();
        let pragma = |name| {
            connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
        };
        assert_eq!(
            pragma("journal_mode").unwrap(),
            rusqlite::types::Value::Text("wal".into())
        );
        assert_eq!(
            pragma("synchronous").unwrap(),
            rusqlite::types::Value::Integer(2)
        );
    }
}
