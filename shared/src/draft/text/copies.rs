//! An automerge document that is cheap to copy, however long its history.
//!
//! Whatever comes from outside is applied to a copy, because it may turn out wrong half-way. Automerge's own copy costs
//! what the history is long (a hash and more for every change). Here a copy shares the document until it is written to,
//! and then, instead of copying, takes over the document that stood before the last batch and applies that batch to it:
//! a keystroke costs what it touches.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use automerge::{Automerge, Change, ReadDoc as _};

use super::shielded;
use crate::entry::ChangeBytes;

/// Changes in a document beyond which the one before is kept: below, copying costs less than applying a change once more
/// (a copy some 20 ns for each change, applying some 150 µs for each wording, measured).
const WORTH_KEEPING: u64 = if cfg!(test) { 4 } else { 8192 };
/// Operations (characters, mostly) that cost a copy as much as one change.
const OPERATIONS: u64 = 64;

/// The document. Reading goes through [`Deref`], writing through [`Doc::write`].
#[derive(Debug, Clone)]
pub(super) struct Doc {
    now: Arc<Automerge>,
    /// Shared by all copies of one document: whichever is written to next takes it.
    spare: Arc<Mutex<Option<Spare>>>,
}

/// A document as it stood before the last batch.
#[derive(Debug)]
struct Spare {
    doc: Automerge,
    missing: Vec<ChangeBytes>,
}

impl Spare {
    /// The document with what it missed; none if it is then not the same as `now`.
    fn caught_up(mut self, now: &Automerge) -> Option<Automerge> {
        let read = |bytes: ChangeBytes| Change::from_bytes(bytes.0).ok();
        let caught_up = shielded(|| {
            let missing: Option<Vec<Change>> = self.missing.into_iter().map(read).collect();
            self.doc.apply_changes(missing?).ok()?;
            Some(self.doc)
        });
        let doc = caught_up.ok().flatten()?;
        (doc.get_heads() == now.get_heads()).then_some(doc)
    }
}

impl Doc {
    pub(super) fn new(doc: Automerge) -> Self {
        Self {
            now: Arc::new(doc),
            spare: Arc::default(),
        }
    }

    /// The document, to be changed: this one alone, whatever copies of it there are.
    pub(super) fn write(&mut self) -> &mut Automerge {
        if Arc::get_mut(&mut self.now).is_none() {
            let spare = self.spare();
            let own = spare.and_then(|s| s.caught_up(&self.now));
            self.now = Arc::new(own.unwrap_or_else(|| (*self.now).clone()));
        }
        Arc::get_mut(&mut self.now).expect("nobody else holds what was made a moment ago")
    }

    /// `old` is no longer needed, and lacks only these changes: it serves the next copy that is written to.
    pub(super) fn retire(&self, old: Self, missing: Vec<ChangeBytes>) {
        let stats = self.now.stats();
        if stats.num_changes + stats.num_ops / OPERATIONS < WORTH_KEEPING {
            return;
        }
        // A reader may hold the old document still; then it is not kept, and the next copy is a real one.
        if let Some(doc) = Arc::into_inner(old.now) {
            *self.spare.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(Spare { doc, missing });
        }
    }

    fn spare(&self) -> Option<Spare> {
        self.spare
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl Deref for Doc {
    type Target = Automerge;

    fn deref(&self) -> &Automerge {
        &self.now
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable as _;

    use super::*;

    /// Writes a letter at the end; what comes back is the change.
    fn write(doc: &mut Doc, letter: &str) -> ChangeBytes {
        let doc = doc.write();
        let before = doc.get_heads();
        let mut tx = doc.transaction();
        tx.put(automerge::ROOT, letter, 1).unwrap();
        tx.commit();
        ChangeBytes(doc.get_changes(&before).remove(0).raw_bytes().to_vec())
    }

    fn long() -> Doc {
        let mut doc = Doc::new(Automerge::new());
        for letter in ["a", "b", "c", "d", "e"] {
            write(&mut doc, letter);
        }
        doc
    }

    /// As the server does it: on a copy, which then stands.
    fn step(live: Doc, letter: &str) -> Doc {
        let mut next = live.clone();
        let change = write(&mut next, letter);
        next.retire(live, vec![change]);
        next
    }

    #[test]
    fn a_copy_is_not_changed_with_its_original() {
        let live = long();
        let mut next = live.clone();
        write(&mut next, "f");
        assert_eq!(live.keys(automerge::ROOT).count(), 5);
        assert_eq!(next.keys(automerge::ROOT).count(), 6);
    }

    #[test]
    fn the_next_copy_takes_over_the_document_of_before() {
        let mut live = step(long(), "f");
        for letter in ["g", "h", "i"] {
            let before = std::ptr::from_ref::<Automerge>(&live);
            assert!(live.spare.lock().unwrap().is_some());
            live = step(live, letter);
            assert_ne!(before, std::ptr::from_ref::<Automerge>(&live));
        }
        let keys: String = live.keys(automerge::ROOT).collect();
        assert_eq!(keys, "abcdefghi");
        let saved = Automerge::load(&live.save()).unwrap();
        assert_eq!(saved.get_heads(), live.get_heads());
    }

    #[test]
    fn what_does_not_catch_up_is_not_used() {
        let live = step(long(), "f");
        let wrong = live.clone();
        let (older, other) = (long(), long());
        wrong.retire(older, Vec::new());
        wrong.retire(other, vec![ChangeBytes(vec![1, 2, 3])]);
        let mut next = wrong.clone();
        write(&mut next, "g");
        let keys: String = next.keys(automerge::ROOT).collect();
        assert_eq!(keys, "abcdefg");
    }

    #[test]
    fn a_document_that_somebody_reads_is_left_to_them() {
        let live = long();
        let reader = live.clone();
        let next = step(live, "f");
        assert!(next.spare.lock().unwrap().is_none());
        assert_eq!(reader.keys(automerge::ROOT).count(), 5);
    }
}
