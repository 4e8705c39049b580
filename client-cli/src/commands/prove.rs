//! `plenary prove`: one act as a small file that proves it is in the record.

use std::path::PathBuf;

use clap::Args;
use plenary_shared::ids::Seq;
use plenary_shared::proof::Slip;
use plenary_shared::wire::proof::InclusionProof;
use plenary_shared::wire::view::{EntryView, Page};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Exit, Failure, Outcome};
use crate::pins;
use crate::plain;

/// Write an entry with the proof that it is in the record, as a small file for anybody
///
/// `plenary verify FILE` checks it without a server. The form is C2SP tlog-proof.
#[derive(Debug, Args)]
pub(crate) struct Prove {
    /// The entry's number, as `plenary log` shows it
    #[arg(value_name = "ENTRY")]
    entry: u64,
    /// The file to write; `entry-NUMBER.tlog-proof` if left out, `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Prove {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        let pin = pins::now(&api, draft)?;
        let (checkpoint, seq) = (pin.signed()?, Seq(self.entry));
        let size = checkpoint.checkpoint.size;
        let after = [
            ("after", self.entry.saturating_sub(1).to_string()),
            ("limit", "1".into()),
            ("bytes", "true".into()),
        ];
        let page: Page<EntryView> = api.of_draft(draft, &["entries"], &after)?;
        let entry = page.items.into_iter().find(|e| e.seq == seq);
        let entry = entry.ok_or_else(|| {
            Failure::not_found(
                "unknown-moment",
                format!("The record has no entry {seq}."),
                "List the entries with `plenary log`.",
            )
        })?;
        let bytes = entry.bytes.as_deref().and_then(|b| hex::decode(b).ok());
        let bytes = bytes.ok_or_else(|| {
            Failure::new(
                Exit::Refused,
                "withheld",
                format!("Entry {seq} is not to be seen yet."),
                "Prove it when the vote is closed.",
            )
        })?;
        let query = [("seq", seq.to_string()), ("size", size.to_string())];
        let proof: InclusionProof = api.of_draft(draft, &["proof", "inclusion"], &query)?;
        let slip = Slip {
            entry: bytes,
            seq,
            path: proof.path,
            checkpoint,
        };
        let key = pin.key()?;
        slip.verified(&key).map_err(|why| {
            Failure::new(
                Exit::Forked,
                "not-proven",
                why,
                "What the server shows is not what it has signed: tell the other delegations.",
            )
        })?;
        let path = self
            .output
            .unwrap_or_else(|| PathBuf::from(format!("entry-{seq}.tlog-proof")));
        if path.as_os_str() == "-" {
            return context.out.raw(&slip.to_string());
        }
        std::fs::write(&path, slip.to_string()).map_err(|e| Failure::file(&path, &e))?;
        let told = json!({"file": path, "seq": seq, "size": size, "key": key.to_string()});
        context.out.value(&told, |_| {
            format!(
                "{}\nWrote {}. Whoever verifies it needs the server's key too:\n  plenary verify {} --key '{key}'",
                plain(&entry.sentence),
                path.display(),
                path.display()
            )
        })
    }
}
