//! The README's first session, line by line, against the real programs: what it shows is what a newcomer sees.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plenary_tests::process::{Process, programs};

const README: &str = include_str!("../../README.md");
/// Who takes part in it, by profile.
const PROFILES: [(&str, &str, &str); 4] = [
    ("chair-facilitator", "CHAIR", "facilitator"),
    ("avr-delegate", "AVR", "delegate"),
    ("nrm-delegate", "NRM", "delegate"),
    ("archive-archivist", "ARCHIVE", "archivist"),
];
/// Where the README leaves words out.
const LEFT_OUT: &str = "[…]";

/// Commands with what the README says that they print.
fn session() -> Vec<(String, String)> {
    let mut steps: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in README.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push((command.to_owned(), String::new())),
                (None, Some((_, printed))) => *printed += &format!("{line}\n"),
                (None, None) => panic!("the README prints something before the first command"),
            },
        }
    }
    steps
}

/// Whether something reads as shown, however the lines are broken; where words are left out, anything may stand.
fn reads_as(printed: &str, shown: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (printed, shown) = (words(printed), words(shown));
    let mut parts = shown.split(LEFT_OUT);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = printed.strip_prefix(first) else {
        return false;
    };
    let mut ends = first.len() == shown.len();
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        ends = true;
    }
    ends && rest.is_empty()
}

struct Desk {
    home: tempfile::TempDir,
    programs: PathBuf,
}

impl Desk {
    /// A line of shell; what it prints, errors among it.
    fn types(&self, line: &str) -> String {
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {line}")])
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", self.programs.display()))
            .env("HOME", self.home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn the_first_session_goes_as_the_readme_shows() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let example = |name: &str| examples.join(name).to_str().unwrap().to_owned();
    let (seed, roster) = (
        example("declaration-ai-governance.md"),
        example("roster.toml"),
    );
    let data = tempfile::tempdir().unwrap();
    let server = Process::start(data.path(), &["--seed", &seed, "--roster", &roster]).unwrap();
    let desk = Desk {
        home: tempfile::tempdir().unwrap(),
        programs: programs().server.parent().unwrap().to_owned(),
    };
    let secretariat = server.secretariat.as_deref().unwrap();
    let link = format!("http://{}/#token={secretariat}", server.address);
    desk.types(&format!("plenary login '{link}' --profile secretariat"));
    for (profile, code, role) in PROFILES {
        let invite =
            format!("plenary invite {code} --role {role} --profile secretariat 2>/dev/null");
        let link = desk.types(&invite);
        let came = desk.types(&format!(
            "plenary login '{}' --profile {profile}",
            link.trim()
        ));
        assert!(!came.contains("error:"), "{profile}: {link} {came}");
    }
    let steps = session();
    assert!(steps.len() > 10, "the README's session has been lost");
    for (command, shown) in steps {
        let printed = desk.types(&command);
        assert!(
            reads_as(&printed, &shown),
            "$ {command}\n--- the README shows\n{shown}--- it prints\n{printed}"
        );
    }
}

#[test]
fn what_is_left_out_may_be_anything_and_nothing_else_may() {
    assert!(reads_as("one two three\n", "one […] three\n"));
    assert!(reads_as("one two\n", "one\n    two\n"));
    assert!(!reads_as("one two\n", "one\n"));
    assert!(!reads_as("one two three four\n", "one […] three\n"));
    assert!(!reads_as("two three\n", "one […] three\n"));
}
