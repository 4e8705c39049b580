//! What is not as it should be in an archive: each thing one sentence.

use plenary_shared::ids::{DelegationId, PublicKey, Seq};
use serde::Serialize;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// A file that the manifest does not name.
    #[error(
        "The file {path} is not in the manifest: somebody has put it there, or taken its line away."
    )]
    NotInManifest {
        /// The file.
        path: String,
    },
    /// A file that the manifest names.
    #[error("The file {path} is in the manifest, and missing from the archive.")]
    FileMissing {
        /// The file.
        path: String,
    },
    /// A file with other bytes.
    #[error("The file {path} was changed: its bytes are not those that the manifest names.")]
    FileChanged {
        /// The file.
        path: String,
    },
    /// A file that cannot be read as what it is.
    #[error("The file {path} cannot be read: {why}.")]
    FileUnreadable {
        /// The file.
        path: String,
        /// What is the matter.
        why: String,
    },
    /// An entry with other bytes.
    #[error("Entry {seq} was changed: {why}.")]
    EntryChanged {
        /// The entry.
        seq: Seq,
        /// How it is seen.
        why: String,
    },
    /// The last two entries do not fit together.
    #[error(
        "Entry {first} or entry {} was changed: they do not fit together, and there is no later one to tell which it was.",
        .first.next()
    )]
    LastTwo {
        /// The first of the two.
        first: Seq,
    },
    /// Entries that are not there.
    #[error("{} missing: the log goes on with entry {next}.", missing(*.first, *.next))]
    EntryMissing {
        /// The first of them.
        first: Seq,
        /// The one that stands there.
        next: Seq,
    },
    /// Two entries that have changed places.
    #[error("Entries {first} and {} stand in the wrong order.", .first.next())]
    EntriesReordered {
        /// The one that should come first.
        first: Seq,
    },
    /// An entry that is there again.
    #[error(
        "Entry {seq} stands where entry {expected} should: it is there twice, or out of place."
    )]
    EntryOutOfPlace {
        /// The entry.
        seq: Seq,
        /// What should be there.
        expected: Seq,
    },
    /// An entry that does not follow from those before it.
    #[error("Entry {seq} cannot have been entered: {why}.")]
    EntryImpossible {
        /// The entry.
        seq: Seq,
        /// Why.
        why: String,
    },
    /// An act that its delegation has not signed with a key that is trusted.
    #[error(
        "Entry {seq} is said to be an act of {delegation}, and is not signed with {key}, or with a key that {delegation} has introduced by it."
    )]
    NotBySigner {
        /// The entry.
        seq: Seq,
        /// Whose act it is said to be.
        delegation: DelegationId,
        /// The key that is trusted.
        key: PublicKey,
    },
    /// A delegation that has signed nothing with the key that is trusted.
    #[error("Nothing of {delegation} is signed with {key}.")]
    NeverSigned {
        /// The delegation.
        delegation: DelegationId,
        /// The key that is trusted.
        key: PublicKey,
    },
    /// Another log than the one that was signed.
    #[error(
        "The log is not the one that was signed: it was rewritten somewhere after entry {fits}, up to entry {size}, and made to fit together. {whose}"
    )]
    Forked {
        /// Up to here it is as an earlier checkpoint says.
        fits: u64,
        /// As many entries the checkpoint speaks of.
        size: u64,
        /// Which checkpoint.
        whose: String,
    },
    /// The checkpoint speaks of another number of entries.
    #[error("The checkpoint is of {signed} entries, and the log has {found}.")]
    OtherSize {
        /// Entries that were signed.
        signed: u64,
        /// Entries that are there.
        found: u64,
    },
    /// A checkpoint that nobody has signed.
    #[error("The checkpoint in {path} cannot be believed: {why}.")]
    NotSigned {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
    /// A witness that was asked for has signed nothing.
    #[error("{witness} has witnessed no checkpoint of this record.")]
    NotWitnessed {
        /// The witness.
        witness: String,
    },
    /// The roster is another.
    #[error(
        "The roster in data/roster.json is not the one that the record leads to, at entry {seq}: {what}."
    )]
    RosterChanged {
        /// The last entry.
        seq: Seq,
        /// What differs.
        what: String,
    },
    /// A text is another.
    #[error("The text in {path} is not the one that stood at entry {seq}.")]
    TextChanged {
        /// The file.
        path: String,
        /// The entry.
        seq: Seq,
    },
}

fn missing(first: Seq, next: Seq) -> String {
    match next.0.saturating_sub(first.0) {
        0 | 1 => format!("Entry {first} is"),
        _ => format!("Entries {first} to {} are", next.0 - 1),
    }
}
