//! Where the chair points: what the projector shows to the room.

use axum::http::StatusCode;
use plenary_shared::aids::Audience;
use plenary_shared::refusal::Refusal;
use plenary_shared::wire::view::Pointer;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::visit::Visit;

/// The clause that the chair points at. News of it comes on the event stream as `event: pointer`, without an id: it is in no
/// record.
#[utoipa::path(get, path = "/drafts/{draft}/pointer", operation_id = "pointer", tag = "aids",
    params(("draft" = String, Path)),
    responses((status = 200, body = Pointer)))]
pub(crate) async fn pointer(visit: Visit) -> Json<Pointer> {
    Json(visit.room.pointer())
}

/// Points at a clause, or at none. The facilitator and the secretariat do.
#[utoipa::path(put, path = "/drafts/{draft}/pointer", tag = "aids", params(("draft" = String, Path)),
    request_body = Pointer, responses((status = 204)))]
pub(crate) async fn point(
    visit: Visit,
    Json(Pointer { clause }): Json<Pointer>,
) -> Answer<StatusCode> {
    let (draft, _) = visit.now().await?;
    if Audience::of(&draft, &visit.caller.by()) != Audience::Chair {
        return Err(Failure::new(
            StatusCode::FORBIDDEN,
            "not-entitled",
            "Your seat may not point at a clause for the room.",
            "Ask the facilitator to show it on the projector.",
        ));
    }
    if let Some(clause) = &clause
        && !draft.clauses.contains_key(clause)
    {
        return Err(Refusal::unknown_clause(clause).into());
    }
    visit.room.point(clause)?;
    Ok(StatusCode::NO_CONTENT)
}
