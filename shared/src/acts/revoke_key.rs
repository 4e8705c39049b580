//! A delegation revokes one of its keys: what is signed with it counts no more. What was entered before stands.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript, Role};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{Prose, PublicKey};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A delegation revokes one of its keys. If it was the last one, the delegation's acts are unsigned again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeKey {
    /// The key.
    pub key: PublicKey,
    /// Why, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

impl Rules for RevokeKey {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::RevokeKey(self.clone()))
    }

    /// Its own people alone, and like all they do then signed, with this key or another of theirs: whoever could take a key
    /// away without one could put their own in its place.
    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        let may = |role: Role| role != Role::Archivist;
        let delegation = admit::seat(by, "revoke a key", "the delegation's own people", may)?;
        let known = draft.signing.known(delegation, &self.key);
        if known.is_some_and(|k| k.revoked.is_none()) {
            Ok(())
        } else {
            Err(Refusal::new(
                "key-not-registered",
                format!("{} is no key with which {delegation} signs here.", self.key),
                "`plenary key show` lists those that are registered.",
            ))
        }
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let known = entry.by.delegation();
        let known = known.and_then(|d| draft.signing.known_mut(d, &self.key));
        match known {
            Some(known) => {
                known.revoked = Some(entry.seq);
                Ok(())
            }
            None => Err(Corrupt::at(entry.seq, "the key was never registered")),
        }
    }
}
