//! An entry, as a disk or an archive has it.

use plenary_shared::entry::Entry;
use plenary_shared::record::{Record, moment};

use crate::Target;
use crate::hall::Hall;

/// There is one way to write an entry; and whatever an entry says, a log with it is read or is found to be damaged.
pub(super) const TARGET: Target = Target {
    name: "entry",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let Ok(mut entry) = Entry::decode(bytes) else {
        return;
    };
    assert_eq!(
        entry.encode(),
        bytes,
        "there are two ways to write an entry"
    );
    let mut log = vec![bytes.to_vec()];
    let id = Hall::open().record.draft.id;
    // As the first entry, and as the next one of a log that it would follow.
    let _ = moment(id, log.clone());
    let _ = Record::unborn(id).replay(&log);
    let hall = Hall::open();
    entry.seq = hall.record.draft.seq.next();
    entry.previous = hall.record.draft.head;
    log = vec![entry.encode()];
    let mut record = hall.record.clone();
    if record.replay(&log).is_ok() {
        assert_eq!(record.draft.seq, entry.seq);
    } else {
        assert_eq!(
            record.draft.fingerprint(),
            hall.record.draft.fingerprint(),
            "a damaged entry left a trace"
        );
    }
}

fn seeds() -> Vec<Vec<u8>> {
    Hall::open().log.clone()
}
