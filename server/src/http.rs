//! The HTTP API: one noun a file. What each address does is told at its handler, and by that in the OpenAPI document.

pub mod auth;
pub mod error;

pub(crate) mod acts;
pub(crate) mod blame;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod json;
pub(crate) mod ledger;
pub(crate) mod log;
pub(crate) mod matrix;
pub(crate) mod mergeable;
pub(crate) mod moment;
pub(crate) mod next;
pub(crate) mod page;
pub(crate) mod papers;
pub(crate) mod pointer;
pub(crate) mod procedure;
pub(crate) mod progress;
pub(crate) mod proof;
pub(crate) mod proposals;
pub(crate) mod query;
pub(crate) mod redline;
pub(crate) mod screen;
pub(crate) mod seats;
pub(crate) mod session;
pub(crate) mod silences;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod versions;
pub(crate) mod visit;
pub(crate) mod wording;

use error::Failure;

/// What a handler answers.
pub(crate) type Answer<T> = Result<T, Failure>;
