//! `plenary show`: the text with its numbers, and how each clause stands.

use clap::Args;
use plenary_shared::draft::Kind;
use plenary_shared::ids::{Digest, Language};
use plenary_shared::wire::view::{ClauseStatus, ClauseText, ClauseView, MergeView, TextView};
use serde_json::json;

use super::proposals::in_words;
use super::rolling::Reading;
use super::status::positions;
use super::{status_word, text_digest};
use crate::context::{Context, Floor, negotiated};
use crate::failure::{Failure, Outcome};
use crate::output::{Output, Table, Tint, wrap};
use crate::seen::Seen;
use crate::{plain, reference};

/// Read the text, or some clauses of it with all that was said of them
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Clauses by number or id; the whole text if none is named
    #[arg(value_name = "CLAUSE", conflicts_with_all = ["rendering", "proposal_of"])]
    clauses: Vec<String>,
    /// The language; the one negotiated in if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
    /// The text at an earlier moment: an entry's number or a version's name
    #[arg(long, value_name = "SEQ|VERSION")]
    at: Option<String>,
    /// The rolling text: live proposals in brackets, with who made them
    #[arg(long, conflicts_with_all = ["clauses", "ids", "digest"])]
    rolling: bool,
    #[command(flatten)]
    reading: Reading,
    /// List the clauses' ids
    #[arg(long, conflicts_with_all = ["rendering", "proposal_of"])]
    ids: bool,
    /// Print only the digest: of the text, or of the clauses named
    #[arg(long, conflicts_with_all = ["rendering", "proposal_of"])]
    digest: bool,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let (api, draft) = context.summary()?;
        let language = self
            .lang
            .clone()
            .map_or_else(|| negotiated(&draft).cloned(), Ok)?;
        let at: Vec<_> = self.at.clone().map(|at| ("at", at)).into_iter().collect();
        if self.rolling || self.reading.is_asked() {
            let mut query = at;
            query.push(("language", language.to_string()));
            query.push(("rolling", "true".into()));
            query.extend(self.reading.query());
            let bytes = api.get_bytes(
                &["drafts", &draft.id.to_string(), "export", "plain"],
                &query,
            )?;
            let text = plain(&String::from_utf8_lossy(&bytes));
            return context
                .out
                .value(&json!({ "rolling": text }), |_| text.clone());
        }
        let text: TextView = api.of_draft(draft.id, &["text"], &at)?;
        if self.digest && self.clauses.is_empty() {
            return text_digest::print(context, &text);
        }
        let mut floor = Floor {
            seen: Seen::read(draft.id, api.token())?,
            api,
            draft,
            text,
        };
        if !floor.draft.authentic.contains(&language) && !floor.draft.working.contains(&language) {
            return Err(plenary_shared::refusal::Refusal::unknown_language(&language).into());
        }
        let chosen = floor.chosen(&self.clauses)?;
        if self.digest {
            let digests: Vec<_> = chosen
                .iter()
                .map(|c| (c, digest_in(c, &language)))
                .collect();
            let value: Vec<_> = digests
                .iter()
                .map(|(c, d)| json!({ "id": c.id, "digest": d }))
                .collect();
            return context.out.value(&value, |_| {
                digests
                    .iter()
                    .map(|(c, d)| format!("{d}  {}\n", c.label))
                    .collect()
            });
        }
        if self.at.is_none() {
            for clause in &chosen {
                floor.seen.clause(clause, &language, &floor.text.heads);
            }
        }
        let done = if self.clauses.is_empty() || self.at.is_some() {
            floor.read_through(&self, &chosen, &language, &context.out)
        } else {
            floor.look_closely(&chosen, &language, &context.out)
        };
        floor.seen.keep();
        done
    }
}

fn digest_in(clause: &ClauseText, language: &Language) -> Digest {
    clause
        .digests
        .get(language)
        .copied()
        .unwrap_or_else(|| Digest::of(""))
}

/// How the clause stands in the other languages, in one line.
fn translations(clause: &ClauseView) -> Option<String> {
    let all = clause.translations.iter();
    let told: Vec<_> = all.map(|(l, t)| format!("{l} {}", t.name())).collect();
    (!told.is_empty()).then(|| format!("Translations: {}.", told.join(", ")))
}

/// The mark of a status, for the margin.
fn mark(status: Option<ClauseStatus>) -> &'static str {
    match status {
        Some(ClauseStatus::AgreedAdRef) => "~",
        Some(ClauseStatus::Agreed | ClauseStatus::Adopted) => "✓",
        Some(ClauseStatus::Bracketed) => "[]",
        Some(ClauseStatus::InSilence) => "…",
        Some(ClauseStatus::Ripe) => "!",
        Some(ClauseStatus::Deleted) => "x",
        Some(ClauseStatus::Open) | None => "",
    }
}

impl Floor {
    /// The clauses named; all, if none is.
    fn chosen(&self, written: &[String]) -> Outcome<Vec<ClauseText>> {
        if written.is_empty() {
            return Ok(self.text.clauses.clone());
        }
        let find = |w: &String| {
            let id = reference::clause(w, self.labels())?;
            let found = self.text.clauses.iter().find(|c| c.id == id);
            found.cloned().ok_or_else(|| {
                Failure::not_found(
                    "unknown-clause",
                    format!("There is no clause {w} in this text."),
                    "List the clauses with their ids: `plenary show --ids`.",
                )
            })
        };
        written.iter().map(find).collect()
    }

    /// The text as it is read, with marks in the margin.
    fn read_through(
        &self,
        asked: &Show,
        chosen: &[ClauseText],
        language: &Language,
        out: &Output,
    ) -> Outcome {
        let view = TextView {
            clauses: chosen.to_vec(),
            ..self.text.clone()
        };
        out.value(&view, |out| {
            if asked.ids {
                let mut table = Table::new(&["Number", "Id", "Kind", "Status", "Begins"]);
                for c in chosen {
                    let status = c.status.map(|s| status_word(s).0).unwrap_or_default();
                    let words = c.text.get(language).map(|t| plain(t)).unwrap_or_default();
                    let begins: String = words.chars().take(40).collect();
                    table.row([
                        c.label.clone(),
                        c.id.to_string(),
                        c.kind.name().into(),
                        status.into(),
                        begins,
                    ]);
                }
                return table.text(out.width());
            }
            let labels = chosen
                .iter()
                .map(|c| c.label.chars().count())
                .max()
                .unwrap_or(0);
            let indent = labels + 5;
            let mut text = String::new();
            for c in chosen {
                let words = match c.text.get(language).map(|t| plain(t)) {
                    Some(words) if !words.is_empty() => words,
                    _ => out
                        .paint
                        .tint(Tint::Dim, &format!("(no text in {language})")),
                };
                let words = wrap(
                    &words,
                    out.width().map(|w| w.saturating_sub(indent)),
                    indent,
                );
                let words = if matches!(c.kind, Kind::Title | Kind::Heading | Kind::Annex) {
                    out.paint.tint(Tint::Bold, &words)
                } else {
                    words
                };
                let tint = c.status.map_or(Tint::Dim, |s| status_word(s).1);
                let margin = out.paint.tint(tint, &format!("{:<2}", mark(c.status)));
                text.push_str(&format!("{margin} {:<labels$}  {words}\n\n", c.label));
            }
            text.push_str(
                &out.paint
                    .tint(Tint::Dim, "✓ agreed   [] bracketed   ! ripe"),
            );
            text
        })
    }

    /// Some clauses with all that was said of them.
    fn look_closely(
        &mut self,
        chosen: &[ClauseText],
        language: &Language,
        out: &Output,
    ) -> Outcome {
        let negotiated = self.negotiated()?.clone();
        let all = self.proposals()?;
        let id = self.draft.id.to_string();
        let ledger: Vec<MergeView> = self.api.all(&["drafts", &id, "ledger"], &[])?;
        let mut items = Vec::new();
        let mut text = String::new();
        for c in chosen {
            let view: ClauseView =
                self.api
                    .of_draft(self.draft.id, &["clauses", c.id.as_str()], &[])?;
            let on_it: Vec<_> = all
                .iter()
                .filter(|p| view.proposals.contains(&p.id))
                .cloned()
                .collect();
            for p in &on_it {
                self.seen.proposal(p, &negotiated, &self.text.heads);
            }
            let words = c.text.get(language).map(|t| plain(t)).unwrap_or_default();
            let (status, tint) = status_word(view.status);
            let head = out.paint.tint(Tint::Bold, &c.label);
            text.push_str(&format!(
                "{head}  {}  {}\n",
                c.id,
                out.paint.tint(tint, status)
            ));
            text.push_str(&format!(
                "    {}\n\n",
                wrap(&words, out.width().map(|w| w - 4), 4)
            ));
            text.push_str(&format!(
                "    {}\n",
                wrap(&plain(&view.tally.why), out.width().map(|w| w - 4), 4)
            ));
            if let Some(line) = translations(&view) {
                text.push_str(&format!(
                    "    {}\n",
                    wrap(&line, out.width().map(|w| w - 4), 4)
                ));
            }
            text.push_str(&positions(
                &view.positions,
                &view.group_positions,
                &view.dissociated,
                view.digest,
                4,
            ));
            for late in &view.late_objections {
                let line = format!(
                    "{} objected late, without effect: {}",
                    late.whose(),
                    plain(late.reason.as_str())
                );
                let line = wrap(&line, out.width().map(|w| w - 4), 4);
                text.push_str(&format!("    {line}\n"));
            }
            for p in &on_it {
                text.push('\n');
                text.push_str(&in_words(p, language, out, 4));
            }
            // What was merged into something on this clause, or is to be.
            let is_here = |line: &&MergeView| {
                let into = all.iter().find(|p| p.id == line.merge.into);
                into.and_then(|p| p.amendment.stands_at()) == Some(&c.id)
            };
            let merged: Vec<_> = ledger.iter().filter(is_here).collect();
            for line in &merged {
                let line = format!("Ledger: {}", plain(&line.told));
                let line = wrap(&line, out.width().map(|w| w - 4), 4);
                text.push_str(&format!("    {line}\n"));
            }
            text.push_str(&out.paint.tint(
                Tint::Dim,
                &format!("    text {}\n\n", digest_in(c, language)),
            ));
            items
                .push(json!({ "text": c, "standing": view, "proposals": on_it, "ledger": merged }));
        }
        out.value(&items, |_| text.trim_end().to_owned())
    }
}
