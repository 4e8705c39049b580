//! The one thread that writes: takes all that waits, commits it at once, answers each.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use plenary_shared::ids::{DraftId, Seq};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::super::{BatchId, StorageError};
use super::trouble::Trouble;
use super::{failure, from_sql, to_sql};

/// Writes in one transaction.
const GROUP_JOBS: usize = 1024;
/// Bytes in one transaction, by which the first to wait does not wait too long.
const GROUP_BYTES: usize = 8 << 20;
/// Bytes after which the checkpoint thread is told that there is something to do.
const NUDGE_BYTES: usize = 4 << 20;

/// Something to write.
pub(super) enum Work {
    /// Entries at the end of a log.
    Append {
        draft: DraftId,
        expected: Seq,
        entries: Vec<Arc<[u8]>>,
        batch: BatchId,
    },
    /// A draft's snapshot.
    Snapshot {
        draft: DraftId,
        seq: Seq,
        bytes: Vec<u8>,
    },
    /// A fact, or that it is no more.
    Record {
        kind: &'static str,
        key: String,
        bytes: Option<Vec<u8>>,
    },
    /// Anything, to see whether it can be written.
    Ping,
}

/// Something to write, and who waits for it.
pub(super) struct Job {
    pub(super) work: Work,
    pub(super) answer: oneshot::Sender<Result<(), StorageError>>,
    /// Its share of the queue's bytes, given back when it was answered.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

impl Work {
    /// The memory it takes while it waits, about.
    pub(super) fn bytes(&self) -> usize {
        64 + match self {
            Self::Append { entries, .. } => entries.iter().map(|e| e.len() + 64).sum(),
            Self::Snapshot { bytes, .. } => bytes.len(),
            Self::Record { key, bytes, .. } => key.len() + bytes.as_ref().map_or(0, Vec::len),
            Self::Ping => 0,
        }
    }

    /// Does it within the transaction. The outer result is the transaction's fate, the inner one only its own.
    fn perform(&self, c: &Connection) -> rusqlite::Result<Result<(), StorageError>> {
        match self {
            Self::Append {
                draft,
                expected,
                entries,
                batch,
            } => {
                return append(c, *draft, *expected, entries, *batch);
            }
            Self::Snapshot { draft, seq, bytes } => {
                c.prepare_cached(
                    "INSERT INTO snapshots (draft, seq, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT (draft) DO UPDATE SET seq = excluded.seq, bytes = excluded.bytes
                     WHERE excluded.seq >= snapshots.seq",
                )?
                .execute(params![draft.0, to_sql(*seq), bytes])?;
            }
            Self::Record {
                kind,
                key,
                bytes: Some(bytes),
            } => {
                c.prepare_cached(
                    "INSERT INTO records (kind, key, bytes) VALUES (?1, ?2, ?3)
                     ON CONFLICT (kind, key) DO UPDATE SET bytes = excluded.bytes",
                )?
                .execute(params![kind, key, bytes])?;
            }
            Self::Record {
                kind,
                key,
                bytes: None,
            } => {
                c.prepare_cached("DELETE FROM records WHERE kind = ?1 AND key = ?2")?
                    .execute(params![kind, key])?;
            }
            Self::Ping => {
                c.prepare_cached(
                    "INSERT INTO pings (id, count) VALUES (1, 1)
                     ON CONFLICT (id) DO UPDATE SET count = count + 1",
                )?
                .execute([])?;
            }
        }
        Ok(Ok(()))
    }
}

/// The number of a draft's last entry.
pub(super) fn last(c: &Connection, draft: DraftId) -> rusqlite::Result<Seq> {
    c.prepare_cached("SELECT max(seq) FROM entries WHERE draft = ?1")?
        .query_row([draft.0], |row| {
            Ok(from_sql(row.get::<_, Option<i64>>(0)?.unwrap_or(0)))
        })
}

fn append(
    c: &Connection,
    draft: DraftId,
    expected: Seq,
    entries: &[Arc<[u8]>],
    batch: BatchId,
) -> rusqlite::Result<Result<(), StorageError>> {
    let last = last(c, draft)?;
    if last != expected {
        let first: Option<Option<[u8; 16]>> = c
            .prepare_cached(
                "SELECT batch FROM entries WHERE draft = ?1 AND seq > ?2 ORDER BY seq LIMIT 1",
            )?
            .query_row(params![draft.0, to_sql(expected)], |row| row.get(0))
            .optional()?;
        let again = first.flatten() == Some(batch.0);
        return Ok(if again {
            Ok(())
        } else {
            Err(StorageError::Conflict { last })
        });
    }
    let mut insert =
        c.prepare_cached("INSERT INTO entries (draft, seq, batch, bytes) VALUES (?1, ?2, ?3, ?4)")?;
    let mut seq = expected;
    let mut batch = Some(batch.0);
    for bytes in entries {
        seq = seq.next();
        insert.execute(params![draft.0, to_sql(seq), batch.take(), &bytes[..]])?;
    }
    Ok(Ok(()))
}

/// Writes until nobody can ask any more.
pub(super) fn run(
    mut connection: Connection,
    mut jobs: mpsc::Receiver<Job>,
    nudge: &SyncSender<()>,
) {
    let mut written = 0;
    let mut trouble = Trouble::default();
    while let Some(first) = jobs.blocking_recv() {
        let mut bytes = first.work.bytes();
        let mut group = vec![first];
        while group.len() < GROUP_JOBS
            && bytes < GROUP_BYTES
            && let Ok(next) = jobs.try_recv()
        {
            bytes += next.work.bytes();
            group.push(next);
        }
        commit(&mut connection, group, &mut trouble);
        written += bytes;
        if written > NUDGE_BYTES {
            written = 0;
            // Full means that it was told already; gone means that it says so itself.
            let _ = nudge.try_send(());
        }
    }
}

/// Commits a group, and answers each when that is durable. If the group as a whole fails (the disk fills up, one of it
/// is too large), each is tried by itself, so that each gets the answer that is true for it.
fn commit(connection: &mut Connection, group: Vec<Job>, trouble: &mut Trouble) {
    let all: Vec<&Work> = group.iter().map(|job| &job.work).collect();
    let outcomes = match transact(connection, &all) {
        Ok(outcomes) => outcomes,
        Err(e) if all.len() == 1 => vec![Err(failure(&e))],
        Err(_) => {
            let alone = |work: &Work| match transact(connection, &[work]) {
                Ok(outcomes) => outcomes.into_iter().next().unwrap_or(Ok(())),
                Err(e) => Err(failure(&e)),
            };
            all.into_iter().map(alone).collect()
        }
    };
    for (job, outcome) in group.into_iter().zip(outcomes) {
        trouble.note(&outcome);
        // Whoever has stopped waiting does not mind.
        let _ = job.answer.send(outcome);
        drop(job.room);
    }
}

fn transact(
    connection: &mut Connection,
    all: &[&Work],
) -> rusqlite::Result<Vec<Result<(), StorageError>>> {
    // Rolls back when it is dropped without a commit.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcomes = all.iter().map(|work| work.perform(&transaction));
    let outcomes = outcomes.collect::<rusqlite::Result<_>>()?;
    transaction.commit()?;
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENEVA: DraftId = DraftId([1; 16]);
    const NAIROBI: DraftId = DraftId([2; 16]);

    fn appending(draft: DraftId, expected: u64, size: usize, batch: u8) -> Work {
        let entries = vec![Arc::from(vec![0; size])];
        Work::Append {
            draft,
            expected: Seq(expected),
            entries,
            batch: BatchId([batch; 16]),
        }
    }

    fn database() -> (tempfile::TempDir, Connection) {
        let directory = tempfile::tempdir().unwrap();
        let (_, _, connection) = super::super::file::open(directory.path()).unwrap();
        (directory, connection)
    }

    fn committed(connection: &mut Connection, group: Vec<Work>) -> Vec<Result<(), StorageError>> {
        let (jobs, answers): (Vec<_>, Vec<_>) = group
            .into_iter()
            .map(|work| {
                let (answer, answered) = oneshot::channel();
                (
                    Job {
                        work,
                        answer,
                        room: None,
                    },
                    answered,
                )
            })
            .unzip();
        commit(connection, jobs, &mut Trouble::default());
        answers
            .into_iter()
            .map(|mut a| a.try_recv().expect("each is answered"))
            .collect()
    }

    #[test]
    fn one_that_conflicts_does_not_fail_its_neighbours() {
        let (_directory, mut c) = database();
        let group = vec![
            appending(GENEVA, 0, 10, 1),
            appending(GENEVA, 0, 10, 2),
            appending(NAIROBI, 0, 10, 3),
            appending(GENEVA, 1, 10, 4),
            appending(GENEVA, 0, 10, 1),
        ];
        let conflict = Err(StorageError::Conflict { last: Seq(1) });
        assert_eq!(
            committed(&mut c, group),
            [Ok(()), conflict, Ok(()), Ok(()), Ok(())]
        );
        assert_eq!(last(&c, GENEVA).unwrap(), Seq(2));
        assert_eq!(last(&c, NAIROBI).unwrap(), Seq(1));
    }

    #[test]
    fn on_a_full_disk_nothing_is_acknowledged_that_is_not_kept() {
        let (_directory, mut c) = database();
        let pages: i64 = c
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        c.pragma_update(None, "max_page_count", pages + 8).unwrap();
        let group = vec![
            appending(GENEVA, 0, 10, 1),
            appending(NAIROBI, 0, 1_000_000, 2),
            appending(GENEVA, 1, 10, 3),
        ];
        assert_eq!(
            committed(&mut c, group),
            [Ok(()), Err(StorageError::Full), Ok(())]
        );
        assert_eq!(last(&c, GENEVA).unwrap(), Seq(2));
        assert_eq!(last(&c, NAIROBI).unwrap(), Seq(0));
        assert_eq!(
            StorageError::Full.to_string(),
            "the disk is full, and nothing was entered: free some space, then try again"
        );
        // Once there is space again, the same append succeeds.
        c.pragma_update(None, "max_page_count", pages + 8000)
            .unwrap();
        assert_eq!(
            committed(&mut c, vec![appending(NAIROBI, 0, 1_000_000, 2)]),
            [Ok(())]
        );
    }

    #[test]
    fn an_append_that_breaks_off_leaves_none_of_its_entries() {
        let (_directory, mut c) = database();
        let pages: i64 = c
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        c.pragma_update(None, "max_page_count", pages + 8).unwrap();
        let entries = vec![Arc::from(vec![0; 10]), Arc::from(vec![0; 1_000_000])];
        let batch = BatchId([1; 16]);
        let work = Work::Append {
            draft: GENEVA,
            expected: Seq(0),
            entries,
            batch,
        };
        assert_eq!(committed(&mut c, vec![work]), [Err(StorageError::Full)]);
        assert_eq!(last(&c, GENEVA).unwrap(), Seq(0));
    }
}
