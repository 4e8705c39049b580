//! What redlines look like, beside those of a tool for programs: `docs/redlines.md` is made here, of `redlines.toml`.
//!
//! With `REDLINES=write` the document is written anew; then read what is different, as a person would.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use plenary_shared::ids::Language;
use plenary_shared::import;
use plenary_shared::redline::render::{Colour, ansi_of_all};
use plenary_shared::redline::{Moment, between, likeness};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    title: String,
    look: String,
    language: Language,
    old: String,
    new: String,
}

const HEAD: &str = "\
# Redlines, by example

What Plenary marks in pairs of texts, beside what `git diff --word-diff` does, which knows words only by the spaces around
them, and no clauses. `[-went-]`, `{+came+}`. Made by `tests/tests/redlines.rs` from `tests/redlines.toml`.
";

#[test]
fn redlines_are_those_of_the_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_to_string(root.join("redlines.toml")).unwrap();
    let cases: Cases = toml::from_str(&cases).unwrap();
    assert!(cases.case.len() >= 20);
    let mut page = HEAD.to_owned();
    for case in &cases.case {
        let Case { title, look, .. } = case;
        write!(
            page,
            "\n## {title}\n\n{look}\n\n```text\n{}```\n",
            ours(case)
        )
        .unwrap();
        write!(page, "\nWord by word:\n\n```text\n{}\n```\n", by_git(case)).unwrap();
    }
    let path = root.join("../docs/redlines.md");
    if std::env::var_os("REDLINES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (kept, made) in kept.lines().zip(page.lines()) {
        assert_eq!(kept, made, "REDLINES=write makes docs/redlines.md anew");
    }
    assert_eq!(
        kept.len(),
        page.len(),
        "REDLINES=write makes docs/redlines.md anew"
    );
}

fn ours(case: &Case) -> String {
    let read = |source: &str| import::markdown(source, &case.language).unwrap();
    let old = import::manuscript(read(&case.old));
    let mut new = read(&case.new);
    likeness::name(&old, |_| true, &case.language, &mut new);
    let new = import::manuscript(new);
    let (old, new) = (Moment::of_outside(&old), Moment::of_outside(&new));
    ansi_of_all(&between(&old, &new, &case.language), Colour::Hidden)
}

fn by_git(case: &Case) -> String {
    let folder = tempfile::tempdir().unwrap();
    let words = |source: &str| {
        let clauses = import::markdown(source, &case.language).unwrap();
        let texts = clauses.into_iter().flat_map(|c| c.text.into_values());
        texts.map(|text| text + "\n").collect::<String>()
    };
    std::fs::write(folder.path().join("old"), words(&case.old)).unwrap();
    std::fs::write(folder.path().join("new"), words(&case.new)).unwrap();
    let git = Command::new("git")
        .args([
            "-c",
            "core.pager=cat",
            "diff",
            "--no-index",
            "--no-color",
            "--word-diff=plain",
            "-U999",
        ])
        .args(["old", "new"])
        .current_dir(folder.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&git.stdout).into_owned();
    // What stands before says which files.
    let lines = out.lines().skip_while(|l| !l.starts_with("@@")).skip(1);
    lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
}
