//! Sync messages to one peer about one draft, but for their data: written once, then put before each message.

use super::message::Message;

/// All of a [`Message::Sync`] that comes before its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope(Vec<u8>);

impl Envelope {
    /// The envelope of messages from `sender_id` to `target_id` about a document.
    pub fn new(sender_id: &str, target_id: &str, document_id: &str) -> Self {
        let mut bytes = Message::Sync {
            sender_id: sender_id.into(),
            target_id: target_id.into(),
            document_id: document_id.into(),
            data: Vec::new(),
        }
        .encode();
        // The data is the last field, and empty bytes are one byte long.
        bytes.pop();
        Self(bytes)
    }

    /// The whole message with that data: what [`Message::encode`] writes.
    pub fn around(&self, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() + data.len() + 9);
        out.extend_from_slice(&self.0);
        let mut encoder = minicbor::Encoder::new(out);
        encoder.bytes(data).expect("a vector takes all bytes");
        encoder.into_writer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_in_its_envelope_is_the_message() {
        let envelope = Envelope::new("plenary", "peer-1", "4NMNnkMhL8jXrdJ9jamS58PAVdXu");
        for length in [0, 1, 23, 24, 255, 256, 70_000] {
            let data = vec![0xf7; length];
            let message = Message::Sync {
                sender_id: "plenary".into(),
                target_id: "peer-1".into(),
                document_id: "4NMNnkMhL8jXrdJ9jamS58PAVdXu".into(),
                data: data.clone(),
            };
            assert_eq!(envelope.around(&data), message.encode(), "{length}");
        }
    }
}
