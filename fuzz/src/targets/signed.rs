//! An act that a delegation has signed, as the API takes it: JSON with the five lines in it.

use std::sync::OnceLock;

use plenary_shared::acts::{Act, RegisterKey};
use plenary_shared::draft::Role;
use plenary_shared::ids::DelegationId;
use plenary_shared::proof::Signer;
use plenary_shared::record::Record;
use plenary_shared::signing::{SignedAct, Statement};

use crate::Target;
use crate::hall::{Hall, person};

/// Whatever is handed in as signed by a delegation that signs: it is refused in words, or it is what the delegation's key has
/// signed, for this draft and this delegation.
pub(super) const TARGET: Target = Target {
    name: "signed",
    run,
    seeds,
};

fn signer() -> Signer {
    Signer::from_seed("acts", [7; 32])
}

fn whose() -> DelegationId {
    "AVR".parse().expect("a plain code is one")
}

fn signed(record: &Record, act: Act) -> SignedAct {
    let statement = Statement {
        draft: record.draft.id,
        delegation: whose(),
        answers: record.draft.signing.latest().expect("it is convened"),
        act,
    };
    statement.sign(&signer())
}

/// The hall, in which the delegation has registered its key.
fn signing() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(|| {
        let mut record = Hall::open().record.clone();
        let key = signer().key();
        let act = Act::RegisterKey(RegisterKey { key });
        let proven = signed(&record, act.clone());
        let (by, now) = (person("AVR", Role::Delegate), Hall::open().now());
        let sealed = record.act_signed(&by, &act, Some(proven), &[], now, None);
        sealed.expect("whoever has a key registers it");
        record
    })
}

fn run(bytes: &[u8]) {
    let Ok(handed) = serde_json::from_slice::<SignedAct>(bytes) else {
        return;
    };
    let Ok(statement) = handed.statement.parse::<Statement>() else {
        return;
    };
    let (by, now) = (person("AVR", Role::Delegate), Hall::open().now());
    let mut record = signing().clone();
    match record.act_signed(&by, &statement.act, Some(handed.clone()), &[], now, None) {
        Ok(sealed) => {
            assert!(handed.is_genuine(), "nobody has signed it");
            assert_eq!(handed.key, signer().key(), "another key has signed it");
            assert_eq!(statement.draft, record.draft.id, "for another draft");
            assert_eq!(statement.delegation, whose(), "for another delegation");
            assert_eq!(sealed.entry.signed, Some(handed), "it is kept otherwise");
        }
        Err(refusal) => assert!(!refusal.code.is_empty() && !refusal.sentence.is_empty()),
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let acts = [
        r#"{"statement":{"text":"For the record."}}"#,
        r#"{"cosponsor":{"proposal":"p1"}}"#,
        r#"{"object":{"on":{"clause":"op-1"},"digest":"0000000000000000000000000000000000000000000000000000000000000000","reason":"No"}}"#,
    ];
    let acts = acts.iter().filter_map(|a| serde_json::from_str(a).ok());
    let signed = acts.map(|act| signed(signing(), act));
    signed.filter_map(|s| serde_json::to_vec(&s).ok()).collect()
}
