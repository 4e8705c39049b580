//! The rooms that are open: each draft is opened once, by whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use plenary_shared::acts::{Act, Convene};
use plenary_shared::draft::TextEdit;
use plenary_shared::entry::By;
use plenary_shared::ids::{DraftId, Hash};
use plenary_shared::wire::view::Acknowledged;
use tokio::sync::{Mutex, OnceCell, mpsc};
use tracing::debug;

use crate::clock::Clock;
use crate::due;
use crate::limits::{ROOM_LOOK, ROOM_LOOKS, ROOMS_UNUSED};
use crate::notary::Notice;
use crate::room::{self, House, Room, RoomError};
use crate::storage::Storage;

/// Notices that wait to be signed; a further one is let go, as a checkpoint can be had at any time.
const NOTICES: usize = 1_024;

type Cell = Arc<OnceCell<Room>>;

/// A room that is open, or being opened.
#[derive(Default)]
struct Open {
    cell: Cell,
    /// How often in a row nobody was found to use it.
    quiet: u32,
}

/// The rooms that are open.
pub struct Rooms {
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    snapshot_every: u64,
    open: Mutex<HashMap<DraftId, Open>>,
    notable: mpsc::Sender<Notice>,
    notices: std::sync::Mutex<Option<mpsc::Receiver<Notice>>>,
}

impl Rooms {
    /// No room is open yet. A snapshot of a draft is kept whenever `snapshot_every` entries have been added.
    pub fn new(storage: Arc<dyn Storage>, clock: Arc<dyn Clock>, snapshot_every: u64) -> Arc<Self> {
        let (notable, notices) = mpsc::channel(NOTICES);
        Arc::new(Self {
            notable,
            notices: std::sync::Mutex::new(Some(notices)),
            storage,
            clock,
            snapshot_every,
            open: Mutex::new(HashMap::new()),
        })
    }

    /// What becomes notable in any room, to be signed: for the first who asks. Others hear nothing.
    pub fn notices(&self) -> mpsc::Receiver<Notice> {
        let mut notices = self
            .notices
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        notices.take().unwrap_or_else(|| mpsc::channel(1).1)
    }

    /// The draft's room; opens it if need be.
    ///
    /// # Errors
    /// [`RoomError::Unknown`] if there is no such draft.
    pub async fn room(&self, id: DraftId) -> Result<Room, RoomError> {
        self.open(id, false).await
    }

    async fn open(&self, id: DraftId, convening: bool) -> Result<Room, RoomError> {
        let cell = {
            let mut open = self.open.lock().await;
            let open = open.entry(id).or_default();
            if open.cell.get().is_some_and(Room::is_gone) {
                // Its task has ended, for whatever reason: it is opened anew.
                *open = Open::default();
            }
            open.quiet = 0;
            Arc::clone(&open.cell)
        };
        let house = House {
            storage: Arc::clone(&self.storage),
            clock: Arc::clone(&self.clock),
            snapshot_every: self.snapshot_every,
            notable: self.notable.clone(),
        };
        let opened = cell
            .get_or_try_init(|| room::open(id, house, convening))
            .await;
        match opened {
            Ok(room) => Ok(room.clone()),
            Err(e) => {
                // Or every guess at an id would be remembered.
                let mut open = self.open.lock().await;
                if open
                    .get(&id)
                    .is_some_and(|o| Arc::ptr_eq(&o.cell, &cell) && !cell.initialized())
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
        let convened = room.submit(by, Act::Convene(act), None, text, key).await;
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

    /// Looks again and again for rooms that nobody uses, and closes them: a draft that was looked at once does not stay in
    /// memory for ever.
    pub(crate) async fn keep_few(&self) {
        loop {
            tokio::time::sleep(ROOM_LOOK).await;
            self.close_unused(ROOM_LOOKS, ROOMS_UNUSED).await;
        }
    }

    /// Closes the rooms that nobody was found to use that often in a row; if more than `kept` are open, already those that
    /// nobody uses now. One that waits for a deadline stays. Each keeps a snapshot.
    async fn close_unused(&self, looks: u32, kept: usize) {
        let unused: Vec<(DraftId, Room)> = {
            let mut open = self.open.lock().await;
            let many = open.len() > kept;
            open.iter_mut()
                .filter_map(|(id, open)| {
                    let room = open.cell.get()?;
                    let is_used = room.handles() > 1 || Arc::strong_count(&open.cell) > 1;
                    open.quiet = if is_used { 0 } else { open.quiet + 1 };
                    let enough = open.quiet >= looks || (many && open.quiet > 0);
                    enough.then(|| (*id, room.clone()))
                })
                .collect()
        };
        for (id, room) in unused {
            self.close_unless_used(id, room).await;
        }
    }

    /// Opens the draft, and leaves it open if it waits for a deadline, or somebody else has come.
    ///
    /// # Errors
    /// As [`Rooms::room`].
    pub(crate) async fn open_if_watched(&self, id: DraftId) -> Result<(), RoomError> {
        let room = self.room(id).await?;
        if let Some(open) = self.open.lock().await.get_mut(&id) {
            open.quiet = 1;
        }
        self.close_unless_used(id, room).await;
        Ok(())
    }

    /// Closes the room if it waits for no deadline, and nobody has come since it was found to be unused.
    async fn close_unless_used(&self, id: DraftId, room: Room) {
        if room.read(due::is_watched).await.unwrap_or(false) {
            return;
        }
        let mut open = self.open.lock().await;
        // Whoever came meanwhile has a handle, or the cell, or has set the count back.
        let nobody = |o: &Open| o.quiet > 0 && Arc::strong_count(&o.cell) == 1;
        if room.handles() == 2 && open.get(&id).is_some_and(nobody) {
            open.remove(&id);
            debug!(draft.id = %id, "closed: nobody uses it");
        }
    }

    /// Closes all rooms once what waits in them is done; each keeps a snapshot.
    pub async fn close(&self) {
        let open: Vec<Room> = {
            let mut open = self.open.lock().await;
            open.drain()
                .filter_map(|(_, open)| open.cell.get().cloned())
                .collect()
        };
        for room in open {
            room.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clock::SystemClock;
    use crate::storage::Memory;

    async fn convened(rooms: &Rooms, n: u8) -> Room {
        let id = DraftId([n; 16]);
        let act = json!({"convene": {"draft": id, "title": "A", "authentic": ["en"]}});
        let Act::Convene(act) = serde_json::from_value(act).unwrap() else {
            unreachable!("the JSON says convene")
        };
        let convened = rooms.convene(By::Secretariat, id, act, Vec::new(), None);
        convened.await.unwrap().0
    }

    fn rooms() -> Arc<Rooms> {
        Rooms::new(Arc::new(Memory::default()), Arc::new(SystemClock), 1_000)
    }

    #[tokio::test]
    async fn a_room_that_nobody_uses_is_closed_and_opened_again() {
        let rooms = rooms();
        let used = convened(&rooms, 1).await;
        drop(convened(&rooms, 2).await);
        rooms.close_unused(2, 10).await;
        assert_eq!(rooms.open.lock().await.len(), 2, "once is not enough");
        rooms.close_unused(2, 10).await;
        assert_eq!(rooms.open.lock().await.len(), 1);
        used.read(|live| live.draft.seq).await.unwrap();
        let again = rooms.room(DraftId([2; 16])).await.unwrap();
        assert_eq!(again.read(|live| live.draft.seq.0).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn when_many_are_open_those_unused_are_closed_at_once() {
        let rooms = rooms();
        for n in 1..=5 {
            drop(convened(&rooms, n).await);
        }
        let used = rooms.room(DraftId([1; 16])).await.unwrap();
        rooms.close_unused(1_000, 3).await;
        assert_eq!(rooms.open.lock().await.len(), 1);
        used.read(|live| live.draft.seq).await.unwrap();
    }

    #[tokio::test]
    async fn a_draft_that_was_opened_for_its_deadlines_and_has_none_is_closed_unless_it_is_used() {
        let rooms = rooms();
        drop(convened(&rooms, 1).await);
        let used = convened(&rooms, 2).await;
        for n in 1..=2 {
            rooms.open_if_watched(DraftId([n; 16])).await.unwrap();
        }
        let open: Vec<u8> = rooms.open.lock().await.keys().map(|id| id.0[0]).collect();
        assert_eq!(open, [2]);
        used.read(|live| live.draft.seq).await.unwrap();
    }

    #[tokio::test]
    async fn a_room_whose_task_has_ended_is_opened_anew() {
        let rooms = rooms();
        let room = convened(&rooms, 1).await;
        room.close().await;
        let gone = room.read(|live| live.draft.seq).await;
        assert!(matches!(gone, Err(RoomError::Gone)));
        let again = rooms.room(DraftId([1; 16])).await.unwrap();
        assert_eq!(again.read(|live| live.draft.seq.0).await.unwrap(), 1);
    }
}
