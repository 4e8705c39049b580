//! The engine without a disk: for tests, and for a first look at Plenary.

use std::collections::{BTreeMap, btree_map};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::ready;
use plenary_shared::ids::{DraftId, Seq};

use super::{Answer, BatchId, READ_BYTES, Storage, StorageError};

/// Logs in memory, as durable as the process.
#[derive(Default)]
pub struct Memory(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    logs: BTreeMap<DraftId, BTreeMap<Seq, Row>>,
    snapshots: BTreeMap<DraftId, (Seq, Vec<u8>)>,
    records: BTreeMap<(&'static str, String), Vec<u8>>,
}

struct Row {
    bytes: Arc<[u8]>,
    /// Set on the first entry of each append.
    batch: Option<BatchId>,
}

fn entries_after(log: &BTreeMap<Seq, Row>, after: Seq) -> btree_map::Range<'_, Seq, Row> {
    log.range((Bound::Excluded(after), Bound::Unbounded))
}

impl Kept {
    fn last(&self, draft: DraftId) -> Seq {
        let last = self.logs.get(&draft).and_then(BTreeMap::last_key_value);
        last.map_or(Seq(0), |(seq, _)| *seq)
    }

    fn append(
        &mut self,
        draft: DraftId,
        expected: Seq,
        entries: Vec<Arc<[u8]>>,
        batch: BatchId,
    ) -> Result<(), StorageError> {
        let last = self.last(draft);
        if last != expected {
            let there = self
                .logs
                .get(&draft)
                .and_then(|l| entries_after(l, expected).next());
            let again = there.is_some_and(|(_, row)| row.batch == Some(batch));
            return if again {
                Ok(())
            } else {
                Err(StorageError::Conflict { last })
            };
        }
        if entries.is_empty() {
            return Ok(());
        }
        let log = self.logs.entry(draft).or_default();
        let mut seq = expected;
        let mut batch = Some(batch);
        for bytes in entries {
            seq = seq.next();
            log.insert(
                seq,
                Row {
                    bytes,
                    batch: batch.take(),
                },
            );
        }
        Ok(())
    }
}

impl Memory {
    /// A thread that panicked here left nothing half done: each change is one step.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn answer<'a, T: Send + 'a>(value: Result<T, StorageError>) -> Answer<'a, T> {
    ready(value).boxed()
}

impl Storage for Memory {
    fn append(
        &self,
        draft: DraftId,
        expected: Seq,
        entries: Vec<Arc<[u8]>>,
        batch: BatchId,
    ) -> Answer<'_, ()> {
        answer(self.kept().append(draft, expected, entries, batch))
    }

    fn read(&self, draft: DraftId, after: Seq, limit: usize) -> Answer<'_, Vec<(Seq, Vec<u8>)>> {
        let kept = self.kept();
        let log = kept.logs.get(&draft).into_iter();
        let tail = log.flat_map(|l| entries_after(l, after)).take(limit);
        let mut page = Vec::new();
        let mut bytes = 0;
        for (seq, row) in tail {
            page.push((*seq, row.bytes.to_vec()));
            bytes += row.bytes.len();
            if bytes >= READ_BYTES {
                break;
            }
        }
        answer(Ok(page))
    }

    fn last(&self, draft: DraftId) -> Answer<'_, Seq> {
        answer(Ok(self.kept().last(draft)))
    }

    fn drafts(&self) -> Answer<'_, Vec<DraftId>> {
        answer(Ok(self.kept().logs.keys().copied().collect()))
    }

    fn put_snapshot(&self, draft: DraftId, seq: Seq, bytes: Vec<u8>) -> Answer<'_, ()> {
        let mut kept = self.kept();
        if kept
            .snapshots
            .get(&draft)
            .is_none_or(|(newest, _)| *newest <= seq)
        {
            kept.snapshots.insert(draft, (seq, bytes));
        }
        answer(Ok(()))
    }

    fn snapshot(&self, draft: DraftId) -> Answer<'_, Option<(Seq, Vec<u8>)>> {
        answer(Ok(self.kept().snapshots.get(&draft).cloned()))
    }

    fn put_record(&self, kind: &'static str, key: &str, bytes: Option<Vec<u8>>) -> Answer<'_, ()> {
        let at = (kind, key.to_owned());
        let mut kept = self.kept();
        match bytes {
            Some(bytes) => kept.records.insert(at, bytes),
            None => kept.records.remove(&at),
        };
        answer(Ok(()))
    }

    fn records(&self, kind: &'static str) -> Answer<'_, Vec<(String, Vec<u8>)>> {
        let kept = self.kept();
        let of_kind = kept.records.range((kind, String::new())..);
        let of_kind = of_kind.take_while(|((k, _), _)| *k == kind);
        answer(Ok(of_kind
            .map(|((_, key), bytes)| (key.clone(), bytes.clone()))
            .collect()))
    }

    fn ping(&self) -> Answer<'_, ()> {
        answer(Ok(()))
    }
}
