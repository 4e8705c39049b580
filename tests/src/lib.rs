//! The conference room: reads the stories in `scenarios/` and plays them, on the rules alone or on a live server.
//!
//! A story is a TOML file that a diplomat can check ([`scenario`]). [`stage::play`] plays it on any [`stage::Stage`]:
//! [`conference::Conference`] is the domain by itself, without network, storage or clock.

pub mod conference;
pub mod expect;
pub mod scenario;
pub mod stage;
pub mod typing;
