//! What the HTTP API answers about proof.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{Hash, Seq};

/// The key with which a server signs its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ServerKey {
    /// The key as C2SP `signed-note` writes it: the server's name, an id, and the key. For a draft it signs under the
    /// name and the draft's id.
    pub key: String,
}

/// The proof that an entry is in the record of that many entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InclusionProof {
    /// The entry.
    pub seq: Seq,
    /// The size of the record.
    pub size: u64,
    /// The entry's hash.
    pub leaf: Hash,
    /// The hashes beside the way up from it, as in RFC 6962, section 2.1.1.
    pub path: Vec<Hash>,
    /// The hash over all of the record.
    pub root: Hash,
}

/// The proof that a record is the beginning of a longer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsistencyProof {
    /// The size of the shorter one.
    pub from: u64,
    /// The size of the longer one.
    pub size: u64,
    /// The hashes, as in RFC 6962, section 2.1.2.
    pub path: Vec<Hash>,
}

/// A checkpoint of the server that somebody else has signed too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCosignature {
    /// The checkpoint with the witness's signature (C2SP `tlog-cosignature`).
    pub checkpoint: String,
    /// The witness's public key.
    pub key: String,
}

/// The checkpoints that the server keeps: one of each sealed version, of the adoption, and of every thousandth entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Checkpoints {
    /// Each as a signed note, the shortest record first.
    pub items: Vec<String>,
}
