//! Laws of the rolling text: nothing is lost in it, whatever was proposed, on whichever text.

use proptest::prelude::*;

use super::*;
use crate::acts::testing::{Room, clause, delete, en, incorporate, insert_after, replace};
use crate::draft::Text;
use crate::ids::{Hash, Heads};

/// A wording of a few words, so that wordings have much in common and touch each other.
fn wording() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "meet", "report", "annually", "to", "and", "the", "lake", "soon", "monthly,", "États",
        "每年",
    ]);
    prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
}

/// What happens: a proposal by one of three, a change of the text, a deletion, a new clause.
#[derive(Debug, Clone)]
enum Happens {
    Proposed(usize, String),
    Typed(String),
    Deleted(usize),
    Inserted(usize, String),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        4 => (0..3_usize, wording()).prop_map(|(n, w)| Happens::Proposed(n, w)),
        2 => wording().prop_map(Happens::Typed),
        1 => (0..3_usize).prop_map(Happens::Deleted),
        1 => (0..3_usize, wording()).prop_map(|(n, w)| Happens::Inserted(n, w)),
    ]
}

fn conference(events: &[Happens]) -> Room {
    let who = ["AVR", "MRD", "TSL"];
    let mut room = Room::sitting();
    for event in events {
        let (code, act) = match event {
            Happens::Typed(words) => {
                if room.words("op-1") != *words {
                    room.types("op-1", en(), words);
                }
                continue;
            }
            Happens::Proposed(n, words) => (who[*n], replace("op-1", words)),
            Happens::Deleted(n) => (who[*n], delete("op-1")),
            Happens::Inserted(n, words) => (who[*n], insert_after("op-1", words)),
        };
        // What says nothing new is refused.
        if room.decide(code, &crate::acts::testing::act(&act)).is_ok() {
            room.does(code, &act);
        }
    }
    room
}

fn rolled(room: &Room) -> Vec<RollingClause> {
    let outcomes = Outcomes::of(&room.draft, &room.manuscript, &room.text);
    clauses(&room.draft, &room.manuscript, &outcomes, &en())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn choosing_the_standing_words_everywhere_is_the_text_that_stands(
        events in prop::collection::vec(happens(), 1..8)
    ) {
        let room = conference(&events);
        let read: Vec<_> = rolled(&room).iter().filter_map(|c| c.chosen(None)).collect();
        let stands: Vec<_> = room.manuscript.in_order().into_iter()
            .map(|(_, p)| p.text.get(&en()).map_or_else(String::new, ToString::to_string))
            .collect();
        prop_assert_eq!(read, stands);
    }

    #[test]
    fn choosing_a_proposal_is_what_taking_it_in_makes_of_the_text(
        events in prop::collection::vec(happens(), 1..8)
    ) {
        let room = conference(&events);
        let rolled = rolled(&room);
        for (id, proposal) in room.draft.proposals.iter().filter(|(_, p)| p.is_live()) {
            let mut taken = room.clone();
            taken.does("PEN", &incorporate(id.as_str()));
            let now = clauses(&taken.draft, &taken.manuscript, &Outcomes::default(), &en());
            let now: Vec<_> = now.iter().filter_map(|c| c.chosen(None)).collect();
            let read: Vec<_> = rolled.iter().filter_map(|c| c.chosen(Some(id))).collect();
            prop_assert_eq!(read, now, "{} {:?}", id, proposal.amendment);
        }
    }

    #[test]
    fn what_is_woven_alone_is_as_in_the_whole(
        events in prop::collection::vec(happens(), 1..8), chosen in any::<u8>()
    ) {
        let room = conference(&events);
        let of = |name: &str| (name.bytes().fold(chosen, u8::wrapping_add) & 1) == 1;
        let wanted = |which: Which<'_>| match which {
            Which::Clause(id) => of(id.as_str()),
            Which::Proposed(id) => of(id.as_str()),
        };
        let clause = |id: &ClauseId| of(id.as_str());
        let outcomes = Outcomes::on(&room.draft, &room.manuscript, &room.text, &clause);
        let alone = some(&room.draft, &room.manuscript, &outcomes, &en(), &wanted);
        let mut whole = rolled(&room);
        whole.retain(|c| match (&c.clause, &c.proposal) {
            (Some(id), _) => of(id.as_str()),
            (None, id) => id.as_ref().is_some_and(|id| of(id.as_str())),
        });
        prop_assert_eq!(alone, whole);
    }

    #[test]
    fn every_pair_of_brackets_that_is_counted_is_printed(
        events in prop::collection::vec(happens(), 1..8)
    ) {
        let room = conference(&events);
        for clause in rolled(&room) {
            let counts = clause.counts();
            for text in [clause.bracketed(true), clause.bracketed(false)] {
                prop_assert_eq!(text.matches('[').count(), counts.brackets, "{}", &text);
                prop_assert_eq!(text.matches(']').count(), counts.brackets, "{}", &text);
            }
            prop_assert!(counts.issues <= counts.brackets);
        }
    }
}

#[test]
fn an_outdated_proposal_does_not_seem_to_undo_what_others_changed() {
    let mut room = Room::sitting();
    room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
    room.does("MRD", &replace("op-1", "Resolves to meet annually;"));
    room.does("PEN", &incorporate("p2"));
    let rolled = rolled(&room);
    let op_1 = rolled.iter().find(|c| c.label == "OP1").unwrap();
    assert_eq!(op_1.text(), "Resolves to meet [annually] [monthly: AVR];");
    let avr = Rendering::ProposalOf("AVR".parse().unwrap());
    assert_eq!(
        op_1.read(&room.draft, &avr).unwrap(),
        "Resolves to meet monthly;"
    );
}

#[test]
fn the_text_of_an_earlier_moment_is_rolled_as_it_was_then() {
    let mut room = Room::sitting();
    room.does("AVR", &replace("op-1", "Decides to meet monthly;"));
    room.does("MRD", &replace("op-1", "Resolves to meet annually;"));
    room.does("PEN", &incorporate("p2"));
    let (then, heads) = (room.draft.clone(), room.text.heads());
    room.types("op-1", en(), "Something else;");
    let text: Text = room.text.at(&heads).unwrap();
    let manuscript = room.text.manuscript_at(&heads).unwrap();
    let outcomes = Outcomes::of(&then, &manuscript, &text);
    let rolled = clauses(&then, &manuscript, &outcomes, &en());
    let op_1 = rolled
        .iter()
        .find(|c| c.clause == Some(clause("op-1")))
        .unwrap();
    assert_eq!(op_1.text(), "Resolves to meet [annually] [monthly: AVR];");
    assert!(room.text.at(&Heads(vec![Hash([7; 32])])).is_none());
}
