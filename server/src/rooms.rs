//! The rooms that are open: each draft is opened once, by whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use plenary_shared::acts::{Act, Convene};
use plenary_shared::draft::TextEdit;
use plenary_shared::entry::By;
use plenary_shared::ids::{DraftId, Hash};
use plenary_shared::wire::view::Acknowledged;
use tokio::sync::{Mutex, OnceCell};

use crate::clock::Clock;
use crate::room::{self, Room, RoomError};
use crate::storage::Storage;

type Cell = Arc<OnceCell<Room>>;

/// The rooms that are open.
pub struct Rooms {
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    snapshot_every: u64,
    open: Mutex<HashMap<DraftId, Cell>>,
}

impl Rooms {
    /// No room is open yet. A snapshot of a draft is kept whenever `snapshot_every` entries have been added.
    pub fn new(storage: Arc<dyn Storage>, clock: Arc<dyn Clock>, snapshot_every: u64) -> Arc<Self> {
        Arc::new(Self {
            storage,
            clock,
            snapshot_every,
            open: Mutex::new(HashMap::new()),
        })
    }

    /// The draft's room; opens it if need be.
    ///
    /// # Errors
    /// [`RoomError::Unknown`] if there is no such draft.
    pub async fn room(&self, id: DraftId) -> Result<Room, RoomError> {
        self.open(id, false).await
    }

    async fn open(&self, id: DraftId, convening: bool) -> Result<Room, RoomError> {
        let cell = Arc::clone(self.open.lock().await.entry(id).or_default());
        let (storage, clock) = (Arc::clone(&self.storage), Arc::clone(&self.clock));
        let opened = cell
            .get_or_try_init(|| room::open(id, storage, clock, self.snapshot_every, convening))
            .await;
        match opened {
            Ok(room) => Ok(room.clone()),
            Err(e) => {
                // Or every guess at an id would be remembered.
                let mut open = self.open.lock().await;
                if open
                    .get(&id)
                    .is_some_and(|c| Arc::ptr_eq(c, &cell) && !c.initialized())
                {
                    open.remove(&id);
                }
                Err(e)
            }
        }
    }

    /// Convenes a draft: its first entry, with the text that it begins with.
    ///
    /// # Errors
    /// [`RoomError::Refused`] by the rules.
    pub async fn convene(
        &self,
        by: By,
        id: DraftId,
        act: Convene,
        text: Vec<TextEdit>,
        key: Option<Hash>,
    ) -> Result<(Room, Acknowledged), RoomError> {
        let room = self.open(id, true).await?;
        let convened = room.submit(by, Act::Convene(act), text, key).await;
        if convened.is_err() && self.storage.last(id).await.is_ok_and(|seq| seq.0 == 0) {
            self.open.lock().await.remove(&id);
        }
        Ok((room, convened?))
    }

    /// All drafts.
    ///
    /// # Errors
    /// [`RoomError::Storage`].
    pub async fn drafts(&self) -> Result<Vec<DraftId>, RoomError> {
        Ok(self.storage.drafts().await?)
    }

    /// Closes all rooms once what waits in them is done; each keeps a snapshot.
    pub async fn close(&self) {
        let open: Vec<Room> = {
            let mut open = self.open.lock().await;
            open.drain()
                .filter_map(|(_, cell)| cell.get().cloned())
                .collect()
        };
        for room in open {
            room.close().await;
        }
    }
}
