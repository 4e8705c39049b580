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
/// How far a seat may be ahead of its share of the processor before it rests: a long text may be opened at once.
pub const SHARE_AHEAD: Duration = Duration::from_secs(2);
/// How far a seat may be ahead at most, whatever it did: who comes back with the typing of a day rests a moment, not an hour.
pub const SHARE_DEBT: Duration = Duration::from_secs(15);
/// Work that a change to the text counts for, for each connection that has the text open: all of them are told.
pub const CHANGE_WORK: Duration = Duration::from_micros(40);
/// Connections that are counted for that at most: beyond, even one person's typing would have to rest.
pub const CHANGE_MEMBERS: u32 = 250;
/// Work that an act counts for: it is folded, kept for ever, and told to everybody.
pub const ACT_WORK: Duration = Duration::from_millis(2);
/// Work that a frame counts for before anybody has read it, and each of its bytes.
pub const FRAME_WORK: Duration = Duration::from_micros(2);
/// The same, for each of its bytes.
pub const BYTE_WORK: Duration = Duration::from_nanos(3);
/// Between two messages of a seat that rests, on whichever of its connections: what the first of them makes is known by then.
pub const RESTING_PACE: Duration = Duration::from_millis(100);
/// Messages of one seat that wait in the rooms' inboxes at once; what is more is not read yet.
pub const WAITING_MESSAGES: usize = 256;
/// Requests of one seat that are answered at once; more of them wait.
pub const REQUESTS: usize = 64;
/// Moments of the past, comparisons and exports that are computed for one seat at once; more of them wait.
pub const COMPUTED_FOR_A_SEAT: usize = 2;
/// How long who wants a text in pages waits for others who do: they are set one after the other. The longest takes half a
/// minute, and a request a minute.
pub const PRINT_WAIT: Duration = Duration::from_secs(30);
/// Bytes that wait for one connection before it counts as one that does not read; a single message may have more.
pub const UNREAD_BYTES: usize = 1 << 20;
/// Until a client has read something of what is written to it.
pub const WRITE_WITHIN: Duration = Duration::from_secs(30);
/// How often it is looked for rooms that nobody uses.
pub const ROOM_LOOK: Duration = Duration::from_secs(60);
/// After how many such looks in a row a room is closed.
pub const ROOM_LOOKS: u32 = 30;
/// Open rooms beyond which those that nobody uses are closed at the next look.
pub const ROOMS_UNUSED: usize = 256;
