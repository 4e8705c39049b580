//! `plenary diff`: what changed between two moments.

use clap::Args;
use plenary_shared::ids::Language;

use crate::context::{Context, negotiated};
use crate::failure::Outcome;

/// Compare two moments of the text, word by word
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier moment: an entry's number, a version's name
    #[arg(value_name = "A")]
    from: String,
    /// The later moment; the present one if left out
    #[arg(value_name = "B", default_value = "now")]
    to: String,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
}

impl Diff {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let (api, draft) = context.summary()?;
        let language = self.lang.map_or_else(|| negotiated(&draft).cloned(), Ok)?;
        let query = [
            ("from", self.from),
            ("to", self.to),
            ("language", language.to_string()),
        ];
        let redline: serde_json::Value = api.of_draft(draft.id, &["redline"], &query)?;
        context.out.value(&redline, |_| redline.to_string())
    }
}
