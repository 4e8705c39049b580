//! The rules in force, in words.

use plenary_shared::aids::Procedure;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::visit::Visit;

/// The rules of procedure that hold in the draft now, and what the caller may do under them, as sentences.
#[utoipa::path(get, path = "/drafts/{draft}/procedure", tag = "aids", params(("draft" = String, Path)),
    responses((status = 200, body = Procedure)))]
pub(crate) async fn procedure(visit: Visit) -> Answer<Json<Procedure>> {
    let (draft, _) = visit.now().await?;
    Ok(Json(Procedure::of(&draft, &visit.caller.by())))
}
