//! `plenary paper`: a text of your own, or of your group, beside the draft that it is meant for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use plenary_shared::acts::{self, Amendment};
use plenary_shared::draft::Source;
use plenary_shared::ids::Name;
use plenary_shared::wire::view::{Acknowledged, DraftSummary, NewPaper, Roster, TextView};

use super::prose;
use crate::api::{Api, random_key};
use crate::context::{Context, entered};
use crate::failure::{Failure, Outcome};
use crate::output::Table;
use crate::words::from_stdin;
use crate::{plain, reference};

/// Write a text that nobody but your delegation or group sees, and submit clauses of it
///
/// In a working paper everybody holds the pen and nobody presides: name it with `--draft` and write in it as in any draft.
#[derive(Debug, Args)]
pub(crate) struct Paper {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Begin a working paper
    New {
        /// Whose: a group's code, or your own (left out: your delegation's)
        #[arg(long, value_name = "CODE")]
        of: Option<String>,
        /// The draft that it is meant for; that of `--draft` if left out
        #[arg(long, value_name = "DRAFT")]
        from: Option<String>,
        /// Its title
        #[arg(long)]
        title: Name,
        /// Its first text, as Markdown; `-` is standard input
        #[arg(long, value_name = "FILE.md")]
        text: Option<PathBuf>,
    },
    /// Propose a clause of a paper in the draft that it is meant for; everybody sees whose paper it is from, and no more
    Submit {
        /// The paper
        paper: String,
        /// Its clause
        clause: String,
        /// The draft; the one that the paper is meant for if left out
        #[arg(long, value_name = "DRAFT")]
        to: Option<String>,
        #[command(flatten)]
        place: Place,
        /// Why
        #[arg(long, value_name = "WHY")]
        rationale: Option<String>,
    },
    /// List your working papers
    List,
}

/// Where the clause is to stand in the draft.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// In place of the words of that clause
    #[arg(long, value_name = "CLAUSE")]
    replace: Option<String>,
    /// As a new clause after that one
    #[arg(long, value_name = "CLAUSE")]
    after: Option<String>,
    /// As a new first clause
    #[arg(long)]
    first: bool,
}

impl Paper {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let api = context.api()?;
        match self.what {
            What::New {
                of,
                from,
                title,
                text,
            } => {
                let parent = match from {
                    Some(written) => context.find_draft(&api, &written)?,
                    None => context.draft_id(&api)?,
                };
                let markdown = match &text {
                    Some(path) if path.as_os_str() == "-" => Some(from_stdin()?),
                    Some(path) => {
                        Some(std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?)
                    }
                    None => None,
                };
                let roster: Roster = api.of_draft(parent, &["roster"], &[])?;
                let of = of
                    .map(|code| reference::party(&code, &roster))
                    .transpose()?;
                let new = NewPaper {
                    of,
                    title,
                    markdown,
                };
                let path = ["drafts", &parent.to_string(), "papers"];
                let paper: DraftSummary = api.post(&path, &new, Some(&random_key()?))?;
                context.out.value(&paper, |_| {
                    let whose = paper.paper.as_ref();
                    let whose = whose.map_or(String::new(), |p| format!(" of {}", p.of));
                    format!("Working paper{whose}: {} ({}).", paper.title, paper.id)
                })
            }
            What::Submit {
                paper,
                clause,
                to,
                place,
                rationale,
            } => submit(
                context,
                &api,
                &paper,
                &clause,
                to.as_deref(),
                &place,
                rationale,
            ),
            What::List => {
                let mut papers: Vec<DraftSummary> = api.all(&["drafts"], &[])?;
                papers.retain(|d| d.paper.is_some());
                context.out.value(&papers, |out| {
                    let mut table = Table::new(&["ID", "Of", "For", "Title"]);
                    for d in &papers {
                        let Some(paper) = &d.paper else { continue };
                        table.row([
                            d.id.to_string(),
                            paper.of.to_string(),
                            paper.parent.to_string(),
                            plain(d.title.as_str()),
                        ]);
                    }
                    table.text(out.width())
                })
            }
        }
    }
}

fn submit(
    context: &Context,
    api: &Api,
    paper: &str,
    clause: &str,
    to: Option<&str>,
    place: &Place,
    rationale: Option<String>,
) -> Outcome {
    let id = context.find_draft(api, paper)?;
    let summary: DraftSummary = api.of_draft(id, &[], &[])?;
    let Some(whose) = summary.paper else {
        return Err(Failure::usage(
            format!("{} is no working paper.", plain(summary.title.as_str())),
            "List yours with `plenary paper list`.",
        ));
    };
    let draft = match to {
        Some(written) => context.find_draft(api, written)?,
        None => whose.parent,
    };
    let own: TextView = api.of_draft(id, &["text"], &[])?;
    let found = find(&own, clause)?;
    let from = own.clauses.iter().find(|c| c.id == found);
    let from = from.ok_or_else(|| {
        Failure::not_found(
            "unknown-clause",
            format!("There is no clause {clause} in the paper."),
            "List its clauses: `plenary --draft PAPER show --ids`.",
        )
    })?;
    let main: TextView = api.of_draft(draft, &["text"], &[])?;
    let amendment = match (&place.replace, &place.after) {
        (Some(written), _) => Amendment::Replace {
            clause: find(&main, written)?,
        },
        (None, after) => Amendment::InsertAfter {
            clause: after.as_deref().map(|w| find(&main, w)).transpose()?,
            kind: from.kind,
            level: from.level,
            new: None,
        },
    };
    // The words are in the act itself, so that whoever signs it signs them; the server sees that they are the paper's.
    let words = from.text.iter().filter(|(_, words)| !words.is_empty());
    let text: BTreeMap<_, _> = words
        .map(|(language, words)| Ok((language.clone(), prose("text", words)?)))
        .collect::<Outcome<_>>()?;
    let negotiated = summary.authentic.first();
    let act = acts::Act::Propose(acts::Propose {
        proposal: None,
        amendment,
        text,
        rationale: rationale.map(|r| prose("rationale", &r)).transpose()?,
        from: Some(Source {
            paper: id,
            clause: from.id.clone(),
            digest: negotiated.and_then(|l| from.digests.get(l).copied()),
            of: None,
        }),
        base: None,
    });
    let done: Acknowledged = api.act(draft, &act)?;
    entered(&done, &context.out, |done| match &done.act {
        acts::Act::Propose(acts::Propose {
            proposal: Some(id), ..
        }) => format!("Proposed as {id}, from a working paper of {}.", whose.of),
        _ => "Proposed.".into(),
    })
}

fn find(text: &TextView, written: &str) -> Outcome<plenary_shared::ids::ClauseId> {
    let labels = text.clauses.iter().map(|c| (&c.id, c.label.as_str()));
    reference::clause(written, labels)
}
