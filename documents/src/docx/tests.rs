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
        beside: None,
        annex: Vec::new(),
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
    assert_eq!(
        imported.lost,
        [
            "Header or footer, left out: “A/CONF.1/L.2”.",
            "Lines above, beside and below the text, left out: 1."
        ]
    );
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

#[test]
fn a_clause_without_words_says_so_and_comes_back_without() {
    let named = |words: &str| format!("1. One. {{#a}}\n\n1. {words} {{#b}}\n\n1. Three. {{#c}}");
    let of = |words: &str| {
        let mut clauses = clauses(&named("Two."));
        clauses[1].text.insert(language(), words.to_owned());
        import::manuscript(clauses)
    };
    let (none, some) = (of(""), of("Two."));
    let written = file(&none, &none);
    let document = crate::package::unpack(&written, |n| n == "word/document.xml").unwrap();
    let document = String::from_utf8(document["word/document.xml"].clone()).unwrap();
    assert_eq!(document.matches("[no text yet]").count(), 1);
    let clean = read(&written, &language()).unwrap();
    assert_eq!(clean.clauses.len(), 3);
    assert_eq!(clean.clauses[1].id, Some("b".parse().unwrap()));
    assert_eq!(clean.clauses[1].text[&language()], "");
    assert_eq!(clean.proposals, []);
    // Words that come are a proposal on a clause that was there; those that go with nothing instead are none.
    let comes = read(&file(&none, &some), &language()).unwrap();
    assert_eq!(comes.clauses.len(), 3);
    let asked: Vec<_> = comes.proposals.iter().map(|p| &p.what).collect();
    let text = "Two.".to_owned();
    assert_eq!(asked, [&Asked::Replace { clause: 1, text }]);
    let goes = read(&file(&some, &none), &language()).unwrap();
    assert_eq!(goes.clauses[1].text[&language()], "Two.");
    assert_eq!(goes.proposals, []);
}

#[test]
fn styles_of_letters_set_them() {
    let styles = "<w:styles><w:style w:type=\"character\" w:styleId=\"E\"><w:name w:val=\"Emphasis\"/><w:rPr><w:i/></w:rPr></w:style>\
        <w:style w:styleId=\"F\"><w:basedOn w:val=\"E\"/><w:rPr><w:b/></w:rPr></w:style></w:styles>";
    let styled = |style: &str, words: &str| {
        format!(
            "<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
        )
    };
    let body = format!(
        "<w:document><w:body><w:p>{}{}{}</w:p></w:body></w:document>",
        styled("E", "Decides"),
        run(" to "),
        styled("F", "meet")
    );
    let parts = [
        ("word/document.xml", body.as_str()),
        ("word/styles.xml", styles),
    ];
    let file = pack(parts.map(|(n, p)| (n, p.as_bytes().to_vec())));
    let imported = read(&file, &language()).unwrap();
    assert_eq!(
        imported.clauses[0].text[&language()],
        "*Decides* to ***meet***"
    );
    assert_eq!(imported.lost, Vec::<String>::new());
}

/// Everything that an element of the list is about, in a file of its own: the words stay, the report names the rest.
#[test]
fn what_has_no_place_in_a_draft_is_reported() {
    let set =
        |property: &str| format!("<w:p><w:r><w:rPr>{property}</w:rPr><w:t>Word</w:t></w:r></w:p>");
    let beside = |element: &str| format!("<w:p>{element}{}</w:p>", run("Word"));
    let of_paragraph = |p: &str| format!("<w:p><w:pPr>{p}</w:pPr>{}</w:p>", run("Word"));
    let cases = [
        (set("<w:u w:val=\"single\"/>"), "Underlined words"),
        (set("<w:strike/>"), "Words struck through"),
        (set("<w:smallCaps/>"), "Words in capitals"),
        (
            set("<w:vertAlign w:val=\"superscript\"/>"),
            "Raised and lowered",
        ),
        (set("<w:color w:val=\"FF0000\"/>"), "Coloured words"),
        (set("<w:highlight w:val=\"yellow\"/>"), "coloured ground"),
        (set("<w:vanish/>"), "Hidden words"),
        (set("<w:bdr w:val=\"single\"/>"), "frames, marks"),
        (set("<w:sz w:val=\"40\"/>"), "fonts and sizes"),
        (
            set("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"),
            "Tracked changes of how",
        ),
        (
            of_paragraph("<w:pPrChange><w:pPr/></w:pPrChange>"),
            "Tracked changes of how",
        ),
        (
            of_paragraph("<w:jc w:val=\"center\"/>"),
            "Paragraphs with an alignment",
        ),
        (of_paragraph("<w:sectPr/>"), "Sections with pages"),
        (beside("<w:r><w:drawing/></w:r>"), "Pictures"),
        (
            beside(
                "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Hidden away</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>",
            ),
            "Text boxes, left out with their words",
        ),
        (beside("<w:r><w:object/></w:r>"), "Embedded objects"),
        (
            beside("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
            "Formulas",
        ),
        (
            beside("<w:r><w:footnoteReference w:id=\"1\"/></w:r>"),
            "Footnotes",
        ),
        (
            beside("<w:hyperlink><w:r><w:t>x</w:t></w:r></w:hyperlink>"),
            "Links",
        ),
        (
            beside(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>DATE</w:instrText></w:r>",
            ),
            "Fields",
        ),
        (beside("<w:bookmarkStart w:name=\"here\"/>"), "Bookmarks"),
        (
            beside("<w:r><w:br w:type=\"page\"/></w:r>"),
            "Breaks of pages",
        ),
        (
            beside("<w:ruby><w:rt><w:r><w:t>reading</w:t></w:r></w:rt></w:ruby>"),
            "ruby",
        ),
        (beside("<w:r><w:softHyphen/></w:r>"), "may be parted"),
        (beside("<w:sdt><w:sdtPr/></w:sdt>"), "Forms"),
        (beside("<w:permStart/>"), "Ranges that only some"),
        (
            format!(
                "<w:tbl><w:tr><w:trPr><w:ins w:author=\"A\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
                beside("")
            ),
            "Rows and cells of tables",
        ),
    ];
    for (body, told) in cases {
        let imported = read(&foreign(&body), &language()).unwrap();
        assert!(
            imported.lost.iter().any(|l| l.contains(told)),
            "{told}: {:?}",
            imported.lost
        );
        let words: String = imported
            .clauses
            .iter()
            .map(|c| c.text[&language()].as_str())
            .collect();
        assert!(words.ends_with("Word"), "{told}: {words}");
        assert!(!words.contains("Hidden away") && !words.contains("reading"));
    }
    let plain = read(&foreign(&beside("")), &language()).unwrap();
    assert_eq!(plain.lost, Vec::<String>::new());
}

#[test]
fn what_stands_beside_the_text_is_reported() {
    let header = "<w:hdr><w:p><w:r><w:t>Draft of 4 March</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>7</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";
    let document = format!(
        "<w:document><w:body><w:p>{}</w:p></w:body></w:document>",
        run("Word")
    );
    let parts = [
        ("word/document.xml", document.as_str()),
        ("word/header2.xml", header),
        ("word/footer1.xml", "<w:ftr><w:p/></w:ftr>"),
        ("word/vbaProject.bin", "x"),
        ("word/embeddings/sheet.xlsx", "x"),
        (
            "word/commentsExtended.xml",
            "<w15:commentsEx><w15:commentEx w15:done=\"1\"/></w15:commentsEx>",
        ),
    ];
    let file = pack(parts.map(|(n, p)| (n, p.as_bytes().to_vec())));
    assert_eq!(
        read(&file, &language()).unwrap().lost,
        [
            "Macros, left out: 1.",
            "Embedded files, left out: 1.",
            "Header or footer, left out: “Draft of 4 March”.",
            "Comments that answer others or are settled, which are told as all others: 1.",
        ]
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
