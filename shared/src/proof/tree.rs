//! The Merkle tree of RFC 6962: appending, proofs, and verification as in RFC 9162, section 2.1.
//!
//! Every hash of a proof is that of a stretch of leaves, and every stretch is put together from perfect subtrees
//! ([`Node`]). Which nodes a proof needs is known without any hash; whoever keeps the hashes looks them up.

use sha2::Digest as _;

use crate::ids::Hash;

/// A perfect subtree: the leaves from `index << level`, `1 << level` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Its height; a leaf has 0.
    pub level: u32,
    /// Its place among those of its height, from 0.
    pub index: u64,
}

/// The hash of two subtrees side by side: SHA-256 of a byte 1, the left and the right.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut h = sha2::Sha256::new();
    h.update([1]);
    h.update(left.0);
    h.update(right.0);
    Hash(h.finalize().into())
}

/// The hash of a stretch, from those of its [`span`]; of none, that of the empty tree.
pub fn fold(parts: &[Hash]) -> Hash {
    let join = |right: Hash, left: &Hash| node_hash(*left, right);
    match parts.split_last() {
        Some((last, before)) => before.iter().rev().fold(*last, join),
        None => Hash(sha2::Sha256::digest([]).into()),
    }
}

/// The perfect subtrees that leaves `start..end` are put together from, left to right. `start` is where a subtree of
/// the whole begins: 0, or as proofs have it.
pub fn span(start: u64, end: u64) -> Vec<Node> {
    let mut parts = Vec::new();
    let mut at = start;
    while at < end {
        let level = (end - at).ilog2();
        let index = at >> level;
        parts.push(Node { level, index });
        at += 1 << level;
    }
    parts
}

/// What grows with a log: its size, and the hashes of the perfect subtrees that it now consists of. As many as the size
/// has ones in binary: appending costs two hashes on average.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// One leaf more.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(left, hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The hash of the whole.
    pub fn root(&self) -> Hash {
        fold(&self.peaks)
    }
}

/// The stretches whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf upwards; none if it
/// is not.
pub fn inclusion(index: u64, size: u64) -> Option<Vec<Vec<Node>>> {
    if index >= size {
        return None;
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(span(middle, end));
            end = middle;
        } else {
            path.push(span(start, middle));
            start = middle;
        }
    }
    path.reverse();
    Some(path)
}

/// The stretches whose hashes prove that the tree of `old` leaves is the beginning of that of `size`; none if it cannot
/// be. Of the empty tree and of the whole there is nothing to prove.
pub fn consistency(old: u64, size: u64) -> Option<Vec<Vec<Node>>> {
    if old > size {
        return None;
    }
    if old == 0 || old == size {
        return Some(Vec::new());
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while old < end {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(span(middle, end));
            end = middle;
        } else {
            path.push(span(start, middle));
            start = middle;
        }
    }
    // If the old tree is itself one of the subtrees on the left edge, whoever verifies has its hash.
    if start > 0 {
        path.push(span(start, end));
    }
    path.reverse();
    Some(path)
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// Whether the proof shows that the leaf with that hash is number `index`, from 0, of the `size` leaves under `root`
/// (RFC 9162, section 2.1.3.2).
pub fn included(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for step in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(*step, hash);
            let up = if node & 1 == 0 {
                node.trailing_zeros().min(63)
            } else {
                0
            };
            (node, last) = (node >> up, last >> up);
        } else {
            hash = node_hash(hash, *step);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && hash == root
}

/// Whether the proof shows that the `old` leaves under `old_root` are the first of the `size` under `root` (RFC 9162,
/// section 2.1.4.2).
pub fn is_consistent(old: u64, old_root: Hash, size: u64, root: Hash, proof: &[Hash]) -> bool {
    if old == 0 || old == size {
        let same = if old == 0 { fold(&[]) } else { root };
        return old <= size && proof.is_empty() && old_root == same;
    }
    if old > size {
        return false;
    }
    let (mut node, mut last) = (old - 1, size - 1);
    let up = node.trailing_ones();
    (node, last) = (node >> up, last >> up);
    let mut steps = proof.iter().copied();
    let first = if old.is_power_of_two() {
        Some(old_root)
    } else {
        steps.next()
    };
    let Some(first) = first else { return false };
    let (mut of_old, mut of_new) = (first, first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            of_old = node_hash(step, of_old);
            of_new = node_hash(step, of_new);
            let up = if node & 1 == 0 {
                node.trailing_zeros().min(63)
            } else {
                0
            };
            (node, last) = (node >> up, last >> up);
        } else {
            of_new = node_hash(of_new, step);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && of_old == old_root && of_new == root
}

#[cfg(test)]
mod tests;
