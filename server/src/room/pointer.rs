//! Where the chair points in a room: what the projector shows. It is said to whoever listens and kept in no record; a room
//! that closes forgets it.

use plenary_shared::ids::ClauseId;
use plenary_shared::wire::view::Pointer;

use super::{Room, RoomError, Word};

impl Room {
    /// The clause that is pointed at; none if nobody points.
    pub(crate) fn pointer(&self) -> Pointer {
        Pointer {
            clause: self.pointer.borrow().clone(),
        }
    }

    /// Points there, and says so to whoever listens.
    ///
    /// # Errors
    /// [`RoomError::Busy`] or [`RoomError::Gone`]; whoever listens was then not told.
    pub(crate) fn point(&self, clause: Option<ClauseId>) -> Result<(), RoomError> {
        self.pointer.send_replace(clause);
        self.say(Word::Point(self.pointer()))
    }
}
