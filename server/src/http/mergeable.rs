//! Proposals that could be one.

use plenary_shared::aids::{Mergeable, mergeable};
use plenary_shared::wire::view::Page;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::page;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// The pairs of live proposals at one place that say the same or nearly the same, with who would have to agree to make
/// them one.
#[utoipa::path(get, path = "/drafts/{draft}/mergeable", operation_id = "mergeable", tag = "aids", params(("draft" = String, Path)),
    responses((status = 200, body = Page<Mergeable>)))]
pub(crate) async fn list(visit: Visit) -> Answer<Json<Page<Mergeable>>> {
    let (draft, manuscript) = visit.now().await?;
    visit.may_compute().await;
    let compared = tokio::task::spawn_blocking(move || mergeable(&draft, &manuscript));
    Ok(Json(page::whole(
        compared.await.map_err(|_| RoomError::Gone)?,
    )))
}
