//! A websocket frame: CBOR of the sync protocol.

use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata};

use crate::Target;

/// Whatever is read as a message is written so that it reads the same.
pub(super) const TARGET: Target = Target {
    name: "message",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    if let Ok(message) = Message::decode(bytes)
        && message != Message::Unknown
    {
        assert_eq!(Message::decode(&message.encode()), Ok(message));
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let (sender_id, target_id) = ("peer-1".to_owned(), "plenary".to_owned());
    let document_id = "4NMNnkMhL8jXrdJ9jamS58PAVdXu".to_owned();
    let data = vec![0x42, 0xf7, 1];
    let messages = [
        Message::Join {
            sender_id: sender_id.clone(),
            peer_metadata: PeerMetadata {
                storage_id: Some("disk".into()),
                is_ephemeral: Some(true),
            },
            supported_protocol_versions: vec![PROTOCOL.into()],
        },
        Message::Peer {
            sender_id: target_id.clone(),
            peer_metadata: PeerMetadata::default(),
            selected_protocol_version: PROTOCOL.into(),
            target_id: sender_id.clone(),
        },
        Message::Request {
            sender_id: sender_id.clone(),
            target_id: target_id.clone(),
            document_id: document_id.clone(),
            data: data.clone(),
        },
        Message::Sync {
            sender_id: sender_id.clone(),
            target_id: target_id.clone(),
            document_id: document_id.clone(),
            data: data.clone(),
        },
        Message::DocUnavailable {
            sender_id: sender_id.clone(),
            target_id: target_id.clone(),
            document_id: document_id.clone(),
        },
        Message::Ephemeral {
            sender_id: sender_id.clone(),
            target_id: target_id.clone(),
            document_id,
            session_id: "s".into(),
            count: 3,
            data,
        },
        Message::Error {
            sender_id: sender_id.clone(),
            target_id,
            message: "no".into(),
        },
        Message::Leave { sender_id },
    ];
    messages.iter().map(Message::encode).collect()
}
