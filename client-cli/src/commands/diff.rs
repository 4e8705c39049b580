//! `plenary diff`: what changed between two moments.

use clap::Args;
use plenary_shared::ids::Language;
use plenary_shared::redline::render::{self, Colour};
use plenary_shared::redline::{Change, Redline};

use crate::context::{Context, negotiated};
use crate::failure::Outcome;

/// Compare two moments of the text, word by word
///
/// What went is shown as [-words-], what came as {+words+}; in colour too, on a terminal.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier moment: an entry's number or a version's name
    #[arg(value_name = "A")]
    from: String,
    /// The later moment; the present one if left out
    #[arg(value_name = "B", default_value = "now")]
    to: String,
    /// As an HTML page instead
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// As Markdown instead
    #[arg(long, conflicts_with_all = ["json", "html"])]
    markdown: bool,
    /// With the clauses that are as they were
    #[arg(long)]
    all: bool,
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
        let whole: Redline = api.of_draft(draft.id, &["redline"], &query)?;
        let mut shown = whole.clone();
        if !self.all {
            shown
                .clauses
                .retain(|c| c.moved || c.change != Change::Unchanged);
        }
        context.out.value(&shown, |out| {
            let colour = match out.paint.is_on() {
                true => Colour::Shown,
                false => Colour::Hidden,
            };
            match (self.html, self.markdown, self.all) {
                (true, _, _) => render::html(&shown),
                (_, true, _) => render::markdown(&shown),
                (_, _, true) => render::ansi_of_all(&whole, colour),
                // Tells how many clauses it passes over.
                (_, _, false) => render::ansi(&whole, colour),
            }
        })
    }
}
