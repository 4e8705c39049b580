//! The entry: the only thing kept for ever. What a draft means is the fold of its entries.
//!
//! Stored as deterministic CBOR (RFC 8949, section 4.2.1, but for map keys, which stand in the order of the fields
//! below). Reading an entry re-encodes it and compares: there is exactly one way to write an entry, so its hash is the
//! hash of its meaning. `docs/log-format.md` tells the bytes.

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::acts::Act;
use crate::draft::Role;
use crate::ids::{
    ClauseId, DelegationId, Digest, DraftId, Hash, Language, ProposalId, SeatId, Seq,
};
use crate::signing::SignedAct;
use crate::time::Timestamp;

/// The log format that this build writes.
pub const FORMAT: u8 = 1;

/// Who submitted an entry, as authenticated by the server.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The server itself: clock, recovery.
    Server,
    /// The conference secretariat: convenes drafts and seats delegations.
    Secretariat,
    /// A person of a delegation.
    Seat {
        /// The delegation that acts.
        delegation: DelegationId,
        /// The person's seat.
        seat: SeatId,
        /// The role in which it acts.
        role: Role,
    },
}

impl By {
    /// The delegation that acts, if one does.
    pub fn delegation(&self) -> Option<&DelegationId> {
        match self {
            Self::Seat { delegation, .. } => Some(delegation),
            Self::Server | Self::Secretariat => None,
        }
    }

    /// The role in which it acts.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Seat { role, .. } => Some(*role),
            Self::Server | Self::Secretariat => None,
        }
    }
}

/// One change to the text: automerge's bytes for it, one chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeBytes(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// What wording an entry leaves behind. Noted at admission, so that the fold of acts never reads the text.
///
/// A run of entries of text that is committed together settles each wording once: at the last entry of the run that
/// touches it. An act never stands inside a run.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Touched {
    /// The clause or proposal.
    pub place: Place,
    /// Its language; none where only its particulars (order, kind) were touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The digest of the wording that is left; none with the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// Where in the text.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A clause.
    Clause(ClauseId),
    /// A proposal's own wording.
    Proposal(ProposalId),
}

/// An entry in a draft's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The log format; [`FORMAT`].
    pub v: u8,
    /// Its number; the first is 1, and none is left out.
    pub seq: Seq,
    /// When the server entered it.
    pub at: Timestamp,
    /// Who submitted it.
    pub by: By,
    /// The hash of the entry before; zero for the first.
    pub previous: Hash,
    /// The formal act, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// Changes to the text, in the order in which they were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeBytes>,
    /// The wordings it settles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<Touched>,
    /// The submitter's idempotency key, hashed with the seat: a retry finds the entry it already made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Hash>,
    /// What the delegation has signed itself, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignedAct>,
}

/// Bytes that are no entry this build can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not an entry at all, or not the one way to write it.
    #[error("the bytes of the entry are damaged: {0}")]
    Damaged(String),
    /// Written by a later version of Plenary.
    #[error(
        "the entry has log format {0}, and this build reads formats up to {FORMAT}: install a newer Plenary"
    )]
    Newer(u8),
}

impl Entry {
    /// The bytes that are kept and hashed.
    pub fn encode(&self) -> Vec<u8> {
        minicbor_serde::to_vec(self).expect("an entry holds nothing that CBOR cannot write")
    }

    /// Reads an entry; refuses whatever this build would have written otherwise.
    ///
    /// # Errors
    /// [`Unreadable::Newer`] if a later format is claimed, else [`Unreadable::Damaged`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Version {
            v: u8,
        }
        let damaged = |e: minicbor_serde::error::DecodeError| Unreadable::Damaged(e.to_string());
        let Version { v } = minicbor_serde::from_slice(bytes).map_err(damaged)?;
        if v > FORMAT {
            return Err(Unreadable::Newer(v));
        }
        let entry: Self = minicbor_serde::from_slice(bytes).map_err(damaged)?;
        if entry.encode() != bytes {
            return Err(Unreadable::Damaged(
                "they are not in the deterministic form".into(),
            ));
        }
        Ok(entry)
    }

    /// The hash of an entry's bytes: an RFC 6962 leaf hash, SHA-256 of a zero byte and the bytes.
    pub fn hash_of(bytes: &[u8]) -> Hash {
        let mut h = sha2::Sha256::new();
        h.update([0]);
        h.update(bytes);
        Hash(h.finalize().into())
    }

    /// The idempotency key as the log keeps it: nobody reads a client's key from an archive.
    pub fn key(draft: DraftId, seat: &SeatId, key: &str) -> Hash {
        let mut h = sha2::Sha256::new();
        h.update(b"plenary idempotency key");
        h.update(draft.0);
        h.update(seat.as_str().as_bytes());
        h.update([0]);
        h.update(key.as_bytes());
        Hash(h.finalize().into())
    }
}
