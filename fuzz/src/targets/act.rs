//! An act, as the API takes it: JSON.

use plenary_shared::acts::Act;
use plenary_shared::draft::Role;
use plenary_shared::entry::{By, Entry};

use crate::Target;
use crate::hall::{Hall, person};

/// What is read as an act says the same when it is written; whoever submits it, it is refused in words or entered, and
/// then the draft is as sound as before.
pub(super) const TARGET: Target = Target {
    name: "act",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let Ok(act) = serde_json::from_slice::<Act>(bytes) else {
        return;
    };
    let written = serde_json::to_vec(&act).expect("an act is written");
    assert_eq!(
        serde_json::from_slice::<Act>(&written).expect("what was written is read"),
        act
    );
    for by in [
        person("AVR", Role::Delegate),
        person("COR", Role::Delegate),
        person("CHAIR", Role::Facilitator),
        By::Secretariat,
    ] {
        let mut hall = Hall::open().clone();
        match hall.act(&by, &act) {
            Ok(()) => hall.is_sound(),
            Err(refusal) => {
                assert!(!refusal.code.is_empty() && !refusal.sentence.is_empty());
                assert_eq!(hall.log.len(), Hall::open().log.len());
            }
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let recorded = Hall::open().log.iter().filter_map(|bytes| {
        let act = Entry::decode(bytes).ok()?.act?;
        serde_json::to_vec(&act).ok()
    });
    let more = [
        r#"{"take_position": {"on": {"clause": "op-1"}, "stance": "reserve", "note": "Not yet."}}"#,
        r#"{"object": {"on": {"proposal": "p1"}, "reason": "Cost", "instead": "p1"}}"#,
        r#"{"cosponsor": {"proposal": "p1"}}"#,
        r#"{"withdraw": {"proposal": "p1"}}"#,
        r#"{"decline": {"proposal": "p1", "reason": "No."}}"#,
        r#"{"incorporate": {"proposal": "p1"}}"#,
        r#"{"propose": {"amendment": {"insert_after": {"clause": "op-1", "kind": "operative", "level": 2}}, "text": {"en": "Also", "fr": "Aussi"}, "rationale": "Why"}}"#,
        r#"{"open_silence": {"targets": [{"clause": "op-1"}], "until": "2027-02-01T00:00:00Z"}}"#,
        r#"{"package": {"name": "Both", "clauses": ["op-1", "pp-1"]}}"#,
        r#"{"seal_version": {"name": "Rev.1"}}"#,
        r#"{"statement": {"text": "For the record.", "on": {"clause": "op-2"}}}"#,
        r#"{"mark_translation": {"clause": "op-1", "language": "fr"}}"#,
        r#"{"reopen": {"clause": "op-2", "reason": "An error."}}"#,
        r#"{"open_vote": {"on": {"clause": "op-1"}}}"#,
        r#"{"form_group": {"group": "G", "name": "Group", "members": ["AVR", "COR"], "spokesperson": "AVR"}}"#,
        r#"{"set_rule": {"rule": {"decision": "unanimity"}}}"#,
        r#"{"dissociate": {"on": {"clause": "op-1"}}}"#,
        r#"{"close": {}}"#,
    ];
    recorded
        .chain(more.map(|s| s.as_bytes().to_vec()))
        .collect()
}
