//! Load from outside: a trace of real typing, divided over the clauses of a draft, played on the real program; and what one
//! keystroke costs in drafts that have grown.

pub mod chart;
pub mod measure;
pub mod room;
pub mod trace;
