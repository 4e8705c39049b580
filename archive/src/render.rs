//! What of an archive follows from its log: the texts and the roster.

use plenary_shared::export::{self, Page, Rolled, Show};
use plenary_shared::record::Record;
use plenary_shared::status;
use plenary_shared::wire::view::Roster;

use crate::names;

/// The formats in which texts are kept: for people now, and for people who have only a text editor.
const FORMATS: [&str; 2] = ["html", "markdown"];

/// The text as it stands, as the files of its moment: names and contents.
pub(crate) fn texts(record: &Record) -> Vec<(String, String)> {
    let (seq, at) = (record.draft.seq, record.draft.at);
    let page = Page {
        draft: &record.draft,
        manuscript: &record.manuscript,
        language: None,
        beside: None,
        show: Show::Status,
        rolled: Rolled::default(),
        moment: format!("entry {seq}, {at}"),
    };
    let formats = FORMATS.into_iter().filter_map(export::format);
    let file = |f: &dyn export::Format| {
        let name = format!("{}entry-{:08}.{}", names::TEXT, seq.0, f.extension());
        (name, f.write(&page))
    };
    formats.map(file).collect()
}

/// Who sits there.
pub(crate) fn roster(record: &Record) -> Roster {
    status::roster(&record.draft)
}

/// The roster as it is kept.
pub(crate) fn roster_json(record: &Record) -> String {
    let mut json = serde_json::to_string_pretty(&roster(record))
        .expect("a roster holds nothing that JSON cannot write");
    json.push('\n');
    json
}
