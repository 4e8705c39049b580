//! What witnesses have signed too: of each delegation of a draft the last, so that nobody fills the disk with them, or takes
//! another witness's place.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use plenary_shared::ids::{DelegationId, DraftId};
use plenary_shared::proof::{Key, Kind, Signature, Signed};
use tokio::sync::{Mutex, MutexGuard};

use crate::storage::{Storage, StorageError};

const KIND: &str = "cosigned";

/// By whom of which draft.
type Kept = HashMap<DraftId, BTreeMap<DelegationId, Signed>>;

pub(super) struct Witnesses {
    storage: Arc<dyn Storage>,
    /// Read from the storage when it is first asked for.
    kept: Mutex<Option<Kept>>,
}

impl Witnesses {
    pub(super) fn new(storage: Arc<dyn Storage>) -> Self {
        Self {
            storage,
            kept: Mutex::default(),
        }
    }

    /// The checkpoints of the draft that witnesses have signed, with their signatures alone.
    pub(super) async fn of(&self, draft: DraftId) -> Result<Vec<Signed>, StorageError> {
        let mut kept = self.kept.lock().await;
        let kept = self.read(&mut kept).await?.get(&draft);
        Ok(kept
            .map(|k| k.values().cloned().collect())
            .unwrap_or_default())
    }

    /// Keeps the witness's signature of `own`, a checkpoint of this server, if `shown` has it; or says why not.
    pub(super) async fn keep(
        &self,
        draft: DraftId,
        by: &DelegationId,
        own: &Signed,
        shown: &Signed,
        witness: &Key,
    ) -> Result<Result<(), String>, StorageError> {
        let line = match line_of(own, shown, witness) {
            Ok(line) => line,
            Err(why) => return Ok(Err(why)),
        };
        let mut alone = own.clone();
        alone.note.signatures = vec![line];
        let mut kept = self.kept.lock().await;
        let of_draft = self.read(&mut kept).await?.entry(draft).or_default();
        let before = of_draft.get(by).map(|s| s.checkpoint.size);
        if let Some(before) = before.filter(|before| *before > own.checkpoint.size) {
            return Ok(Err(format!(
                "{by} has had a later record witnessed already, of {before} entries"
            )));
        }
        let (key, note) = (format!("{draft}/{by}"), alone.note.to_string());
        self.storage
            .put_record(KIND, &key, Some(note.into_bytes()))
            .await?;
        of_draft.insert(by.clone(), alone);
        Ok(Ok(()))
    }

    async fn read<'a>(
        &self,
        kept: &'a mut MutexGuard<'_, Option<Kept>>,
    ) -> Result<&'a mut Kept, StorageError> {
        if kept.is_none() {
            let mut all = Kept::new();
            for (key, bytes) in self.storage.records(KIND).await? {
                let place = key.split_once('/');
                let place = place.and_then(|(d, by)| Some((d.parse().ok()?, by.parse().ok()?)));
                let signed = String::from_utf8(bytes).ok().and_then(|n| n.parse().ok());
                if let (Some((draft, by)), Some(signed)) = (place, signed) {
                    all.entry(draft).or_default().insert(by, signed);
                }
            }
            **kept = Some(all);
        }
        Ok(kept.get_or_insert_default())
    }
}

/// Adds to a checkpoint the signatures of those witnesses who have signed the very same.
pub(super) fn join(signed: &mut Signed, witnessed: &[Signed]) {
    let same = witnessed.iter().filter(|w| w.note.text == signed.note.text);
    for line in same.flat_map(|w| &w.note.signatures) {
        if !signed.note.signatures.contains(line) {
            signed.note.signatures.push(line.clone());
        }
    }
}

/// The witness's line, if it is one.
fn line_of(own: &Signed, shown: &Signed, witness: &Key) -> Result<Signature, String> {
    if shown.note.text != own.note.text {
        return Err("the checkpoint is not this server's".into());
    }
    if witness.kind != Kind::Witness {
        return Err("the key is not that of a witness".into());
    }
    shown.note.verify(witness).map_err(|e| e.to_string())?;
    let id = witness.id();
    let of_witness = |s: &&Signature| s.name == witness.name && s.bytes.starts_with(&id);
    let line = shown.note.signatures.iter().find(of_witness);
    line.cloned()
        .ok_or_else(|| "the witness has not signed it".into())
}
