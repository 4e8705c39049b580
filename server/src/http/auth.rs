//! Who asks: a token, a session cookie or, for a websocket, a ticket becomes a [`Caller`].
//!
//! A cookie is sent by browsers whoever made them send it. So a request that changes something, or opens a websocket,
//! counts by its cookie only if it comes from a page of this very server.

use axum::extract::{FromRef, FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderMap, ORIGIN};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cookie::Cookie;
use serde::Deserialize;

use crate::App;
use crate::http::error::Failure;
use crate::identity::Caller;

/// The name of the session cookie.
pub const SESSION: &str = "plenary_session";

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    App: FromRef<S>,
{
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let app = App::from_ref(state);
        if let Some(token) = token(&parts.headers) {
            return Ok(app.identity.authenticate(&token, app.clock.now())?);
        }
        let session = session(&parts.headers).ok_or_else(Failure::no_token)?;
        if !parts.method.is_safe() {
            from_our_own_page(&app, parts)?;
        }
        Ok(app.identity.signed_in(&session, app.clock.now())?)
    }
}

/// The caller of a websocket: as everywhere else, or by a ticket in the address.
#[derive(Debug, Clone)]
pub struct WebsocketCaller(pub Caller);

#[derive(Deserialize)]
struct WithTicket {
    ticket: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for WebsocketCaller
where
    App: FromRef<S>,
{
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let app = App::from_ref(state);
        if let Ok(Query(WithTicket {
            ticket: Some(ticket),
        })) = Query::try_from_uri(&parts.uri)
        {
            return Ok(Self(app.identity.redeem(&ticket, app.clock.now())?));
        }
        if token(&parts.headers).is_none() && session(&parts.headers).is_some() {
            from_our_own_page(&app, parts)?;
        }
        Caller::from_request_parts(parts, state).await.map(Self)
    }
}

/// The token of the `Authorization` header: as a bearer's, or as the password of anybody.
pub(crate) fn token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let pair = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
        return Some(pair.split_once(':')?.1.to_owned());
    }
    None
}

/// The session's secret, from the cookie.
pub(crate) fn session(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|c| c.name() == SESSION)
        .map(|c| c.value().to_owned())
}

/// Whether the `Origin`, if there is one, is this server: by the name it was asked by, or by its base address.
pub(crate) fn from_our_own_page(app: &App, parts: &Parts) -> Result<(), Failure> {
    let Some(origin) = parts.headers.get(ORIGIN) else {
        return Ok(());
    };
    let host = parts.headers.get(HOST).and_then(|h| h.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(|a| a.as_str()));
    let ours = origin.to_str().is_ok_and(|origin| {
        let of_host = origin.split_once("://").map(|(_, authority)| authority);
        let same_host = of_host
            .zip(host)
            .is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        same_host || origin.eq_ignore_ascii_case(app.base_url.origin())
    });
    if ours {
        return Ok(());
    }
    Err(Failure::new(
        StatusCode::FORBIDDEN,
        "wrong-origin",
        "A page of another site has sent this request.",
        "Use the page of this server, or send the token in `Authorization`.",
    ))
}
