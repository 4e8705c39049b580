//! A roster as a file: who sits in a draft, in which groups, and how it decides. `examples/roster.toml` is one.

use std::path::Path;

use plenary_shared::acts::{FormGroup, Seat};
use plenary_shared::draft::{Decision, Mode, Role};
use plenary_shared::ids::{DelegationId, GroupId, Language, Name};
use serde::Deserialize;

use crate::failure::{Failure, Outcome};

/// A roster as a file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RosterFile {
    #[serde(default)]
    pub(super) title: Option<Name>,
    #[serde(default)]
    pub(super) authentic: Vec<Language>,
    #[serde(default)]
    pub(super) working: Vec<Language>,
    #[serde(default, rename = "rule")]
    pub(super) decision: Decision,
    #[serde(default)]
    pub(super) quorum: Option<u32>,
    #[serde(default)]
    pub(super) mode: Mode,
    #[serde(default)]
    delegation: Vec<Sitting>,
    #[serde(default)]
    group: Vec<Formed>,
}

#[derive(Debug, Clone, Deserialize)]
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

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Formed {
    code: GroupId,
    name: Name,
    members: Vec<String>,
}

fn one() -> u32 {
    1
}

impl RosterFile {
    /// Reads the file's text.
    pub(super) fn parse(text: &str, path: &Path) -> Outcome<Self> {
        toml::from_str(text).map_err(|e| {
            Failure::usage(
                format!(
                    "{} is no roster: {}",
                    path.display(),
                    e.to_string().trim_end()
                ),
                "Write it as `examples/roster.toml` is written.",
            )
        })
    }

    /// The seats it gives.
    pub(super) fn seats(&self) -> Vec<Seat> {
        let seats = self.delegation.iter().map(|d| Seat {
            delegation: d.code.clone(),
            name: d.name.clone(),
            role: d.role,
            entitled: d.entitled.unwrap_or(d.role == Role::Delegate),
            weight: d.weight,
            languages: d.languages.clone(),
        });
        seats.collect()
    }

    /// The groups it forms.
    pub(super) fn groups(&self) -> Vec<FormGroup> {
        let groups = self.group.iter().map(|g| FormGroup {
            group: g.code.clone(),
            name: g.name.clone(),
            members: g.members.clone(),
        });
        groups.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roster_among_the_examples_is_read() {
        let text = include_str!("../../../../examples/roster.toml");
        let roster = RosterFile::parse(text, Path::new("roster.toml")).unwrap();
        let seats = roster.seats();
        assert!(
            seats
                .iter()
                .any(|s| s.role == Role::Facilitator && !s.entitled)
        );
        assert!(
            seats
                .iter()
                .any(|s| s.delegation.as_str() == "AVR" && s.entitled && s.weight == 3)
        );
        assert!(
            roster
                .groups()
                .iter()
                .any(|g| g.members.contains(&"ISL".to_owned()))
        );
    }

    #[test]
    fn a_misspelt_field_is_told() {
        let wrong = "[[delegation]]\ncode = 'A'\nname = 'A'\nrolle = 'observer'\n";
        assert!(RosterFile::parse(wrong, Path::new("r.toml")).is_err());
    }
}
