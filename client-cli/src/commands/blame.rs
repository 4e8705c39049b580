//! `plenary blame`: whose each word of a clause is.

use clap::Args;
use plenary_shared::blame::{Blame as Told, Means, Step};
use plenary_shared::ids::Language;

use super::when;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Output, Table};
use crate::plain;

/// Tell whose each word of a clause is, and how it came into the text
#[derive(Debug, Args)]
pub(crate) struct Blame {
    /// The clause
    clause: String,
    /// At an earlier moment: an entry's number or a version's name
    #[arg(long, value_name = "SEQ|VERSION")]
    at: Option<String>,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
}

impl Blame {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        let clause = floor.clause(&self.clause)?;
        let mut query: Vec<_> = self.at.map(|at| ("at", at)).into_iter().collect();
        query.extend(self.lang.map(|l| ("language", l.to_string())));
        let path = ["clauses", clause.as_str(), "blame"];
        let blame: Told = floor.api.of_draft(floor.draft.id, &path, &query)?;
        context.out.value(&blame, |out| table(&blame, out))
    }
}

fn table(blame: &Told, out: &Output) -> String {
    if blame.spans.is_empty() {
        return "It has no words in this language.".into();
    }
    let mut table = Table::new(&["Whose", "When", "Words", "How"]);
    for span in &blame.spans {
        let Some(origin) = blame.origins.get(span.origin) else {
            continue;
        };
        let first = origin.road.last();
        let whose = origin.delegation.as_ref().map_or("-", |d| d.as_str());
        let begun = span.begun.and_then(|n| blame.origins.get(n));
        let begun = begun.and_then(|o| o.delegation.as_ref());
        let begun = begun.map_or_else(String::new, |d| format!("; a word begun by {d}"));
        let road: Vec<_> = origin.road.iter().rev().map(step).collect();
        table.row([
            whose.to_owned(),
            first.map_or_else(String::new, |s| when(s.at)),
            plain(span.text.trim()),
            format!("{}{begun}", road.join(", ")),
        ]);
    }
    table.text(out.width())
}

/// A step in words: `p1 taken in by PEN (entry 36)`.
fn step(step: &Step) -> String {
    let by = match step.by.delegation() {
        Some(delegation) => format!(" by {delegation}"),
        None => String::new(),
    };
    let proposal = step.proposal.as_ref().map(ToString::to_string);
    let proposal = proposal.as_deref();
    let what = match (&step.means, proposal) {
        (Means::Begun, _) => "there from the beginning".to_owned(),
        (Means::Typed, None) => format!("typed{by}"),
        (Means::Typed, Some(p)) => format!("typed into {p}{by}"),
        (Means::Proposed, p) => format!("{} made{by}", p.unwrap_or("a proposal")),
        (Means::Recovered, p) => format!(
            "typed{by} into the agreed clause, kept as {}",
            p.unwrap_or("a proposal")
        ),
        (Means::Incorporated, p) => format!("{} taken in{by}", p.unwrap_or("a proposal")),
        (Means::Entered, _) => {
            let act = step.act.as_deref().unwrap_or("an act").replace('_', " ");
            format!("{act}{by}")
        }
    };
    format!("{what} (entry {})", step.seq)
}
