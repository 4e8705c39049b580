//! A text as it lies in a snapshot: opened only when somebody writes to it, or asks for its history.
//!
//! To read a draft, its manuscript is enough; opening the history behind it takes as long as the history is long.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use super::{Opened, Text, UnreadableText};
use crate::ids::{DelegationId, DraftId, Heads};

/// A text that is there, whether it has been opened or not.
#[derive(Debug, Clone)]
pub(super) enum Holding {
    /// Not yet. Whoever opens it does so for all copies.
    Packed(Arc<Packed>),
    /// It has.
    Opened(Opened),
}

#[derive(Debug)]
pub(super) struct Packed {
    draft: DraftId,
    bytes: Vec<u8>,
    owners: BTreeMap<Vec<u8>, DelegationId>,
    heads: Heads,
    opened: OnceLock<Result<Opened, UnreadableText>>,
}

impl Packed {
    fn open(&self) -> Result<&Opened, UnreadableText> {
        let load = || Opened::load(self.draft, &self.bytes, &self.owners, None);
        self.opened.get_or_init(load).as_ref().map_err(Clone::clone)
    }
}

impl Text {
    /// A text as [`Text::save`] gave it, with its [`Text::owners`] and [`Text::heads`], left closed until it is needed.
    /// Nothing of the bytes is read yet: before it is used otherwise than for these three, [`Text::open`] tells whether
    /// it can be.
    pub fn packed(
        draft: DraftId,
        bytes: Vec<u8>,
        owners: BTreeMap<Vec<u8>, DelegationId>,
        heads: Heads,
    ) -> Self {
        Self(Holding::Packed(Arc::new(Packed {
            draft,
            bytes,
            owners,
            heads,
            opened: OnceLock::new(),
        })))
    }

    /// Whether it lies there as it was saved, and nobody has opened it.
    pub fn is_packed(&self) -> bool {
        matches!(&self.0, Holding::Packed(packed) if packed.opened.get().is_none())
    }

    /// Whether it has been opened, in this copy.
    pub fn is_open(&self) -> bool {
        matches!(self.0, Holding::Opened(_))
    }

    /// Opens it if it is not open yet. That takes as long as its history is long.
    ///
    /// # Errors
    /// [`UnreadableText`] if its bytes are damaged; it must then be made anew from the log.
    pub fn open(&mut self) -> Result<(), UnreadableText> {
        if let Holding::Packed(packed) = &mut self.0 {
            packed.open()?;
            // Who holds it alone takes it along; another handle on it would make the first change copy the history.
            let own = Arc::get_mut(packed).and_then(|own| own.opened.take());
            let opened = match own {
                Some(opened) => opened,
                None => packed.open().cloned(),
            };
            self.0 = Holding::Opened(opened?);
        }
        Ok(())
    }

    /// The whole history as automerge saves it.
    pub fn save(&self) -> Vec<u8> {
        match &self.0 {
            Holding::Packed(packed) => packed.bytes.clone(),
            Holding::Opened(opened) => opened.doc.save(),
        }
    }

    /// Which delegation each actor belongs to; the server's own are not among them.
    pub fn owners(&self) -> BTreeMap<Vec<u8>, DelegationId> {
        match &self.0 {
            Holding::Packed(packed) => packed.owners.clone(),
            Holding::Opened(opened) => opened.owners(),
        }
    }

    /// The present moment.
    pub fn heads(&self) -> Heads {
        match &self.0 {
            Holding::Packed(packed) => packed.heads.clone(),
            Holding::Opened(opened) => opened.heads(),
        }
    }

    /// Opened, if it is; one that is still packed is not opened for this.
    pub(super) fn into_opened(self) -> Option<Opened> {
        match self.0 {
            Holding::Packed(_) => None,
            Holding::Opened(opened) => Some(opened),
        }
    }
}

const UNREADABLE: &str = "a packed text is opened, and so found whole, before it is worked with";

impl Deref for Text {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        match &self.0 {
            Holding::Packed(packed) => packed.open().expect(UNREADABLE),
            Holding::Opened(opened) => opened,
        }
    }
}

impl DerefMut for Text {
    fn deref_mut(&mut self) -> &mut Opened {
        self.open().expect(UNREADABLE);
        match &mut self.0 {
            Holding::Opened(opened) => opened,
            Holding::Packed(_) => unreachable!("it was opened a line above"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Kind, TextEdit};
    use crate::time::Timestamp;

    const ID: DraftId = DraftId([7; 16]);

    fn written() -> Text {
        let mut text = Text::new(ID);
        let edit = TextEdit::InsertClause {
            clause: "op-1".parse().unwrap(),
            kind: Kind::Operative,
            level: 1,
            after: None,
            text: [("en".parse().unwrap(), "States report.".to_owned())].into(),
        };
        text.write(&[edit], Timestamp(0)).unwrap();
        text
    }

    fn packed(text: &Text) -> Text {
        Text::packed(ID, text.save(), text.owners(), text.heads())
    }

    #[test]
    fn a_packed_text_is_saved_again_without_being_opened() {
        let text = written();
        let packed = packed(&text);
        assert_eq!(packed.save(), text.save());
        assert_eq!(packed.heads(), text.heads());
        assert_eq!(packed.owners(), text.owners());
        assert!(packed.is_packed());
    }

    #[test]
    fn whoever_opens_one_opens_it_for_all_copies() {
        let text = written();
        let mut packed = packed(&text);
        let copy = packed.clone();
        assert_eq!(copy.manuscript(), text.manuscript());
        assert!(!packed.is_packed() && !packed.is_open());
        packed.open().unwrap();
        assert!(packed.is_open());
        assert_eq!(packed.heads(), text.heads());
    }

    #[test]
    fn damaged_bytes_are_an_error_when_it_is_opened() {
        let mut bytes = written().save();
        bytes.truncate(bytes.len() / 2);
        let mut packed = Text::packed(ID, bytes, BTreeMap::new(), Heads::default());
        assert!(packed.open().is_err());
        assert!(packed.clone().open().is_err());
    }
}
