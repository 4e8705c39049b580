//! The matrix of a small conference.

use serde_json::json;

use super::*;
use crate::acts::testing::{
    Room, delegation, en, lapse, objects, objects_late, seat, silence, supports,
};

fn matrix(room: &Room, audience: &Audience) -> Matrix {
    Matrix::of(&room.draft, &room.manuscript, audience)
}

/// The marks of a clause, in the order of the columns.
fn marks(room: &Room, label: &str) -> Vec<String> {
    let matrix = matrix(room, &Audience::Chair);
    let row = matrix.rows.iter().find(|r| r.label == label).unwrap();
    let mark = |c: &Column| {
        let cell = row.cells.get(&c.delegation).cloned().unwrap_or_default();
        format!("{} {}", c.delegation, cell.mark())
    };
    matrix.columns.iter().map(mark).collect()
}

fn islands() -> serde_json::Value {
    json!({"form_group": {
        "group": "ISL", "name": "Islands", "members": ["AVR", "MRD"], "spokesperson": "AVR",
    }})
}

#[test]
fn each_cell_says_whose_position_it_is_and_on_which_text() {
    let mut room = Room::sitting();
    room.does("SEC", &islands());
    let as_group =
        json!({"take_position": {"on": {"clause": "op-1"}, "stance": "accept", "as_group": "ISL"}});
    room.does("AVR", &as_group);
    room.does("MRD", &supports("op-1"));
    room.does("TSL", &objects("op-1"));
    assert_eq!(marks(&room, "OP1"), ["AVR a", "MRD S", "PEN .", "TSL X"]);
    room.types("op-1", en(), "Decides to meet monthly;");
    assert_eq!(marks(&room, "OP1"), ["AVR ~", "MRD ~", "PEN .", "TSL X~"]);
    room.does("MRD", &json!({"dissociate": {"on": {"clause": "op-2"}}}));
    assert_eq!(marks(&room, "OP2"), ["AVR .", "MRD d", "PEN .", "TSL ."]);
}

#[test]
fn who_does_not_decide_is_shown_and_not_counted() {
    let mut room = Room::sitting();
    room.does("TSL", &objects("op-1"));
    room.does("SEC", &seat("TSL", "delegate", false));
    assert_eq!(marks(&room, "OP1"), ["AVR .", "MRD .", "PEN .", "TSL X"]);
    let matrix = matrix(&room, &Audience::Chair);
    let row = matrix.rows.iter().find(|r| r.label == "OP1").unwrap();
    assert_eq!((row.totals.object, row.totals.silent), (0, 3));
    let column = matrix.columns.iter().find(|c| !c.entitled).unwrap();
    assert_eq!(column.delegation, delegation("TSL"));
    assert_eq!(column.totals, None);
}

#[test]
fn sums_by_delegation_are_for_the_chair_and_for_the_delegation_itself() {
    let mut room = Room::sitting();
    room.does("TSL", &objects("op-1"));
    room.does("TSL", &supports("op-2"));
    let seen = |audience: &Audience| -> Vec<String> {
        let columns = matrix(&room, audience).columns.into_iter();
        let seen = columns.filter(|c| c.totals.is_some());
        seen.map(|c| c.delegation.to_string()).collect()
    };
    assert_eq!(seen(&Audience::Chair), ["AVR", "MRD", "PEN", "TSL"]);
    assert_eq!(seen(&Audience::Delegation(delegation("TSL"))), ["TSL"]);
    assert!(seen(&Audience::Reader).is_empty());
    let matrix = matrix(&room, &Audience::Chair);
    let totals = matrix.columns.last().unwrap().totals.unwrap();
    assert_eq!((totals.support, totals.object, totals.silent), (1, 1, 1));
}

#[test]
fn the_sums_of_a_row_are_those_of_the_roster() {
    let mut room = Room::sitting();
    room.does("AVR", &supports("op-1"));
    room.does("TSL", &objects("op-1"));
    let matrix = matrix(&room, &Audience::Reader);
    for row in &matrix.rows {
        let t = row.totals;
        let all = t.support + t.accept + t.reserve + t.abstain + t.object + t.silent + t.stale;
        assert_eq!(all, room.draft.seats.entitled().count(), "{}", row.label);
    }
    assert_eq!(matrix.rows.len(), 3);
}

#[test]
fn a_cell_is_told_in_words() {
    let cell = Cell {
        stance: Some(Stance::Object),
        through: Some("ISL".parse().unwrap()),
        stale: true,
        dissociated: false,
        late: false,
    };
    assert_eq!(cell.told(), "object through ISL (on an earlier text)");
    assert_eq!(cell.mark(), "x~");
    let left = Cell {
        dissociated: true,
        ..Cell::default()
    };
    assert_eq!(
        (left.told(), left.mark()),
        ("(dissociated)".into(), "d".into())
    );
    let late = Cell {
        late: true,
        ..Cell::default()
    };
    assert_eq!(
        (late.told(), late.mark()),
        ("(objected late, without effect)".into(), "!".into())
    );
    assert_eq!(Cell::default().told(), "");
}

#[test]
fn a_late_objection_is_a_flag_and_no_objection() {
    let mut room = Room::sitting();
    room.does("CHAIR", &silence(&["op-1"], 72));
    room.pass(72, 1);
    room.does("SERVER", &lapse("s1"));
    room.does("TSL", &objects_late("op-1"));
    let row = &matrix(&room, &Audience::Reader).rows[1];
    assert_eq!(row.cells[&delegation("TSL")].mark(), "!");
    assert_eq!((row.totals.object, row.cells.len()), (0, 1));
}
