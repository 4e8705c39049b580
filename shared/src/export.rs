//! The text in other formats: one file each.
