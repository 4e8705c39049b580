//! Plenary's server: network, storage and clock around the pure domain.

pub mod clock;
pub mod config;
pub mod identity;
pub mod limits;
pub mod room;
pub mod rooms;
pub mod storage;
pub mod telemetry;
