//! `plenary text-digest`: one line that says whether two people look at the same text.

use clap::Args;
use plenary_shared::wire::view::TextView;
use serde_json::json;

use crate::context::Context;
use crate::failure::Outcome;

/// Print the digest of the whole text: equal texts have equal digests
#[derive(Debug, Args)]
pub(crate) struct TextDigest {
    /// At an earlier moment: an entry's number or a version's name
    #[arg(long, value_name = "SEQ|VERSION")]
    at: Option<String>,
}

impl TextDigest {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        let draft = context.draft_id(&api)?;
        let query: Vec<_> = self.at.map(|at| ("at", at)).into_iter().collect();
        let text: TextView = api.of_draft(draft, &["text"], &query)?;
        print(context, &text)
    }
}

/// Prints a text's digest.
pub(super) fn print(context: &Context, text: &TextView) -> Outcome {
    context
        .out
        .value(&json!({ "digest": text.digest, "seq": text.seq }), |_| {
            text.digest.to_string()
        })
}
