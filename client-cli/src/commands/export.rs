//! `plenary export`: the text in another format.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use plenary_shared::export::{BOUND, FORMATS, RECORD};
use plenary_shared::ids::Language;
use serde_json::json;

use super::rolling::Reading;
use crate::context::{Context, negotiated};
use crate::failure::{Failure, Outcome};

/// Write the text, or the record, in another format
///
/// Markdown, plain text, HTML, Word (docx), pages (pdf) and Akoma Ntoso (akn) are the text; csv and json are the record, one act
/// a line; pack is a zip file of what is handed in with a draft proposal: the changes against the last sealed version, clean
/// copies, the sponsors, a covering note.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format
    #[arg(long, default_value = "markdown", value_parser = formats(), value_name = "FORMAT")]
    format: String,
    /// The text at an earlier moment: an entry's number, a version's name or a time
    #[arg(long, visible_alias = "to", value_name = "MOMENT")]
    at: Option<String>,
    /// With every change since this moment: tracked, by its author (docx, akn, pack), or marked (pdf)
    #[arg(long, value_name = "MOMENT")]
    from: Option<String>,
    /// The symbol of the document, as in A/CONF.1/L.2/Rev.1 (docx, pdf, akn, pack)
    #[arg(long, value_name = "SYMBOL")]
    symbol: Option<String>,
    /// The body and its session (docx, pdf, akn, pack)
    #[arg(long, value_name = "TEXT")]
    body: Option<String>,
    /// The item of the agenda (docx, pdf, akn, pack)
    #[arg(long, value_name = "TEXT")]
    agenda: Option<String>,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// Which text: the words that stand (clean), with proposals in brackets (brackets), the same with who wants what (rolling),
    /// or as adopted with an annex of reservations, dissociations, explanations and statements (adopted)
    #[arg(long, value_enum, value_name = "KIND", conflicts_with_all = ["rolling", "statuses"])]
    text: Option<Text>,
    /// A second language, side by side (html, docx, pdf)
    #[arg(long, value_name = "TAG")]
    beside: Option<Language>,
    /// With the edits of the text between the acts (csv, json)
    #[arg(long)]
    edits: bool,
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

/// The kinds of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Text {
    /// The words that stand
    Clean,
    /// With proposals in brackets, without names
    Brackets,
    /// The compilation: in brackets, with who wants what
    Rolling,
    /// As adopted, with what delegations have put on record
    Adopted,
}

impl Text {
    fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Brackets => "brackets",
            Self::Rolling => "rolling",
            Self::Adopted => "adopted",
        }
    }
}

/// The formats that this build knows.
fn formats() -> PossibleValuesParser {
    let names = FORMATS.iter().map(|f| f.name());
    let names = names.chain(plenary_documents::FORMATS.iter().copied());
    PossibleValuesParser::new(names.chain(RECORD).chain(BOUND))
}

impl Export {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let (api, draft) = context.summary()?;
        let language = self.lang.map_or_else(|| negotiated(&draft).cloned(), Ok)?;
        let mut query = vec![("language", language.to_string())];
        let format = self.format.as_str();
        let is_file = plenary_documents::FORMATS.contains(&format) || BOUND.contains(&format);
        if is_file && self.output.is_none() {
            return Err(Failure::usage(
                format!("A {} file is not for the terminal.", self.format),
                format!(
                    "Name a file: `--output text.{}`.",
                    if format == "pack" { "zip" } else { format }
                ),
            ));
        }
        let moments = [("at", self.at), ("from", self.from)];
        let cover = [
            ("symbol", self.symbol),
            ("body", self.body),
            ("agenda", self.agenda),
        ];
        for (name, value) in moments.into_iter().chain(cover) {
            if name != "at" && !is_file && value.is_some() {
                return Err(Failure::usage(
                    format!("`--{name}` is for docx, pdf, akn and pack."),
                    "Add `--format docx`, or see `plenary diff` for what changed.",
                ));
            }
            query.extend(value.map(|value| (name, value)));
        }
        if self.rolling {
            query.push(("rolling", "true".into()));
        }
        if let Some(text) = self.text {
            query.push(("text", text.name().to_owned()));
        }
        query.extend(self.beside.map(|beside| ("beside", beside.to_string())));
        if self.edits {
            query.push(("edits", "true".into()));
        }
        if self.statuses {
            query.push(("statuses", "true".into()));
        }
        query.extend(self.reading.query());
        let id = draft.id.to_string();
        let bytes = api.get_bytes(&["drafts", &id, "export", &self.format], &query)?;
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
                    .value(&json!({ "format": self.format, "content": text }), |_| {
                        text.to_string()
                    })
            }
        }
    }
}
