//! Stories of words: by which hands they came, and that they are told so.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::acts::testing::{
    act, agree, call, clause, delegation, en, incorporate, insert_after, replace, seat,
};
use crate::draft::{Author, Kind, Rewording, Role, TextEdit};
use crate::ids::DraftId;
use crate::record::Record;

/// A record with its log, on the real road: the gate, the rules, the restoring of agreed text.
struct House {
    record: Record,
    log: Vec<Vec<u8>>,
    now: Timestamp,
    actors: u8,
}

impl House {
    fn open() -> Self {
        let id = DraftId([1; 16]);
        let mut house = Self {
            record: Record::unborn(id),
            log: Vec::new(),
            now: Timestamp(1_800_000_000_000),
            actors: 0,
        };
        let convening = json!({"convene": {"draft": id.to_string(), "title": "Declaration", "authentic": ["en"],
            "rule": {"reopen": "chair"}}});
        let edit = TextEdit::InsertClause {
            clause: clause("op-1"),
            kind: Kind::Operative,
            level: 1,
            after: None,
            text: [(en(), "Decides to meet annually;".to_owned())].into(),
        };
        let sealed = house
            .record
            .act(&By::Secretariat, &act(&convening), &[edit], house.now, None);
        house.log.push(sealed.unwrap().bytes.to_vec());
        for (code, role, entitled) in [
            ("CHAIR", "facilitator", false),
            ("PEN", "pen-holder", true),
            ("AVR", "delegate", true),
            ("MRD", "delegate", true),
        ] {
            house.does("SEC", &seat(code, role, entitled));
        }
        house.does("CHAIR", &json!({"set_mode": {"mode": "open"}}));
        house
    }

    fn by(&self, who: &str) -> By {
        if who == "SEC" {
            return By::Secretariat;
        }
        let seats = &self.record.draft.seats.delegations;
        By::Seat {
            delegation: delegation(who),
            seat: who.to_lowercase().parse().unwrap(),
            role: seats
                .get(&delegation(who))
                .map_or(Role::Delegate, |d| d.role),
        }
    }

    #[track_caller]
    fn does(&mut self, who: &str, json: &Value) {
        self.now.0 += 60_000;
        let by = self.by(who);
        let sealed = self.record.act(&by, &act(json), &[], self.now, None);
        let sealed = sealed.unwrap_or_else(|no| panic!("{who} may not {json}: {no}"));
        self.log.push(sealed.bytes.to_vec());
    }

    /// Somebody's own replica types, having last seen the text at that moment.
    #[track_caller]
    fn types_into(&mut self, who: &str, place: Place, text: &str, base: Heads) {
        self.now.0 += 60_000;
        self.actors += 1;
        let by = self.by(who);
        let author = Author::of(&by).unwrap();
        let wanted = Rewording {
            place,
            language: en(),
            text: text.to_owned(),
            base,
        };
        let actor = [self.actors; 32];
        let sealed = self.record.reword(&by, &author, &wanted, &actor, self.now);
        let sealed = sealed.unwrap_or_else(|no| panic!("{who} may not type: {no}"));
        self.log.push(sealed.unwrap().bytes.to_vec());
    }

    #[track_caller]
    fn types(&mut self, who: &str, at: &str, text: &str) {
        let now = self.record.text.heads();
        self.types_into(who, Place::Clause(clause(at)), text, now);
    }

    fn settles(&mut self, at: &str) {
        let mut call = call(at);
        call["call"]["present"] = json!(["AVR", "MRD", "PEN"]);
        self.does("CHAIR", &call);
        self.does("CHAIR", &agree(at));
    }

    fn blame(&self, at: &str) -> Blame {
        let mut ways = Ways::default();
        for (n, bytes) in self.log.iter().enumerate() {
            ways.read(Seq(n as u64 + 1), bytes).unwrap();
        }
        let heads = self.record.text.heads();
        of(&clause(at), &en(), &self.record.text, &heads, &ways).unwrap()
    }

    /// The words, each run with its road: `annually (AVR proposed p1, PEN incorporated p1)`.
    fn told(&self, at: &str) -> Vec<String> {
        let blame = self.blame(at);
        let step = |s: &Step| {
            let who = s.by.delegation().map_or("SEC", DelegationId::as_str);
            let what = serde_json::to_value(&s.means).unwrap();
            let what = what.as_str().unwrap().to_owned();
            match &s.proposal {
                Some(p) => format!("{who} {what} {p}"),
                None => format!("{who} {what}"),
            }
        };
        let wording = self.record.text.wording(&Place::Clause(clause(at)), &en());
        let joined: String = blame.spans.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(Some(joined), wording);
        let span = |s: &Span| {
            let road = &blame.origins[s.origin].road;
            let road: Vec<_> = road.iter().rev().map(step).collect();
            let begun = if s.begun.is_some() {
                ", begun by another"
            } else {
                ""
            };
            format!("{} ({}{begun})", s.text.trim(), road.join(", "))
        };
        blame.spans.iter().map(span).collect()
    }
}

#[test]
fn what_was_there_from_the_beginning_is_the_secretariats() {
    let house = House::open();
    assert_eq!(
        house.told("op-1"),
        ["Decides to meet annually; (SEC begun)"]
    );
    assert_eq!(house.blame("op-1").origins[0].delegation, None);
}

#[test]
fn a_direct_edit_is_who_typed_it_and_a_later_one_leaves_it_so() {
    let mut house = House::open();
    house.types("AVR", "op-1", "Decides to meet annually in Lakeside;");
    house.types("MRD", "op-1", "Decides to meet every year in Lakeside;");
    assert_eq!(
        house.told("op-1"),
        [
            "Decides to meet (SEC begun)",
            "every year (MRD typed)",
            "in Lakeside (AVR typed)",
            "; (SEC begun)"
        ]
    );
    let origins = house.blame("op-1").origins;
    assert_eq!(origins[1].delegation, Some(delegation("MRD")));
    assert_eq!(origins[1].road[0].seq, Seq(8));
}

#[test]
fn a_word_that_is_gone_on_with_is_the_last_hands_with_the_first_named() {
    let mut house = House::open();
    house.types("AVR", "op-1", "Decides to meet annually and report;");
    house.types("MRD", "op-1", "Decides to meet annually and reported;");
    let blame = house.blame("op-1");
    let span = blame.spans.iter().find(|s| s.text == "reported").unwrap();
    let who = |n: usize| blame.origins[n].delegation.as_ref().unwrap().as_str();
    assert_eq!(who(span.origin), "MRD");
    assert_eq!(span.begun.map(who), Some("AVR"));
}

#[test]
fn words_of_a_proposal_are_its_authors_and_not_the_pens() {
    let mut house = House::open();
    house.does("AVR", &replace("op-1", "Decides to meet every two years;"));
    house.does("MRD", &json!({"cosponsor": {"proposal": "p1"}}));
    let p1 = Place::Proposal("p1".parse().unwrap());
    let heads = house.record.text.heads();
    house.types_into("MRD", p1, "Decides to meet every two full years;", heads);
    house.does("PEN", &incorporate("p1"));
    house.types(
        "AVR",
        "op-1",
        "Decides to meet every two full years, or oftener;",
    );
    assert_eq!(
        house.told("op-1"),
        [
            "Decides to meet (SEC begun)",
            "every two (AVR proposed p1, PEN incorporated p1)",
            "full (MRD typed p1, PEN incorporated p1)",
            "years (AVR proposed p1, PEN incorporated p1)",
            ", or oftener (AVR typed)",
            "; (SEC begun)"
        ]
    );
}

#[test]
fn a_new_clause_is_its_proposers() {
    let mut house = House::open();
    house.does("MRD", &insert_after("op-1", "Invites all to report."));
    house.does("PEN", &incorporate("p1"));
    let new = house
        .record
        .manuscript
        .clauses
        .keys()
        .find(|id| **id != clause("op-1"));
    let new = new.unwrap().to_string();
    assert_eq!(
        house.told(&new),
        ["Invites all to report. (MRD proposed p1, PEN incorporated p1)"]
    );
}

#[test]
fn two_who_typed_at_the_same_time_keep_each_their_own() {
    let mut house = House::open();
    let base = house.record.text.heads();
    let op = Place::Clause(clause("op-1"));
    house.types_into(
        "AVR",
        op.clone(),
        "Decides solemnly to meet annually;",
        base.clone(),
    );
    house.types_into("MRD", op, "Decides to meet annually in spring;", base);
    assert_eq!(
        house.told("op-1"),
        [
            "Decides (SEC begun)",
            "solemnly (AVR typed)",
            "to meet annually (SEC begun)",
            "in spring (MRD typed)",
            "; (SEC begun)"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Words of one letter, each once, so that nothing is of two hands.
    #[test]
    fn every_word_is_of_who_typed_it(steps in prop::collection::vec((0_usize..3, any::<bool>(), 0_usize..100), 1..40)) {
        let mut house = House::open();
        house.types("PEN", "op-1", "Z");
        let mut words = vec![('Z', "PEN")];
        let mut fresh = ('A'..='Y').filter(|c| *c != 'D');
        for (who, comes, place) in steps {
            let who = ["AVR", "MRD", "PEN"][who];
            let place = place % (words.len() + 1);
            if comes {
                let Some(letter) = fresh.next() else { break };
                words.insert(place, (letter, who));
            } else if words.len() > 1 && place < words.len() {
                words.remove(place);
            } else {
                continue;
            }
            let text: Vec<_> = words.iter().map(|(c, _)| c.to_string()).collect();
            house.types(who, "op-1", &text.join(" "));
        }
        let blame = house.blame("op-1");
        let joined: String = blame.spans.iter().map(|s| s.text.as_str()).collect();
        prop_assert_eq!(Some(joined), house.record.text.wording(&Place::Clause(clause("op-1")), &en()));
        let told: Vec<_> = blame.spans.iter().flat_map(|span| {
            let whose = blame.origins[span.origin].delegation.as_ref().map_or("-", DelegationId::as_str);
            span.text.chars().filter(|c| *c != ' ').map(move |c| (c, whose))
        }).collect();
        prop_assert_eq!(told, words);
    }
}

#[test]
fn a_proposal_merged_into_another_leaves_the_words_to_who_wrote_them() {
    let mut house = House::open();
    house.does("AVR", &replace("op-1", "Decides to meet every two years;"));
    house.does("MRD", &replace("op-1", "Decides to meet every two years;"));
    house.does(
        "PEN",
        &json!({"merge_proposals": {"proposals": ["p1"], "into": "p2", "rationale": "The same."}}),
    );
    house.does("PEN", &incorporate("p2"));
    assert_eq!(
        house.told("op-1"),
        [
            "Decides to meet (SEC begun)",
            "every two years (MRD proposed p2, PEN incorporated p2)",
            "; (SEC begun)"
        ]
    );
}

#[test]
fn a_recovered_attempt_that_is_taken_in_is_who_typed_it() {
    let mut house = House::open();
    house.types("MRD", "op-1", "Decides to meet annually in Lakeside;");
    let before = house.record.text.heads();
    house.settles("op-1");
    let op = Place::Clause(clause("op-1"));
    house.types_into("AVR", op, "Decides to meet twice in every year;", before);
    // The agreed text is set right; what the server put back is still whose it was.
    assert_eq!(
        house.told("op-1"),
        [
            "Decides to meet annually (SEC begun)",
            "in Lakeside (MRD typed)",
            "; (SEC begun)"
        ]
    );
    let kept = house
        .record
        .draft
        .proposals
        .keys()
        .next()
        .unwrap()
        .to_string();
    house.does(
        "CHAIR",
        &json!({"reopen": {"clause": "op-1", "reason": "New instructions."}}),
    );
    house.does("PEN", &incorporate(&kept));
    let told = house.told("op-1").join(" | ");
    let road = format!("(AVR recovered {kept}, PEN incorporated {kept})");
    assert!(told.contains(&format!("twice {road}")), "{told}");
    assert!(told.starts_with("Decides to meet (SEC begun)"), "{told}");
}

#[test]
fn the_past_is_told_as_it_was() {
    let mut house = House::open();
    let then = house.record.text.heads();
    house.types("MRD", "op-1", "Decides never to meet;");
    let mut ways = Ways::default();
    for (n, bytes) in house.log.iter().enumerate() {
        ways.read(Seq(n as u64 + 1), bytes).unwrap();
    }
    let blame = of(&clause("op-1"), &en(), &house.record.text, &then, &ways).unwrap();
    assert_eq!(blame.spans.len(), 1);
    assert_eq!(blame.spans[0].text, "Decides to meet annually;");
    assert!(of(&clause("op-9"), &en(), &house.record.text, &then, &ways).is_none());
}
