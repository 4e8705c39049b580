//! What a websocket frame carries: a sync message of automerge's, as it comes.

use std::collections::BTreeMap;

use plenary_shared::draft::{LocalEdit, Peer, Role, Text};
use plenary_shared::entry::Place;
use plenary_shared::time::Timestamp;

use crate::hall::{Hall, en, person};
use crate::{Target, chunk};

/// A message is refused, answered or taken in; and then the draft is as sound as before.
pub(super) const TARGET: Target = Target {
    name: "sync",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let mut hall = Hall::open().clone();
    if hall.hear(&person("AVR", Role::Delegate), bytes) {
        hall.is_sound();
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let hall = Hall::open();
    let mut seeds = Vec::new();
    let mut newcomer = Text::replica_of(hall.record.draft.id, &[0x33; 16]);
    let (server, mut to_newcomer, mut to_server) =
        (hall.record.text.clone(), Peer::new(), Peer::new());
    while let Some(asks) = to_server.generate(&newcomer) {
        let incoming = server.unpack(&asks).expect("an honest message");
        to_newcomer
            .heard(&server, incoming)
            .expect("it is followed");
        seeds.push(asks);
        let Some(answer) = to_newcomer.generate(&server) else {
            break;
        };
        to_server
            .receive(&mut newcomer, &answer)
            .expect("the server's message is followed");
        // What the server says may be said to it.
        seeds.push(answer);
    }
    let typed = typed(&mut newcomer);
    seeds.extend(to_server.generate(&newcomer));
    seeds.push(chunk::sync_message(&typed));
    seeds.push(chunk::sync_message(&[newcomer.save()]));
    seeds
}

/// Honest typing: into a clause, into an agreed one without having seen it, and into one's own proposal.
pub(super) fn typed(replica: &mut Text) -> Vec<Vec<u8>> {
    let at = |place: Place, at, delete, insert: &str| LocalEdit {
        place,
        language: en(),
        at,
        delete,
        insert: insert.into(),
    };
    let clause = |id: &str| Place::Clause(id.parse().expect("an id"));
    let proposal = Place::Proposal("p1".parse().expect("an id"));
    let edits = [
        at(clause("op-1"), 3, 4, "come together"),
        at(clause("op-1"), 0, 0, "十"),
        at(proposal, 8, 5, "each"),
    ];
    edits
        .iter()
        .filter_map(|edit| replica.type_in(edit, Timestamp(0)))
        .map(|change| change.0)
        .collect()
}

/// A copy of the draft's text, signed by that actor.
pub(super) fn replica(actor: &[u8]) -> Text {
    let text = &Hall::open().record.text;
    let copy = Text::load(text.draft(), &text.save(), &BTreeMap::new(), Some(actor));
    copy.expect("the text can be copied")
}
