//! `plenary export`: the text in another format.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use plenary_shared::export::FORMATS;
use plenary_shared::ids::Language;
use serde_json::json;

use super::rolling::Reading;
use crate::context::{Context, negotiated};
use crate::failure::{Failure, Outcome};

/// Write the text in another format
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format
    #[arg(long, default_value = "markdown", value_parser = formats(), value_name = "FORMAT")]
    to: String,
    /// The text at an earlier moment: an entry's number or a version's name
    #[arg(long, value_name = "SEQ|VERSION")]
    at: Option<String>,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// With live proposals in brackets
    #[arg(long)]
    rolling: bool,
    /// With the status of each clause, the roll of votes and, once the text is adopted, reservations and statements
    #[arg(long, conflicts_with = "rolling")]
    statuses: bool,
    #[command(flatten)]
    reading: Reading,
    /// The file to write; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats that this build knows.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|f| f.name()))
}

impl Export {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let (api, draft) = context.summary()?;
        let language = self.lang.map_or_else(|| negotiated(&draft).cloned(), Ok)?;
        let mut query = vec![("language", language.to_string())];
        query.extend(self.at.map(|at| ("at", at)));
        if self.rolling {
            query.push(("rolling", "true".into()));
        }
        if self.statuses {
            query.push(("statuses", "true".into()));
        }
        query.extend(self.reading.query());
        let id = draft.id.to_string();
        let bytes = api.get_bytes(&["drafts", &id, "export", &self.to], &query)?;
        match self.output {
            Some(path) => {
                std::fs::write(&path, &bytes).map_err(|e| Failure::file(&path, &e))?;
                context
                    .out
                    .value(&json!({ "file": path, "bytes": bytes.len() }), |_| {
                        format!("Wrote {} ({} bytes).", path.display(), bytes.len())
                    })
            }
            None => {
                let text = String::from_utf8_lossy(&bytes);
                context
                    .out
                    .value(&json!({ "format": self.to, "content": text }), |_| {
                        text.to_string()
                    })
            }
        }
    }
}
