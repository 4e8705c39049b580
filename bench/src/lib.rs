//! Load from outside: a trace of real typing, divided over the clauses of a draft, played on the real program.

pub mod measure;
pub mod trace;
