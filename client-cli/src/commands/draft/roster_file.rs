//! A roster as a file; its form is in `plenary_shared::roster`, and `examples/roster.toml` is one.

use std::path::Path;

use plenary_shared::roster::Roster;

use crate::failure::{Failure, Outcome};

/// Reads the file's text.
pub(super) fn parse(text: &str, path: &Path) -> Outcome<Roster> {
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

#[cfg(test)]
mod tests {
    use plenary_shared::draft::Role;

    use super::*;

    #[test]
    fn the_roster_among_the_examples_is_read() {
        let text = include_str!("../../../../examples/roster.toml");
        let roster = parse(text, Path::new("roster.toml")).unwrap();
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
        assert!(roster.groups().iter().all(|g| g.spokesperson.is_some()));
    }

    #[test]
    fn a_rule_is_a_word_or_a_table() {
        let read = |rule: &str| parse(&format!("rule = {rule}\n"), Path::new("r.toml"));
        for (written, told) in [
            ("'consensus'", "consensus"),
            ("{ consensus_minus = 1 }", "consensus minus 1"),
            (
                "{ majority = { of = 'present', share = [2, 3] } }",
                "at least two thirds of those present and voting",
            ),
        ] {
            assert_eq!(read(written).unwrap().decision.to_string(), told);
        }
        let no = read("{ majority = { of = 'present', share = [3, 2] } }").unwrap_err();
        assert!(no.what.contains("[2, 3] for two thirds"), "{}", no.what);
    }

    #[test]
    fn a_misspelt_field_is_told() {
        let wrong = "[[delegation]]\ncode = 'A'\nname = 'A'\nrolle = 'observer'\n";
        assert!(parse(wrong, Path::new("r.toml")).is_err());
    }
}
