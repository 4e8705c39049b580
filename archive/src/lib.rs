//! The archive: all of a draft in one file `.plenary`, which outlives the software. `docs/archive.md` tells its form.
//!
//! It is a BagIt bag (RFC 8493) in a zip file, written the same, byte by byte, whoever writes it. [`write()`] makes one of a
//! log, [`verify()`] folds it again and says what is not as it should be, each thing in a sentence.

mod bag;
mod chain;
mod finding;
mod render;
mod site;
mod verify;
mod write;

pub use bag::{Bag, Unreadable};
pub use finding::Finding;
pub use site::{NotPublished, Published, site};
pub use verify::{Report, Trust, Witnessed, verify};
pub use write::{Contents, NotWritten, write};

/// The files inside, below the top folder.
mod names {
    pub(crate) const BAGIT: &str = "bagit.txt";
    pub(crate) const INFO: &str = "bag-info.txt";
    pub(crate) const MANIFEST: &str = "manifest-sha256.txt";
    pub(crate) const TAGS: &str = "tagmanifest-sha256.txt";
    pub(crate) const README: &str = "data/README.txt";
    pub(crate) const LOG: &str = "data/log.txt";
    pub(crate) const ROSTER: &str = "data/roster.json";
    pub(crate) const KEYS: &str = "data/keys.txt";
    pub(crate) const CHECKPOINT: &str = "data/checkpoint.txt";
    pub(crate) const EARLIER: &str = "data/checkpoints/";
    pub(crate) const TEXT: &str = "data/text/";
}

/// Entries that are read together, by their number and their bytes.
const PAGE: usize = 10_000;
const PAGE_BYTES: usize = 8 << 20;
