//! A caller at a draft's door: let in with a seat, and otherwise told that there is no such draft.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::entry::Entry;
use plenary_shared::ids::{DraftId, Hash, Seq};
use plenary_shared::status::{self, StatusBoard};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::EntryView;
use plenary_shared::withheld::Withheld;
use tokio::sync::OnceCell;

use crate::App;
use crate::clock::Clock;
use crate::http::error::Failure;
use crate::http::moment;
use crate::identity::Caller;
use crate::room::{Live, Past, Room};
use crate::shares::{Computing, Share, Turn};

/// A caller in the room of the draft that the address names.
#[derive(Clone)]
pub(crate) struct Visit {
    /// Who.
    pub(crate) caller: Caller,
    /// The draft's id.
    pub(crate) draft: DraftId,
    /// Its room.
    pub(crate) room: Room,
    /// The share of the caller's seat.
    pub(crate) share: Arc<Share>,
    /// One of the requests that the seat may have answered at once.
    turn: Option<Arc<Turn>>,
    /// Held from the first thing that takes long until the request is answered.
    computing: Arc<OnceCell<Computing>>,
    clock: Arc<dyn Clock>,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit
where
    App: FromRef<S>,
{
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| Failure::unknown_draft())?;
        let named = params.iter().find(|(name, _)| *name == "draft");
        // An id that is none is answered like one of a draft that is none: nothing can be learnt by trying.
        let draft: DraftId = named
            .and_then(|(_, id)| id.parse().ok())
            .ok_or_else(Failure::unknown_draft)?;
        let app = App::from_ref(state);
        let caller = app.identity.admitted(&caller, draft);
        let caller = caller.ok_or_else(Failure::unknown_draft)?;
        let share = app.shares.share(&caller.by());
        let turn = share.request().await.map(Arc::new);
        let room = app.rooms.room(draft).await?;
        Ok(Self {
            caller,
            draft,
            room,
            share,
            turn,
            computing: Arc::default(),
            clock: app.clock,
        })
    }
}

/// Whatever shows the caller anything of the record goes through here: what is not to be seen yet is taken out.
impl Visit {
    /// The visitor stays and listens: that is no request any more.
    pub(crate) fn stays(&mut self) {
        self.turn = None;
    }

    /// Waits until something that takes long may be computed for this visitor: at most a few at once for each seat, and
    /// for all together as many as there are processors.
    pub(crate) async fn may_compute(&self) {
        self.computing.get_or_init(|| self.share.computing()).await;
    }

    /// The state and the words of this moment. Both are clones that share what they hold with the room's, so that the
    /// room's task is free again before anything is computed from them.
    pub(crate) async fn now(&self) -> Result<(Draft, Manuscript), Failure> {
        let both = |live: &Live| (live.draft.clone(), live.manuscript.clone());
        let (mut draft, manuscript) = self.room.read(both).await?;
        self.withheld_from_caller(&draft).take_out(&mut draft);
        Ok((draft, manuscript))
    }

    /// The draft as it stood at a moment, which is named as in [`moment`].
    pub(crate) async fn past(&self, at: Option<&str>) -> Result<Past, Failure> {
        self.may_compute().await;
        let mut past = self.room.at(moment::read(at)).await?;
        let present = self.room.read(|live| live.draft.clone()).await?;
        self.withheld_from_caller(&present)
            .take_out(&mut past.draft);
        Ok(past)
    }

    /// Entries of the log as they are shown, with their bytes if wanted; and the last that there is.
    pub(crate) async fn entries(
        &self,
        after: Seq,
        limit: usize,
        bytes: Bytes,
    ) -> Result<(Vec<EntryView>, Seq), Failure> {
        let entries = self.room.entries(after, limit).await?;
        // After the entries: a vote that was opened meanwhile is among those withheld.
        let present = self.room.read(|live| live.draft.clone()).await?;
        let withheld = self.withheld_from_caller(&present);
        let view = |(entry, hash, raw): (Entry, Hash, Vec<u8>)| {
            let mut view = status::entry_view(&entry, hash);
            view.bytes = (bytes == Bytes::Shown).then(|| hex::encode(raw));
            withheld.take_out_of(view)
        };
        Ok((entries.into_iter().map(view).collect(), present.seq))
    }

    /// The moment, by the server's clock.
    pub(crate) fn server_time(&self) -> Timestamp {
        self.clock.now()
    }

    /// What is withheld from everybody at this moment.
    pub(crate) fn withheld(&self, present: &Draft) -> Withheld {
        Withheld::at(present, self.clock.now())
    }

    fn withheld_from_caller(&self, present: &Draft) -> Withheld {
        let by = self.caller.by();
        self.withheld(present).for_reader(by.delegation())
    }

    /// The status of this moment. The room keeps it up to date, and here it is brought to what the caller is shown.
    pub(crate) async fn board(&self) -> Result<StatusBoard, Failure> {
        let mut board = self.room.board().await?;
        let (draft, manuscript) = board.tells_of();
        let (mut draft, manuscript) = (draft.clone(), manuscript.clone());
        self.withheld_from_caller(&draft).take_out(&mut draft);
        board.refresh(&draft, &manuscript);
        Ok(board)
    }
}

/// Whether entries are shown with their own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bytes {
    /// They are.
    Shown,
    /// They are not.
    LeftOut,
}
