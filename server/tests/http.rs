//! The API as a client meets it: addresses, who is let in, and what is said when something is wrong.

#[path = "http/stage.rs"]
mod stage;

#[path = "http/addresses.rs"]
mod addresses;
#[path = "http/aids.rs"]
mod aids;
#[path = "http/blame.rs"]
mod blame;
#[path = "http/callers.rs"]
mod callers;
#[path = "http/drafts.rs"]
mod drafts;
#[path = "http/exports.rs"]
mod exports;
#[path = "http/ledger.rs"]
mod ledger;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/papers.rs"]
mod papers;
#[path = "http/pointer.rs"]
mod pointer;
#[path = "http/problems.rs"]
mod problems;
#[path = "http/proof.rs"]
mod proof;
#[path = "http/redline.rs"]
mod redline;
#[path = "http/silences.rs"]
mod silences;
#[path = "http/streams.rs"]
mod streams;
#[path = "http/votes.rs"]
mod votes;
#[path = "http/wordings.rs"]
mod wordings;
