//! The text in other formats.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use plenary_shared::export::{self, FORMATS, Page, Rolled, Show};
use plenary_shared::ids::{DelegationId, Language};
use plenary_shared::refusal::Refusal;
use plenary_shared::rolling::{Outcomes, Rendering};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::{Past, RoomError};

mod document;
mod pack;
#[cfg(feature = "pdf")]
mod print;
mod record;

/// An exported page brings its own style and may run nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Which moment, and what of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    at: Option<String>,
    from: Option<String>,
    #[serde(flatten)]
    cover: document::CoverQuery,
    language: Option<Language>,
    text: Option<Kind>,
    beside: Option<Language>,
    #[serde(default)]
    rolling: bool,
    rendering: Option<Reading>,
    of: Option<DelegationId>,
    #[serde(default)]
    statuses: bool,
    #[serde(default)]
    edits: bool,
}

/// Which text is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// The words that stand.
    Clean,
    /// With what is proposed, in brackets without names.
    Brackets,
    /// The compilation: in brackets, with who wants what.
    Rolling,
    /// As adopted, with what delegations have put on record.
    Adopted,
}

/// How a rolling text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reading {
    Attributed,
    Bracketed,
    IfAgreed,
}

impl Which {
    /// How the rolling text is read, if it is asked for.
    fn rolled(&self) -> Option<Rendering> {
        match self.text {
            Some(Kind::Brackets) => return Some(Rendering::Bracketed),
            Some(Kind::Rolling) => {
                return Some(
                    self.of
                        .clone()
                        .map_or_else(Rendering::default, Rendering::ProposalOf),
                );
            }
            Some(Kind::Clean | Kind::Adopted) => return None,
            None => {}
        }
        match (&self.of, self.rendering) {
            (Some(of), _) => Some(Rendering::ProposalOf(of.clone())),
            (None, Some(Reading::Attributed)) => Some(Rendering::Attributed),
            (None, Some(Reading::Bracketed)) => Some(Rendering::Bracketed),
            (None, Some(Reading::IfAgreed)) => Some(Rendering::IfAgreed),
            (None, None) => self.rolling.then(Rendering::default),
        }
    }

    /// Whether what is asked can be had of the draft at that moment.
    fn fits(&self, past: &Past) -> Answer<()> {
        for language in [&self.language, &self.beside].into_iter().flatten() {
            if !past.draft.speaks(language) {
                return Err(Refusal::unknown_language(language).into());
            }
        }
        if let Some(of) = &self.of
            && !past.draft.seats.delegations.contains_key(of)
        {
            return Err(Failure::new(
                StatusCode::NOT_FOUND,
                "unknown-delegation",
                format!("No delegation {of} has a seat in this draft."),
                "List the delegations with `plenary roster`.",
            ));
        }
        if self.text == Some(Kind::Adopted) && past.draft.adopted.is_none() {
            return Err(Failure::new(
                StatusCode::CONFLICT,
                "not-adopted",
                "At that moment the text is not adopted.",
                "Ask for the clean text, or for that with statuses.",
            ));
        }
        Ok(())
    }
}

/// The text, now or at a moment, in one of the formats: markdown, plain, html, akn, docx. The last two can have every change since
/// an earlier moment as a tracked change, and reservations and objections as comments. `csv` and `json` are the record: one
/// act a line. `pdf` is the text in pages, `pack` what is handed in with a draft proposal: a zip file.
#[utoipa::path(get, path = "/drafts/{draft}/export/{format}", tag = "text",
    params(("draft" = String, Path), ("format" = String, Path),
        ("at" = Option<String>, Query, description = "The number of an entry or the name of a version; now if left out"),
        ("from" = Option<String>, Query, description = "docx, akn, pdf, pack: the earlier moment, for tracked changes; of a pack, the last sealed version if left out"),
        ("symbol" = Option<String>, Query, description = "docx, akn, pdf, pack: the symbol of the document, A/CONF.1/L.2"),
        ("body" = Option<String>, Query, description = "docx, akn, pdf, pack: the body and its session"),
        ("agenda" = Option<String>, Query, description = "docx, akn, pdf, pack: the item of the agenda"),
        ("text" = Option<String>, Query, description = "`clean`, `brackets`, `rolling` (the compilation, with who wants what), or \
            `adopted`, with an annex of reservations, dissociations, explanations and statements"),
        ("beside" = Option<String>, Query, description = "html, docx, pdf: a second language side by side"),
        ("language" = Option<String>, Query, description = "One language; all if left out; docx has one"),
        ("rolling" = Option<bool>, Query, description = "With what is proposed, in brackets"),
        ("rendering" = Option<String>, Query, description = "A rolling text as `attributed`, `bracketed` without names, \
            or `if-agreed`: with the first proposal at every place taken in"),
        ("of" = Option<String>, Query, description = "A rolling text as this delegation would have it"),
        ("statuses" = Option<bool>, Query, description = "With the status of each clause and, once the text is adopted, the \
            annex of reservations, votes and statements"),
        ("edits" = Option<bool>, Query, description = "csv, json: with the edits of the text between the acts")),
    responses((status = 200, body = String, content_type = "text/markdown", description = "In the format's media type")))]
pub(crate) async fn export(
    visit: Visit,
    Path((_, format)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer<Response> {
    if let Some(kind) = document::Kind::named(&format) {
        return document::write(&visit, which, kind).await;
    }
    if let Some(form) = record::Form::named(&format) {
        return record::write(visit, which, form).await;
    }
    match format.as_str() {
        "pack" => return pack::write(&visit, which).await,
        #[cfg(feature = "pdf")]
        "pdf" => return print::write(&visit, which).await,
        #[cfg(not(feature = "pdf"))]
        "pdf" => {
            return Err(Failure::new(
                StatusCode::NOT_IMPLEMENTED,
                "no-press",
                "This server was built without what sets text in pages.",
                "Export as docx or html and print that; or build the server with its feature `pdf`.",
            ));
        }
        _ => {}
    }
    let format = export::format(&format).ok_or_else(|| {
        let names = FORMATS.iter().map(|f| f.name());
        let names: Vec<_> = names
            .chain(plenary_documents::FORMATS.iter().copied())
            .chain(export::RECORD)
            .chain(export::BOUND)
            .collect();
        Failure::new(
            StatusCode::NOT_FOUND,
            "unknown-format",
            "There is no such format.",
            format!("The formats are {}.", names.join(", ")),
        )
    })?;
    let past = visit.past(which.at.as_deref()).await?;
    which.fits(&past)?;
    if which.beside.is_some() && format.name() != "html" {
        return Err(Failure::new(
            StatusCode::BAD_REQUEST,
            "no-table",
            format!(
                "In {} two languages do not stand side by side.",
                format.name()
            ),
            "Ask for html, docx or pdf; or leave the language out, for all of them.",
        ));
    }
    let seq = past.draft.seq;
    // Comparing many proposals with a long text takes a while; not on the network's threads.
    let id = visit.draft;
    let written = tokio::task::spawn_blocking(move || format.write(&page(&past, &which)));
    let written = written.await.map_err(|_| RoomError::Gone)?;
    let file = format!("inline; filename=\"{id}-{seq}.{}\"", format.extension());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, written).into_response())
}

/// What is to be written. A rolling page says beneath how much in it is not agreed.
fn page<'a>(past: &'a Past, which: &Which) -> Page<'a> {
    let (seq, at) = (past.draft.seq, past.draft.at);
    let mut page = Page {
        draft: &past.draft,
        manuscript: &past.manuscript,
        language: which.language.clone(),
        beside: which.beside.clone(),
        show: match which.text {
            Some(Kind::Adopted) => Show::Adopted,
            None if which.statuses => Show::Status,
            _ => Show::Clean,
        },
        rolled: Rolled::default(),
        moment: format!("entry {seq}, {at}"),
    };
    if let Some(rendering) = which.rolled() {
        let text = past.text.at(&past.heads);
        let outcomes = text.map(|t| Outcomes::of(&past.draft, &past.manuscript, &t));
        page.show = Show::Rolling;
        page.rolled = Rolled {
            rendering,
            outcomes: outcomes.unwrap_or_default(),
        };
        let counts = page.counts();
        page.moment += &format!("; brackets: {}, issues: {}", counts.brackets, counts.issues);
    }
    page
}
