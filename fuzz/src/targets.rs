//! The list of targets.

use crate::Target;

mod act;
mod akn;
pub mod archive;
mod change;
mod docx;
mod entry;
mod lie;
mod markdown;
mod message;
mod signed;
mod sync;

/// All targets.
pub const TARGETS: &[Target] = &[
    message::TARGET,
    sync::TARGET,
    change::TARGET,
    lie::TARGET,
    entry::TARGET,
    markdown::TARGET,
    docx::TARGET,
    akn::TARGET,
    act::TARGET,
    signed::TARGET,
    archive::TARGET,
];
