//! The text, now or at an earlier moment.

use plenary_shared::status;
use plenary_shared::wire::view::TextView;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;

/// Which moment.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    at: Option<String>,
}

/// The text with numbers and, if it is the present one, statuses.
#[utoipa::path(get, path = "/drafts/{draft}/text", tag = "text",
    params(("draft" = String, Path), ("at" = Option<String>, Query, description = "The number of an entry or the name of a version; now if left out")),
    responses((status = 200, body = TextView)))]
pub(crate) async fn text(visit: Visit, Query(which): Query<Which>) -> Answer<Json<TextView>> {
    let past = visit.past(which.at.as_deref()).await?;
    let view = status::text_view(&past.draft, &past.manuscript, past.heads);
    Ok(Json(view))
}
