//! A roster as people write it in a file: who is to sit in a draft, in which groups, and how it decides.
//! `examples/roster.toml` is one; reading TOML is the reader's business.

use serde::Deserialize;

use crate::acts::{FormGroup, Seat};
use crate::draft::{Decision, Mode, Procedural, Role, Rule, Shown, Voting};
use crate::ids::{DelegationId, GroupId, Language, Name};

/// A roster, with the particulars of the draft that it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// The draft's title in the list of drafts.
    pub title: Option<Name>,
    /// Authentic languages; the first is negotiated in.
    #[serde(default)]
    pub authentic: Vec<Language>,
    /// Working languages.
    #[serde(default)]
    pub working: Vec<Language>,
    /// The kind of decision rule.
    #[serde(default, rename = "rule")]
    pub decision: Decision,
    /// How many entitled delegations must be present; more than half if left out.
    pub quorum: Option<u32>,
    /// Nothing is agreed until everything is.
    #[serde(default)]
    pub nothing_agreed: bool,
    /// How many hours a silence procedure lasts at least; 72 if left out.
    pub silence_hours: Option<u32>,
    /// How a settled clause is opened again; by two thirds of those present and voting if left out.
    pub reopen: Option<Procedural>,
    /// How the text is adopted; by the chair if left out.
    pub adopt: Option<Procedural>,
    /// Whether the text is voted on, and by which majority.
    #[serde(default)]
    pub vote: Voting,
    /// When it is seen how each delegation has voted.
    #[serde(default)]
    pub show_votes: Shown,
    /// Who may type into clauses.
    #[serde(default)]
    pub mode: Mode,
    #[serde(default)]
    delegation: Vec<Sitting>,
    #[serde(default)]
    group: Vec<Formed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sitting {
    code: DelegationId,
    name: Name,
    #[serde(default)]
    role: Role,
    /// Left out, delegates decide and nobody else does.
    entitled: Option<bool>,
    #[serde(default = "one")]
    weight: u32,
    #[serde(default)]
    languages: Vec<Language>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Formed {
    code: GroupId,
    name: Name,
    members: Vec<String>,
    spokesperson: Option<DelegationId>,
}

fn one() -> u32 {
    1
}

impl Roster {
    /// The draft's rule of decision.
    pub fn rule(&self) -> Rule {
        let usual = Rule::default();
        Rule {
            decision: self.decision.clone(),
            quorum: self.quorum,
            nothing_agreed: self.nothing_agreed,
            silence_hours: self.silence_hours,
            reopen: self.reopen.unwrap_or(usual.reopen),
            adopt: self.adopt.unwrap_or(usual.adopt),
            vote: self.vote,
            show_votes: self.show_votes,
        }
    }

    /// The seats it gives, in the order of the file.
    pub fn seats(&self) -> Vec<Seat> {
        let seat = |d: &Sitting| Seat {
            delegation: d.code.clone(),
            name: d.name.clone(),
            role: d.role,
            entitled: d.entitled.unwrap_or(d.role == Role::Delegate),
            weight: d.weight,
            languages: d.languages.clone(),
        };
        self.delegation.iter().map(seat).collect()
    }

    /// The groups it forms, in the order of the file.
    pub fn groups(&self) -> Vec<FormGroup> {
        let group = |g: &Formed| FormGroup {
            group: g.code.clone(),
            name: g.name.clone(),
            members: g.members.clone(),
            spokesperson: g.spokesperson.clone(),
        };
        self.group.iter().map(group).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_out_delegates_decide_and_nobody_else_does() {
        let json = r#"{"delegation": [
            {"code": "AVR", "name": "Averland"},
            {"code": "CHAIR", "name": "Chair", "role": "facilitator"},
            {"code": "OBS", "name": "An organisation", "role": "observer", "entitled": false}
        ]}"#;
        let roster: Roster = serde_json::from_str(json).unwrap();
        let entitled: Vec<bool> = roster.seats().iter().map(|s| s.entitled).collect();
        assert_eq!(entitled, [true, false, false]);
        assert_eq!(roster.rule(), Rule::default());
    }

    #[test]
    fn a_misspelt_field_is_told() {
        let json = r#"{"delegation": [{"code": "A", "name": "A", "rolle": "observer"}]}"#;
        let e = serde_json::from_str::<Roster>(json).unwrap_err();
        assert!(e.to_string().contains("`rolle`"), "{e}");
    }
}
