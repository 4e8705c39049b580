//! `plenary draft`: convene drafts, list them, choose one.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use plenary_shared::acts;
use plenary_shared::draft::Mode;
use plenary_shared::ids::{Language, Name};
use plenary_shared::roster::Roster;
use plenary_shared::wire::view::{Acknowledged, DraftSummary, NewDraft};
use serde_json::json;

use super::{list, prose, status_word, when};
use crate::api::random_key;
use crate::context::{Context, entered};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, Table, Tint};
use crate::plain;
use crate::profile::Profiles;
use crate::ruling::{self, Terms};
use crate::words::from_stdin;

mod roster_file;

/// Convene a draft, list yours, choose one
#[derive(Debug, Args)]
pub(crate) struct Draft {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Convene a draft (secretariat)
    New(New),
    /// List the drafts you sit in
    List,
    /// Show one draft's particulars
    Show {
        /// The draft; that of `--draft` if left out
        draft: Option<String>,
    },
    /// Close the draft: nothing more is entered
    Close {
        /// Why, for the record
        #[arg(long)]
        reason: Option<String>,
    },
    /// Mean this draft from now on when none is named
    Use {
        /// The draft
        draft: String,
    },
}

#[derive(Debug, Args)]
struct New {
    /// Its title in the list of drafts; the roster's or the text's own if left out
    #[arg(long)]
    title: Option<Name>,
    /// The first text, as Markdown; `-` is standard input
    #[arg(long, value_name = "FILE.md")]
    from: Option<PathBuf>,
    /// Who sits in it, and under which rule
    #[arg(long, value_name = "FILE.toml")]
    roster: Option<PathBuf>,
    /// An authentic language; the first is negotiated in. Again for more; `en` if none is named
    #[arg(long, value_name = "TAG")]
    language: Vec<Language>,
    /// A language of a working translation; again for more
    #[arg(long, value_name = "TAG")]
    working: Vec<Language>,
    /// Who may type into clauses
    #[arg(long, value_enum)]
    mode: Option<TypingMode>,
    #[command(flatten)]
    terms: Terms,
}

/// Who may type into clauses.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum TypingMode {
    /// Pen-holders and facilitators; delegates propose
    Proposals,
    /// Delegates too
    Open,
}

impl Draft {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match self.what {
            What::New(new) => new.run(context),
            What::List => {
                let drafts: Vec<DraftSummary> = context.api()?.all(&["drafts"], &[])?;
                context.out.value(&drafts, |out| table(&drafts, out))
            }
            What::Show { draft } => {
                let api = context.api()?;
                let id = match draft {
                    Some(written) => context.find_draft(&api, &written)?,
                    None => context.draft_id(&api)?,
                };
                let draft: DraftSummary = api.of_draft(id, &[], &[])?;
                context.out.value(&draft, |_| particulars(&draft))
            }
            What::Close { reason } => {
                let api = context.api()?;
                let id = context.draft_id(&api)?;
                let reason = reason.map(|r| prose("reason", &r)).transpose()?;
                let done: Acknowledged = api.act(id, &acts::Act::Close(acts::Close { reason }))?;
                entered(&done, &context.out, |_| "The draft is closed.".into())
            }
            What::Use { draft } => choose(context, &draft),
        }
    }
}

impl New {
    fn run(self, context: &Context) -> Outcome {
        let read =
            |path: &PathBuf| std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e));
        let markdown = match &self.from {
            Some(path) if path.as_os_str() == "-" => Some(from_stdin()?),
            Some(path) => Some(read(path)?),
            None => None,
        };
        let roster = match &self.roster {
            Some(path) => roster_file::parse(&read(path)?, path)?,
            None => Roster::default(),
        };
        let title = self
            .title
            .or_else(|| roster.title.clone())
            .or_else(|| title_of(markdown.as_deref()?));
        let Some(title) = title else {
            return Err(Failure::usage(
                "The draft has no title.",
                "Give one with `--title`.",
            ));
        };
        let mut authentic = if self.language.is_empty() {
            roster.authentic.clone()
        } else {
            self.language
        };
        if authentic.is_empty() {
            authentic.push(
                "en".parse()
                    .map_err(|e| Failure::usage(format!("{e}"), ""))?,
            );
        }
        let mode = match self.mode {
            Some(TypingMode::Open) => Mode::Open,
            Some(TypingMode::Proposals) => Mode::Proposals,
            None => roster.mode,
        };
        let new = NewDraft {
            title,
            authentic,
            working: if self.working.is_empty() {
                roster.working.clone()
            } else {
                self.working
            },
            rule: self.terms.change(roster.rule()),
            mode,
            markdown,
            seats: roster.seats(),
            groups: roster.groups(),
        };
        let api = context.api()?;
        let key = random_key()?;
        let draft: DraftSummary = api.post(&["drafts"], &new, Some(&key))?;
        context.out.value(&draft, |_| {
            format!("Convened {} ({}).", draft.title, draft.id)
        })
    }
}

/// The first heading of a Markdown text, without its id.
fn title_of(markdown: &str) -> Option<Name> {
    let line = markdown.lines().find_map(|l| l.strip_prefix("# "))?;
    let line = line.split_once(" {#").map_or(line, |(title, _)| title);
    line.trim().parse().ok()
}

fn choose(context: &Context, written: &str) -> Outcome {
    let api = context.api()?;
    let id = context.find_draft(&api, written)?;
    let draft: DraftSummary = api.of_draft(id, &[], &[])?;
    let mut profiles = Profiles::read()?;
    let found = profiles.find(
        context.globals.profile.as_deref(),
        Some(api.base().as_str()),
    );
    let name = found
        .filter(|(_, p)| p.token == api.token())
        .map(|(name, _)| name.to_owned());
    let Some(profile) = name.and_then(|n| profiles.profiles.get_mut(&n)) else {
        return Err(Failure::usage(
            "There is no login to remember the draft with.",
            "Log in with `plenary login`, or set PLENARY_DRAFT.",
        ));
    };
    profile.draft = Some(id.to_string());
    profiles.write()?;
    context.out.value(&json!({ "draft": id }), |_| {
        format!("From now on, {} ({id}) is meant.", draft.title)
    })
}

fn counts(draft: &DraftSummary) -> String {
    let words = draft
        .counts
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(status, n)| format!("{n} {}", status_word(*status).0));
    words.collect::<Vec<_>>().join(", ")
}

fn table(drafts: &[DraftSummary], out: &Output) -> String {
    if drafts.is_empty() {
        return "You sit in no draft.".into();
    }
    let mut table = Table::new(&["ID", "Entries", "Last", "Clauses", "Title"]);
    for d in drafts {
        let mut title = plain(d.title.as_str());
        if let Some(paper) = &d.paper {
            title.push_str(&format!(" (working paper of {})", paper.of));
        }
        if d.adopted.is_some() {
            title.push_str(&out.paint.tint(Tint::Green, " (adopted)"));
        }
        if d.closed {
            title.push_str(&out.paint.tint(Tint::Dim, " (closed)"));
        }
        if d.damaged.is_some() {
            title.push_str(&out.paint.tint(Tint::Red, " (damaged)"));
        }
        table.row([
            d.id.to_string(),
            d.seq.to_string(),
            when(d.at),
            counts(d),
            title,
        ]);
    }
    table.text(out.width())
}

fn particulars(d: &DraftSummary) -> String {
    let mode = match d.mode {
        Mode::Proposals => "pen-holders and facilitators",
        Mode::Open => "delegates too",
    };
    let mut lines = vec![
        plain(d.title.as_str()),
        format!("  id            {}", d.id),
        format!("  document      {}", d.document),
        format!("  last entry    {} at {}", d.seq, when(d.at)),
        format!("  head          {}", d.head),
        format!("  authentic     {}", list(&d.authentic)),
    ];
    if !d.working.is_empty() {
        lines.push(format!("  working       {}", list(&d.working)));
    }
    for (about, holds) in ruling::told(&d.rule) {
        lines.push(format!("  {about:<14}{holds}"));
    }
    lines.push(format!("  typing        {mode}"));
    lines.push(format!("  clauses       {}", counts(d)));
    if let Some(adopted) = &d.adopted {
        lines.push(format!(
            "  adopted       as \"{}\" at {}, entry {}, with {} in the room",
            plain(adopted.name.as_str()),
            when(adopted.at),
            adopted.seq,
            list(&adopted.present.iter().collect::<Vec<_>>()),
        ));
    }
    if d.closed {
        lines.push("  closed: nothing more is entered".into());
    }
    if let Some(damage) = &d.damaged {
        lines.push(format!("  damaged: {}", plain(damage)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_gives_the_draft_its_title() {
        assert_eq!(
            title_of("\n# On Rivers {#title}\n\ntext").unwrap().as_str(),
            "On Rivers"
        );
        assert_eq!(title_of("no heading"), None);
    }
}
