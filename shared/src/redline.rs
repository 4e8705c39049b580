//! What changed between two moments of a text, as data.
