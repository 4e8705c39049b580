//! Sealed versions, and statements for the record.

use plenary_shared::wire::view::{Statements, Versions};

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::visit::Visit;

/// The sealed versions, oldest first.
#[utoipa::path(get, path = "/drafts/{draft}/versions", tag = "record", params(("draft" = String, Path)),
    responses((status = 200, body = Versions)))]
pub(crate) async fn versions(visit: Visit) -> Answer<Json<Versions>> {
    let items = visit.room.read(|live| live.draft.versions.clone()).await?;
    let items = items.into_iter().collect();
    Ok(Json(Versions { items }))
}

/// The statements for the record, oldest first.
#[utoipa::path(get, path = "/drafts/{draft}/statements", tag = "record", params(("draft" = String, Path)),
    responses((status = 200, body = Statements)))]
pub(crate) async fn statements(visit: Visit) -> Answer<Json<Statements>> {
    let items = visit
        .room
        .read(|live| live.draft.statements.clone())
        .await?;
    let items = items.into_iter().collect();
    Ok(Json(Statements { items }))
}
