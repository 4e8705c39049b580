//! A delegation registers a key with which it signs its acts, so that nobody else can speak in its name: not even who runs
//! the server.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript, Role};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::PublicKey;
use crate::limits;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation registers a key with which it signs its acts. From then on what it submits unsigned is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterKey {
    /// The public key, Ed25519.
    pub key: PublicKey,
}

impl Rules for RegisterKey {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::RegisterKey(self.clone()))
    }

    /// Its own people alone. That the first key is shown to be theirs, and a further one is introduced by one that is
    /// registered, is asked of the signature: [`crate::signing::check`].
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let may = |role: Role| role != Role::Archivist;
        let delegation = admit::seat(by, "register a key", "the delegation's own people", may)?;
        if !self.key.is_usable() {
            return Err(Refusal::new(
                "key-unusable",
                "This is no Ed25519 key that can be signed with.",
                "Make one with `plenary key new`.",
            ));
        }
        let keys = draft.signing.keys.get(delegation);
        if keys.is_some_and(|keys| keys.contains_key(&self.key)) {
            return Err(Refusal::new(
                "key-registered",
                format!("{delegation} has registered this key before."),
                "Sign with it or, if it was revoked, make another one.",
            ));
        }
        if keys.is_some_and(|keys| keys.len() >= limits::KEYS_OF_ONE) {
            return Err(Refusal::limit_reached(
                "keys of one delegation",
                limits::KEYS_OF_ONE,
            ));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let delegation = entry.by.delegation();
        let delegation = delegation.ok_or_else(|| Corrupt::at(entry.seq, "nobody registers it"))?;
        draft.signing.register(delegation, self.key, entry.seq);
        Ok(())
    }
}
