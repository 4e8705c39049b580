//! The first entry of every log: the draft exists, in these languages and under these rules. Carries the first text.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules, set_rule};
use crate::admit;
use crate::draft::{Delegation, Draft, Manuscript, Mode, Paper, Role, Rule};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{DraftId, Language, Name, Seq};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The first entry of every log: the draft exists, in these languages and under these rules. Carries the first text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Convene {
    /// The draft that this log is of; binds the log to its name.
    pub draft: DraftId,
    /// The draft's title in the list of drafts (the text has its own).
    pub title: Name,
    /// Languages whose text is equally authoritative; the first is the one negotiated in.
    pub authentic: Vec<Language>,
    /// Languages of working translations.
    #[serde(default)]
    pub working: Vec<Language>,
    /// The rule of decision.
    #[serde(default)]
    pub rule: Rule,
    /// Who may type into clauses.
    #[serde(default)]
    pub mode: Mode,
    /// What makes it a working paper, if it is one: whose, for which draft, and who sits in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

impl Rules for Convene {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::Convene(self.clone()))
    }

    fn decide(&self, by: &By, draft: &Draft, _: Timestamp) -> Result<(), Refusal> {
        if draft.seq != Seq(0) {
            return Err(Refusal::new(
                "already-convened",
                "This draft has been convened already.",
                "Convene another draft, or change this one by acts of its own.",
            ));
        }
        match &self.paper {
            None if *by != By::Secretariat => {
                return Err(Refusal::not_entitled("convene a draft", "the secretariat"));
            }
            None => {}
            Some(paper) => Self::own_paper(by, paper)?,
        }
        if draft.id != self.draft {
            return Err(Refusal::new(
                "wrong-draft",
                format!(
                    "The convening names draft {}, and this is {}.",
                    self.draft, draft.id
                ),
                "Name the draft that is convened.",
            ));
        }
        if self.authentic.is_empty() {
            return Err(Refusal::new(
                "language-missing",
                "A draft needs at least one authentic language.",
                "Name the language negotiated in first.",
            ));
        }
        let mut seen = BTreeSet::new();
        for language in self.authentic.iter().chain(&self.working) {
            if !seen.insert(language) {
                return Err(Refusal::new(
                    "language-twice",
                    format!("{language} is named twice among the draft's languages."),
                    "Name each language once, as authentic or as working.",
                ));
            }
        }
        set_rule::sound(&self.rule)
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        if draft.id != self.draft {
            return Err(Corrupt::at(entry.seq, "it is the log of another draft"));
        }
        draft.title = self.title.clone();
        draft.authentic.clone_from(&self.authentic);
        draft.working.clone_from(&self.working);
        draft.rule = self.rule.clone();
        draft.mode = self.mode;
        draft.convened = entry.at;
        draft.paper.clone_from(&self.paper);
        for (code, name) in self.paper.iter().flat_map(|p| &p.members) {
            let seated = Delegation {
                name: name.clone(),
                role: Role::PenHolder,
                entitled: true,
                weight: 1,
                languages: Vec::new(),
                left: false,
            };
            draft.seats.delegations.insert(code.clone(), seated);
        }
        Ok(())
    }
}

impl Convene {
    /// A working paper is begun by one of those who then sit in it, and by nobody for them.
    fn own_paper(by: &By, paper: &Paper) -> Result<(), Refusal> {
        // Who presides is not in it, whatever delegation the chair is of.
        let delegation = admit::seat(by, "begin a working paper", "a delegate", |role| {
            matches!(role, Role::Delegate | Role::PenHolder)
        })?;
        if paper.members.contains_key(delegation) {
            return Ok(());
        }
        Err(Refusal::new(
            "not-of-party",
            format!("{delegation} does not belong to {}.", paper.of),
            "Begin a paper of your own delegation, or of a group that you belong to.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::testing::Room;
    use serde_json::json;

    #[test]
    fn a_draft_is_convened_once_by_the_secretariat_under_its_own_name() {
        let unborn = Room::unborn();
        unborn.allows("SEC", &Room::convening());
        unborn.refuses("AVR", &Room::convening(), "not-entitled");
        unborn.refuses("SERVER", &Room::convening(), "not-entitled");
        Room::sitting().refuses("SEC", &Room::convening(), "already-convened");
        let mut other = Room::convening();
        other["convene"]["draft"] = json!(DraftId([2; 16]).to_string());
        unborn.refuses("SEC", &other, "wrong-draft");
    }

    #[test]
    fn a_working_paper_is_begun_by_one_of_its_party_who_all_hold_the_pen_in_it() {
        let mut paper = Room::unborn();
        let mut convening = Room::convening();
        convening["convene"]["paper"] = json!({
            "of": {"group": "ISL"},
            "parent": DraftId([9; 16]).to_string(),
            "members": {"AVR": "Averland", "TSL": "Tessal"},
        });
        for who in ["SEC", "SERVER"] {
            paper.refuses(who, &convening, "not-entitled");
        }
        paper.refuses("MRD", &convening, "not-of-party");
        paper.does("AVR", &convening);
        let sitting: Vec<_> = paper.draft.seats.entitled().collect();
        assert_eq!(sitting.len(), 2);
        assert!(sitting.iter().all(|(_, d)| d.role == Role::PenHolder));
        assert_eq!(paper.replayed(), paper.draft);
    }

    #[test]
    fn a_draft_needs_languages_each_named_once() {
        let unborn = Room::unborn();
        let mut convening = Room::convening();
        convening["convene"]["working"] = json!(["es", "en"]);
        unborn.refuses("SEC", &convening, "language-twice");
        convening["convene"]["working"] = json!([]);
        unborn.allows("SEC", &convening);
        convening["convene"]["authentic"] = json!([]);
        unborn.refuses("SEC", &convening, "language-missing");
    }

    #[test]
    fn a_draft_cannot_begin_with_a_quorum_of_nobody() {
        let mut convening = Room::convening();
        convening["convene"]["rule"] = json!({"quorum": 1});
        Room::unborn().allows("SEC", &convening);
        convening["convene"]["rule"] = json!({"quorum": 0});
        Room::unborn().refuses("SEC", &convening, "quorum-of-none");
    }

    #[test]
    fn the_log_of_another_draft_is_corrupt() {
        let room = Room::sitting();
        let bytes = room.log.first().unwrap();
        let entry = Entry::decode(bytes).unwrap();
        let hash = Entry::hash_of(bytes);
        assert!(Draft::unborn(room.draft.id).fold(&entry, hash).is_ok());
        assert!(Draft::unborn(DraftId([2; 16])).fold(&entry, hash).is_err());
    }
}
