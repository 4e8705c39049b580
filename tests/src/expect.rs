//! What a story says of how all stands, and the comparison with how it does. Only what is said is compared.

use std::collections::BTreeMap;
use std::fmt::Debug;

use plenary_shared::draft::{Mode, ProposalState, Role};
use plenary_shared::ids::{
    ClauseId, DelegationId, GroupId, Language, ProposalId, SilenceId, VoteId,
};
use plenary_shared::tally::{Outcome, Tally};
use plenary_shared::wire::view::{ClauseStatus, TextView};
use serde::Deserialize;

use crate::stage::{Picture, Stage};

/// Expectations.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// The status of clauses.
    pub clause: BTreeMap<ClauseId, ClauseStatus>,
    /// What has become of the clauses under a silence: `running`, `broken`, `voided`, `agreed`, `not-agreed`.
    pub silence: BTreeMap<SilenceId, BTreeMap<ClauseId, String>>,
    /// Late objections to clauses that a silence has agreed, as `NRM: The line was down.`
    pub late: BTreeMap<ClauseId, Vec<String>>,
    /// How translations stand, per clause and language: `missing`, `unmarked`, `behind`, `matching`.
    pub translation: BTreeMap<ClauseId, BTreeMap<Language, String>>,
    /// What has come of votes: `open`, `carried`, `not-carried`, `no-quorum`, `void`.
    pub vote: BTreeMap<VoteId, String>,
    /// The rolls of votes in words, as somebody reads them who has not voted.
    pub roll: BTreeMap<VoteId, String>,
    /// The wording of clauses.
    pub text: BTreeMap<ClauseId, Wording>,
    /// The numbers of clauses on paper, in the order of the text.
    pub labels: Option<Vec<String>>,
    /// What has become of proposals.
    pub proposal: BTreeMap<ProposalId, ProposalState>,
    /// The wording of proposals.
    pub proposal_text: BTreeMap<ProposalId, Wording>,
    /// The sponsors of proposals, the main one first.
    pub sponsors: BTreeMap<ProposalId, Vec<DelegationId>>,
    /// The proposals that the server recovered, all of them.
    pub recovered: Option<Vec<ProposalId>>,
    /// How clauses and proposals stand under the rule.
    pub tally: BTreeMap<String, TallyIs>,
    /// The tally in words.
    pub why: BTreeMap<String, String>,
    /// Live proposals and objections.
    pub brackets: Option<usize>,
    /// Entitled delegations with a live objection.
    pub objecting: Option<Vec<DelegationId>>,
    /// Entries made since the roster was seated.
    pub entries: Option<u64>,
    /// The names of sealed versions, oldest first.
    pub versions: Option<Vec<String>>,
    /// The wording of clauses in sealed versions.
    pub version_text: BTreeMap<String, BTreeMap<ClauseId, Wording>>,
    /// The statements for the record, oldest first.
    pub statements: Option<Vec<String>>,
    /// Roles by delegation; `left` for one that is gone.
    pub seats: BTreeMap<DelegationId, SeatIs>,
    /// Members by group.
    pub groups: BTreeMap<GroupId, Vec<String>>,
    /// Who may type into clauses.
    pub mode: Option<Mode>,
    /// Whether the draft is closed.
    pub closed: Option<bool>,
}

/// A wording: words in the language negotiated in, or words per language, or `false` for a clause that is not there.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Wording {
    /// In the language negotiated in.
    One(String),
    /// Per language; others are not compared.
    Many(BTreeMap<Language, String>),
    /// Whether it is there at all.
    There(bool),
}

/// A delegation's place in the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeatIs {
    /// It has left.
    Left,
    /// It sits in a role.
    #[serde(untagged)]
    Role(Role),
}

/// Part of a tally.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TallyIs {
    /// `reached`, `blocked` or `short`.
    pub outcome: Option<String>,
    /// Who blocks.
    pub blocked_by: Option<Vec<DelegationId>>,
    /// Who supports.
    pub support: Option<Vec<DelegationId>>,
    /// Who can live with it.
    pub accept: Option<Vec<DelegationId>>,
    /// Who joins with a reservation.
    pub reserve: Option<Vec<DelegationId>>,
    /// Who stands aside.
    pub abstain: Option<Vec<DelegationId>>,
    /// Who objects.
    pub object: Option<Vec<DelegationId>>,
    /// Who has said nothing.
    pub silent: Option<Vec<DelegationId>>,
    /// Whose position is on an earlier text.
    pub stale: Option<Vec<DelegationId>>,
}

/// Collects what is not as it was said to be.
struct Differences(Vec<String>);

impl Differences {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, expected: &T, found: &T) {
        if expected != found {
            self.0
                .push(format!("{what}: expected {expected:?}, found {found:?}"));
        }
    }

    fn said<T: PartialEq + Debug>(&mut self, what: &str, expected: Option<&T>, found: &T) {
        if let Some(expected) = expected {
            self.same(what, expected, found);
        }
    }

    fn wording(
        &mut self,
        what: &str,
        expected: &Wording,
        negotiated: &Language,
        found: Option<&BTreeMap<Language, String>>,
    ) {
        let found_in = |language: &Language| found.and_then(|f| f.get(language)).cloned();
        match expected {
            Wording::One(words) => {
                self.same(what, &Some(words.clone()), &found_in(negotiated));
            }
            Wording::Many(many) => {
                for (language, words) in many {
                    let what = format!("{what} in {language}");
                    self.same(&what, &Some(words.clone()), &found_in(language));
                }
            }
            Wording::There(there) => {
                self.same(&format!("{what} is there"), there, &found.is_some());
            }
        }
    }

    fn tally(&mut self, what: &str, expected: &TallyIs, found: &Tally) {
        let (outcome, blocked_by) = match &found.outcome {
            Outcome::Reached => ("reached", vec![]),
            Outcome::Blocked { by } => ("blocked", by.clone()),
            Outcome::Short { .. } => ("short", vec![]),
        };
        let e = expected;
        self.said(
            &format!("the outcome on {what} (\"{}\")", found.why),
            e.outcome.as_ref(),
            &outcome.to_owned(),
        );
        let lists = [
            ("blocks", &e.blocked_by, &blocked_by),
            ("supports", &e.support, &found.support),
            ("can live with", &e.accept, &found.accept),
            ("has a reservation on", &e.reserve, &found.reserve),
            ("stands aside on", &e.abstain, &found.abstain),
            ("objects to", &e.object, &found.object),
            ("is silent on", &e.silent, &found.silent),
            ("spoke on an earlier text of", &e.stale, &found.stale),
        ];
        for (does, expected, found) in lists {
            self.said(&format!("who {does} {what}"), expected.as_ref(), found);
        }
    }
}

impl Expect {
    /// Compares with how all stands; what comes back is what differs, a sentence each.
    ///
    /// # Errors
    /// If the stage cannot say how all stands.
    pub fn differences(&self, stage: &mut dyn Stage) -> anyhow::Result<Vec<String>> {
        let picture = stage.picture()?;
        let mut d = Differences(Vec::new());
        let Some(negotiated) = picture.summary.authentic.first().cloned() else {
            anyhow::bail!("the draft has no language");
        };
        self.clauses(&picture, &negotiated, &mut d);
        self.proposals(&picture, &negotiated, &mut d);
        self.standing(&picture, &mut d);
        self.roster(&picture, &mut d);
        for (version, wordings) in &self.version_text {
            let text = stage.text_of(version)?;
            for (clause, wording) in wordings {
                let what = format!("the text of {clause} in {version}");
                d.wording(&what, wording, &negotiated, words(&text, clause));
            }
        }
        Ok(d.0)
    }

    fn clauses(&self, picture: &Picture, negotiated: &Language, d: &mut Differences) {
        for (id, status) in &self.clause {
            let found = picture.status.clauses.iter().find(|c| c.id == *id);
            let found = found.map(|c| c.status);
            d.same(&format!("the status of {id}"), &Some(*status), &found);
        }
        for (id, fates) in &self.silence {
            let found = picture.status.silences.iter().find(|s| s.silence == *id);
            let found = found.map(|s| {
                let clauses = s.clauses.iter();
                clauses
                    .map(|(id, fate)| (id.clone(), fate.name().to_owned()))
                    .collect::<BTreeMap<_, _>>()
            });
            d.same(&format!("silence {id}"), &Some(fates.clone()), &found);
        }
        for (id, states) in &self.translation {
            let found = picture.status.clauses.iter().find(|c| c.id == *id);
            for (language, state) in states {
                let found = found.and_then(|c| c.translations.get(language));
                let what = format!("the {language} of {id}");
                d.same(&what, &Some(state.as_str()), &found.map(|t| t.name()));
            }
        }
        for (id, late) in &self.late {
            let found = picture.status.clauses.iter().find(|c| c.id == *id);
            let found = found.map(|c| {
                let told = c.late_objections.iter();
                told.map(|l| format!("{}: {}", l.whose(), l.reason))
                    .collect()
            });
            d.same(
                &format!("late objections to {id}"),
                &Some(late.clone()),
                &found,
            );
        }
        for (id, result) in &self.vote {
            let found = picture.status.votes.iter().find(|v| v.id == *id);
            let found = found.map(|v| match v.vote.result {
                None => "open".to_owned(),
                Some(result) => result.name().replace(' ', "-"),
            });
            d.same(&format!("vote {id}"), &Some(result.clone()), &found);
        }
        for (id, roll) in &self.roll {
            let found = picture.status.votes.iter().find(|v| v.id == *id);
            let found = found.map(|v| v.told.clone());
            d.same(&format!("the roll of {id}"), &Some(roll.clone()), &found);
        }
        for (id, wording) in &self.text {
            let what = format!("the text of {id}");
            d.wording(&what, wording, negotiated, words(&picture.text, id));
        }
        let labels = picture.text.clauses.iter().map(|c| c.label.clone());
        d.said("the numbers", self.labels.as_ref(), &labels.collect());
    }

    fn proposals(&self, picture: &Picture, negotiated: &Language, d: &mut Differences) {
        let find = |id: &ProposalId| picture.proposals.iter().find(|p| p.id == *id);
        for (id, state) in &self.proposal {
            let found = find(id).map(|p| p.state);
            d.same(&format!("proposal {id}"), &Some(*state), &found);
        }
        for (id, wording) in &self.proposal_text {
            let what = format!("the wording of proposal {id}");
            d.wording(&what, wording, negotiated, find(id).map(|p| &p.text));
        }
        for (id, sponsors) in &self.sponsors {
            let found = find(id).map(|p| {
                let all = std::iter::once(&p.by).chain(&p.cosponsors);
                all.cloned().collect()
            });
            d.same(
                &format!("the sponsors of {id}"),
                &Some(sponsors.clone()),
                &found,
            );
        }
        let recovered = picture.proposals.iter().filter(|p| p.recovered);
        d.said(
            "recovered proposals",
            self.recovered.as_ref(),
            &recovered.map(|p| p.id.clone()).collect(),
        );
    }

    fn standing(&self, picture: &Picture, d: &mut Differences) {
        for (id, expected) in &self.tally {
            match picture.tally(id) {
                Some(tally) => d.tally(id, expected, tally),
                None => d.0.push(format!("there is no {id} to be counted on")),
            }
        }
        for (id, why) in &self.why {
            let found = picture.tally(id).map(|t| t.why.clone());
            d.same(&format!("why {id}"), &Some(why.clone()), &found);
        }
        d.said("brackets", self.brackets.as_ref(), &picture.status.brackets);
        d.said(
            "who objects",
            self.objecting.as_ref(),
            &picture.status.objecting,
        );
        d.said("entries", self.entries.as_ref(), &picture.entries);
        let versions = picture.versions.iter().map(|v| v.name.to_string());
        d.said("versions", self.versions.as_ref(), &versions.collect());
        let statements = picture.statements.iter().map(|s| s.text.to_string());
        d.said(
            "statements",
            self.statements.as_ref(),
            &statements.collect(),
        );
    }

    fn roster(&self, picture: &Picture, d: &mut Differences) {
        for (id, seat) in &self.seats {
            let found = picture.roster.delegations.get(id).map(|found| {
                if found.left {
                    SeatIs::Left
                } else {
                    SeatIs::Role(found.role)
                }
            });
            d.same(&format!("the seat of {id}"), &Some(*seat), &found);
        }
        for (id, members) in &self.groups {
            let found = picture.roster.groups.get(id).map(|g| g.members.clone());
            d.same(
                &format!("the members of {id}"),
                &Some(members.clone()),
                &found,
            );
        }
        d.said("the mode", self.mode.as_ref(), &picture.summary.mode);
        d.said("closed", self.closed.as_ref(), &picture.summary.closed);
    }
}

fn words<'a>(text: &'a TextView, clause: &ClauseId) -> Option<&'a BTreeMap<Language, String>> {
    let found = text.clauses.iter().find(|c| c.id == *clause);
    found.map(|c| &c.text)
}
