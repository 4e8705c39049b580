//! The text in other formats.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use plenary_shared::export::{self, FORMATS, Page, Show};
use plenary_shared::ids::Language;
use plenary_shared::refusal::Refusal;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::moment;
use crate::http::query::Query;
use crate::http::visit::Visit;

/// An exported page brings its own style and may run nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// Which moment, and what of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    at: Option<String>,
    language: Option<Language>,
    #[serde(default)]
    rolling: bool,
}

/// The text, now or at a moment, in one of the formats: markdown, plain, html.
#[utoipa::path(get, path = "/drafts/{draft}/export/{format}", tag = "text",
    params(("draft" = String, Path), ("format" = String, Path),
        ("at" = Option<String>, Query, description = "The number of an entry or the name of a version; now if left out"),
        ("language" = Option<String>, Query, description = "One language; all if left out"),
        ("rolling" = Option<bool>, Query, description = "With what is proposed, in brackets")),
    responses((status = 200, body = String, content_type = "text/markdown", description = "In the format's media type")))]
pub(crate) async fn export(
    visit: Visit,
    Path((_, format)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer<impl IntoResponse> {
    let format = export::format(&format).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|f| f.name()).collect();
        Failure::new(
            StatusCode::NOT_FOUND,
            "unknown-format",
            "There is no such format.",
            format!("The formats are {}.", names.join(", ")),
        )
    })?;
    let past = moment::past(&visit.room, which.at.as_deref()).await?;
    if let Some(language) = &which.language
        && !past.draft.speaks(language)
    {
        return Err(Refusal::unknown_language(language).into());
    }
    let show = if which.rolling {
        Show::Rolling
    } else {
        Show::Clean
    };
    let (seq, at) = (past.draft.seq, past.draft.at);
    let page = Page {
        draft: &past.draft,
        manuscript: &past.manuscript,
        language: which.language,
        show,
        moment: format!("entry {seq}, {at}"),
    };
    let file = format!(
        "inline; filename=\"{}-{seq}.{}\"",
        visit.draft,
        format.extension()
    );
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, format.write(&page)))
}
