//! What travels between a server and its clients: the sync protocol's envelopes and the API's answers.

pub mod envelope;
pub mod message;
pub mod proof;
pub mod view;
