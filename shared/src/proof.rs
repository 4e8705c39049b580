//! Proof that a record is as it was: a Merkle tree over the entries of a draft, and what a server signs of it.
//!
//! The leaves are the hashes of the entries ([`crate::entry::Entry::hash_of`]), so that nothing is hashed twice and a log
//! that exists already has its tree. The forms are those of others: RFC 6962 and 9162 for the tree, C2SP `signed-note`,
//! `tlog-checkpoint`, `tlog-cosignature` and `tlog-proof` for what is signed and handed over.

mod checkpoint;
mod note;
mod slip;
mod tree;

pub use checkpoint::{Checkpoint, Signed};
pub use note::{Key, Kind, Note, NoteError, Signature, Signer};
pub use slip::Slip;
pub use tree::{
    Frontier, Node, consistency, fold, included, inclusion, is_consistent, node_hash, span,
};
