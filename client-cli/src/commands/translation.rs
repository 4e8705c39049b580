//! `plenary translation`: which wording renders which, and which has fallen behind.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::{Args, Subcommand};
use plenary_shared::acts;
use plenary_shared::draft::Translation as State;
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::wire::view::{ClauseStatus, ClauseText, ClauseView, StatusView};
use serde_json::json;

use super::prose;
use crate::context::{Context, Floor, entered};
use crate::failure::{Failure, Outcome};
use crate::output::Table;
use crate::words::Words;

/// Say which wording renders which, or see what has fallen behind
#[derive(Debug, Args)]
pub(crate) struct Translation {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Mark translations as rendering the present words (pen-holder, facilitator, secretariat)
    Mark {
        /// The clauses
        #[arg(required_unless_present = "all")]
        clauses: Vec<String>,
        /// The language of the translation
        #[arg(long, value_name = "TAG")]
        lang: Language,
        /// The language that it renders; the one negotiated in if left out
        #[arg(long, value_name = "TAG")]
        from: Option<Language>,
        /// Every clause that has words in the language and is not marked as matching
        #[arg(long, conflicts_with_all = ["clauses", "text"])]
        all: bool,
        /// Write these words with the mark; `-` reads them from standard input
        #[arg(long, value_name = "WORDS")]
        text: Option<String>,
    },
    /// List how the translations stand
    List {
        /// Only this language
        #[arg(long, value_name = "TAG")]
        lang: Option<Language>,
        /// Only clauses with a translation that does not match
        #[arg(long)]
        open: bool,
    },
}

impl Translation {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let floor = context.floor()?;
        match self.what {
            What::Mark {
                clauses,
                lang,
                from,
                all,
                text,
            } => {
                if text.is_some() && clauses.len() > 1 {
                    return Err(Failure::usage(
                        "One wording is for one clause.",
                        "Name the clause that these words are for.",
                    ));
                }
                let chosen = if all {
                    unmarked(&floor, &lang)?
                } else {
                    let find = |w: &String| floor.clause(w);
                    clauses.iter().map(find).collect::<Outcome<Vec<_>>>()?
                };
                mark(
                    &floor,
                    context,
                    &chosen,
                    &lang,
                    from.as_ref(),
                    text.as_deref(),
                )
            }
            What::List { lang, open } => {
                let mut status: StatusView =
                    floor.api.of_draft(floor.draft.id, &["status"], &[])?;
                let languages = languages(&floor, lang)?;
                status.clauses.retain(|c| {
                    let all_match = languages
                        .iter()
                        .all(|l| c.translations.get(l).is_some_and(State::matches));
                    c.status != ClauseStatus::Deleted && !(open && all_match)
                });
                let value: Vec<_> = status
                    .clauses
                    .iter()
                    .map(|c| json!({ "id": c.id, "label": c.label, "translations": of(c, &languages) }))
                    .collect();
                context.out.value(&value, |out| {
                    if languages.is_empty() {
                        return "This draft is written in one language.".into();
                    }
                    if status.clauses.is_empty() {
                        return "Every translation matches.".into();
                    }
                    let tags: Vec<_> = languages.iter().map(|l| heading(&floor, l)).collect();
                    let mut columns = vec!["Clause"];
                    columns.extend(tags.iter().map(String::as_str));
                    let mut table = Table::new(&columns);
                    for c in &status.clauses {
                        let name = if c.label.is_empty() {
                            c.id.to_string()
                        } else {
                            c.label.clone()
                        };
                        let states = languages.iter().map(|l| in_words(c.translations.get(l)));
                        table.row(std::iter::once(name).chain(states));
                    }
                    table.text(out.width())
                })
            }
        }
    }
}

/// Enters one mark a clause; tells each as it is entered.
fn mark(
    floor: &Floor,
    context: &Context,
    clauses: &[ClauseId],
    language: &Language,
    from: Option<&Language>,
    text: Option<&str>,
) -> Outcome {
    if clauses.is_empty() {
        return context.out.value(&json!([]), |_| {
            format!("Nothing is left to mark in {language}.")
        });
    }
    let source = match from {
        Some(source) => source.clone(),
        None => floor.negotiated()?.clone(),
    };
    for id in clauses {
        let shown = floor.text.clauses.iter().find(|c| c.id == *id);
        let digest = |l: &Language| shown.and_then(|c| c.digests.get(l).copied());
        let words = match text {
            Some(_) => {
                let present = shown.map(|c| present(c, language)).unwrap_or_default();
                let words = Words::get(text, id.as_str(), &present)?;
                Some(prose("translation", &words.text)?)
            }
            None => None,
        };
        let act = acts::Act::MarkTranslation(acts::MarkTranslation {
            clause: id.clone(),
            language: language.clone(),
            digest: if words.is_some() {
                None
            } else {
                digest(language)
            },
            text: words,
            of: digest(&source),
            source: Some(source.clone()),
        });
        let done = floor.api.act(floor.draft.id, &act)?;
        entered(&done, &context.out, |_| {
            format!("The {language} of {id} renders the present {source}.")
        })?;
    }
    Ok(())
}

fn present(clause: &ClauseText, language: &Language) -> String {
    clause.text.get(language).cloned().unwrap_or_default()
}

/// The clauses that have words in the language and do not match.
fn unmarked(floor: &Floor, language: &Language) -> Outcome<Vec<ClauseId>> {
    let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
    let waits = |c: &&Arc<ClauseView>| {
        let state = c.translations.get(language);
        c.status != ClauseStatus::Deleted
            && matches!(state, Some(State::Unmarked | State::Behind { .. }))
    };
    let clauses = status.clauses.iter().filter(waits);
    Ok(clauses.map(|c| c.id.clone()).collect())
}

/// The languages that render the one negotiated in: all of them, or the one asked for.
fn languages(floor: &Floor, asked: Option<Language>) -> Outcome<Vec<Language>> {
    let others = floor.draft.authentic.iter().skip(1);
    let all: Vec<_> = others.chain(&floor.draft.working).cloned().collect();
    match asked {
        None => Ok(all),
        Some(language) if all.contains(&language) => Ok(vec![language]),
        Some(language) => Err(plenary_shared::refusal::Refusal::unknown_language(&language).into()),
    }
}

fn heading(floor: &Floor, language: &Language) -> String {
    if floor.draft.authentic.contains(language) {
        format!("{language} (authentic)")
    } else {
        language.to_string()
    }
}

fn of<'a>(clause: &'a ClauseView, languages: &[Language]) -> BTreeMap<&'a Language, &'a State> {
    let all = clause.translations.iter();
    all.filter(|(l, _)| languages.contains(l)).collect()
}

fn in_words(state: Option<&State>) -> String {
    match state {
        None => String::new(),
        Some(State::Behind { source, from }) => {
            let from: String = from.to_string().chars().take(8).collect();
            format!("behind ({source} {from})")
        }
        Some(state) => state.name().to_owned(),
    }
}
