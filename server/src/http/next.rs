//! What to do next, for whoever asks.

use axum::extract::State;
use plenary_shared::aids::{Audience, Next};

use crate::App;
use crate::http::Answer;
use crate::http::json::Json;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// What is ripe, who is awaited, where opposition concentrates, and the next steps in words. The facilitator and the
/// secretariat are told of all delegations, a delegation of what concerns it, observers and archivists of clauses only.
#[utoipa::path(get, path = "/drafts/{draft}/next", tag = "aids", params(("draft" = String, Path)),
    responses((status = 200, body = Next)))]
pub(crate) async fn next(State(app): State<App>, visit: Visit) -> Answer<Json<Next>> {
    visit.may_compute().await;
    let (draft, manuscript) = visit.now().await?;
    let audience = Audience::of(&draft, &visit.caller.by());
    let now = app.clock.now();
    let computed =
        tokio::task::spawn_blocking(move || Next::of(&draft, &manuscript, &audience, now));
    Ok(Json(computed.await.map_err(|_| RoomError::Gone)?))
}
