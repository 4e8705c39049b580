//! A pen lent to who has no replica: a whole new wording becomes the change that a replica of theirs would have made, and
//! goes through the same gate.

use automerge::ActorId;

use super::{Changes, Text, chunks};
use crate::entry::Place;
use crate::ids::{Heads, Language};
use crate::time::Timestamp;

/// A new wording, and what it was written against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// The clause or proposal.
    pub place: Place,
    /// The language.
    pub language: Language,
    /// The whole new wording.
    pub text: String,
    /// The moment at which the words were read that were then edited.
    pub base: Heads,
}

impl Text {
    /// The change that the rewording is, signed by `actor`; it is not in this text yet. None if nothing differs.
    pub(crate) fn change_for(
        &self,
        wanted: &Rewording,
        actor: &[u8],
        at: Timestamp,
    ) -> Option<Changes> {
        let change = self.lent(actor).reword_to(wanted, at)?;
        chunks::one(&change).ok()
    }

    /// The words that would stand there with the rewording merged into what has come in since.
    pub fn merged(&self, wanted: &Rewording, actor: &[u8], at: Timestamp) -> Option<String> {
        let mut lent = self.lent(actor);
        let _ = lent.reword_to(wanted, at);
        lent.wording(&wanted.place, &wanted.language)
    }

    /// Whether something in the text was signed by that actor, or by one that was derived from it for an earlier moment.
    pub fn was_signed_by(&self, actor: &[u8]) -> bool {
        self.actors.keys().any(|a| a.to_bytes().ends_with(actor))
    }

    fn lent(&self, actor: &[u8]) -> Self {
        let mut lent = self.clone();
        lent.doc.write().set_actor(ActorId::from(actor));
        lent
    }

    fn reword_to(
        &mut self,
        wanted: &Rewording,
        at: Timestamp,
    ) -> Option<crate::entry::ChangeBytes> {
        let Rewording {
            place,
            language,
            text,
            base,
        } = wanted;
        self.reword_then(place, language, text, base, at)
    }
}
