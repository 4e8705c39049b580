//! A short hunt on every run: each fuzz target with its seeds, its kept corpus, what once broke it, and a fixed number of
//! corruptions of them. The long one is led by coverage; see `fuzz/README.md`.

use std::path::{Path, PathBuf};

use plenary_fuzz::target;
use plenary_tests::dice::Dice;

/// Corruptions tried on each target. A number, not a time: the same on every machine.
const CORRUPTIONS: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a folder, by name; none if there is no such folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let file = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a kept input can be read");
        (path.display().to_string(), bytes)
    };
    let mut all: Vec<_> = entries
        .map(|e| file(e.expect("a folder can be read").path()))
        .collect();
    all.sort();
    all
}

/// One to four small things are changed, as a bad line or a bad mind would.
fn corrupted(good: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + 1 + dice.below(8)).min(bytes.len());
        match dice.below(6) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 if at < bytes.len() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][dice.below(5)],
            3 => drop(bytes.drain(at.min(end)..end)),
            4 => {
                let much = 1 + dice.below(8);
                let more = dice.bytes(much);
                bytes.splice(at..at, more);
            }
            _ => {
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(32)).min(other.len());
                bytes.splice(at.min(end)..end, other[from..to].iter().copied());
            }
        }
    }
    bytes
}

fn hunt(name: &str) {
    let target = target(name).expect("there is such a target");
    let seeds = (target.seeds)().into_iter();
    let mut inputs: Vec<(String, Vec<u8>)> = seeds
        .enumerate()
        .map(|(n, seed)| (format!("seed {n}"), seed))
        .collect();
    inputs.extend(files(&root().join("fuzz/corpus").join(name)));
    inputs.extend(files(&root().join("fuzz/crashers").join(name)));
    assert!(inputs.len() >= 3, "there is nothing to begin with");
    for (called, input) in &inputs {
        println!("{called}");
        (target.run)(input);
    }
    let seed = Dice::seed_or(4);
    println!("SEED={seed}");
    let mut dice = Dice::of(seed);
    for n in 0..CORRUPTIONS {
        let (called, good) = &inputs[dice.below(inputs.len())];
        let (_, other) = &inputs[dice.below(inputs.len())];
        let bad = corrupted(good, other, &mut dice);
        let outcome = std::panic::catch_unwind(|| (target.run)(&bad));
        if outcome.is_err() {
            let kept = std::env::temp_dir().join(format!("plenary-{name}-{seed}-{n}"));
            std::fs::write(&kept, &bad).expect("the finding can be kept");
            panic!(
                "corruption {n} of {called} broke it: {} ({} bytes)",
                kept.display(),
                bad.len()
            );
        }
    }
}

#[test]
fn no_frame_of_the_sync_protocol_breaks_its_reader() {
    hunt("message");
}

#[test]
fn no_sync_message_breaks_a_draft() {
    hunt("sync");
}

#[test]
fn no_change_that_is_whole_but_hostile_breaks_a_draft() {
    hunt("change");
}

#[test]
fn no_change_that_is_well_written_and_lies_breaks_a_draft() {
    hunt("lie");
}

#[test]
fn no_entry_breaks_whoever_reads_a_log() {
    hunt("entry");
}

#[test]
fn no_markdown_breaks_the_import() {
    hunt("markdown");
}

#[test]
fn no_word_file_breaks_the_import() {
    hunt("docx");
}

#[test]
fn no_akoma_ntoso_breaks_the_import() {
    hunt("akn");
}

#[test]
fn no_act_breaks_a_draft() {
    hunt("act");
}

#[test]
fn no_signed_act_is_entered_that_was_not_signed() {
    hunt("signed");
}

#[test]
fn no_archive_breaks_whoever_opens_it() {
    hunt("archive");
}

/// A target that is not in this file is run by nobody.
#[test]
fn every_target_is_hunted_here() {
    let source = include_str!("fuzz.rs");
    for target in plenary_fuzz::TARGETS {
        let call = format!("hunt(\"{}\")", target.name);
        assert!(source.contains(&call), "{call} is missing");
    }
}
