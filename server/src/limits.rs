//! How much of anything one client can make the server hold: named, in one place, with units. What an operator may want
//! to change is a setting in `config.rs`; what a draft itself may hold is in `plenary_shared::limits`.

use std::time::Duration;

/// Working papers of one delegation, or of one group, for one draft.
pub const PAPERS: usize = 20;
/// Items of a list in one page, if the client does not say.
pub const PAGE: usize = 100;
/// Items of a list in one page at most.
pub const PAGE_MAX: usize = 500;
/// Characters of an idempotency key.
pub const IDEMPOTENCY_KEY: usize = 128;
/// Entries that a resuming reader may lack before it is told to load the draft anew: reading it is then cheaper.
pub const REPLAY: u64 = 5_000;
/// The silence after which an event stream says that it is still there. Proxies cut what is silent for a minute.
pub const HEARTBEAT: Duration = Duration::from_secs(15);
/// What a stopping server gives to requests that are under way.
pub const FINISH: Duration = Duration::from_secs(5);
/// What a stopping server gives to its rooms to put their snapshots aside.
pub const CLOSE_ROOMS: Duration = Duration::from_secs(4);
/// How often a live connection looks whether its seat's time is over.
pub const EXPIRY_LOOK: Duration = Duration::from_secs(5);
