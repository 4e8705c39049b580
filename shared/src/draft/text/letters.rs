//! By which change each letter of a wording came. Read in one walk over the wording; nothing is replayed for it.

use automerge::{ActorId, ChangeHash, ObjId, ReadDoc};

use super::{Spot, Text, changes_of};
use crate::entry::Place;
use crate::ids::{Hash, Heads, Language};

/// A letter as the text keeps it. Two letters of one wording, at whatever moments, are the same if their marks are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// What is read: one character.
    pub(crate) text: String,
    /// What tells it from all others.
    pub(crate) mark: Mark,
    /// The change that wrote it.
    pub(crate) change: Hash,
    /// Whether the server wrote it, on behalf of an act.
    pub(crate) by_server: bool,
}

/// What tells a letter from all others: the operation that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(u64, ActorId);

impl Text {
    /// The letters of a wording, now or at an earlier moment; none if there is no such wording. Joined, they are the
    /// wording.
    pub(crate) fn letters(
        &self,
        place: &Place,
        language: &Language,
        heads: Option<&Heads>,
    ) -> Option<Vec<Letter>> {
        let object = self.objects.get(&Spot::wording(place, language))?;
        let then: Option<Vec<ChangeHash>> = heads.map(changes_of);
        let items = match &then {
            None => self.doc.list_range(object, ..),
            Some(heads) => self.doc.list_range_at(object, .., heads),
        };
        let mut letters: Vec<Letter> = Vec::new();
        for item in items {
            let id = item.id();
            let ObjId::Id(counter, actor, _) = &id else {
                continue;
            };
            let change = self.doc.hash_for_opid(&id)?;
            letters.push(Letter {
                text: item.value.into_value().as_str()?.to_owned(),
                mark: Mark(*counter, actor.clone()),
                change: Hash(change.0),
                by_server: Self::is_servers(self.draft, actor),
            });
        }
        Some(letters)
    }
}
