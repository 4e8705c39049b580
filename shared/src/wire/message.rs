//! The messages of the automerge-repo websocket protocol, version 1: CBOR maps, one a binary frame.
//!
//! Written for stock clients: unknown fields and unknown types of message are passed over, as that protocol expects.

use std::borrow::Cow;

use minicbor::data::Token;
use serde::{Deserialize, Deserializer, Serialize};

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
        #[serde(default, deserialize_with = "null_is_default")]
        peer_metadata: PeerMetadata,
        /// Versions of the protocol that it speaks.
        #[serde(default, deserialize_with = "null_is_default")]
        supported_protocol_versions: Vec<String>,
    },
    /// The server's answer to a join.
    Peer {
        /// The server's peer id.
        sender_id: String,
        /// Who it says it is.
        #[serde(default, deserialize_with = "null_is_default")]
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
        #[serde(default, deserialize_with = "null_is_default")]
        sender_id: String,
    },
    /// A type of message that this build does not know.
    #[serde(other)]
    Unknown,
}

impl Message {
    /// A sync message about a document; a request, if the sender has nothing of it yet.
    pub fn about(
        document_id: String,
        sender_id: String,
        target_id: String,
        data: Vec<u8>,
        has_nothing: bool,
    ) -> Self {
        if has_nothing {
            Self::Request {
                sender_id,
                target_id,
                document_id,
                data,
            }
        } else {
            Self::Sync {
                sender_id,
                target_id,
                document_id,
                data,
            }
        }
    }

    /// The message's bytes.
    pub fn encode(&self) -> Vec<u8> {
        minicbor_serde::to_vec(self).expect("a message holds nothing that CBOR cannot write")
    }

    /// Reads a message.
    ///
    /// # Errors
    /// In words, if it is not one.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        // JavaScript says `undefined` where a field has no value; CBOR has a sign for it, serde has none.
        let defined = if bytes.contains(&UNDEFINED) {
            Cow::Owned(nulled(bytes)?)
        } else {
            Cow::Borrowed(bytes)
        };
        minicbor_serde::from_slice(&defined).map_err(|e| e.to_string())
    }
}

/// What a room at work hears a thousand times a second, read without a copy: which document, and the sync message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synced<'a> {
    /// The document.
    pub document_id: &'a str,
    /// An automerge sync message.
    pub data: &'a [u8],
}

impl<'a> Synced<'a> {
    /// Reads a [`Message::Sync`]. None for any other message, and for any other way to write one: [`Message::decode`]
    /// then reads it, or says what is wrong with it.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut d = minicbor::Decoder::new(bytes);
        let (mut kind, mut document_id, mut data) = (None, None, None);
        for _ in 0..d.map().ok()?? {
            match d.str().ok()? {
                "type" => kind = Some(d.str().ok()?),
                "documentId" => document_id = Some(d.str().ok()?),
                "data" => data = Some(d.bytes().ok()?),
                _ => d.skip().ok()?,
            }
        }
        (kind? == "sync").then_some(Self {
            document_id: document_id?,
            data: data?,
        })
    }
}

/// CBOR's `undefined` (RFC 8949, section 3.3).
const UNDEFINED: u8 = 0xf7;

/// The same message with `null` for `undefined`.
fn nulled(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = minicbor::Encoder::new(Vec::with_capacity(bytes.len()));
    for token in minicbor::decode::Tokenizer::new(bytes) {
        let token = match token.map_err(|e| e.to_string())? {
            Token::Undefined => Token::Null,
            token => token,
        };
        out.encode(token).map_err(|e| e.to_string())?;
    }
    Ok(out.into_writer())
}

fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    d: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(d)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A join as cbor-x writes it: a map with a 16-bit length, and `undefined` where there is no storage.
    #[test]
    fn a_stock_clients_join_is_understood() {
        let mut bytes = vec![0xb9, 0, 4];
        let mut e = minicbor::Encoder::new(Vec::new());
        e.str("type").unwrap().str("join").unwrap();
        e.str("senderId").unwrap().str("peer-1").unwrap();
        e.str("peerMetadata").unwrap().map(2).unwrap();
        e.str("storageId")
            .unwrap()
            .undefined()
            .unwrap()
            .str("isEphemeral")
            .unwrap()
            .bool(true)
            .unwrap();
        e.str("supportedProtocolVersions")
            .unwrap()
            .array(1)
            .unwrap()
            .str("1")
            .unwrap();
        bytes.extend(e.into_writer());
        assert_eq!(
            Message::decode(&bytes),
            Ok(Message::Join {
                sender_id: "peer-1".into(),
                peer_metadata: PeerMetadata {
                    storage_id: None,
                    is_ephemeral: Some(true)
                },
                supported_protocol_versions: vec!["1".into()],
            })
        );
    }

    #[test]
    fn what_is_unknown_is_passed_over_and_what_is_no_message_is_not() {
        let mut e = minicbor::Encoder::new(Vec::new());
        e.map(2)
            .unwrap()
            .str("type")
            .unwrap()
            .str("remote-heads-changed")
            .unwrap();
        e.str("newHeads").unwrap().undefined().unwrap();
        assert_eq!(Message::decode(&e.into_writer()), Ok(Message::Unknown));
        assert!(Message::decode(&[0xf7]).is_err());
        assert!(Message::decode(&[0x9f; 100_000]).is_err());
        assert!(Message::decode(b"").is_err());
    }

    #[test]
    fn a_message_reads_as_it_was_written() {
        let message = Message::Sync {
            sender_id: "plenary".into(),
            target_id: "p".into(),
            document_id: "d".into(),
            data: vec![0xf7, 0, 1],
        };
        let bytes = message.encode();
        assert_eq!(
            Synced::of(&bytes),
            Some(Synced {
                document_id: "d",
                data: &[0xf7, 0, 1],
            })
        );
        assert_eq!(Message::decode(&bytes), Ok(message));
    }

    #[test]
    fn only_a_whole_sync_message_is_read_without_a_copy() {
        let sync = |data| Message::about("d".into(), "p".into(), "plenary".into(), data, false);
        let whole = sync(vec![1, 2, 3]).encode();
        for length in 0..whole.len() {
            assert_eq!(Synced::of(&whole[..length]), None, "{length} bytes");
        }
        let request = Message::about("d".into(), "p".into(), "plenary".into(), vec![1], true);
        assert_eq!(Synced::of(&request.encode()), None);
        // Indefinite lengths are legal CBOR, and are left to the whole decoder.
        assert_eq!(Synced::of(&[0xbf, 0xff]), None);
        assert_eq!(
            Synced::of(&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            None
        );
    }
}
