//! Whether the entries of a log stand in their places and fit together, and if not, which of them is at fault. Reads each
//! entry once, and remembers only its neighbour.

use plenary_shared::entry::Entry;
use plenary_shared::ids::{Hash, Seq};

use crate::Finding;

/// Findings of one log that are told; a log that is none has one on every line.
const FINDINGS: usize = 20;

/// What is known of a line.
struct Line {
    /// Its number and the hash that it names, or why it cannot be read.
    read: Result<(Seq, Hash), String>,
    hash: Hash,
}

/// A log as it is read.
pub(crate) struct Chain {
    expected: Seq,
    /// The hash of the entry before; none if that is not to be relied on.
    before: Option<Hash>,
    /// An entry that does not name the one before it: the next entry tells which of the two was changed.
    doubt: Option<Seq>,
    /// A line that awaits the next.
    held: Option<Line>,
    pub(crate) findings: Vec<Finding>,
}

impl Chain {
    pub(crate) fn new() -> Self {
        Self {
            expected: Seq(1),
            before: Some(Hash([0; 32])),
            doubt: None,
            held: None,
            findings: Vec::new(),
        }
    }

    /// Whether there is more to be told than anybody would read.
    pub(crate) fn is_hopeless(&self) -> bool {
        self.findings.len() >= FINDINGS
    }

    /// The next line.
    pub(crate) fn line(&mut self, bytes: Option<&[u8]>) {
        let line = match bytes {
            None => Line {
                read: Err("its line is not base64".into()),
                hash: Hash([0; 32]),
            },
            Some(bytes) => Line {
                read: Entry::decode(bytes)
                    .map(|e| (e.seq, e.previous))
                    .map_err(|e| e.to_string()),
                hash: Entry::hash_of(bytes),
            },
        };
        if let Some(held) = self.held.replace(line) {
            self.judge(&held, true);
        }
    }

    /// There are no more lines.
    pub(crate) fn end(&mut self) {
        if let Some(held) = self.held.take() {
            self.judge(&held, false);
        }
        if let Some(doubt) = self.doubt.take() {
            let first = Seq(doubt.0.saturating_sub(1));
            self.findings.push(Finding::LastTwo { first });
        }
    }

    fn judge(&mut self, line: &Line, more: bool) {
        let expected = self.expected;
        let (seq, previous) = match &line.read {
            Ok(read) => *read,
            Err(why) => {
                self.settle_doubt(None);
                self.changed(expected, &format!("it cannot be read, {why}"));
                (self.expected, self.before) = (expected.next(), None);
                return;
            }
        };
        if seq == expected {
            self.settle_doubt(Some(previous));
            let fits = self.before.is_none_or(|before| before == previous);
            if !fits {
                self.doubt = Some(seq);
            }
            (self.expected, self.before) = (seq.next(), Some(line.hash));
            return;
        }
        self.settle_doubt(None);
        let next = self.held.as_ref().filter(|_| more);
        let next = next.and_then(|n| n.read.as_ref().ok()).map(|n| n.0);
        if seq == expected.next() && next == Some(expected) {
            self.findings
                .push(Finding::EntriesReordered { first: expected });
            // The other one of the two is still to come, and goes by unjudged.
            self.held = None;
            (self.expected, self.before) = (seq.next(), Some(line.hash));
        } else if seq > expected {
            self.findings.push(Finding::EntryMissing {
                first: expected,
                next: seq,
            });
            (self.expected, self.before) = (seq.next(), Some(line.hash));
        } else {
            self.findings
                .push(Finding::EntryOutOfPlace { seq, expected });
        }
    }

    /// The entry after a doubtful one names it as it is, or not.
    fn settle_doubt(&mut self, named: Option<Hash>) {
        let Some(doubt) = self.doubt.take() else {
            return;
        };
        let before = Seq(doubt.0.saturating_sub(1));
        if named.is_some() && named == self.before {
            self.changed(
                before,
                &format!("entry {doubt}, which names its hash, names another"),
            );
        } else {
            self.changed(doubt, "neither the entry before nor the one after it fit");
            // What it says of itself is not to be relied on.
            self.before = None;
        }
    }

    fn changed(&mut self, seq: Seq, why: &str) {
        let why = why.to_owned();
        self.findings.push(Finding::EntryChanged { seq, why });
    }
}
