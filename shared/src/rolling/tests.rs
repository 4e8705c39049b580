//! Rolling texts of a small negotiation.

use std::sync::Arc;

use super::*;
use crate::acts::Base;
use crate::draft::{Position, ProposalState};
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

    #[track_caller]
    fn reads(&self, expected: &[&str]) {
        let rolled = clauses(&self.0, &self.1, &"en".parse().unwrap());
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
        "OP1 Decides to meet [annually: MRD] [every two years: KEN, AVR] in Lakeside.",
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
    let rolled = clauses(&floor.0, &floor.1, &"fr".parse().unwrap());
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
        show: crate::export::Show::Rolling,
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
