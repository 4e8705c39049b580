//! What every engine must do. Each engine runs this suite: see the list at the end.

use std::sync::Arc;

use plenary_shared::ids::{DraftId, Seq};

#[cfg(feature = "sqlite")]
mod likeness;

use super::{BatchId, Memory, READ_BYTES, Storage, StorageError};

const GENEVA: DraftId = DraftId([1; 16]);
const NAIROBI: DraftId = DraftId([2; 16]);

fn bytes(texts: &[&str]) -> Vec<Arc<[u8]>> {
    texts.iter().map(|t| Arc::from(t.as_bytes())).collect()
}

pub(super) async fn append(
    storage: &dyn Storage,
    draft: DraftId,
    expected: u64,
    texts: &[&str],
    batch: u8,
) -> Result<(), StorageError> {
    storage
        .append(draft, Seq(expected), bytes(texts), BatchId([batch; 16]))
        .await
}

pub(super) async fn log(storage: &dyn Storage, draft: DraftId) -> Vec<(u64, String)> {
    let rows = storage.read(draft, Seq(0), usize::MAX).await.unwrap();
    rows.into_iter()
        .map(|(seq, b)| (seq.0, String::from_utf8(b).unwrap()))
        .collect()
}

fn rows(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
    rows.iter()
        .map(|(seq, text)| (*seq, (*text).to_owned()))
        .collect()
}

async fn entries_are_read_in_the_order_in_which_they_were_made(s: Arc<dyn Storage>) {
    append(&*s, GENEVA, 0, &["one", "two"], 1).await.unwrap();
    append(&*s, NAIROBI, 0, &["uno"], 2).await.unwrap();
    append(&*s, GENEVA, 2, &["three", ""], 3).await.unwrap();
    assert_eq!(
        log(&*s, GENEVA).await,
        rows(&[(1, "one"), (2, "two"), (3, "three"), (4, "")])
    );
    assert_eq!(log(&*s, NAIROBI).await, rows(&[(1, "uno")]));
    assert_eq!(s.last(GENEVA).await.unwrap(), Seq(4));
    assert_eq!(s.drafts().await.unwrap(), [GENEVA, NAIROBI]);
}

async fn a_page_of_large_entries_is_short(s: Arc<dyn Storage>) {
    let large = "x".repeat(READ_BYTES / 2 + 1);
    append(&*s, GENEVA, 0, &[&large, &large, &large], 1)
        .await
        .unwrap();
    let pages = async |after| s.read(GENEVA, Seq(after), usize::MAX).await.unwrap().len();
    assert_eq!(pages(0).await, 2, "two are enough, and more than one");
    assert_eq!(pages(2).await, 1);
    assert_eq!(
        pages(3).await,
        0,
        "only an empty page says that it is the end"
    );
    assert_eq!(s.read(GENEVA, Seq(0), 1).await.unwrap().len(), 1);
}

async fn a_draft_that_was_never_heard_of_is_empty(s: Arc<dyn Storage>) {
    assert_eq!(s.last(GENEVA).await.unwrap(), Seq(0));
    assert_eq!(log(&*s, GENEVA).await, []);
    assert_eq!(s.snapshot(GENEVA).await.unwrap(), None);
    assert_eq!(s.drafts().await.unwrap(), []);
    append(&*s, GENEVA, 0, &[], 1).await.unwrap();
    assert_eq!(
        s.drafts().await.unwrap(),
        [],
        "an append of nothing makes no draft"
    );
}

async fn an_append_to_another_end_conflicts_and_keeps_nothing(s: Arc<dyn Storage>) {
    append(&*s, GENEVA, 0, &["one"], 1).await.unwrap();
    for expected in [0, 2, 7, u64::MAX] {
        let conflict = StorageError::Conflict { last: Seq(1) };
        assert_eq!(
            append(&*s, GENEVA, expected, &["other"], 2).await,
            Err(conflict.clone())
        );
        assert_eq!(append(&*s, GENEVA, expected, &[], 3).await, Err(conflict));
    }
    assert_eq!(log(&*s, GENEVA).await, rows(&[(1, "one")]));
}

async fn a_retry_of_the_same_batch_is_acknowledged_and_made_once(s: Arc<dyn Storage>) {
    append(&*s, GENEVA, 0, &["one", "two"], 1).await.unwrap();
    append(&*s, GENEVA, 0, &["one", "two"], 1).await.unwrap();
    append(&*s, GENEVA, 2, &["three"], 2).await.unwrap();
    append(&*s, GENEVA, 0, &["one", "two"], 1).await.unwrap();
    assert_eq!(
        log(&*s, GENEVA).await,
        rows(&[(1, "one"), (2, "two"), (3, "three")])
    );
    let conflict = StorageError::Conflict { last: Seq(3) };
    // The second entry of a batch is not where it began.
    assert_eq!(append(&*s, GENEVA, 1, &["two"], 1).await, Err(conflict));
    // The same name in another draft is another append.
    append(&*s, NAIROBI, 0, &["uno"], 1).await.unwrap();
}

async fn reading_pages_through_a_log(s: Arc<dyn Storage>) {
    let texts: Vec<String> = (1..=10).map(|n| n.to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    append(&*s, GENEVA, 0, &texts, 1).await.unwrap();
    let mut after = Seq(0);
    let mut sizes = Vec::new();
    loop {
        let page = s.read(GENEVA, after, 4).await.unwrap();
        sizes.push(page.len());
        let Some((last, _)) = page.last() else { break };
        assert!(
            page.iter()
                .all(|(seq, b)| *b == seq.0.to_string().as_bytes())
        );
        assert_eq!(page[0].0, after.next());
        after = *last;
    }
    assert_eq!(sizes, [4, 4, 2, 0]);
    assert_eq!(s.read(GENEVA, Seq(3), 0).await.unwrap(), []);
    assert_eq!(s.read(GENEVA, Seq(99), 5).await.unwrap(), []);
    assert_eq!(s.read(GENEVA, Seq(u64::MAX), 5).await.unwrap(), []);
}

async fn many_append_at_once_to_different_drafts(s: Arc<dyn Storage>) {
    let writers = (0..20u8).map(|d| {
        let s = Arc::clone(&s);
        tokio::spawn(async move {
            let draft = DraftId([d; 16]);
            for n in 0..25u64 {
                let text = format!("{d} {n}");
                append(&*s, draft, n, &[&text], u8::try_from(n).unwrap())
                    .await
                    .unwrap();
                assert_eq!(
                    s.last(draft).await.unwrap(),
                    Seq(n + 1),
                    "acknowledged, so readable"
                );
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for d in 0..20u8 {
        let wanted: Vec<_> = (0..25).map(|n| (n + 1, format!("{d} {n}"))).collect();
        assert_eq!(log(&*s, DraftId([d; 16])).await, wanted);
    }
}

async fn of_many_who_append_at_one_end_one_succeeds(s: Arc<dyn Storage>) {
    for round in 0..10u64 {
        let all = (0..8u8).map(|n| {
            let s = Arc::clone(&s);
            tokio::spawn(async move { append(&*s, GENEVA, round, &["x"], n).await })
        });
        let mut made = 0;
        for one in all.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(()) => made += 1,
                Err(e) => assert_eq!(
                    e,
                    StorageError::Conflict {
                        last: Seq(round + 1)
                    }
                ),
            }
        }
        assert_eq!(made, 1);
    }
}

async fn the_newest_snapshot_is_kept(s: Arc<dyn Storage>) {
    s.put_snapshot(GENEVA, Seq(5), b"five".to_vec())
        .await
        .unwrap();
    s.put_snapshot(GENEVA, Seq(9), b"nine".to_vec())
        .await
        .unwrap();
    s.put_snapshot(GENEVA, Seq(7), b"seven".to_vec())
        .await
        .unwrap();
    assert_eq!(
        s.snapshot(GENEVA).await.unwrap(),
        Some((Seq(9), b"nine".to_vec()))
    );
    s.put_snapshot(GENEVA, Seq(9), b"nine again".to_vec())
        .await
        .unwrap();
    assert_eq!(
        s.snapshot(GENEVA).await.unwrap(),
        Some((Seq(9), b"nine again".to_vec()))
    );
    assert_eq!(s.snapshot(NAIROBI).await.unwrap(), None);
    assert_eq!(s.drafts().await.unwrap(), [], "a snapshot is no draft");
}

async fn records_are_kept_replaced_and_forgotten(s: Arc<dyn Storage>) {
    s.put_record("seat", "b", Some(b"2".to_vec()))
        .await
        .unwrap();
    s.put_record("seat", "a", Some(b"1".to_vec()))
        .await
        .unwrap();
    s.put_record("seats", "a", Some(b"another kind".to_vec()))
        .await
        .unwrap();
    s.put_record("seat", "b", Some(b"3".to_vec()))
        .await
        .unwrap();
    let wanted = [
        ("a".to_owned(), b"1".to_vec()),
        ("b".to_owned(), b"3".to_vec()),
    ];
    assert_eq!(s.records("seat").await.unwrap(), wanted);
    s.put_record("seat", "a", None).await.unwrap();
    s.put_record("seat", "never there", None).await.unwrap();
    assert_eq!(s.records("seat").await.unwrap(), wanted[1..]);
    assert_eq!(s.records("sea").await.unwrap(), []);
}

async fn a_ping_is_answered(s: Arc<dyn Storage>) {
    s.ping().await.unwrap();
    s.ping().await.unwrap();
    assert_eq!(s.drafts().await.unwrap(), []);
}

macro_rules! each_engine_keeps_the_contract {
    ($($name:ident),* $(,)?) => {
        mod memory {
            use std::sync::Arc;
            $(#[tokio::test]
            async fn $name() {
                super::$name(Arc::new(super::Memory::default())).await;
            })*
        }

        #[cfg(feature = "sqlite")]
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let directory = tempfile::tempdir().unwrap();
                super::$name(super::super::open(directory.path()).unwrap()).await;
            })*
        }
    };
}

each_engine_keeps_the_contract!(
    entries_are_read_in_the_order_in_which_they_were_made,
    a_page_of_large_entries_is_short,
    a_draft_that_was_never_heard_of_is_empty,
    an_append_to_another_end_conflicts_and_keeps_nothing,
    a_retry_of_the_same_batch_is_acknowledged_and_made_once,
    reading_pages_through_a_log,
    many_append_at_once_to_different_drafts,
    of_many_who_append_at_one_end_one_succeeds,
    the_newest_snapshot_is_kept,
    records_are_kept_replaced_and_forgotten,
    a_ping_is_answered,
);
