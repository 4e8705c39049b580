//! Who one is, and the two things one gets for a token: a session cookie for browsers, a ticket for a websocket.

use axum::extract::State;
use axum::http::header::{HeaderMap, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use cookie::{Cookie, SameSite};
use plenary_shared::wire::view::{Me, Ticket};

use crate::App;
use crate::http::Answer;
use crate::http::auth::{self, SESSION};
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::identity::Caller;

/// Who the caller is.
#[utoipa::path(get, path = "/me", tag = "identity", responses((status = 200, body = Me)))]
pub(crate) async fn me(caller: Caller) -> Json<Me> {
    Json(caller.me())
}

/// Trades the token in `Authorization` for a session cookie, which scripts in a page cannot read.
#[utoipa::path(post, path = "/session", tag = "identity",
    responses((status = 204, description = "The cookie is in Set-Cookie")))]
pub(crate) async fn open(State(app): State<App>, headers: HeaderMap) -> Answer<impl IntoResponse> {
    let token = auth::token(&headers).ok_or_else(Failure::no_token)?;
    let now = app.clock.now();
    let caller = app.identity.authenticate(&token, now)?;
    let (cookie, expires) = app.identity.sign_in(&caller, now).await?;
    let seconds = (expires.0 - now.0) / 1000;
    Ok((
        StatusCode::NO_CONTENT,
        set_cookie(&app, cookie.reveal(), seconds)?,
    ))
}

/// Ends the session of the cookie, if there is one, and takes the cookie away.
#[utoipa::path(delete, path = "/session", tag = "identity", responses((status = 204)))]
pub(crate) async fn close(State(app): State<App>, parts: Parts) -> Answer<impl IntoResponse> {
    auth::from_our_own_page(&app, &parts)?;
    if let Some(cookie) = auth::session(&parts.headers) {
        app.identity.sign_out(&cookie).await?;
    }
    Ok((StatusCode::NO_CONTENT, set_cookie(&app, "", 0)?))
}

/// A ticket for one websocket: for clients that can send no headers with it.
#[utoipa::path(post, path = "/tickets", tag = "identity", responses((status = 201, body = Ticket)))]
pub(crate) async fn ticket(State(app): State<App>, caller: Caller) -> impl IntoResponse {
    let ticket = app.identity.ticket(&caller, app.clock.now());
    (StatusCode::CREATED, Json(ticket))
}

/// A head that sets the cookie for that many seconds; with none, takes it away.
fn set_cookie(app: &App, value: &str, seconds: i64) -> Answer<[(HeaderName, HeaderValue); 1]> {
    let cookie = Cookie::build((SESSION, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.base_url.is_secure())
        .max_age(cookie::time::Duration::seconds(seconds));
    let value = HeaderValue::from_str(&cookie.build().to_string()).map_err(Failure::internal)?;
    Ok([(SET_COOKIE, value)])
}
