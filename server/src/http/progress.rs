//! Progress over time.

use plenary_shared::aids::{Per, Progress};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;

/// Which moments.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    per: Per,
}

/// What was agreed and what was open at the end of every day and at every sealed version, and now. Everybody who sits in
/// the draft sees it: it counts clauses, words and brackets, and names no delegation.
#[utoipa::path(get, path = "/drafts/{draft}/progress", tag = "aids",
    params(("draft" = String, Path),
        ("per" = Option<String>, Query, description = "`day` (and every version, if left out) or `version`")),
    responses((status = 200, body = Progress)))]
pub(crate) async fn progress(visit: Visit, Query(which): Query<Which>) -> Answer<Json<Progress>> {
    Ok(Json(visit.room.progress(which.per).await?))
}
