//! A text written as Markdown.

use plenary_shared::acts::Act;
use plenary_shared::entry::By;
use plenary_shared::export::{self, Page, Rolled, Show};
use plenary_shared::ids::{DraftId, Language};
use plenary_shared::import;
use plenary_shared::record::Record;
use plenary_shared::time::Timestamp;
use serde_json::json;

use crate::Target;
use crate::hall::en;

/// A text is imported or refused with its line; what was imported can be convened on, and exported and imported again it
/// is the same.
pub(super) const TARGET: Target = Target {
    name: "markdown",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else {
        return;
    };
    let clauses = match import::markdown(source, &en()) {
        Ok(clauses) => clauses,
        Err(e) => {
            assert!(e.line >= 1 && e.line <= source.split('\n').count() && !e.sentence.is_empty());
            return;
        }
    };
    let speaks = |l: &Language| matches!(l.as_str(), "en" | "fr" | "ar");
    if clauses.is_empty() || !clauses.iter().all(|c| c.text.keys().all(speaks)) {
        return;
    }
    let id = DraftId([9; 16]);
    let convene = json!({"convene": {"draft": id, "title": "T", "authentic": ["en"], "working": ["fr", "ar"]}});
    let convene: Act = serde_json::from_value(convene).expect("it is an act");
    let mut record = Record::unborn(id);
    let edits = import::edits(clauses);
    let convened = record.act(&By::Secretariat, &convene, &edits, Timestamp(0), None);
    convened.expect("what was imported can be convened on");
    let written = |record: &Record| {
        let page = Page {
            draft: &record.draft,
            manuscript: &record.manuscript,
            language: None,
            beside: None,
            show: Show::Clean,
            rolled: Rolled::default(),
            moment: "now".into(),
        };
        let format = export::format("markdown").expect("there is Markdown");
        format.write(&page)
    };
    let first = written(&record);
    let again = import::markdown(&first, &en())
        .unwrap_or_else(|e| panic!("what was exported is not imported: {e}\n{first}"));
    let edits = import::edits(again);
    let mut second = Record::unborn(id);
    let convened = second.act(&By::Secretariat, &convene, &edits, Timestamp(0), None);
    convened.expect("what was exported can be convened on");
    assert_eq!(written(&second), first, "exported twice it differs");
    assert_eq!(
        second.manuscript, record.manuscript,
        "imported twice it differs"
    );
}

fn seeds() -> Vec<Vec<u8>> {
    let longer = "# Title\n\n## Part\n\n*Noting* a *thing* and **another**, {#pp-1 .preambular}\n\n> **fr** Notant\n> \
        **ar** نص\n\n1. First:\n\n   (a) one;\n\n   (b) two \\* three;\n\n2. Second. {#op-2 level=1}\n\n## Annex A\n\nWords\nover \
        lines.\n";
    [
        include_str!("../../../examples/minimal.md"),
        longer,
        "\u{feff}# A\r\n\r\n1. B\r\n",
    ]
    .map(|s| s.as_bytes().to_vec())
    .into()
}
