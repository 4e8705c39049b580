//! The examples run, and the documents quote what they really print.

use std::process::Command;

#[test]
fn the_log_format_is_documented_with_the_bytes_that_are_written() {
    let program = env!("CARGO_BIN_EXE_replay_a_log");
    let output = Command::new(program)
        .output()
        .expect("the example was built before this test");
    assert!(output.status.success(), "{output:?}");
    let document = include_str!("../../docs/log-format.md");
    let printed = String::from_utf8(output.stdout).expect("the example prints text");
    assert_eq!(printed.lines().count(), 7);
    for line in printed.lines() {
        assert!(
            document.contains(line),
            "docs/log-format.md does not say: {line}"
        );
    }
}
