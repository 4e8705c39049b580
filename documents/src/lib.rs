//! A draft's text as documents of other programs, and back.
//!
//! Bytes in, bytes out: no files, no network, no clock. `shared` has the formats that are plain text; here are those that
//! are archives and XML, which need libraries that the domain does without. Everything is written from one
//! [`Redline`](plenary_shared::redline::Redline), a clean text being one in which nothing is different.

pub mod akn;
pub mod docx;
mod emphasis;
mod missing;
mod package;
pub mod submission;
mod xml;

pub use emphasis::{Setting, of_segments, settings};
pub use missing::note as missing_note;

/// The names of the formats that are written here, as addresses and the command line have them.
pub const FORMATS: &[&str] = &["akn", "docx"];
