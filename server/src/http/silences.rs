//! The silence procedures, and the letter that tells how one came out.

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use plenary_shared::ids::SilenceId;
use plenary_shared::letter;
use plenary_shared::status;
use plenary_shared::wire::view::{Page, SilenceView};

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::page;
use crate::http::visit::Visit;

/// The silence procedures, running and past, with what has become of each clause in them; oldest first.
#[utoipa::path(get, path = "/drafts/{draft}/silences", operation_id = "silences", tag = "acts", params(("draft" = String, Path)),
    responses((status = 200, body = Page<SilenceView>)))]
pub(crate) async fn list(visit: Visit) -> Answer<Json<Page<SilenceView>>> {
    let (draft, _) = visit.now().await?;
    Ok(Json(page::whole(status::silences(&draft))))
}

/// The outcome letter of a silence procedure, as Markdown that reads as plain text: what was circulated, who broke it and
/// why, what is agreed, and when. Refused with `silence-running` while nothing has come of it.
#[utoipa::path(get, path = "/drafts/{draft}/silences/{silence}/letter", tag = "text",
    params(("draft" = String, Path), ("silence" = String, Path)),
    responses((status = 200, body = String, content_type = "text/markdown")))]
pub(crate) async fn letter(
    visit: Visit,
    Path((_, silence)): Path<(String, String)>,
) -> Answer<impl IntoResponse> {
    let silence: SilenceId = silence.parse().map_err(Failure::malformed_field)?;
    let (draft, manuscript) = visit.now().await?;
    let letter = letter::of_silence(&draft, &manuscript, &silence)?;
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], letter))
}
