//! Automerge's chunks made by hand: whatever the body, the checksum is right, so that a reader looks at the body.

use automerge::sync::{Message, MessageVersion};
use sha2::Digest as _;

/// What a chunk begins with.
pub const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// A chunk of automerge's format with a right checksum, whatever its body.
pub fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut head = vec![kind];
    head.extend(leb128(u64::try_from(body.len()).unwrap_or(u64::MAX)));
    let hash = sha2::Sha256::new()
        .chain_update(&head)
        .chain_update(body)
        .finalize();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(hash.iter().take(4));
    bytes.extend(head);
    bytes.extend(body);
    bytes
}

/// A change chunk with its checksum made good again.
pub fn repaired(change: &[u8]) -> Vec<u8> {
    let mut bytes = change.to_vec();
    if let Some((head, rest)) = bytes.split_at_mut_checked(8)
        && let Some(checksum) = head.get_mut(4..)
    {
        let hash = sha2::Sha256::digest(rest);
        checksum
            .iter_mut()
            .zip(hash)
            .for_each(|(to, from)| *to = from);
    }
    bytes
}

/// The kind and the body of a chunk that is whole.
pub fn body(chunk: &[u8]) -> Option<(u8, &[u8])> {
    let rest = chunk.strip_prefix(&MAGIC)?.get(4..)?;
    let (&kind, rest) = rest.split_first()?;
    let length = rest.iter().take_while(|b| **b & 0x80 != 0).count() + 1;
    Some((kind, rest.get(length..)?))
}

/// A number as automerge writes it.
pub fn leb128(mut n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(n & 0x7f).unwrap_or(0);
        n >>= 7;
        if n == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// The sync message that brings changes, and says nothing else.
pub fn sync_message(changes: &[Vec<u8>]) -> Vec<u8> {
    let message = Message {
        heads: Vec::new(),
        need: Vec::new(),
        have: Vec::new(),
        changes: changes.to_vec().into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}
