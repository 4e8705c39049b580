//! An archive, as somebody sends it.

use std::io::Cursor;
use std::sync::OnceLock;

use plenary_archive::{Bag, Contents, Trust, verify, write};
use plenary_shared::entry::Entry;
use plenary_shared::ids::DraftId;
use plenary_shared::proof::{Checkpoint, Frontier, Kind, Signer};

use crate::Target;
use crate::hall::Hall;

/// Whatever comes, it is read or refused; and what is found to be well, and signed with a key that is trusted, is the
/// very record that was signed.
pub(super) const TARGET: Target = Target {
    name: "archive",
    run,
    seeds,
};

/// The key that signs them.
pub fn signer() -> Signer {
    Signer::from_seed("plenary.example", [5; 32])
}

/// The archive of a log.
pub fn packed(draft: DraftId, log: &[Vec<u8>]) -> Vec<u8> {
    let mut tree = Frontier::default();
    log.iter().for_each(|e| tree.push(Entry::hash_of(e)));
    let signed = |tree: &Frontier| {
        let checkpoint = Checkpoint {
            origin: Checkpoint::origin("plenary.example", draft),
            size: tree.size(),
            root: tree.root(),
        };
        checkpoint.sign(&signer())
    };
    let mut first = Frontier::default();
    log.iter()
        .take(3)
        .for_each(|e| first.push(Entry::hash_of(e)));
    let contents = Contents {
        draft,
        keys: vec![signer().public(Kind::Log)],
        checkpoint: signed(&tree),
        earlier: vec![signed(&first)],
    };
    let mut out = Cursor::new(Vec::new());
    write(&mut out, log.iter().cloned(), &contents).expect("an honest log can be archived");
    out.into_inner()
}

fn honest() -> &'static [u8] {
    static HONEST: OnceLock<Vec<u8>> = OnceLock::new();
    HONEST.get_or_init(|| packed(Hall::open().record.draft.id, &Hall::open().log))
}

fn run(bytes: &[u8]) {
    let Ok(mut bag) = Bag::open(Cursor::new(bytes)) else {
        return;
    };
    let trust = Trust {
        keys: vec![signer().public(Kind::Log)],
        ..Trust::default()
    };
    let Ok(report) = verify(&mut bag, &trust) else {
        return;
    };
    if report.findings.is_empty() {
        let hall = &Hall::open().record.draft;
        assert!(report.signed.is_some(), "it is well, and nobody signed it");
        assert_eq!(report.entries, hall.seq.0, "it is well, and another record");
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut damaged = honest().to_vec();
    if let Some(byte) = damaged.get_mut(40) {
        *byte ^= 1;
    }
    vec![
        honest().to_vec(),
        damaged,
        honest()[..honest().len() / 2].to_vec(),
    ]
}
