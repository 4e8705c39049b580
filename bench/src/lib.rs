//! Load from outside: a trace of real typing, divided over the clauses of a draft, played on the real program; what one
//! keystroke costs in drafts that have grown; and what an act costs, in memory.

pub mod chart;
pub mod hall;
pub mod measure;
pub mod mischief;
pub mod newcomer;
pub mod other;
pub mod room;
pub mod trace;
pub mod weak;
