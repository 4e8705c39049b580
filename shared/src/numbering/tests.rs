//! Labels of clauses and proposals.

use serde_json::json;

use super::*;
use crate::acts::testing::{Room, clause, delete, incorporate, insert_after, proposal, replace};
use crate::draft::Paragraph;
use crate::ids::DraftId;

/// The labels of clauses of these kinds and levels, in order.
#[track_caller]
fn check(clauses: &[(Kind, u8)], expected: &[&str]) {
    let mut manuscript = Manuscript::default();
    for (n, (kind, level)) in clauses.iter().enumerate() {
        let paragraph = Paragraph {
            order: format!("{n:03}"),
            kind: *kind,
            level: *level,
            text: BTreeMap::new(),
        };
        manuscript
            .clauses
            .insert(clause(&format!("x{n}")), paragraph);
    }
    let all = labels(&Draft::unborn(DraftId([1; 16])), &manuscript);
    let in_order: Vec<_> = manuscript
        .in_order()
        .iter()
        .map(|(id, _)| all[*id].clone())
        .collect();
    assert_eq!(in_order, expected);
}

#[test]
fn every_kind_is_counted_on_its_own() {
    use Kind::*;
    check(
        &[
            (Title, 1),
            (Preambular, 1),
            (Heading, 1),
            (Preambular, 1),
            (Operative, 1),
            (Paragraph, 1),
            (Heading, 2),
            (Operative, 1),
            (Annex, 1),
            (Paragraph, 1),
            (Paragraph, 2),
        ],
        &[
            "Title", "PP1", "H1", "PP2", "OP1", "P1", "H2", "OP2", "Annex", "A1", "A1(a)",
        ],
    );
}

#[test]
fn several_annexes_are_numbered_and_share_one_count() {
    use Kind::*;
    check(
        &[(Annex, 1), (Paragraph, 1), (Annex, 1), (Paragraph, 1)],
        &["Annex 1", "A1", "Annex 2", "A2"],
    );
}

#[test]
fn levels_nest_and_begin_again_under_the_next() {
    let levels = [1, 2, 2, 3, 3, 4, 2, 1, 2, 3];
    let clauses: Vec<_> = levels.iter().map(|l| (Kind::Operative, *l)).collect();
    check(
        &clauses,
        &[
            "OP1",
            "OP1(a)",
            "OP1(b)",
            "OP1(b)(i)",
            "OP1(b)(ii)",
            "OP1(b)(ii)(1)",
            "OP1(c)",
            "OP2",
            "OP2(a)",
            "OP2(a)(i)",
        ],
    );
}

#[test]
fn a_paragraph_without_its_parents_is_numbered_without_them() {
    let (two, one) = ((Kind::Operative, 2), (Kind::Operative, 1));
    check(&[two, one, two], &["OP(a)", "OP1", "OP1(a)"]);
}

#[test]
fn letters_and_roman_numbers_go_on() {
    assert_eq!([1, 26, 27, 53].map(letter), ["a", "z", "aa", "ba"]);
    assert_eq!([4, 9, 14, 40].map(roman), ["iv", "ix", "xiv", "xl"]);
}

#[test]
fn the_numbers_close_up_over_a_deleted_clause() {
    let mut room = Room::sitting();
    room.does("AVR", &delete("op-1"));
    room.does("PEN", &incorporate("p1"));
    let labels = labels(&room.draft, &room.manuscript);
    assert_eq!(labels.get(&clause("op-1")), None);
    assert_eq!(labels.get(&clause("op-2")).unwrap(), "OP1");
}

#[test]
fn proposals_are_told_by_the_clause_they_stand_at() {
    let mut room = Room::sitting();
    room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
    room.does("AVR", &delete("op-1"));
    room.does("MRD", &replace("op-1", "Decides to meet weekly;"));
    room.does("MRD", &insert_after("op-1", "Decides to invite observers;"));
    room.does(
        "TSL",
        &insert_after("op-1", "Decides to publish its reports;"),
    );
    let first = json!({"insert_after": {"kind": "preambular"}});
    room.does(
        "TSL",
        &json!({"propose": {"amendment": first, "text": {"en": "Recalling,"}}}),
    );
    let all = |room: &Room| -> Vec<_> {
        let labels = labels(&room.draft, &room.manuscript);
        let proposals = room.draft.proposals.iter();
        proposals
            .map(|(id, p)| proposal_label(&room.draft, &labels, id, p))
            .collect()
    };
    assert_eq!(
        all(&room),
        [
            "OP1 alt 1",
            "OP1 (delete)",
            "OP1 alt 2",
            "OP1 bis",
            "OP1 ter",
            "New first clause (p6)"
        ]
    );
    room.does("AVR", &json!({"withdraw": {"proposal": proposal("p1")}}));
    room.does("PEN", &incorporate("p4"));
    assert_eq!(
        all(&room),
        [
            "OP1 alt (p1)",
            "OP1 (delete)",
            "OP1 alt 1",
            "OP2",
            "OP1 bis",
            "New first clause (p6)"
        ]
    );
}
