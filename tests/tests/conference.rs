//! The conference of the examples, as it is shown to people: what it shows must stay true.

use std::path::Path;
use std::process::Command;

use plenary_tests::process;

#[test]
fn the_example_conference_goes_from_zero_draft_to_adoption() {
    let programs = process::programs()
        .server
        .parent()
        .expect("a program lies in a directory");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/conference.sh");
    let run = Command::new("bash")
        .arg(script)
        .env("PLENARY_BIN", programs)
        .output()
        .expect("bash runs the script");
    let told = String::from_utf8_lossy(&run.stdout);
    let failed = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}\n{failed}");
    for shown in [
        "The rolling text",
        "first reading",
        "second reading",
        "adopted",
        "its annex",
    ] {
        assert!(told.contains(shown), "nothing of “{shown}” in:\n{told}");
    }
}
