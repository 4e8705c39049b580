//! Whether the rules allow an act: draft × act → what is to be recorded, or a [`Refusal`].

use crate::acts::Act;
use crate::draft::{Draft, Manuscript, TextEdit};
use crate::entry::By;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// An act that the rules allow, complete, with what it does to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The act as it is recorded: what the submitter left open is filled in.
    pub act: Act,
    /// The edits that the server makes to the text in the same entry.
    pub edits: Vec<TextEdit>,
}

/// Decides an act on the draft as it stands.
///
/// # Errors
/// The [`Refusal`] of the first rule that forbids it.
pub fn decide(
    draft: &Draft,
    manuscript: &Manuscript,
    by: &By,
    act: &Act,
    at: Timestamp,
) -> Result<Decided, Refusal> {
    crate::admit::act(draft, by, act)?;
    let act = act.rules().complete(by, draft, manuscript)?;
    act.rules().decide(by, draft, at)?;
    let edits = act.rules().edits(draft, manuscript);
    Ok(Decided { act, edits })
}
