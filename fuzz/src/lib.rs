//! Hostile input: for each door by which bytes from outside come in, a [`Target`] that says what must hold whatever they
//! are. Two run them: `tests/tests/fuzz.rs`, with the kept corpus and a fixed number of corruptions of it, on every
//! `make test`; and `fuzz/hunt`, led by coverage, for as long as one likes. `fuzz/README.md` tells how.

pub mod chunk;
mod hall;
pub mod targets;

pub use hall::Hall;
pub use targets::TARGETS;

/// A door by which bytes come in.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of its folder in the corpus.
    pub name: &'static str,
    /// Lets bytes in, and panics if what must hold does not.
    pub run: fn(&[u8]),
    /// What honest people send: where the hunt begins.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|t| t.name == name)
}
