//! Word files written and read again, and files that are refused. `tests/tests/office.rs` opens ours in an office program.

use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import::{self, ImportedClause};
use plenary_shared::redline::{Moment, between};
use plenary_shared::time::Timestamp;

use super::read::{Asked, Imported, read};
use super::*;
use crate::package::pack;

fn language() -> Language {
    "en".parse().unwrap()
}

fn clauses(source: &str) -> Vec<ImportedClause> {
    let mut clauses = import::markdown(source, &language()).unwrap();
    for clause in &mut clauses {
        clause.text.retain(|l, _| *l == language());
    }
    clauses
}

fn file(old: &Manuscript, new: &Manuscript) -> Vec<u8> {
    let draft = Draft::unborn(DraftId([7; 16]));
    let (old, new) = (Moment::of_outside(old), Moment::of_outside(new));
    write(&Sheet {
        draft: &draft,
        before: order(&old),
        redline: &between(&old, &new, &language()),
        cover: Cover {
            symbol: Some("A/CONF.1/L.2".into()),
            ..Cover::default()
        },
        comments: Vec::new(),
        at: Timestamp(1_800_000_000_000),
    })
}

fn tracked(old: &str, new: &str) -> Imported {
    let [old, new] = [old, new].map(|source| import::manuscript(clauses(source)));
    read(&file(&old, &new), &language()).unwrap()
}

/// The clauses with the lines on which they begin left out.
fn plain(clauses: Vec<ImportedClause>) -> Vec<ImportedClause> {
    let plain = |c| ImportedClause { line: 0, ..c };
    clauses.into_iter().map(plain).collect()
}

#[test]
fn the_example_is_read_again_as_it_was() {
    let source = include_str!("../../../examples/declaration-ai-governance.md");
    let text = import::manuscript(clauses(source));
    let imported = read(&file(&text, &text), &language()).unwrap();
    assert!(imported.clauses.len() > 100);
    assert_eq!(plain(imported.clauses), plain(clauses(source)));
    assert_eq!(
        (imported.proposals, imported.comments),
        (Vec::new(), Vec::new())
    );
    assert_eq!(imported.lost, ["Lines above the text, left out: 1."]);
}

#[test]
fn tracked_changes_are_proposals_on_the_earlier_text() {
    let old = "1. *Decides* to meet. {#a}\n\n1. *Thanks* all. {#b}\n\n1. Third. {#c}\n\n1. Fourth clause. {#d}";
    let new = "1. Fourth clause, moved. {#d}\n\n1. *Decides* to meet monthly. {#a}\n\n   (a) in spring; {#n}\n\n1. Third. {#c}";
    let imported = tracked(old, new);
    assert_eq!(plain(imported.clauses), plain(clauses(old)));
    let asked: Vec<_> = imported.proposals.iter().map(|p| &p.what).collect();
    for wanted in [
        Asked::Replace {
            clause: 0,
            text: "*Decides* to meet monthly.".into(),
        },
        Asked::Delete { clause: 1 },
        Asked::InsertAfter {
            after: Some(1),
            kind: plenary_shared::draft::Kind::Operative,
            level: 2,
            text: "in spring;".into(),
        },
        Asked::Move {
            clause: 3,
            after: None,
        },
        Asked::Replace {
            clause: 3,
            text: "Fourth clause, moved.".into(),
        },
    ] {
        assert!(
            asked.contains(&&wanted),
            "{wanted:?} is not among {asked:#?}"
        );
    }
    assert_eq!(asked.len(), 5, "{asked:#?}");
    assert!(
        imported
            .proposals
            .iter()
            .all(|p| p.author == "Secretariat" && p.at.is_some())
    );
}

/// A Word file of those paragraphs, as other programs write them.
fn foreign(body: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    pack([("word/document.xml", document.into_bytes())])
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn a_file_of_another_program_is_read_by_its_numbers_and_authors() {
    let change = |tag: &str, who: &str, inside: &str| {
        format!(
            "<w:{tag} w:id=\"1\" w:author=\"{who}\" w:date=\"2026-03-04T18:00:00Z\">{inside}</w:{tag}>"
        )
    };
    let deleted = "<w:r><w:delText>24</w:delText></w:r>";
    let body = [
        format!("<w:p>{}</w:p>", run("Recalling its resolution,")),
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run("1. Requests a report within "),
            change("del", "Averland", deleted),
            change("ins", "Averland", &run("72")),
            change("ins", "Norrmark", &run("48")),
            run(" hours:")
        ),
        format!("<w:p>{}</w:p>", run("(a)\tin writing;")),
        format!(
            "<w:p>{}{}</w:p>",
            run("2. "),
            "<w:r><w:rPr><w:i/></w:rPr><w:t>Thanks</w:t></w:r><w:r><w:t xml:space=\"preserve\"> all &amp; sundry.</w:t></w:r>"
        ),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_owned(),
    ];
    let imported = read(&foreign(&body.concat()), &language()).unwrap();
    let read: Vec<_> = imported
        .clauses
        .iter()
        .map(|c| (c.kind.name(), c.level, c.text[&language()].as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("preambular", 1, "Recalling its resolution,"),
            ("operative", 1, "Requests a report within 24 hours:"),
            ("operative", 2, "in writing;"),
            ("operative", 1, "*Thanks* all & sundry."),
            ("paragraph", 1, "A cell"),
        ]
    );
    let asked: Vec<_> = imported
        .proposals
        .iter()
        .map(|p| (p.author.as_str(), &p.what))
        .collect();
    let replace = |text: &str| Asked::Replace {
        clause: 1,
        text: text.into(),
    };
    assert_eq!(
        asked,
        [
            ("Averland", &replace("Requests a report within 72 hours:")),
            ("Norrmark", &replace("Requests a report within 2448 hours:")),
        ]
    );
    assert_eq!(
        imported.lost,
        ["Tables, of which each cell has become a paragraph: 1."]
    );
}

#[track_caller]
fn refused(bytes: &[u8], why: &str) {
    let said = read(bytes, &language()).unwrap_err();
    assert!(said.contains(why), "{said}");
}

#[test]
fn what_could_do_harm_is_refused_with_a_sentence() {
    refused(b"%PDF-1.7", "not a zip archive");
    refused(
        &pack([("word/text.xml", Vec::new())]),
        "no part `word/document.xml`",
    );
    refused(&foreign("<w:p>"), "damaged");
    refused(&foreign("&secret;"), "entity");
    refused(&foreign(&"<w:p>".repeat(300)), "deep");
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><w:document/>";
    refused(&pack([("word/document.xml", bomb.into())]), "document type");
    for name in ["../../etc/passwd", "/etc/passwd", "word/..\\x", "c:x"] {
        refused(&pack([(name, Vec::new())]), "leads out of it");
    }
    let zeros = vec![b' '; usize::try_from(crate::package::UNPACKED).unwrap() + 1];
    refused(&pack([("word/document.xml", zeros)]), "when unpacked");
    refused(&vec![0; crate::package::PACKED + 1], "16 MiB");
    let outside = "<Relationships><Relationship Type=\"x/image\" Target=\"http://x/y.png\" TargetMode=\"External\"/></Relationships>";
    let parts = [
        ("word/document.xml", "<w:document/>"),
        ("word/_rels/document.xml.rels", outside),
    ];
    refused(
        &pack(parts.map(|(n, p)| (n, p.as_bytes().to_vec()))),
        "outside of itself",
    );
    let long = "a".repeat(plenary_shared::limits::WORDING_UNITS + 1);
    refused(
        &foreign(&format!("<w:p>{}</w:p>", run(&long))),
        "longer than",
    );
}

#[test]
fn any_part_of_a_file_is_read_or_refused() {
    let text = import::manuscript(clauses("# T {#t}\n\n1. *One* & two. {#a}"));
    let whole = file(&text, &text);
    for end in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..end], &language());
    }
    for at in (0..whole.len()).step_by(3) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x55;
        let _ = read(&flipped, &language());
    }
}
