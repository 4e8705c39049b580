//! How the draft stands: the whole of it, or one clause.

use std::sync::Arc;

use axum::extract::Path;
use plenary_shared::ids::ClauseId;
use plenary_shared::refusal::Refusal;
use plenary_shared::wire::view::{ClauseView, StatusView};

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::visit::Visit;

/// Every clause with its status and why, the live proposals, and the counts that negotiators use.
#[utoipa::path(get, path = "/drafts/{draft}/status", tag = "text", params(("draft" = String, Path)),
    responses((status = 200, body = StatusView)))]
pub(crate) async fn whole(visit: Visit) -> Answer<Json<StatusView>> {
    Ok(Json(visit.board().await?.view()))
}

/// One clause: its status and why, who stands where, what is proposed.
#[utoipa::path(get, path = "/drafts/{draft}/clauses/{clause}", tag = "text",
    params(("draft" = String, Path), ("clause" = String, Path)),
    responses((status = 200, body = ClauseView)))]
pub(crate) async fn clause(
    visit: Visit,
    Path((_, clause)): Path<(String, String)>,
) -> Answer<Json<Arc<ClauseView>>> {
    let clause: ClauseId = clause.parse().map_err(Failure::malformed_field)?;
    let board = visit.board().await?;
    let view = board.clause(&clause).map(|view| Json(Arc::clone(view)));
    view.ok_or_else(|| Refusal::unknown_clause(&clause).into())
}
