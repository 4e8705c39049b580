//! `plenary diff`: what changed between two moments.

use clap::Args;
use plenary_shared::ids::Language;
use plenary_shared::redline::render::{self, Colour};
use plenary_shared::redline::{Change, Redline};

use crate::context::{Context, negotiated};
use crate::failure::Outcome;

/// Compare two moments of the text, word by word
///
/// What went is shown as [-words-], what came as {+words+}; in colour too, on a terminal. A moment is the number of an
/// entry, the name of a version, or a time.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier moment
    #[arg(value_name = "A", required_unless_present = "since")]
    from: Option<String>,
    /// The later moment; the present one if left out
    #[arg(value_name = "B", conflicts_with_all = ["since", "until"])]
    to: Option<String>,
    /// What changed from this moment on: as A, for a time
    #[arg(long = "from", value_name = "TIME", conflicts_with = "from")]
    since: Option<String>,
    /// Up to this moment: as B
    #[arg(long = "to", value_name = "TIME", requires = "since")]
    until: Option<String>,
    /// Say by whose hand words came and went
    #[arg(long)]
    signed: bool,
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
        let from = self.from.or(self.since).unwrap_or_default();
        let to = self.to.or(self.until);
        let query = [
            ("from", from),
            ("to", to.unwrap_or_else(|| "now".to_owned())),
            ("language", language.to_string()),
            ("signed", self.signed.to_string()),
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
