//! The main part of a Word file.

use plenary_documents::docx::read::{self, Asked, Imported};
use plenary_shared::import;
use plenary_shared::limits;

use crate::Target;
use crate::hall::en;

/// It is read or refused with a sentence; what is read fits a draft, and what is asked is asked of clauses that are there.
pub(super) const TARGET: Target = Target {
    name: "docx",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    // As a file, it is hardly ever an archive; what is in one is what can be strange.
    if let Err(why) = read::read(bytes, &en()) {
        assert!(why.ends_with('.'));
    }
    let Ok(document) = std::str::from_utf8(bytes) else {
        return;
    };
    let imported = match read::main_part(document, &en()) {
        Ok(imported) => imported,
        Err(why) => {
            assert!(why.ends_with('.'));
            return;
        }
    };
    sound(imported);
}

/// What is read fits a draft, and what is asked is asked of clauses that are there.
pub(super) fn sound(imported: Imported) {
    for clause in &imported.clauses {
        let words = clause.text.get(&en()).expect("every clause has words");
        assert!(words.encode_utf16().count() <= limits::WORDING_UNITS);
        assert!(!words.is_empty() && (1..=limits::LEVELS).contains(&clause.level));
    }
    let there = |place: &usize| *place < imported.clauses.len();
    for proposal in &imported.proposals {
        assert!(match &proposal.what {
            Asked::Replace { clause, text } => there(clause) && !text.is_empty(),
            Asked::InsertAfter { after, text, .. } => after.iter().all(there) && !text.is_empty(),
            Asked::Delete { clause } => there(clause),
            Asked::Move { clause, after } => there(clause) && after.iter().all(there),
        });
    }
    assert!(import::edits(imported.clauses).len() <= limits::CLAUSES);
}

fn seeds() -> Vec<Vec<u8>> {
    let changed = "<w:document xmlns:w=\"x\"><w:body><w:p><w:bookmarkStart w:name=\"_plenary_a\"/><w:r><w:t>1. Decides </w:t></w:r>\
        <w:ins w:author=\"A\" w:date=\"2026-03-04T18:00:00Z\"><w:r><w:rPr><w:i/></w:rPr><w:t>not</w:t></w:r></w:ins><w:del w:author=\"B\">\
        <w:r><w:delText>to meet</w:delText></w:r></w:del></w:p><w:p><w:pPr><w:rPr><w:ins w:author=\"A\"/></w:rPr></w:pPr><w:ins w:author=\"A\">\
        <w:r><w:t>(a) &amp; &#233;</w:t></w:r></w:ins></w:p></w:body></w:document>";
    let moved = "<w:document><w:p><w:pPr><w:rPr><w:moveFrom w:author=\"A\"/></w:rPr></w:pPr><w:bookmarkStart w:name=\"_plefrom_b\"/>\
        <w:moveFrom w:author=\"A\"><w:r><w:t>Two</w:t></w:r></w:moveFrom></w:p><w:p><w:r><w:t>One</w:t><w:br/><w:tab/></w:r></w:p><w:p>\
        <w:bookmarkStart w:name=\"_plenary_b\"/><w:moveTo w:author=\"A\"><w:r><w:t>Two more</w:t></w:r></w:moveTo></w:p></w:document>";
    let table = "<w:document><w:tbl><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tbl><w:p><w:drawing><w:t>x</w:t></w:drawing></w:p></w:document>";
    [changed, moved, table]
        .map(|s| s.as_bytes().to_vec())
        .into()
}
