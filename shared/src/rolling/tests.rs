//! Rolling texts of a small negotiation.

use std::sync::Arc;

use super::*;
use crate::acts::Base;
use crate::draft::{Position, ProposalState, Stance};
use crate::export::tests::draft;
use crate::ids::{Digest, Heads, Prose, Seq};
use crate::import;
use crate::time::Timestamp;

struct Floor(Draft, Manuscript);

impl Floor {
    fn new(source: &str) -> Self {
        let clauses = import::markdown(source, &"en".parse().unwrap()).unwrap();
        let (mut draft, manuscript) = draft(&["en", "fr"], clauses);
        for code in ["AVR", "KEN", "MRD"] {
            let delegation = crate::draft::Delegation {
                name: code.parse().unwrap(),
                role: crate::draft::Role::Delegate,
                entitled: true,
                weight: 1,
                languages: Vec::new(),
                left: false,
            };
            draft
                .seats
                .delegations
                .insert(code.parse().unwrap(), delegation);
        }
        Self(draft, manuscript)
    }

    /// `by` and `objecting` hold codes parted by spaces.
    fn propose(&mut self, by: &str, amendment: Amendment, text: &str, objecting: &str) {
        let en: Language = "en".parse().unwrap();
        let n = self.0.proposals.len() + 1;
        let id: ProposalId = format!("p{n}").parse().unwrap();
        let mut by = by.split(' ').map(|code| code.parse().unwrap());
        let mut proposal = Proposal {
            by: by.next().unwrap(),
            cosponsors: by.collect(),
            amendment,
            base: Base {
                heads: Heads::default(),
                digest: Digest::of("base"),
            },
            digests: [(en.clone(), Digest::of(text))].into(),
            state: ProposalState::Made,
            declined_because: None,
            rationale: None,
            from: None,
            recovered: false,
            positions: Default::default(),
            groups: crate::draft::Groupwise::default(),
            seq: Seq(1),
            at: Timestamp(0),
        };
        for code in objecting.split_whitespace() {
            let position = Position {
                stance: Stance::Object,
                digest: proposal.digest(&en),
                seq: Seq(2),
                at: Timestamp(0),
                note: Some("Not yet.".parse::<Prose>().unwrap()),
                alternative: None,
                set_aside: None,
                signed: false,
            };
            proposal.positions.insert(code.parse().unwrap(), position);
        }
        if !text.is_empty() {
            let words = [(en, Arc::from(text))].into();
            self.1.proposals.insert(id.clone(), words);
        }
        self.0.put_on_floor(id, proposal);
    }

    fn replace(&mut self, by: &str, text: &str, objecting: &str) {
        let clause = "op-1".parse().unwrap();
        self.propose(by, Amendment::Replace { clause }, text, objecting);
    }

    fn rolled(&self, language: &str) -> Vec<RollingClause> {
        let language = language.parse().unwrap();
        clauses(&self.0, &self.1, &Outcomes::default(), &language)
    }

    #[track_caller]
    fn reads(&self, expected: &[&str]) {
        let rolled = self.rolled("en");
        let lines: Vec<_> = rolled
            .iter()
            .map(|c| format!("{} {}", c.label, c.text()))
            .collect();
        assert_eq!(lines, expected);
    }
}

fn meeting() -> Floor {
    Floor::new("1. Decides to meet annually in Lakeside. {#op-1}\n\n1. Requests a report. {#op-2}")
}

#[test]
fn a_proposal_stands_in_brackets_beside_the_words_it_would_change() {
    let mut floor = meeting();
    floor.replace(
        "KEN AVR",
        "Decides to meet every two years in Lakeside.",
        "MRD",
    );
    floor.reads(&[
        "OP1 Decides to meet [annually: MRD] [every two years: AVR, KEN] in Lakeside.",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn proposals_that_overlap_are_alternatives_and_others_are_not() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet every two years in Lakeside.", "");
    floor.replace("AVR", "Decides to meet monthly in Riverside.", "");
    floor.replace("MRD", "Decides to meet every two years in Lakeside.", "");
    floor.reads(&[
        "OP1 Decides to meet [annually] [every two years: KEN, MRD] [monthly: AVR] in [Lakeside] [Riverside: AVR].",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn words_that_would_be_added_or_left_out_are_told_as_such() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet annually.", "");
    floor.replace(
        "AVR",
        "Decides, in principle, to meet annually in Lakeside.",
        "MRD",
    );
    floor.reads(&[
        "OP1 Decides[, in principle,: AVR] [nothing: MRD] to meet annually [in Lakeside] [delete: KEN].",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn new_clauses_and_deletions_are_in_brackets_as_a_whole() {
    let mut floor = meeting();
    let op_2: ClauseId = "op-2".parse().unwrap();
    let delete = Amendment::Delete {
        clause: op_2.clone(),
    };
    floor.propose("KEN", delete.clone(), "", "AVR");
    floor.propose("MRD", delete, "", "");
    let insert = |clause| Amendment::InsertAfter {
        clause,
        kind: Kind::Operative,
        level: 1,
        new: None,
    };
    floor.propose("AVR", insert(Some(op_2)), "Thanks the lake.", "KEN");
    floor.propose("AVR", insert(None), "Opens.", "");
    floor.reads(&[
        "New first clause (p4) [Opens.: AVR]",
        "OP1 Decides to meet annually in Lakeside.",
        "OP2 [Requests a report.: keep AVR] [delete: KEN, MRD]",
        "OP2 bis [Thanks the lake.: AVR] [nothing: KEN]",
    ]);
}

#[test]
fn an_objection_to_an_earlier_wording_is_not_shown() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet in Lakeside.", "MRD");
    let id: ProposalId = "p1".parse().unwrap();
    let stale = floor.0.proposals.get_mut(&id).unwrap();
    stale
        .digests
        .insert("en".parse().unwrap(), Digest::of("other words"));
    floor.reads(&[
        "OP1 Decides to meet [annually] [delete: KEN] in Lakeside.",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn a_proposal_without_words_in_a_language_leaves_that_text_as_it_is() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet in Lakeside.", "");
    let rolled = floor.rolled("fr");
    assert!(rolled.iter().all(|c| c.text().is_empty()));
}

#[test]
fn a_rolling_page_shows_brackets_in_every_format() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet monthly in Lakeside.", "");
    let clause = Some("op-1".parse().unwrap());
    let (kind, level, new) = (Kind::Operative, 1, None);
    floor.propose(
        "AVR",
        Amendment::InsertAfter {
            clause,
            kind,
            level,
            new,
        },
        "Opens.",
        "",
    );
    let page = crate::export::Page {
        draft: &floor.0,
        manuscript: &floor.1,
        language: None,
        beside: None,
        show: crate::export::Show::Rolling,
        rolled: crate::export::Rolled::default(),
        moment: String::new(),
    };
    for format in crate::export::FORMATS {
        let text = format.write(&page);
        assert!(
            text.contains("[annually] [monthly: KEN] in Lakeside."),
            "{text}"
        );
        assert!(
            text.find("OP1 bis").unwrap() < text.find("Requests").unwrap(),
            "{text}"
        );
        assert!(text.contains("[Opens.: AVR]"), "{text}");
    }
}

#[test]
fn a_small_change_inside_a_large_one_is_an_alternative_within_the_words_that_stand() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to gather whenever any member asks.", "AVR");
    floor.replace("AVR", "Decides to meet annually in Riverside.", "");
    floor.reads(&[
        "OP1 Decides to [meet annually in [Lakeside] [Riverside: AVR]: AVR] [gather whenever any member asks: KEN].",
        "OP2 Requests a report.",
    ]);
    let op_1 = &floor.rolled("en")[0];
    let counts = op_1.counts();
    assert_eq!((counts.brackets, counts.issues), (4, 2));
    let chosen = |id: &str| op_1.chosen(Some(&id.parse().unwrap())).unwrap();
    assert_eq!(chosen("p1"), "Decides to gather whenever any member asks.");
    assert_eq!(chosen("p2"), "Decides to meet annually in Riverside.");
}

#[test]
fn groups_are_named_once_and_before_delegations() {
    let mut floor = meeting();
    floor.replace("AVR KEN MRD", "Decides to meet monthly in Lakeside.", "");
    let group = crate::draft::Group {
        name: "Islands".parse().unwrap(),
        members: vec!["KEN".into(), "MRD".into()],
        spokesperson: None,
    };
    let isl: crate::ids::GroupId = "ISL".parse().unwrap();
    floor.0.seats.groups.insert(isl.clone(), group);
    let proposal = floor
        .0
        .proposals
        .get_mut(&crate::acts::testing::proposal("p1"))
        .unwrap();
    proposal.groups.cosponsors.insert(isl.clone());
    for code in ["KEN", "MRD"] {
        proposal.groups.brought.insert(code.parse().unwrap());
    }
    floor.reads(&[
        "OP1 Decides to meet [annually] [monthly: ISL, AVR] in Lakeside.",
        "OP2 Requests a report.",
    ]);
    // One of them joins by itself too, and the other no longer belongs to the group.
    let proposal = floor
        .0
        .proposals
        .get_mut(&crate::acts::testing::proposal("p1"))
        .unwrap();
    proposal.groups.brought.remove(&"KEN".parse().unwrap());
    floor.0.seats.groups.get_mut(&isl).unwrap().members.pop();
    floor.reads(&[
        "OP1 Decides to meet [annually] [monthly: ISL, AVR, KEN, MRD] in Lakeside.",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn a_group_that_objects_is_named_once() {
    let mut floor = meeting();
    floor.replace("AVR", "Decides to meet monthly in Lakeside.", "");
    let group = crate::draft::Group {
        name: "Islands".parse().unwrap(),
        members: vec!["KEN".into(), "MRD".into()],
        spokesperson: None,
    };
    floor.0.seats.groups.insert("ISL".parse().unwrap(), group);
    let en = "en".parse().unwrap();
    let proposal = floor
        .0
        .proposals
        .get_mut(&crate::acts::testing::proposal("p1"))
        .unwrap();
    let position = Position {
        stance: Stance::Object,
        digest: proposal.digest(&en),
        seq: Seq(2),
        at: Timestamp(0),
        note: None,
        alternative: None,
        set_aside: None,
        signed: false,
    };
    proposal
        .groups
        .positions
        .insert("ISL".parse().unwrap(), position);
    floor.reads(&[
        "OP1 Decides to meet [annually: ISL] [monthly: AVR] in Lakeside.",
        "OP2 Requests a report.",
    ]);
}

#[test]
fn a_rolling_text_is_read_in_four_ways() {
    let mut floor = meeting();
    floor.replace("KEN", "Decides to meet monthly in Lakeside.", "");
    floor.replace("AVR", "Decides to meet weekly in Riverside.", "");
    let op_2: ClauseId = "op-2".parse().unwrap();
    floor.propose(
        "AVR",
        Amendment::Delete {
            clause: op_2.clone(),
        },
        "",
        "",
    );
    let insert = Amendment::InsertAfter {
        clause: Some(op_2),
        kind: Kind::Operative,
        level: 1,
        new: None,
    };
    floor.propose("KEN", insert, "Thanks the lake.", "");
    let read = |rendering: &Rendering| -> Vec<String> {
        let rolled = floor.rolled("en").into_iter();
        rolled.filter_map(|c| c.read(&floor.0, rendering)).collect()
    };
    assert_eq!(
        read(&Rendering::Bracketed),
        [
            "Decides to meet [annually] [monthly] [weekly] in [Lakeside] [Riverside].",
            "[Requests a report.] [delete]",
            "[Thanks the lake.]",
        ]
    );
    assert_eq!(read(&Rendering::Attributed)[2], "[Thanks the lake.: KEN]");
    let of = |code: &str| read(&Rendering::ProposalOf(code.parse().unwrap()));
    assert_eq!(of("AVR"), ["Decides to meet weekly in Riverside."]);
    assert_eq!(
        of("KEN"),
        [
            "Decides to meet monthly in Lakeside.",
            "Requests a report.",
            "Thanks the lake."
        ]
    );
    assert_eq!(
        of("MRD"),
        [
            "Decides to meet annually in Lakeside.",
            "Requests a report."
        ]
    );
    assert_eq!(
        read(&Rendering::IfAgreed),
        ["Decides to meet monthly in Riverside.", "Thanks the lake."]
    );
}
