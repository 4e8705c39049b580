//! Keeping two replicas in step: automerge's sync protocol, one [`Peer`] for each other side.

use std::collections::BTreeSet;
use std::sync::Arc;

use automerge::sync::{
    BloomFilter, Capability, ChunkList, Have, Message, MessageFlags, MessageVersion, State,
    SyncDoc as _,
};
use automerge::{Automerge, Change, ChangeHash};

use super::chunks::read_message;
use super::{Incoming, MalformedText, Panicked, Text, changes_of, shielded};
use crate::entry::ChangeBytes;
use crate::ids::Hash;

/// What is known of the other side of one connection about one text.
#[derive(Debug, Default)]
pub struct Peer {
    state: State,
    /// It brought changes and has not been told yet that they have arrived.
    is_owed: bool,
    /// What it said could not be answered.
    is_lost: bool,
}

/// One message that brings the newest changes to every peer that is in step: encoded once for all of them.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The message's bytes.
    pub bytes: Arc<[u8]>,
    pub(super) heads: Arc<[ChangeHash]>,
    hashes: Arc<[ChangeHash]>,
}

/// The whole text as one message, for whoever has nothing yet: encoded once for all of them.
///
/// Automerge's own first message is twice as long: it adds a filter of all changes, through which the newcomer then looks for
/// changes to send.
#[derive(Debug, Clone)]
pub struct Whole {
    message: Shared,
    /// The text as it was written, and where it stood then.
    saved: Arc<[u8]>,
    heads: Vec<ChangeHash>,
}

impl Whole {
    /// The text as it stands. One that is [packed](Text::is_packed) is not opened for this.
    pub fn of(text: &Text) -> Self {
        let saved = text.save();
        let heads = changes_of(&text.heads());
        Self {
            message: Shared::with(heads.clone(), saved.clone()),
            saved: saved.into(),
            heads,
        }
    }

    /// The message.
    pub fn bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.message.bytes)
    }

    /// Whether it brings everything that the text is made of.
    pub fn is_up_to(&self, text: &Text) -> bool {
        *self.message.heads == changes_of(&text.heads())[..]
    }

    /// Adds what is newer. A newcomer believes that it has everything once it has what the message says there is.
    pub fn bring_up_to(&mut self, text: &Text) {
        if self.is_up_to(text) {
            return;
        }
        let newer = text.doc.get_changes(&self.heads);
        let newer = newer.iter().flat_map(|c| c.raw_bytes().iter().copied());
        let body = self.saved.iter().copied().chain(newer).collect();
        self.message = Shared::with(text.doc.get_heads(), body);
    }
}

impl Shared {
    /// The message that brings these changes, the newest of `text`.
    pub fn of(text: &Text, changes: &[ChangeBytes]) -> Self {
        let body = changes.iter().flat_map(|c| c.0.iter().copied()).collect();
        let hash = |c: &ChangeBytes| Text::hash_of(c).map(|h| ChangeHash(h.0));
        Self {
            hashes: changes.iter().filter_map(hash).collect(),
            ..Self::with(text.doc.get_heads(), body)
        }
    }

    /// How many changes it brings.
    pub fn changes(&self) -> usize {
        self.hashes.len()
    }

    /// The message that brings that to a text with these heads.
    fn with(heads: Vec<ChangeHash>, body: Vec<u8>) -> Self {
        let mut flags = MessageFlags::new();
        flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
        let message = Message {
            heads: heads.clone(),
            need: Vec::new(),
            have: vec![Have {
                last_sync: heads.clone(),
                bloom: BloomFilter::default(),
            }],
            changes: ChunkList::from(body),
            flags: Some(flags),
            version: MessageVersion::V2,
        };
        Self {
            bytes: message.encode().into(),
            heads: heads.into(),
            hashes: Arc::default(),
        }
    }
}

impl Peer {
    /// A peer of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next message to this peer, if there is anything to say.
    pub fn generate(&mut self, text: &Text) -> Option<Vec<u8>> {
        if self.is_owed {
            self.state.have_responded = false;
        }
        self.is_owed = false;
        let message = shielded(|| text.doc.generate_sync_message(&mut self.state));
        // What the peer said it has may make automerge panic only now, when it is answered.
        self.is_lost = message.is_err();
        message.ok().flatten().map(Message::encode)
    }

    /// Whether this is how a peer begins that has nothing, and can take a whole text at once: known without the text.
    pub fn begins_with_nothing(bytes: &[u8]) -> bool {
        read_message(bytes).is_ok_and(|message| {
            let lists = [&message.heads, &message.need];
            lists.iter().all(|list| list.is_empty())
                && message.changes.is_empty()
                && message.flags.is_some()
        })
    }

    /// Whether the peer has said that it has nothing, and can take a whole text at once.
    pub fn has_nothing(&self) -> bool {
        let s = &self.state;
        let says = |list: &Option<Vec<ChangeHash>>| list.as_ref().is_some_and(Vec::is_empty);
        says(&s.their_heads)
            && says(&s.their_need)
            && s.sent_hashes.is_empty()
            && !s.needs_reset
            && self.takes_chunks()
    }

    fn takes_chunks(&self) -> bool {
        let can = self.state.their_capabilities.as_ref();
        can.is_some_and(|c| c.contains(&Capability::MessageV2))
    }

    /// The whole text, as it stands, goes to this peer, who [has nothing](Peer::has_nothing). It must then not be dropped
    /// while the connection lives.
    #[must_use]
    pub fn welcome(&mut self, Whole { message: whole, .. }: &Whole) -> Arc<[u8]> {
        self.note_shared(whole);
        let state = &mut self.state;
        state.have_responded = true;
        // It has them by the time it hears anything else.
        state.shared_heads = whole.heads.to_vec();
        state.their_heads = Some(whole.heads.to_vec());
        state.their_have = Some(vec![Have {
            last_sync: whole.heads.to_vec(),
            bloom: BloomFilter::default(),
        }]);
        Arc::clone(&whole.bytes)
    }

    /// Whether what the peer has said cannot be answered: its connection is of no more use.
    pub fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Takes note of what a client's message says it has and needs. Its changes were taken in (or refused) before; this
    /// never changes the text.
    pub fn heard(&mut self, text: &Text, incoming: Incoming) -> Result<(), MalformedText> {
        let brought = incoming.brought;
        let message = incoming.message;
        let heads = text.doc.get_heads();
        let noted = shielded(|| self.note(&text.doc, message, &heads));
        match noted {
            Ok(()) => {
                // To automerge, a message without changes from a peer with our very heads says that it has what we
                // sent, and needs no answer. But if this one, or one shortly before it, brought the changes that made
                // those heads, its sender waits to hear that they have arrived.
                self.is_owed |= brought;
                Ok(())
            }
            Err(Panicked) => Err(MalformedText("the sync message cannot be followed".into())),
        }
    }

    /// What automerge's `receive_sync_message` does with all of a message but its changes, step by step; save that it
    /// walks the whole history at every message, and this only what the peer has newly heard of. `before` are the heads
    /// as they were before the message's changes, if it brought any, were applied.
    fn note(&mut self, doc: &Automerge, message: Message, before: &[ChangeHash]) {
        let state = &mut self.state;
        state.in_flight = false;
        if let Some(flags) = message.flags {
            let mut capabilities = vec![Capability::MessageV2];
            if flags.contains(MessageFlags::SUPPORTS_SYNC_RESET) {
                capabilities.push(Capability::SyncReset);
            }
            state.their_capabilities = Some(capabilities);
            if flags.contains(MessageFlags::SYNC_RESET) {
                state.sent_hashes.clear();
            }
            state.peer_read_only = flags.contains(MessageFlags::READ_ONLY);
        }
        if message.changes.is_empty() && is_at(state, &message.heads) {
            // Nearly every message of a room at work: the peer has all that was sent.
            state.shared_heads.clone_from(&message.heads);
            state.sent_hashes.clear();
        } else {
            self.compare(doc, &message, before);
        }
        let state = &mut self.state;
        state.their_have = Some(message.have);
        state.their_heads = Some(message.heads);
        state.their_need = Some(message.need);
    }

    /// Works out from a message's heads what both sides have.
    fn compare(&mut self, doc: &Automerge, message: &Message, before: &[ChangeHash]) {
        let state = &mut self.state;
        if !message.changes.is_empty() {
            let now = doc.get_heads();
            let new = now.iter().filter(|h| !before.contains(h));
            let kept = state.shared_heads.iter().filter(|h| now.contains(h));
            let advanced: BTreeSet<ChangeHash> = new.chain(kept).copied().collect();
            state.shared_heads = advanced.into_iter().collect();
        }
        arrived(doc, &message.heads, &mut state.sent_hashes);
        if message.changes.is_empty() && message.heads == before {
            state.last_sent_heads.clone_from(&message.heads);
        }
        let known = |h: &&ChangeHash| doc.get_change_meta_by_hash(h).is_some();
        let known: Vec<ChangeHash> = message.heads.iter().filter(known).copied().collect();
        if known.len() == message.heads.len() {
            state.shared_heads.clone_from(&message.heads);
            if message.heads.is_empty() {
                // The peer has lost everything: it gets everything again.
                state.last_sent_heads = Vec::new();
                state.sent_hashes.clear();
            }
        } else {
            let both: BTreeSet<ChangeHash> =
                state.shared_heads.iter().copied().chain(known).collect();
            state.shared_heads = both.into_iter().collect();
        }
    }

    /// The client's changes build on some that never arrived: it is asked, with the next message, to send again whatever
    /// is missing. Until then its heads are not believed: the server would ask for them for ever.
    pub fn ask_again(&mut self, text: &Text, mut incoming: Incoming) -> Result<(), MalformedText> {
        incoming.message.heads = text.doc.get_heads();
        self.heard(text, incoming)?;
        self.state.needs_reset = true;
        self.state.have_responded = false;
        Ok(())
    }

    /// Whether the peer can follow a [`Shared`] message: it has answered, asks for nothing, and has nothing that is not
    /// known here.
    pub fn is_in_step(&self, text: &Text) -> bool {
        let s = &self.state;
        s.have_responded
            && !s.needs_reset
            && self.takes_chunks()
            && s.their_need.as_ref().is_some_and(Vec::is_empty)
            && s.their_heads.as_ref().is_some_and(|h| {
                let known = |x| text.doc.get_change_meta_by_hash(x).is_some();
                is_at(s, h) || (!h.is_empty() && h.iter().all(known))
            })
    }

    /// The shared message goes to this peer. It must then not be dropped while the connection lives.
    pub fn note_shared(&mut self, shared: &Shared) {
        self.is_owed = false;
        self.state.last_sent_heads = shared.heads.to_vec();
        self.state.in_flight = true;
        self.state.sent_hashes.extend(shared.hashes.iter().copied());
    }

    /// A client takes in the server's message: what it brings is applied as it is.
    ///
    /// # Errors
    /// [`MalformedText`]; the text must then be opened afresh.
    pub fn receive(&mut self, text: &mut Text, bytes: &[u8]) -> Result<(), MalformedText> {
        let before = text.doc.get_heads();
        let received = shielded(|| {
            let message = Message::decode(bytes).map_err(|e| e.to_string())?;
            if !message.changes.is_empty() {
                let changes: Vec<u8> = message.changes.iter().flatten().copied().collect();
                text.doc
                    .write()
                    .load_incremental(&changes)
                    .map_err(|e| e.to_string())?;
            }
            self.note(&text.doc, message, &before);
            let new: Vec<Change> = text.doc.get_changes(&before);
            let mut spots = BTreeSet::new();
            for change in &new {
                text.note(change, None, &mut spots)?;
            }
            Ok::<(), String>(())
        });
        match received {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(MalformedText(format!(
                "the server's message cannot be followed: {e}"
            ))),
            Err(Panicked) => Err(MalformedText(
                "the server's message cannot be followed".into(),
            )),
        }
    }

    /// Whether the other side says that it has this change: a server says so only once it is durable.
    pub fn acknowledges(&self, text: &Text, change: Hash) -> bool {
        let change = ChangeHash(change.0);
        self.state
            .their_heads
            .as_ref()
            .is_some_and(|h| h.contains(&change) || text.builds_on(h, change))
    }

    /// Whether both sides have said that they have the same.
    pub fn is_level(&self, text: &Text) -> bool {
        self.state.their_heads.as_ref() == Some(&text.doc.get_heads())
    }
}

/// Whether these are the heads that the peer was told of last. Those are our own, so they are known here; and whatever
/// was sent to it is among what they build on.
fn is_at(state: &State, heads: &[ChangeHash]) -> bool {
    !heads.is_empty() && heads == state.last_sent_heads
}

/// Takes out of `sent` what a peer with those heads has. A change comes after all that it builds on in the count of
/// operations, so that nothing older than the oldest of `sent` need be looked at.
fn arrived(doc: &Automerge, heads: &[ChangeHash], sent: &mut BTreeSet<ChangeHash>) {
    let count = |h: &ChangeHash| doc.get_change_meta_by_hash(h).map(|m| m.max_op);
    let Some(oldest) = sent.iter().filter_map(count).min() else {
        return;
    };
    let mut seen = BTreeSet::new();
    let mut stack = heads.to_vec();
    while let Some(hash) = stack.pop() {
        if sent.is_empty() {
            return;
        }
        if !seen.insert(hash) {
            continue;
        }
        sent.remove(&hash);
        if let Some(meta) = doc.get_change_meta_by_hash(&hash)
            && meta.max_op >= oldest
        {
            stack.extend(meta.deps.iter().copied());
        }
    }
}
