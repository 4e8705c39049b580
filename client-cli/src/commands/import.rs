//! `plenary import`: a text from outside, as Markdown, or onto a draft as proposals.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use plenary_documents::akn;
use plenary_documents::docx::read::{self, Asked, Imported};
use plenary_shared::acts::{self, Amendment, Base};
use plenary_shared::draft::{Draft, Manuscript};
use plenary_shared::export::{self, Page, Rolled, Show};
use plenary_shared::ids::{ClauseId, Digest, DraftId, Language};
use plenary_shared::import::{self, ImportedClause};
use plenary_shared::redline::render::{self, Colour};
use plenary_shared::redline::{Change, Moment, Redline, between, likeness, three};
use plenary_shared::wire::view::{Acknowledged, DraftSummary, TextView};
use serde_json::json;

use super::prose;
use crate::api::Api;
use crate::context::{Context, negotiated};
use crate::failure::{Failure, Outcome};

/// Read a text from outside: a Word file, Akoma Ntoso, Markdown, or plain text
///
/// Without --onto it is written as Markdown, for `plenary draft new --from`. With --onto its clauses are matched with those
/// of the draft, by their ids or by what they have in common, and what is different is shown; nothing is entered without
/// --enter. Tracked changes in a Word file are proposals on top of it. What cannot be kept is told.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file: .docx, .xml, .md, or .txt
    file: PathBuf,
    /// Compare it with this draft
    #[arg(long, value_name = "DRAFT")]
    onto: Option<String>,
    /// The moment of the draft that the file was made of: only what the file has made of that is proposed, and what the
    /// draft has made of it since is shown beside
    #[arg(long, value_name = "MOMENT", requires = "onto")]
    base: Option<String>,
    /// Enter what is different as proposals of yours
    #[arg(long, requires = "onto")]
    enter: bool,
    /// Of the tracked changes, only those by this author
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The language of the text; that which the draft is negotiated in, or `en`
    #[arg(long, value_name = "TAG")]
    lang: Option<Language>,
}

/// A proposal to be entered, and in whose name the file has it.
struct Wanted {
    act: acts::Propose,
    clause: Option<ClauseId>,
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match &self.onto {
            None => self.as_markdown(context),
            Some(draft) => {
                let api = context.api()?;
                let id = context.find_draft(&api, draft)?;
                self.onto(context, &api, id)
            }
        }
    }

    fn as_markdown(&self, context: &Context) -> Outcome {
        let language = self.lang.clone();
        let language = language.unwrap_or_else(|| "en".parse().expect("`en` is a language"));
        let imported = self.read(&language)?;
        report(context, &imported);
        let mut draft = Draft::unborn(DraftId([0; 16]));
        draft.authentic = vec![language];
        let manuscript = import::manuscript(imported.clauses.clone());
        let format = export::format("markdown").expect("there is Markdown");
        let text = format.write(&Page {
            draft: &draft,
            manuscript: &manuscript,
            language: None,
            beside: None,
            show: Show::Clean,
            rolled: Rolled::default(),
            moment: String::new(),
        });
        let value =
            json!({ "markdown": text, "lost": imported.lost, "tracked": imported.proposals.len() });
        context.out.value(&value, |_| text.trim_end().to_owned())
    }

    /// What the file says.
    fn read(&self, language: &Language) -> Outcome<Imported> {
        let bytes = std::fs::read(&self.file).map_err(|e| Failure::file(&self.file, &e))?;
        let refused = |why: String| {
            let (what, hint) = why.split_once(". ").unwrap_or((&why, ""));
            Failure::usage(format!("{}: {what}.", self.file.display()), hint)
        };
        let mut imported = if ends_in(&self.file, "docx") || bytes.starts_with(b"PK") {
            read::read(&bytes, language).map_err(refused)?
        } else {
            let text = String::from_utf8(bytes).map_err(|_| {
                refused(
                    "It is neither a .docx file nor text in UTF-8. Save it as one of them.".into(),
                )
            })?;
            if ends_in(&self.file, "xml") || text.trim_start().starts_with("<?xml") {
                return akn::read::read(&text, language).map_err(refused);
            }
            let clauses = import::markdown(&text, language).map_err(|e| refused(e.to_string()))?;
            Imported {
                clauses,
                ..Imported::default()
            }
        };
        if let Some(author) = &self.author {
            imported.proposals.retain(|p| p.author == *author);
        }
        Ok(imported)
    }

    fn onto(&self, context: &Context, api: &Api, id: DraftId) -> Outcome {
        let draft: DraftSummary = api.of_draft(id, &[], &[])?;
        let language = self.lang.clone();
        let language = language.map_or_else(|| negotiated(&draft).cloned(), Ok)?;
        let mut imported = self.read(&language)?;
        let present: TextView = api.of_draft(id, &["text"], &[])?;
        let base: Option<TextView> = match &self.base {
            Some(moment) => Some(api.of_draft(id, &["text"], &[("at", moment.clone())])?),
            None => None,
        };
        let of = base.as_ref().unwrap_or(&present);
        let (ours, theirs) = (manuscript(of), &mut imported.clauses);
        likeness::name(&ours, |_| true, &language, theirs);
        let outside = import::manuscript(theirs.clone());
        let (before, after) = (Moment::of_outside(&ours), Moment::of_outside(&outside));
        let redline = between(&before, &after, &language);
        let shown = match &base {
            Some(_) => {
                let mine = manuscript(&present);
                three(&before, &Moment::of_outside(&mine), &after, &language)
            }
            None => redline.clone(),
        };
        let why = format!("From {}.", name(&self.file));
        let mut wanted = Vec::new();
        for act in different(&redline, &imported.clauses, &language) {
            wanted.push(act);
        }
        for tracked in &imported.proposals {
            wanted.extend(asked(&tracked.what, &imported.clauses, &language));
        }
        for one in &mut wanted {
            one.act.rationale = Some(prose("rationale", &why)?);
            one.act.base = one.clause.as_ref().map(|clause| {
                let clause = of.clauses.iter().find(|c| c.id == *clause);
                let digest = clause.and_then(|c| c.digests.get(draft.authentic.first()?));
                Base {
                    heads: of.heads.clone(),
                    digest: digest.copied().unwrap_or_else(|| Digest::of("")),
                }
            });
        }
        report(context, &imported);
        if !self.enter {
            let value =
                json!({ "redline": shown, "lost": imported.lost, "proposals": wanted.len() });
            return context.out.value(&value, |out| {
                let colour = match out.paint.is_on() {
                    true => Colour::Shown,
                    false => Colour::Hidden,
                };
                format!(
                    "{}\nNothing is entered. With --enter this makes proposals: {}.",
                    render::ansi(&shown, colour),
                    wanted.len()
                )
            });
        }
        let mut entered = Vec::new();
        for one in wanted {
            let done: Acknowledged = api.act(id, &acts::Act::Propose(one.act))?;
            if let acts::Act::Propose(acts::Propose {
                proposal: Some(id), ..
            }) = done.act
            {
                entered.push(id);
            }
        }
        context.out.value(
            &json!({ "proposals": entered, "lost": imported.lost }),
            |_| {
                let ids: Vec<_> = entered.iter().map(ToString::to_string).collect();
                match ids.as_slice() {
                    [] => "Nothing is different: nothing was proposed.".to_owned(),
                    _ => format!("Proposed as {}.", ids.join(", ")),
                }
            },
        )
    }
}

fn ends_in(file: &Path, ending: &str) -> bool {
    file.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case(ending))
}

fn name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Tells what could not be kept, beside the answer.
fn report(context: &Context, imported: &Imported) {
    for lost in &imported.lost {
        context.out.remark(&format!("not kept: {lost}"));
    }
    for comment in &imported.comments {
        let (author, text) = (&comment.author, &comment.text);
        context
            .out
            .remark(&format!("comment by {author}, not entered: {text}"));
    }
}

fn manuscript(text: &TextView) -> Manuscript {
    let clause = |clause: &plenary_shared::wire::view::ClauseText| ImportedClause {
        id: Some(clause.id.clone()),
        kind: clause.kind,
        level: clause.level,
        text: clause.text.clone(),
        line: 0,
    };
    import::manuscript(text.clauses.iter().map(clause).collect())
}

/// What would make the text that of the file.
fn different(redline: &Redline, theirs: &[ImportedClause], language: &Language) -> Vec<Wanted> {
    let words = |id: &ClauseId| {
        let clause = theirs.iter().find(|c| c.id.as_ref() == Some(id));
        clause
            .and_then(|c| c.text.get(language))
            .cloned()
            .unwrap_or_default()
    };
    let mut wanted = Vec::new();
    let mut after: Option<ClauseId> = None;
    for clause in &redline.clauses {
        let id = clause.id.clone();
        match clause.change {
            Change::Removed => {
                wanted.extend(propose(Amendment::Delete { clause: id }, None, language));
            }
            Change::Added => {
                let amendment = Amendment::InsertAfter {
                    clause: after.clone(),
                    kind: clause.kind,
                    level: clause.level,
                    new: None,
                };
                wanted.extend(propose(amendment, Some(words(&id)), language));
            }
            Change::Changed | Change::Unchanged => {
                if clause.moved {
                    let amendment = Amendment::Move {
                        clause: id.clone(),
                        after: after.clone(),
                    };
                    wanted.extend(propose(amendment, None, language));
                }
                let same_words = clause
                    .segments
                    .iter()
                    .all(|s| s.op == plenary_shared::redline::Op::Same);
                if clause.change == Change::Changed && !same_words {
                    let amendment = Amendment::Replace { clause: id.clone() };
                    wanted.extend(propose(amendment, Some(words(&id)), language));
                }
                after = Some(id);
            }
        }
    }
    wanted
}

/// What a tracked change asks for.
fn asked(what: &Asked, clauses: &[ImportedClause], language: &Language) -> Option<Wanted> {
    let id = |place: usize| clauses.get(place).and_then(|c| c.id.clone());
    let (amendment, text) = match what {
        Asked::Replace { clause, text } => (
            Amendment::Replace {
                clause: id(*clause)?,
            },
            Some(text.clone()),
        ),
        Asked::Delete { clause } => (
            Amendment::Delete {
                clause: id(*clause)?,
            },
            None,
        ),
        Asked::Move { clause, after } => {
            let after = after.and_then(id);
            (
                Amendment::Move {
                    clause: id(*clause)?,
                    after,
                },
                None,
            )
        }
        Asked::InsertAfter {
            after,
            kind,
            level,
            text,
        } => {
            let amendment = Amendment::InsertAfter {
                clause: after.and_then(id),
                kind: *kind,
                level: *level,
                new: None,
            };
            (amendment, Some(text.clone()))
        }
    };
    propose(amendment, text, language)
}

fn propose(amendment: Amendment, text: Option<String>, language: &Language) -> Option<Wanted> {
    let clause = match &amendment {
        Amendment::Replace { clause }
        | Amendment::Delete { clause }
        | Amendment::Move { clause, .. } => Some(clause.clone()),
        Amendment::InsertAfter { .. } => None,
    };
    let text = match text {
        // Nothing can be proposed without words.
        Some(text) => BTreeMap::from([(language.clone(), text.parse().ok()?)]),
        None => BTreeMap::new(),
    };
    Some(Wanted {
        act: acts::Propose {
            proposal: None,
            amendment,
            text,
            rationale: None,
            from: None,
            base: None,
        },
        clause,
    })
}
