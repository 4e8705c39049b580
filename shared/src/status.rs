//! What stands where: the views of a draft that people read, computed from state and manuscript.

use crate::draft::{Draft, Manuscript};
use crate::entry::Entry;
use crate::ids::{ClauseId, Hash, Heads, ProposalId};
use crate::wire::view::{
    ClauseStatus, ClauseView, DraftSummary, EntryView, ProposalView, StatusView, TextView,
};

/// The status of one clause.
pub fn clause_status(draft: &Draft, clause: &ClauseId) -> ClauseStatus {
    let _ = (draft, clause);
    unimplemented!("lands with the acts")
}

/// One clause as the status list shows it. `labels` are those of [`crate::numbering::labels`].
pub fn clause_view(
    draft: &Draft,
    manuscript: &Manuscript,
    clause: &ClauseId,
) -> Option<ClauseView> {
    let _ = (draft, manuscript, clause);
    unimplemented!("lands with the acts")
}

/// One proposal with its words.
pub fn proposal_view(
    draft: &Draft,
    manuscript: &Manuscript,
    proposal: &ProposalId,
) -> Option<ProposalView> {
    let _ = (draft, manuscript, proposal);
    unimplemented!("lands with the acts")
}

/// The whole draft's status.
pub fn status_view(draft: &Draft, manuscript: &Manuscript) -> StatusView {
    let _ = (draft, manuscript);
    unimplemented!("lands with the acts")
}

/// The whole text with numbers and statuses. For an earlier moment, `draft` is the state of that moment.
pub fn text_view(draft: &Draft, manuscript: &Manuscript, heads: Heads) -> TextView {
    let _ = (draft, manuscript, heads);
    unimplemented!("lands with the acts")
}

/// The draft in the list of drafts.
pub fn summary(draft: &Draft, manuscript: &Manuscript, heads: Heads) -> DraftSummary {
    let _ = (draft, manuscript, heads);
    unimplemented!("lands with the acts")
}

/// An entry with the sentence that tells it.
pub fn entry_view(entry: &Entry, hash: Hash) -> EntryView {
    let _ = (entry, hash);
    unimplemented!("lands with the acts")
}
