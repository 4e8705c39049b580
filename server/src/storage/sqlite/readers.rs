//! Connections that only read, lent to one question at a time.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::super::{Answer, StorageError};
use super::failure;
use super::file::{Access, connect};

/// Questions answered at once; each needs a thread and a connection while it lasts.
const READERS: usize = 8;

/// The connections that nobody is using.
pub(super) struct Readers {
    path: PathBuf,
    turns: Semaphore,
    free: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            turns: Semaphore::new(READERS),
            free: Mutex::default(),
        }
    }

    /// Asks a question on a thread that may wait for the disk.
    pub(super) fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Answer<'_, T> {
        Box::pin(async move {
            let _turn = self
                .turns
                .acquire()
                .await
                .map_err(|_| StorageError::Stopped)?;
            let readers = Arc::clone(self);
            let asked = tokio::task::spawn_blocking(move || readers.lend(question));
            asked
                .await
                .map_err(|_| StorageError::Stopped)?
                .map_err(|e| failure(&e))
        })
    }

    /// Closes those that nobody is using.
    pub(super) fn close(&self) {
        self.free().clear();
    }

    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend<T>(
        &self,
        question: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let lent = self.free().pop();
        let connection = match lent {
            Some(connection) => connection,
            None => connect(&self.path, Access::Read)?,
        };
        let answer = question(&connection);
        // After an error a new connection is made rather than this one trusted.
        if answer.is_ok() {
            self.free().push(connection);
        }
        answer
    }
}
