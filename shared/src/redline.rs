//! The difference between two texts, clause by clause and word by word.

pub(crate) mod words;
