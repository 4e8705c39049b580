//! Changes that are well written and lie: automerge's own encoder wrote them, but their operations say what no honest
//! client says: they follow what is not there, take away twice, name another object, or come before what they build on.
//!
//! The bytes say who brings it, which honest change it begins as, and then in threes which operation says what else.

use std::panic::catch_unwind;
use std::sync::OnceLock;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Change, ExpandedChange, ObjType, ScalarValue};
use plenary_shared::draft::Role;

use super::change;
use crate::hall::{Hall, person};
use crate::{Target, chunk};

/// A lie is refused, or taken in if it does no harm; and then the draft is as sound as before.
pub(super) const TARGET: Target = Target {
    name: "lie",
    run,
    seeds,
};

/// Honest changes, read.
fn honest() -> &'static [ExpandedChange] {
    static HONEST: OnceLock<Vec<ExpandedChange>> = OnceLock::new();
    HONEST.get_or_init(|| {
        let changes = (change::TARGET.seeds)();
        let read = |seed: Vec<u8>| {
            let bytes = chunk::chunk(1, seed.get(1..)?);
            Some(Change::from_bytes(bytes).ok()?.decode())
        };
        changes.into_iter().filter_map(read).collect()
    })
}

fn run(bytes: &[u8]) {
    let [who, which, rest @ ..] = bytes else {
        return;
    };
    let by = match who & 3 {
        0 | 1 => person("AVR", Role::Delegate),
        2 => person("COR", Role::Delegate),
        _ => person("CHAIR", Role::Facilitator),
    };
    let all = honest();
    let Some(begun) = all.get(usize::from(*which) % all.len()) else {
        return;
    };
    let mut lying = begun.clone();
    let (triples, _) = rest.as_chunks::<3>();
    for [at, what, value] in triples {
        tell(&mut lying, *at, *what, *value);
    }
    lying.hash = None;
    // What automerge cannot write at all is no lie that it could read.
    let Ok(written) = catch_unwind(|| Change::from(lying).raw_bytes().to_vec()) else {
        return;
    };
    let mut hall = Hall::open().clone();
    if hall.hear(&by, &chunk::sync_message(&[written])) {
        hall.is_sound();
    }
}

/// One thing is said otherwise.
fn tell(change: &mut ExpandedChange, at: u8, what: u8, value: u8) {
    let own = change.actor_id.clone();
    let number = usize::from(at) % change.operations.len().max(1);
    let start = change.start_op.get();
    let heads = Hall::open().record.text.heads();
    match what % 16 {
        0 => {
            let shifted = start.saturating_add_signed(i64::from(value.cast_signed()));
            change.start_op = shifted.try_into().unwrap_or(change.start_op);
        }
        1 => change.seq = u64::from(value % 4),
        2 => change.deps.clear(),
        3 => {
            let all = heads
                .0
                .iter()
                .map(|h| automerge::ChangeHash(h.0))
                .chain(honest().iter().filter_map(|c| c.hash));
            let all: Vec<_> = all.collect();
            change.deps.extend(all.get(usize::from(value) % all.len()));
        }
        4 => change.operations.drain(number..).for_each(drop),
        5 => {
            let copy = change.operations.get(number).cloned();
            change.operations.extend(copy);
        }
        6 if !change.operations.is_empty() => drop(change.operations.remove(number)),
        what => {
            if let Some(op) = change.operations.get_mut(number) {
                lie(op, &own, start, what, value);
            }
        }
    }
}

fn lie(op: &mut Op, own: &ActorId, start: u64, what: u8, value: u8) {
    let text = &Hall::open().record.text;
    let (counter, actor) = servers();
    // An operation of the server's, or one of the change itself, or one that is nowhere.
    let named = OpId::new(u64::from(value) % (counter + 4), &actor);
    let of_own = OpId::new(start + u64::from(value % 8), own);
    let id = if value >= 0xe0 { of_own } else { named };
    match what {
        7 => op.obj = ObjectId::Id(id),
        8 => op.key = Key::Seq(ElementId::Id(id)),
        9 => op.key = Key::head(),
        10 => op.pred = op.pred.iter().cloned().chain([id]).collect(),
        11 => op.pred = [].into_iter().collect(),
        12 => op.insert = !op.insert,
        13 => {
            let keys = [
                "order", "kind", "level", "text", "en", "fr", "op-1", "op-9", "clauses", "agreed",
                "", "schema",
            ];
            op.key = Key::Map(keys[usize::from(value) % keys.len()].into());
        }
        14 => op.obj = ObjectId::Root,
        _ => op.action = action(value, text.changes()),
    }
}

fn action(value: u8, number: u64) -> OpType {
    let text = |s: &str| OpType::Put(ScalarValue::Str(s.into()));
    match value % 12 {
        0 => OpType::Delete,
        1 => text("x"),
        2 => text(""),
        3 => text("🕊 and more"),
        4 => text("80"),
        5 => OpType::Put(ScalarValue::Int(2)),
        6 => OpType::Put(ScalarValue::Uint(number)),
        7 => OpType::Put(ScalarValue::Null),
        8 => OpType::Make(ObjType::Text),
        9 => OpType::Make(ObjType::Map),
        10 => OpType::Increment(1),
        _ => OpType::MarkEnd(true),
    }
}

/// How many operations the draft's text has, and whose they are.
fn servers() -> (u64, ActorId) {
    static SERVERS: OnceLock<(u64, ActorId)> = OnceLock::new();
    SERVERS
        .get_or_init(|| {
            let saved = Hall::open().record.text.save();
            let doc = automerge::Automerge::load(&saved).expect("the text is read");
            let last = doc.get_changes(&[]).pop().expect("there are changes");
            (last.max_op(), last.actor_id().clone())
        })
        .clone()
}

fn seeds() -> Vec<Vec<u8>> {
    let numbers = 0..u8::try_from(honest().len()).unwrap_or(u8::MAX);
    let one = |which: u8| (0..16).map(move |what| vec![which & 3, which, which, what, 40 + what]);
    numbers.flat_map(one).collect()
}
