//! The Merkle tree of one draft, as far as it is kept: the hash of every full block of 256 entries, 32 bytes each. What is
//! above is computed from them, what is below from the entries of that one block.
//!
//! Nothing is done for it when an entry is made: a block is read once, when somebody first asks for a proof after it was
//! filled.

use std::collections::BTreeMap;

use plenary_shared::entry::Entry;
use plenary_shared::ids::{DraftId, Hash, Seq};
use plenary_shared::proof::{Frontier, Node, fold};
use tokio::sync::Mutex;

use crate::storage::{Storage, StorageError};

/// The height of a block's tree.
const LEVEL: u32 = 8;
const BLOCK: u64 = 1 << LEVEL;

/// The tree of one draft.
#[derive(Default)]
pub(super) struct Blocks(Mutex<Vec<Hash>>);

impl Blocks {
    /// The hash of each stretch.
    pub(super) async fn hashes(
        &self,
        storage: &dyn Storage,
        draft: DraftId,
        stretches: &[Vec<Node>],
    ) -> Result<Vec<Hash>, StorageError> {
        let nodes = || stretches.iter().flatten();
        let end = nodes().map(|n| (n.index + 1) << n.level).max().unwrap_or(0);
        let mut full = self.0.lock().await;
        fill(&mut full, storage, draft, end / BLOCK).await?;
        // Those of a block are wanted together: it is read once.
        let mut leaves: BTreeMap<u64, Vec<Hash>> = BTreeMap::new();
        for node in nodes().filter(|n| n.level < LEVEL) {
            let block = (node.index << node.level) / BLOCK;
            if let std::collections::btree_map::Entry::Vacant(free) = leaves.entry(block) {
                free.insert(read(storage, draft, block * BLOCK, BLOCK).await?);
            }
        }
        let node = |n: &Node| {
            let (below, row) = match n.level.checked_sub(LEVEL) {
                Some(height) => (height, full.get(..)),
                None => {
                    let block = (n.index << n.level) / BLOCK;
                    (n.level, leaves.get(&block).map(Vec::as_slice))
                }
            };
            let mut start = n.index << below;
            if n.level < LEVEL {
                start %= BLOCK;
            }
            let start = usize::try_from(start).ok()?;
            let row = row?.get(start..start.checked_add(1 << below)?)?;
            let mut tree = Frontier::default();
            row.iter().for_each(|hash| tree.push(*hash));
            Some(tree.root())
        };
        let stretch = |s: &Vec<Node>| s.iter().map(node).collect::<Option<Vec<_>>>();
        let hashes = stretches.iter().map(|s| Some(fold(&stretch(s)?)));
        let hashes: Option<Vec<Hash>> = hashes.collect();
        hashes.ok_or_else(|| StorageError::Failed("the log is shorter than it was".into()))
    }
}

/// Reads the blocks that have been filled since, so that there are `wanted` of them.
async fn fill(
    full: &mut Vec<Hash>,
    storage: &dyn Storage,
    draft: DraftId,
    wanted: u64,
) -> Result<(), StorageError> {
    while (full.len() as u64) < wanted {
        let leaves = read(storage, draft, full.len() as u64 * BLOCK, BLOCK).await?;
        if leaves.len() as u64 != BLOCK {
            return Err(StorageError::Failed(
                "the log is shorter than it was".into(),
            ));
        }
        let mut tree = Frontier::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        full.push(tree.root());
    }
    Ok(())
}

/// The hashes of the entries after `after`, at most `count`.
async fn read(
    storage: &dyn Storage,
    draft: DraftId,
    after: u64,
    count: u64,
) -> Result<Vec<Hash>, StorageError> {
    let mut leaves = Vec::new();
    while (leaves.len() as u64) < count {
        let left = usize::try_from(count).unwrap_or(usize::MAX) - leaves.len();
        let after = Seq(after + leaves.len() as u64);
        let page = storage.read(draft, after, left).await?;
        if page.is_empty() {
            break;
        }
        // A page may hold megabytes; not on the network's threads.
        let hashed = tokio::task::spawn_blocking(move || {
            let hash = |(_, bytes): (Seq, Vec<u8>)| Entry::hash_of(&bytes);
            page.into_iter().map(hash).collect::<Vec<_>>()
        });
        leaves.extend(hashed.await.map_err(|_| StorageError::Stopped)?);
    }
    Ok(leaves)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plenary_shared::proof::{consistency, included, inclusion, is_consistent, span};

    use super::*;
    use crate::storage::{BatchId, Memory};

    #[tokio::test]
    async fn proofs_across_blocks_verify_while_the_log_grows() {
        let (storage, draft) = (Memory::default(), DraftId([1; 16]));
        let blocks = Blocks::default();
        let (mut tree, mut roots, mut leaves) = (Frontier::default(), vec![], vec![]);
        roots.push(tree.root());
        let steps = [1u64, 255, 256, 257, 511, 512, 700, 1025];
        for size in steps {
            let before = leaves.len() as u64;
            let more: Vec<Arc<[u8]>> = (before..size).map(|n| n.to_be_bytes()[..].into()).collect();
            for bytes in &more {
                leaves.push(Entry::hash_of(bytes));
                tree.push(leaves[leaves.len() - 1]);
                roots.push(tree.root());
            }
            let added = storage.append(draft, Seq(before), more, BatchId::fresh());
            added.await.unwrap();
            let all = [vec![span(0, size)], inclusion(size / 2, size).unwrap()].concat();
            let found = blocks.hashes(&storage, draft, &all).await.unwrap();
            let (root, path) = found.split_first().unwrap();
            assert_eq!(*root, tree.root());
            let half = usize::try_from(size / 2).unwrap();
            assert!(included(leaves[half], size / 2, size, path, *root));
            for old in steps.into_iter().filter(|o| *o <= size) {
                let path = consistency(old, size).unwrap();
                let path = blocks.hashes(&storage, draft, &path).await.unwrap();
                let before = roots[usize::try_from(old).unwrap()];
                assert!(
                    is_consistent(old, before, size, *root, &path),
                    "{old} {size}"
                );
            }
        }
    }
}
