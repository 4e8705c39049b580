//! A caller at a draft's door: let in with a seat, and otherwise told that there is no such draft.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::ids::DraftId;
use plenary_shared::status::StatusBoard;

use crate::App;
use crate::http::error::Failure;
use crate::identity::Caller;
use crate::room::{Live, Room};

/// A caller in the room of the draft that the address names.
#[derive(Clone)]
pub(crate) struct Visit {
    /// Who.
    pub(crate) caller: Caller,
    /// The draft's id.
    pub(crate) draft: DraftId,
    /// Its room.
    pub(crate) room: Room,
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
        if !caller.sits_in(draft) {
            return Err(Failure::unknown_draft());
        }
        let room = App::from_ref(state).rooms.room(draft).await?;
        Ok(Self {
            caller,
            draft,
            room,
        })
    }
}

impl Visit {
    /// The state and the words of this moment. Both are clones that share what they hold with the room's, so that the
    /// room's task is free again before anything is computed from them.
    pub(crate) async fn now(&self) -> Result<(Draft, Manuscript), Failure> {
        let both = |live: &Live| (live.draft.clone(), live.manuscript.clone());
        Ok(self.room.read(both).await?)
    }

    /// The status of this moment. The room keeps it up to date, and here it is brought to what the caller is shown.
    pub(crate) async fn board(&self) -> Result<StatusBoard, Failure> {
        let mut board = self.room.board().await?;
        let (draft, manuscript) = self.now().await?;
        board.refresh(&draft, &manuscript);
        Ok(board)
    }
}
