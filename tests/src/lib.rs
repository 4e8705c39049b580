//! The conference room: reads the stories in `scenarios/` and plays them, on the rules alone or on a live server.
//!
//! A story is a TOML file that a diplomat can check ([`scenario`]). [`stage::play`] plays it on any [`stage::Stage`]:
//! [`conference::Conference`] is the domain by itself, without network, storage or clock; [`live::LiveDraft`] is a draft
//! on a server in this process, reached by HTTP and websocket as any client reaches it; [`process::Process`] is the real
//! program, to be killed, starved and lied to.

pub mod conference;
pub mod dice;
pub mod expect;
pub mod hall;
pub mod live;
pub mod plenary;
pub mod process;
pub mod scenario;
pub mod socket;
pub mod stage;
pub mod typing;
pub mod typist;
