//! Akoma Ntoso written and read again. With `AKN_OUT` the files are kept in that folder, to be held against the schema of
//! OASIS: `xmllint --nonet --noout --schema akomantoso30.xsd FILE`.

use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import::{self, ImportedClause};
use plenary_shared::redline::{Moment, between};
use plenary_shared::time::Timestamp;

use super::read::read;
use super::write;
use crate::docx::read::Asked;
use crate::docx::{Cover, Sheet, order};

fn language() -> Language {
    "en".parse().unwrap()
}

fn clauses(source: &str) -> Vec<ImportedClause> {
    let mut clauses = import::markdown(source, &language()).unwrap();
    for clause in &mut clauses {
        clause.text.retain(|l, _| *l == language());
        clause.line = 0;
    }
    clauses
}

fn file(name: &str, old: &Manuscript, new: &Manuscript) -> String {
    let draft = Draft::unborn(DraftId([7; 16]));
    let (old, new) = (Moment::of_outside(old), Moment::of_outside(new));
    let written = write(&Sheet {
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
    });
    if let Some(folder) = std::env::var_os("AKN_OUT") {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path, &written).unwrap();
    }
    written
}

fn plain(clauses: Vec<ImportedClause>) -> Vec<ImportedClause> {
    clauses
        .into_iter()
        .map(|c| ImportedClause { line: 0, ..c })
        .collect()
}

#[test]
fn the_example_is_read_again_as_it_was() {
    let source = include_str!("../../../examples/declaration-ai-governance.md");
    let text = import::manuscript(clauses(source));
    let imported = read(&file("example.xml", &text, &text), &language()).unwrap();
    assert_eq!(plain(imported.clauses), clauses(source));
    assert_eq!(
        (imported.proposals, imported.lost),
        (Vec::new(), Vec::new())
    );
}

#[test]
fn changes_are_proposals_on_the_earlier_text() {
    let old = "# T {#t}\n\n*Recalling* x, {#p}\n\n## Part {#h}\n\n1. *Decides* to meet: {#a}\n\n   (a) yearly\\\n   or so; {#aa}\n\n1. *Thanks* all & \\<any>. {#b}";
    let new = "# T {#t}\n\n*Recalling* x, {#p}\n\n## Part {#h}\n\n1. *Decides* to meet often: {#a}\n\n   (a) yearly\\\n   or so; {#aa}\n\n1. New. {#n}";
    let [before, after] = [old, new].map(|s| import::manuscript(clauses(s)));
    let imported = read(&file("changes.xml", &before, &after), &language()).unwrap();
    assert_eq!(plain(imported.clauses), clauses(old));
    let asked: Vec<_> = imported.proposals.iter().map(|p| &p.what).collect();
    assert!(asked.contains(&&Asked::Delete { clause: 5 }), "{asked:?}");
    let text = "*Decides* to meet often:".to_owned();
    assert!(
        asked.contains(&&Asked::Replace { clause: 3, text }),
        "{asked:?}"
    );
    assert_eq!(asked.len(), 3, "{asked:?}");
}

#[test]
fn what_is_no_akoma_ntoso_is_refused_with_a_sentence() {
    for (source, why) in [
        ("<html/>", "no Akoma Ntoso"),
        ("<!DOCTYPE a><akomaNtoso/>", "document type"),
        ("<akomaNtoso>&x;</akomaNtoso>", "entity"),
        ("<akomaNtoso><p></akomaNtoso>", "damaged"),
    ] {
        let said = read(source, &language()).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
}
