//! Whatever is asked of the embedded engine, it answers as the one in memory does, reopened in between or not.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Asked {
    Append {
        draft: u8,
        behind: i64,
        entries: Vec<Vec<u8>>,
        batch: u8,
    },
    Read {
        draft: u8,
        after: u64,
        limit: usize,
    },
    PutSnapshot {
        draft: u8,
        seq: u64,
        bytes: Vec<u8>,
    },
    PutRecord {
        key: String,
        bytes: Option<Vec<u8>>,
    },
    Reopen,
}

fn asked() -> impl Strategy<Value = Asked> {
    let some_bytes = || proptest::collection::vec(any::<u8>(), 0..20);
    let entries = proptest::collection::vec(some_bytes(), 0..4);
    prop_oneof![
        // Mostly at the end of the log, sometimes beside it; few batch ids, so that they meet again.
        8 => (0..3u8, prop_oneof![4 => Just(0), 1 => -3..3i64], entries, 0..6u8)
            .prop_map(|(draft, behind, entries, batch)| Asked::Append { draft, behind, entries, batch }),
        3 => (0..4u8, 0..12u64, 0..5usize)
            .prop_map(|(draft, after, limit)| Asked::Read { draft, after, limit }),
        2 => (0..3u8, 0..6u64, some_bytes())
            .prop_map(|(draft, seq, bytes)| Asked::PutSnapshot { draft, seq, bytes }),
        2 => ("[a-cé]{0,2}", proptest::option::of(some_bytes()))
            .prop_map(|(key, bytes)| Asked::PutRecord { key, bytes }),
        1 => Just(Asked::Reopen),
    ]
}

/// Asks, and writes down the answer.
async fn answer(storage: &dyn Storage, asked: Asked) -> String {
    match asked {
        Asked::Append {
            draft,
            behind,
            entries,
            batch,
        } => {
            let draft = DraftId([draft; 16]);
            let last = storage.last(draft).await.unwrap();
            let expected = Seq(last.0.saturating_add_signed(-behind));
            let entries = entries.into_iter().map(Arc::from).collect();
            format!(
                "{:?}",
                storage
                    .append(draft, expected, entries, BatchId([batch; 16]))
                    .await
            )
        }
        Asked::Read {
            draft,
            after,
            limit,
        } => {
            format!(
                "{:?}",
                storage.read(DraftId([draft; 16]), Seq(after), limit).await
            )
        }
        Asked::PutSnapshot { draft, seq, bytes } => {
            let draft = DraftId([draft; 16]);
            format!("{:?}", storage.put_snapshot(draft, Seq(seq), bytes).await)
        }
        Asked::PutRecord { key, bytes } => {
            format!("{:?}", storage.put_record("kind", &key, bytes).await)
        }
        Asked::Reopen => String::new(),
    }
}

/// Everything that is kept, written down.
async fn all(storage: &dyn Storage) -> String {
    let drafts = storage.drafts().await.unwrap();
    let mut all = format!("{drafts:?} {:?}", storage.records("kind").await);
    for draft in (0..4).map(|d| DraftId([d; 16])) {
        let read = storage.read(draft, Seq(0), usize::MAX).await;
        let snapshot = storage.snapshot(draft).await;
        all += &format!("{:?} {read:?} {snapshot:?}\n", storage.last(draft).await);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_engines_cannot_be_told_apart(all_asked in proptest::collection::vec(asked(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let directory = tempfile::tempdir().unwrap();
            let memory = Memory::default();
            let mut sqlite = super::super::open(directory.path()).unwrap();
            for asked in all_asked {
                if matches!(asked, Asked::Reopen) {
                    drop(sqlite);
                    sqlite = super::super::open(directory.path()).unwrap();
                }
                let said = answer(&*sqlite, asked.clone()).await;
                prop_assert_eq!(said, answer(&memory, asked).await);
            }
            prop_assert_eq!(all(&*sqlite).await, all(&memory).await);
            Ok(())
        })?;
    }
}
