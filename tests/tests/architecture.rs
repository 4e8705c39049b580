//! The invariants of the layout: who may know whom.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of everything that a package of the workspace is built on.
fn built_on(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--offline",
            "-e",
            "normal",
            "--prefix",
            "none",
            "-p",
        ])
        .arg(package)
        .output()
        .expect("cargo can be run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let names = lines.lines().filter_map(|l| l.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[track_caller]
fn check_free_of(package: &str, forbidden: &[&str]) {
    let found = built_on(package);
    assert!(
        found.first().is_some_and(|first| first == package),
        "cargo tree told nothing of {package}: {found:?}"
    );
    for name in forbidden {
        assert!(
            !found.iter().any(|f| f == name),
            "{package} is built on {name}"
        );
    }
}

#[test]
fn the_domain_has_no_network_no_storage_and_no_async() {
    check_free_of(
        "plenary-shared",
        &["tokio", "axum", "mio", "hyper", "rusqlite", "async-trait"],
    );
    check_free_of(
        "plenary-archive",
        &["tokio", "axum", "mio", "hyper", "rusqlite"],
    );
}

#[test]
fn server_and_command_line_do_not_know_each_other() {
    check_free_of("plenary-server", &["plenary-cli"]);
    check_free_of("plenary-cli", &["plenary-server"]);
}

#[test]
fn nothing_is_built_on_the_tests_or_the_examples() {
    for package in [
        "plenary-shared",
        "plenary-archive",
        "plenary-server",
        "plenary-cli",
    ] {
        check_free_of(package, &["plenary-tests", "plenary-examples"]);
    }
}

/// Every Rust file under a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a source folder can be read") {
            let path = entry.expect("a source folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn the_crdt_is_seen_only_where_text_is_read_or_written() {
    let source = root().join("shared/src");
    let mut strays = Vec::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).expect("it was found there");
        let allowed = ["draft/text", "draft/text.rs", "redline"];
        if allowed.iter().any(|a| inside.starts_with(a)) {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("a source file can be read");
        if text.contains("automerge::") {
            strays.push(inside.to_owned());
        }
    }
    assert!(
        strays.is_empty(),
        "automerge's types are seen in {strays:?}"
    );
}
