//! Word files in an office program: they open without repair; all changes accepted they are the later text, all rejected
//! the earlier one.
//!
//! `make test` installs the program; where it is missing, this says so and passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use plenary_documents::docx::{self, Comment, Cover, Sheet};
use plenary_shared::draft::{Draft, Kind, Manuscript};
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import;
use plenary_shared::redline::{Moment, between};
use plenary_shared::time::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
struct Opened {
    /// Kinds of changes with their authors.
    authors: Vec<(String, String)>,
    comments: Vec<BTreeMap<String, String>>,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    text: String,
    style: String,
    number: String,
    rtl: bool,
}

/// A text in two versions.
struct Pair {
    language: Language,
    old: Manuscript,
    new: Manuscript,
}

impl Pair {
    fn of(language: &str, old: &str, new: &str) -> Self {
        let language: Language = language.parse().unwrap();
        let read = |source: &str| import::manuscript(import::markdown(source, &language).unwrap());
        let (old, new) = (read(old), read(new));
        Self { language, old, new }
    }

    fn file(&self, folder: &Path, name: &str) -> PathBuf {
        let draft = Draft::unborn(DraftId([7; 16]));
        let (old, new) = (Moment::of_outside(&self.old), Moment::of_outside(&self.new));
        let redline = between(&old, &new, &self.language);
        let clause = redline
            .clauses
            .iter()
            .find(|c| c.change == plenary_shared::redline::Change::Changed);
        let comments = clause.map(|c| Comment {
            clause: c.id.clone(),
            author: "Averland".into(),
            at: Timestamp(1_800_000_000_000),
            text: "Objection: too <late> & too little.".into(),
        });
        let bytes = docx::write(&Sheet {
            draft: &draft,
            before: docx::order(&old),
            redline: &redline,
            cover: Cover {
                symbol: Some("A/CONF.1/L.2/Rev.1".into()),
                ..Cover::default()
            },
            comments: comments.into_iter().collect(),
            beside: None,
            annex: Vec::new(),
            at: Timestamp(1_800_000_000_000),
        });
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The paragraphs as they are read, with their numbers.
    fn paragraphs(&self, text: &Manuscript) -> Vec<(String, String)> {
        let labels = plenary_shared::numbering::labels_of_outside(text);
        let clauses = text.in_order().into_iter();
        clauses
            .map(|(id, p)| {
                let words = match p.text.get(&self.language) {
                    Some(words) => docx::as_read(words),
                    None => plenary_documents::missing_note(&self.language).to_owned(),
                };
                let number = match p.kind {
                    Kind::Operative => {
                        let label = labels[id].trim_start_matches("OP").to_owned();
                        label
                            .rfind('(')
                            .map_or_else(|| format!("{label}."), |n| label[n..].to_owned())
                    }
                    _ => String::new(),
                };
                (number, words)
            })
            .collect()
    }
}

/// The system's own, for which its package of the office's bindings is.
const PYTHON: &str = "/usr/bin/python3";

/// Opens the files, each in the modes.
fn open(work: &[(&Path, &str)]) -> Option<Vec<Opened>> {
    let there = Command::new("soffice").arg("--version").output().is_ok();
    let scripted = Command::new(PYTHON).args(["-c", "import uno"]).output();
    if !there || !scripted.is_ok_and(|o| o.status.success()) {
        assert!(
            std::env::var_os("PLENARY_TEST_ALL").is_none(),
            "LibreOffice, or python3-uno, is missing"
        );
        println!("skipped: `make office` installs LibreOffice, and it is not there");
        return None;
    }
    let profile = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("office/changes.py");
    let out = Command::new(PYTHON)
        .arg(script)
        .arg(profile.path())
        .args(
            work.iter()
                .flat_map(|(path, mode)| [path.as_os_str(), mode.as_ref()]),
        )
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    Some(serde_json::from_slice(&out.stdout).unwrap())
}

/// The words of the paragraphs with their numbers, without what stands above the text.
fn text(opened: &Opened) -> Vec<(String, String)> {
    let text = opened
        .paragraphs
        .iter()
        .filter(|p| !matches!(p.style.as_str(), "Plenary Symbol" | "Plenary End"));
    text.map(|p| (p.number.clone(), p.text.clone())).collect()
}

fn pairs() -> Vec<(&'static str, Pair)> {
    let en = Pair::of(
        "en",
        "# Declaration {#t}\n\n*Recalling* its resolution 70/1, {#pp-1}\n\n*Noting* \\<all> & \"every\" report, {#pp-2}\n\n\
         ## Measures {#h}\n\n1. *Decides* to meet each year: {#a}\n\n   (a) in spring; {#a-1}\n\n   (b) in autumn; {#a-2}\n\n\
         1. *Requests* a report within 24 hours. {#b}\n\n1. *Invites* all donors\\\nto contribute. {#c}\n\n1. *Thanks* Averland. {#d}",
        "# Declaration on lakes {#t}\n\n*Noting* \\<all> & \"every\" report, {#pp-2}\n\n*Recalling* its resolution 70/1 of 2015, {#pp-1}\n\n\
         ## Measures {#h}\n\n1. *Thanks* Averland and Norrmark. {#d}\n\n1. *Decides* to meet twice a year: {#a}\n\n   (a) in spring; {#a-1}\n\n   \
         (b) in summer; {#n}\n\n   (c) in autumn; {#a-2}\n\n1. *Requests* a *written* report within 72 hours. {#b}\n\nDone at the lake. {#e}",
    );
    let ar = Pair::of(
        "ar",
        "# إعلان {#t}\n\n*إذ تشير* إلى قرارها ٧٠/١، {#pp}\n\n1. *يقرر* أن يجتمع سنويا في الشتاء؛ {#a}\n\n1. *يطلب* تقريرا خلال ٢٤ ساعة. {#b}",
        "# إعلان البحيرات {#t}\n\n*إذ تشير* إلى قرارها ٧٠/١، {#pp}\n\n1. *يطلب* تقريرا خلال ٧٢ ساعة. {#b}\n\n1. *يقرر* أن يجتمع شهريا في الشتاء؛ {#a}",
    );
    let zh = Pair::of(
        "zh",
        "# 宣言 {#t}\n\n*回顾*其第70/1号决议， {#pp}\n\n1. *决定*每年召开一次会议； {#a}\n\n1. *请*秘书处在24小时内提交报告。 {#b}\n\n1. *感谢*各方。 {#c}",
        "# 湖泊宣言 {#t}\n\n*回顾*其第70/1号决议， {#pp}\n\n1. *决定*每两年召开一次会议； {#a}\n\n1. *请*秘书处在72小时内提交书面报告。 {#b}",
    );
    let last = Pair::of(
        "fr",
        "1. *Décide* de se réunir. {#a}\n\n1. *Prie* le Secrétariat. {#b}\n\n1. *Remercie* tous. {#c}",
        "1. *Décide* de se réunir souvent. {#a}\n\n1. *Invite* chacun. {#n}\n\n   (a) ici ; {#n-1}\n\n   (b) là. {#n-2}",
    );
    // One clause has no words in this language yet, another gets them, a third loses them.
    let mut some = Pair::of(
        "es",
        "1. Uno. {#a}\n\n1. Dos. {#b}\n\n1. Tres. {#c}\n\n1. Cuatro. {#d}",
        "1. Uno. {#a}\n\n1. Dos. {#b}\n\n1. Tres y más. {#c}\n\n1. Cuatro. {#d}",
    );
    for (text, without) in [(&mut some.old, ["b", "c"]), (&mut some.new, ["b", "d"])] {
        for id in without {
            let id: plenary_shared::ids::ClauseId = id.parse().unwrap();
            let clause = text.clauses.get_mut(&id).unwrap();
            clause.text.clear();
        }
    }
    vec![
        ("en", en),
        ("ar", ar),
        ("zh", zh),
        ("fr", last),
        ("es", some),
    ]
}

#[test]
fn all_changes_accepted_or_rejected_leave_the_two_texts() {
    let folder = tempfile::tempdir().unwrap();
    let pairs = pairs();
    let files: Vec<_> = pairs
        .iter()
        .map(|(name, pair)| pair.file(folder.path(), &format!("{name}.docx")))
        .collect();
    let work: Vec<_> = files
        .iter()
        .flat_map(|f| [(f.as_path(), "accept"), (f.as_path(), "reject")])
        .collect();
    let Some(opened) = open(&work) else { return };
    for ((name, pair), opened) in pairs.iter().zip(opened.chunks(2)) {
        let (accepted, rejected) = (text(&opened[0]), text(&opened[1]));
        assert_eq!(accepted, pair.paragraphs(&pair.new), "{name}: accepted");
        assert_eq!(rejected, pair.paragraphs(&pair.old), "{name}: rejected");
        assert!(
            opened[0]
                .authors
                .iter()
                .all(|(_, who)| who == "Secretariat")
        );
        assert!(!opened[0].authors.is_empty());
        assert_eq!(opened[0].comments[0]["author"], "Averland");
        assert_eq!(
            opened[0].comments[0]["text"],
            "Objection: too <late> & too little."
        );
        assert_eq!(
            opened[0].paragraphs.iter().all(|p| p.rtl),
            *name == "ar",
            "{name}"
        );
    }
}
