//! Opening a room: the snapshot, and what the log has added since.

use std::sync::Arc;

use plenary_shared::fold::Corrupt;
use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::record::Record;
use tokio::sync::{mpsc, watch};
use tracing::{error, info, warn};

use super::task::{House, Task};
use super::{INBOX, Live, Room, RoomError};
use crate::storage::Storage;

/// Opens a draft and starts its task. A draft without entries is opened only to be convened (`convening`).
pub(crate) async fn open(id: DraftId, house: House, convening: bool) -> Result<Room, RoomError> {
    let (live, kept) = load(id, &house.storage).await?;
    if live.draft.seq == Seq(0) && !convening && live.damaged.is_none() {
        return Err(RoomError::Unknown);
    }
    let (words, inbox) = mpsc::channel(INBOX);
    let room = Room {
        id,
        words,
        pointer: watch::Sender::new(None),
        storage: Arc::clone(&house.storage),
    };
    tokio::spawn(Task::new(live, kept, inbox, house).run());
    Ok(room)
}

/// The draft as its log leaves it, and as of which entry a snapshot is kept.
async fn load(id: DraftId, storage: &Arc<dyn Storage>) -> Result<(Live, Seq), RoomError> {
    let last = storage.last(id).await?;
    let record = start(id, storage, last).await?;
    let kept = record.draft.seq;
    let (mut record, mut damaged) = follow(record, storage, Care::Hopeful).await?;
    if damaged.is_some() {
        // Nothing of that can be used. Once more, to stop right before the entry at fault.
        let again = start(id, storage, last).await?;
        (record, damaged) = follow(again, storage, Care::Wary).await?;
    }
    Ok((found(record, damaged, last), kept))
}

/// The draft as its log leaves it, whatever snapshot is kept.
pub(super) async fn from_the_log(
    id: DraftId,
    storage: &Arc<dyn Storage>,
) -> Result<Live, RoomError> {
    let last = storage.last(id).await?;
    let (mut record, mut damaged) = follow(Record::unborn(id), storage, Care::Hopeful).await?;
    if damaged.is_some() {
        (record, damaged) = follow(Record::unborn(id), storage, Care::Wary).await?;
    }
    Ok(found(record, damaged, last))
}

fn found(record: Record, damaged: Option<Corrupt>, last: Seq) -> Live {
    let id = record.draft.id;
    let missing = (record.draft.seq < last)
        .then(|| Corrupt::at(record.draft.seq.next(), "it is missing from the log"));
    let damaged = damaged.or(missing);
    if let Some(corrupt) = &damaged {
        error!(draft.id = %id, seq = corrupt.seq.0, "draft {id} is read-only: {corrupt}");
    } else {
        info!(draft.id = %id, seq = record.draft.seq.0, "opened draft {id}");
    }
    Live { record, damaged }
}

/// What the log is read onto: the kept snapshot, or nothing.
async fn start(id: DraftId, storage: &Arc<dyn Storage>, last: Seq) -> Result<Record, RoomError> {
    let Some((seq, bytes)) = storage.snapshot(id).await? else {
        return Ok(Record::unborn(id));
    };
    let restored = tokio::task::spawn_blocking(move || Record::restore(id, &bytes)).await;
    match restored {
        // A snapshot is a cache: one that does not fit the log is thrown away.
        Ok(Some(r)) if r.draft.seq == seq && seq <= last && continues(&r, id, storage).await? => {
            Ok(r)
        }
        _ => {
            warn!(draft.id = %id, seq = seq.0, "the snapshot cannot be used; the log is read from its beginning");
            Ok(Record::unborn(id))
        }
    }
}

/// How a log is read.
#[derive(Clone, Copy)]
enum Care {
    /// As if it were whole, as nearly all are; after an error nothing of it can be used.
    Hopeful,
    /// With a copy before every page, to find the entry at fault. A copy costs what the history is long.
    Wary,
}

/// Reads the rest of the log, in pages as large as storage gives them: each page costs a walk over every wording that
/// it changes.
async fn follow(
    mut record: Record,
    storage: &Arc<dyn Storage>,
    care: Care,
) -> Result<(Record, Option<Corrupt>), RoomError> {
    loop {
        let page = storage
            .read(record.draft.id, record.draft.seq, usize::MAX)
            .await?;
        if page.is_empty() {
            return Ok((record, None));
        }
        let log: Vec<Vec<u8>> = page.into_iter().map(|(_, bytes)| bytes).collect();
        let replayed = tokio::task::spawn_blocking(move || {
            let outcome = match care {
                Care::Hopeful => record.replay_together(&log),
                Care::Wary => record.replay(&log),
            };
            (record, outcome)
        });
        let outcome;
        (record, outcome) = replayed.await.map_err(|_| RoomError::Gone)?;
        if let Err(corrupt) = outcome {
            return Ok((record, Some(corrupt)));
        }
    }
}

/// Whether the entry that the snapshot stands on is the one in the log.
async fn continues(
    record: &Record,
    id: DraftId,
    storage: &Arc<dyn Storage>,
) -> Result<bool, RoomError> {
    let seq = record.draft.seq;
    let Some(before) = seq.0.checked_sub(1) else {
        return Ok(false);
    };
    let entry = storage.read(id, Seq(before), 1).await?;
    let hash = entry
        .first()
        .map(|(_, bytes)| plenary_shared::entry::Entry::hash_of(bytes));
    Ok(hash == Some(record.draft.head))
}
