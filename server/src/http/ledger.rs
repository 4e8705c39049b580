//! The ledger of merged proposals.

use plenary_shared::status;
use plenary_shared::wire::view::{MergeView, Page};

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::page;
use crate::http::visit::Visit;

/// Which proposals were made part of others, whose they were, why, and who is still to join; oldest first.
#[utoipa::path(get, path = "/drafts/{draft}/ledger", operation_id = "ledger", tag = "acts", params(("draft" = String, Path)),
    responses((status = 200, body = Page<MergeView>)))]
pub(crate) async fn list(visit: Visit) -> Answer<Json<Page<MergeView>>> {
    let (draft, _) = visit.now().await?;
    Ok(Json(page::whole(status::ledger(&draft))))
}
