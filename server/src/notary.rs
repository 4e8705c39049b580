//! The notary: signs what the record of a draft is, and proves it. It reads only what is durable, so whatever it has
//! signed stays the beginning of what it signs later.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use plenary_shared::ids::{DelegationId, DraftId, Hash, Seq};
use plenary_shared::proof::{Checkpoint, Key, Kind, Signed, Signer, consistency, inclusion, span};
use tokio::sync::mpsc;
use tracing::{debug, warn};

use crate::storage::{Storage, StorageError};
use blocks::Blocks;
use witnesses::{Witnesses, join};

mod blocks;
mod secret;
mod witnesses;

pub use secret::{SecretError, fresh, secret};

/// Entries between two checkpoints that are kept, where nothing else asks for one.
pub const EVERY: u64 = 1_000;
const KIND: &str = "checkpoint";

/// What is to be signed and kept: a draft, and how many of its entries.
pub type Notice = (DraftId, Seq);

/// Signs checkpoints and makes proofs.
pub struct Notary {
    storage: Arc<dyn Storage>,
    signer: Signer,
    blocks: Mutex<HashMap<DraftId, Arc<Blocks>>>,
    witnesses: Witnesses,
}

impl Notary {
    /// One that signs with that key.
    pub fn new(storage: Arc<dyn Storage>, signer: Signer) -> Self {
        Self {
            witnesses: Witnesses::new(Arc::clone(&storage)),
            storage,
            signer,
            blocks: Mutex::default(),
        }
    }

    /// The public key, under the server's name.
    pub fn key(&self) -> Key {
        self.signer.public(Kind::Log)
    }

    /// The first `size` entries of the draft's record, signed.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn checkpoint(&self, draft: DraftId, size: u64) -> Result<Signed, StorageError> {
        let root = self.hashes(draft, &[span(0, size)]).await?;
        let checkpoint = Checkpoint {
            origin: Checkpoint::origin(&self.signer.name, draft),
            size,
            root: root.first().copied().unwrap_or(Hash([0; 32])),
        };
        let mut signed = checkpoint.sign(&self.signer);
        join(&mut signed, &self.witnesses.of(draft).await?);
        Ok(signed)
    }

    /// The proof that entry `seq` is among the first `size`, with its own hash first and that over all last; none if it
    /// is not.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn inclusion(
        &self,
        draft: DraftId,
        seq: Seq,
        size: u64,
    ) -> Result<Option<Vec<Hash>>, StorageError> {
        let index = seq.0.wrapping_sub(1);
        let Some(path) = inclusion(index, size) else {
            return Ok(None);
        };
        let (leaf, whole) = (vec![span(index, seq.0)], vec![span(0, size)]);
        let all = [leaf, path, whole].concat();
        self.hashes(draft, &all).await.map(Some)
    }

    /// The proof that the first `from` entries are the beginning of the first `size`; none if they cannot be.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn consistency(
        &self,
        draft: DraftId,
        from: u64,
        size: u64,
    ) -> Result<Option<Vec<Hash>>, StorageError> {
        match consistency(from, size) {
            Some(path) => self.hashes(draft, &path).await.map(Some),
            None => Ok(None),
        }
    }

    /// Keeps a witness's signature of a checkpoint, brought by a delegation; or says why not.
    ///
    /// # Errors
    /// If the storage fails.
    pub async fn cosigned(
        &self,
        draft: DraftId,
        by: &DelegationId,
        shown: &Signed,
        witness: &Key,
    ) -> Result<Result<Signed, String>, StorageError> {
        let size = shown.checkpoint.size;
        let own = self.checkpoint(draft, size).await?;
        let kept = self.witnesses.keep(draft, by, &own, shown, witness).await?;
        match kept {
            Ok(()) => self.checkpoint(draft, size).await.map(Ok),
            Err(why) => Ok(Err(why)),
        }
    }

    /// The checkpoints that are kept of the draft, the shortest first, and those that witnesses have signed, with all their
    /// signatures.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn kept(&self, draft: DraftId) -> Result<Vec<String>, StorageError> {
        let of_draft = format!("{draft}/");
        let records = self.storage.records(KIND).await?;
        let mine = records
            .into_iter()
            .filter(|(k, _)| k.starts_with(&of_draft));
        let mine = mine.filter_map(|(_, bytes)| String::from_utf8(bytes).ok()?.parse().ok());
        let mut all: BTreeMap<u64, Signed> = mine.map(|s: Signed| (s.checkpoint.size, s)).collect();
        for witnessed in self.witnesses.of(draft).await? {
            let size = witnessed.checkpoint.size;
            all.insert(size, self.checkpoint(draft, size).await?);
        }
        Ok(all.into_values().map(|s| s.note.to_string()).collect())
    }

    /// Signs and keeps what it is told to, until nobody can tell it any more.
    pub async fn follow(&self, mut notices: mpsc::Receiver<Notice>) {
        while let Some((draft, seq)) = notices.recv().await {
            if let Err(e) = self.keep(draft, seq.0).await {
                // The record is whole; a checkpoint of it can be had at any time.
                warn!(draft.id = %draft, seq = seq.0, "no checkpoint was kept: {e}");
            }
        }
    }

    /// Signs the first `size` entries and keeps that.
    ///
    /// # Errors
    /// If the storage fails.
    pub async fn keep(&self, draft: DraftId, size: u64) -> Result<(), StorageError> {
        let note = self.checkpoint(draft, size).await?.note.to_string();
        debug!(draft.id = %draft, size, "signed a checkpoint");
        // Zeros before it, so that they stand in order.
        let key = format!("{draft}/{size:020}");
        self.storage
            .put_record(KIND, &key, Some(note.into_bytes()))
            .await
    }

    async fn hashes(
        &self,
        draft: DraftId,
        stretches: &[Vec<plenary_shared::proof::Node>],
    ) -> Result<Vec<Hash>, StorageError> {
        let blocks = {
            let mut all = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(draft).or_default())
        };
        blocks.hashes(&*self.storage, draft, stretches).await
    }
}
