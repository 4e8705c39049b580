//! The domain of Plenary. Pure: no I/O, no async, no clock, no randomness.
//!
//! One draft is one log, and its state is the fold of that log. Words merge (the text is a CRDT); acts are ordered.

pub mod acts;
pub mod admit;
pub mod aids;
pub mod blame;
mod decide;
pub mod draft;
pub mod entry;
pub mod export;
pub mod fold;
pub mod ids;
pub mod import;
pub mod letter;
pub mod limits;
pub mod numbering;
pub mod proof;
pub mod record;
pub mod redline;
pub mod refusal;
pub mod rolling;
pub mod roster;
mod rules;
pub mod signing;
pub mod status;
pub mod tally;
pub mod time;
pub mod wire;
pub mod withheld;

pub use decide::{Decided, decide};
