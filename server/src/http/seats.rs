//! Seats: invitations given, listed and taken back by the secretariat.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use plenary_shared::ids::SeatId;
use plenary_shared::wire::view::{Invitation, NewSeat, Page, SeatView};

use crate::App;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::page;
use crate::identity::Caller;

/// Invites a person to a seat. The answer is the only time the token is shown.
#[utoipa::path(post, path = "/seats", tag = "seats", request_body = NewSeat,
    responses((status = 201, body = Invitation)))]
pub(crate) async fn invite(
    State(app): State<App>,
    caller: Caller,
    Json(seat): Json<NewSeat>,
) -> Answer<impl IntoResponse> {
    if !caller.is_secretariat() {
        return Err(Failure::secretariat_only("give out seats"));
    }
    for draft in &seat.drafts {
        if app.identity.admitted(&caller, *draft).is_none() {
            return Err(Failure::unknown_draft());
        }
        app.rooms.room(*draft).await?;
    }
    Ok((StatusCode::CREATED, Json(app.invite(seat).await?)))
}

/// The seats: all of them for the secretariat, for anybody else the own one.
#[utoipa::path(get, path = "/seats", operation_id = "seats", tag = "seats", responses((status = 200, body = Page<SeatView>)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Json<Page<SeatView>> {
    let seats = match caller.seat() {
        Some(own) => vec![own.clone()],
        None => app.identity.seats(),
    };
    Json(page::whole(seats))
}

/// Takes a seat back: its token is good for nothing from now on, and its live connections end.
#[utoipa::path(delete, path = "/seats/{seat}", tag = "seats", params(("seat" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    Path(seat): Path<String>,
) -> Answer<StatusCode> {
    if !caller.is_secretariat() {
        return Err(Failure::secretariat_only("take seats back"));
    }
    let seat: SeatId = seat.parse().map_err(Failure::malformed_field)?;
    app.identity.revoke(&seat).await?;
    Ok(StatusCode::NO_CONTENT)
}
