//! Pages, and what a reader gets back from them. With `PRESS_OUT` the files are kept in that folder.

use std::collections::BTreeMap;
use std::process::Command;

use plenary_documents::docx::{Cover, Sheet, order};
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::export::Line;
use plenary_shared::ids::{ClauseId, DraftId, Language};
use plenary_shared::import;
use plenary_shared::redline::{Moment, between};
use plenary_shared::time::Timestamp;

use super::*;

mod bounds;
mod languages;
mod marks;

/// What is to be printed.
struct Job {
    language: Language,
    old: Manuscript,
    new: Manuscript,
    beside: Option<(Language, BTreeMap<ClauseId, String>)>,
    annex: Vec<Line>,
}

fn read(language: &str, source: &str) -> (Language, Manuscript) {
    let language: Language = language.parse().unwrap();
    let clauses = import::markdown(source, &language).unwrap();
    (language, import::manuscript(clauses))
}

impl Job {
    fn of(language: &str, source: &str) -> Self {
        Self::between(language, source, source)
    }

    fn between(language: &str, old: &str, new: &str) -> Self {
        let (language, old) = read(language, old);
        let (_, new) = read(language.as_str(), new);
        Self {
            language,
            old,
            new,
            beside: None,
            annex: Vec::new(),
        }
    }

    /// One clause, of these very letters.
    fn raw(letters: &str) -> Self {
        let mut job = Self::of("en", "1. First {#a}");
        let clause = job
            .new
            .clauses
            .get_mut(&"a".parse::<ClauseId>().unwrap())
            .unwrap();
        clause.text.insert(job.language.clone(), letters.into());
        job.old = job.new.clone();
        job
    }

    fn print(&self) -> Result<Vec<u8>, PrintError> {
        let draft = Draft::unborn(DraftId([7; 16]));
        let (old, new) = (Moment::of_outside(&self.old), Moment::of_outside(&self.new));
        let sheet = Sheet {
            draft: &draft,
            before: order(&old),
            redline: &between(&old, &new, &self.language),
            cover: Cover {
                symbol: Some("A/CONF.1/L.2/Rev.1".into()),
                body: Some("Conference on Lakes".into()),
                ..Cover::default()
            },
            comments: Vec::new(),
            beside: self.beside.clone(),
            annex: self.annex.clone(),
            at: Timestamp(1_800_000_000_000),
        };
        print(&sheet, "entry 7")
    }

    /// The pages; and if the fonts are not there, nothing, unless all is to be tested.
    fn pages(&self, name: &str) -> Option<Pages> {
        match self.print() {
            Ok(bytes) => {
                let folder = tempfile::tempdir().unwrap();
                std::fs::write(folder.path().join("x.pdf"), &bytes).unwrap();
                if let Some(kept) = std::env::var_os("PRESS_OUT") {
                    std::fs::write(std::path::Path::new(&kept).join(name), &bytes).unwrap();
                }
                Some(Pages { bytes, folder })
            }
            Err(why @ PrintError::Letter(_)) => {
                let all = std::env::var_os("PLENARY_TEST_ALL").is_some();
                assert!(!all, "{why} {}", why.hint());
                println!("skipped: {why}");
                None
            }
            Err(other) => panic!("{other}"),
        }
    }
}

/// What was printed.
struct Pages {
    bytes: Vec<u8>,
    folder: tempfile::TempDir,
}

impl Pages {
    fn has(&self, bytes: &str) -> bool {
        self.bytes
            .windows(bytes.len())
            .any(|w| w == bytes.as_bytes())
    }

    /// What one of poppler's programs says of them.
    fn told(&self, program: &str, how: &[&str]) -> Option<String> {
        let mut command = Command::new(program);
        command.args(how).arg(self.folder.path().join("x.pdf"));
        if program == "pdftotext" {
            command.arg("-");
        }
        let Ok(out) = command.output() else {
            let all = std::env::var_os("PLENARY_TEST_ALL").is_some();
            assert!(!all, "{program} is missing: install poppler-utils");
            println!("skipped: {program} is missing");
            return None;
        };
        assert!(out.status.success(), "{program}: {out:?}");
        Some(String::from_utf8(out.stdout).unwrap())
    }

    /// The words, each run of spaces as one, without what only turns them.
    fn words(&self) -> Option<String> {
        let read = self.told("pdftotext", &[])?;
        let turns = |c: &char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}');
        let read: String = read.chars().filter(|c| !turns(c)).collect();
        Some(read.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[track_caller]
    fn say(&self, all: &[&str]) {
        let Some(read) = self.words() else { return };
        for words in all {
            assert!(read.contains(words), "{words} is not in {read}");
        }
    }
}

#[test]
fn nothing_that_is_written_is_read_as_typst() {
    let mut job = Job::raw(
        "#panic() *Decides* $x^2$ @ref <label> #import \"/etc/passwd\": a \\_\\_ [x] // no comment #{1+1} = not a heading",
    );
    job.annex = vec![Line {
        who: "AVR, #statement".into(),
        text: "#panic() \"quoted\" #read(\"data.json\")".into(),
    }];
    let Some(pages) = job.pages("hostile.pdf") else {
        return;
    };
    assert!(pages.bytes.starts_with(b"%PDF-1.7"));
    pages.say(&[
        "1. #panic() Decides $x^2$ @ref <label> #import \"/etc/passwd\": a",
        "[x] // no comment #{1+1} = not a heading",
        "AVR, #statement: #panic() \"quoted\" #read(\"data.json\")",
    ]);
}
