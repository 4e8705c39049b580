//! The numbers on paper: computed from order and kind, never stored.

use std::collections::BTreeMap;

use crate::draft::{Draft, Manuscript};
use crate::ids::ClauseId;

/// The label of every clause that is not deleted: `Title`, `PP3`, `OP12`, `OP12(b)`, `OP12(b)(ii)`, `A2`, headings `H1`.
pub fn labels(draft: &Draft, manuscript: &Manuscript) -> BTreeMap<ClauseId, String> {
    let _ = (draft, manuscript);
    BTreeMap::new()
}
