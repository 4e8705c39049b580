//! `plenary log`: the record, entry by entry.

use clap::Args;
use plenary_shared::wire::view::EntryView;

use super::when;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Table};
use crate::plain;

/// Read the record: every act and every edit, in order
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// Only what came after this entry
    #[arg(long, default_value_t = 0, value_name = "SEQ")]
    after: u64,
    /// Only formal acts, without the edits of the text between them
    #[arg(long)]
    acts: bool,
    /// With each entry's own bytes in hexadecimal (with --json)
    #[arg(long, requires = "json")]
    bytes: bool,
}

impl Log {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let id = context.draft_id(&api)?.to_string();
        let mut query = vec![("after", self.after.to_string()), ("limit", "500".into())];
        if self.bytes {
            query.push(("bytes", "true".into()));
        }
        let mut entries: Vec<EntryView> = api.all(&["drafts", &id, "entries"], &query)?;
        if self.acts {
            entries.retain(|e| e.act.is_some());
        }
        context.out.value(&entries, |out| table(&entries, out))
    }
}

/// Whether the delegation has signed it; nothing of what no delegation signs.
pub(crate) fn signed(entry: &EntryView) -> &'static str {
    let acts = entry.by.delegation().is_some() && (entry.act.is_some() || entry.withheld);
    match (&entry.signed, acts) {
        (Some(_), _) => "signed",
        (None, true) if entry.withheld => "not shown yet",
        (None, true) => "not signed",
        (None, false) => "",
    }
}

fn table(entries: &[EntryView], out: &Output) -> String {
    // Where nobody signs, nothing is said of it.
    if entries.iter().all(|e| e.signed.is_none()) {
        let mut table = Table::new(&["Entry", "When", "What"]);
        for e in entries {
            table.row([e.seq.to_string(), when(e.at), plain(&e.sentence)]);
        }
        return table.text(out.width());
    }
    let mut table = Table::new(&["Entry", "When", "Signed", "What"]);
    for e in entries {
        let signed = signed(e).to_owned();
        table.row([e.seq.to_string(), when(e.at), signed, plain(&e.sentence)]);
    }
    table.text(out.width())
}
