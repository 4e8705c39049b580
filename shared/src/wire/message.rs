//! The messages of the automerge-repo websocket protocol, version 1: CBOR maps, one a binary frame.
//!
//! Written for stock clients: unknown fields and unknown types of message are passed over, as that protocol expects.

use serde::{Deserialize, Serialize};

/// The protocol version spoken.
pub const PROTOCOL: &str = "1";

/// Who a peer says it is; only relayed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeerMetadata {
    /// The id of the peer's storage, if it keeps one.
    #[serde(rename = "storageId", default, skip_serializing_if = "Option::is_none")]
    pub storage_id: Option<String>,
    /// Whether the peer forgets everything when it goes.
    #[serde(
        rename = "isEphemeral",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub is_ephemeral: Option<bool>,
}

/// One message, either way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Message {
    /// A client comes: the first message of a connection.
    Join {
        /// The client's peer id.
        sender_id: String,
        /// Who it says it is.
        #[serde(default)]
        peer_metadata: PeerMetadata,
        /// Versions of the protocol that it speaks.
        #[serde(default)]
        supported_protocol_versions: Vec<String>,
    },
    /// The server's answer to a join.
    Peer {
        /// The server's peer id.
        sender_id: String,
        /// Who it says it is.
        #[serde(default)]
        peer_metadata: PeerMetadata,
        /// The version to be spoken.
        selected_protocol_version: String,
        /// The client's peer id.
        target_id: String,
    },
    /// A sync message for a document the sender does not have yet.
    Request {
        /// From.
        sender_id: String,
        /// To.
        target_id: String,
        /// The document.
        document_id: String,
        /// An automerge sync message.
        #[serde(with = "serde_bytes")]
        data: Vec<u8>,
    },
    /// A sync message.
    Sync {
        /// From.
        sender_id: String,
        /// To.
        target_id: String,
        /// The document.
        document_id: String,
        /// An automerge sync message.
        #[serde(with = "serde_bytes")]
        data: Vec<u8>,
    },
    /// There is no such document for this peer.
    DocUnavailable {
        /// From.
        sender_id: String,
        /// To.
        target_id: String,
        /// The document.
        document_id: String,
    },
    /// Presence: passed on, never kept.
    Ephemeral {
        /// From.
        sender_id: String,
        /// To.
        target_id: String,
        /// The document.
        document_id: String,
        /// The sender's session.
        session_id: String,
        /// Its number within the session.
        count: u64,
        /// Whatever clients tell each other.
        #[serde(with = "serde_bytes")]
        data: Vec<u8>,
    },
    /// Something is wrong; the connection is closed after it.
    Error {
        /// From.
        sender_id: String,
        /// To.
        target_id: String,
        /// What is wrong, in words.
        message: String,
    },
    /// A client goes.
    Leave {
        /// From.
        #[serde(default)]
        sender_id: String,
    },
    /// A type of message that this build does not know.
    #[serde(other)]
    Unknown,
}

impl Message {
    /// The message's bytes.
    pub fn encode(&self) -> Vec<u8> {
        minicbor_serde::to_vec(self).expect("a message holds nothing that CBOR cannot write")
    }

    /// Reads a message.
    ///
    /// # Errors
    /// In words, if it is not one.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        minicbor_serde::from_slice(bytes).map_err(|e| e.to_string())
    }
}
