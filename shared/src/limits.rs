//! How much of anything a draft takes. Named, in one place, with their units.

/// Idempotency keys remembered per draft.
pub const KEYS: usize = 4096;
/// Bytes of one change to the text as sent (compressed or not).
pub const CHANGE_BYTES: usize = 1 << 20;
/// Operations in one change to the text.
pub const CHANGE_OPS: usize = 50_000;
/// Changes in one submission.
pub const SUBMISSION_CHANGES: usize = 100_000;
/// UTF-16 code units of one wording (a clause in one language). Costs of an edit grow with the object it is in.
pub const WORDING_UNITS: usize = 20_000;
/// Clauses in a draft.
pub const CLAUSES: usize = 5_000;
/// Depth of a clause: paragraph, sub-paragraph, and so on.
pub const LEVELS: u8 = 6;
/// Proposals in a draft, past ones among them.
pub const PROPOSALS: usize = 50_000;
/// Live proposals of one delegation in one draft.
pub const LIVE_PROPOSALS: usize = 200;
/// Proposals of one delegation in one draft, past ones among them: the others' are not used up by it.
pub const PROPOSALS_OF_ONE: usize = 5_000;
/// Statements in a draft.
pub const STATEMENTS: usize = 50_000;
/// Statements of one delegation in one draft.
pub const STATEMENTS_OF_ONE: usize = 5_000;
/// Keys of one delegation in one draft, revoked ones among them.
pub const KEYS_OF_ONE: usize = 32;
/// The last acts of a draft that a signed act may answer to.
pub const ANSWERABLE: usize = 256;
/// Delegations in a draft.
pub const DELEGATIONS: usize = 1_000;
/// Bytes of one websocket frame from a client.
pub const FRAME_BYTES: usize = 16 << 20;
/// Bytes of one change to the text once inflated.
pub const CHANGE_INFLATED: u64 = 4 << 20;
/// Rows of any column of a whole document as sent by a client.
pub const DOCUMENT_ROWS: u64 = 4_000_000;
/// Bytes of a whole document as sent by a client, once inflated.
pub const DOCUMENT_INFLATED: u64 = 64 << 20;
/// Silence procedures in a draft, past ones among them.
pub const SILENCES: usize = 1_000;
/// Ways in which one sync message says what its sender has. Stock clients say it once.
pub const SYNC_HAVES: usize = 8;
/// Bits of a sync message's filter that are looked at for each change. Stock clients' filters have 7.
pub const FILTER_PROBES: u64 = 32;
