//! All addresses on one screen.

use std::panic::AssertUnwindSafe;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::FutureExt as _;
use tower_http::compression::CompressionLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::http::error::codes;
use crate::http::error::{Failure, unknown_address, unknown_method};
use crate::http::{
    acts, blame, drafts, entries, events, export, health, ledger, log, matrix, mergeable, next,
    papers, pointer, procedure, progress, proof, proposals, redline, screen, seats, session,
    silences, status, text, versions, wording,
};
use crate::telemetry;
use crate::web;

/// The API as its description begins; the addresses are added by their handlers.
#[derive(OpenApi)]
#[openapi(
    info(title = "Plenary", description = "Multilateral drafting: words merge, acts are ordered. Errors are problem \
        details (RFC 9457) with a stable `code`."),
    components(schemas(plenary_shared::wire::view::Problem)),
    modifiers(&Codes),
    security(("token" = []))
)]
struct Api;

/// Says which codes a problem can have: whoever phrases them in another language knows when one is missing.
struct Codes;

impl Modify for Codes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let schemas = api.components.as_mut().map(|c| &mut c.schemas);
        let problem = schemas.and_then(|s| s.get_mut("Problem"));
        let Some(RefOr::T(Schema::Object(problem))) = problem else {
            return;
        };
        if let Some(RefOr::T(Schema::Object(code))) = problem.properties.get_mut("code") {
            code.enum_values = Some(codes().map(Into::into).collect());
        }
    }
}

fn described() -> OpenApiRouter<App> {
    let api = OpenApiRouter::new()
        .routes(routes!(session::me))
        .routes(routes!(session::open, session::close))
        .routes(routes!(session::ticket))
        .routes(routes!(drafts::convene, drafts::list))
        .routes(routes!(drafts::one))
        .routes(routes!(drafts::roster))
        .routes(routes!(papers::begin))
        .routes(routes!(acts::submit))
        .routes(routes!(acts::submit_signed))
        .routes(routes!(acts::signing))
        .routes(routes!(screen::screen))
        .routes(routes!(screen::rolling))
        .routes(routes!(text::text))
        .routes(routes!(wording::clause))
        .routes(routes!(wording::proposal))
        .routes(routes!(status::whole))
        .routes(routes!(status::clause))
        .routes(routes!(blame::clause))
        .routes(routes!(silences::list))
        .routes(routes!(silences::letter))
        .routes(routes!(matrix::matrix))
        .routes(routes!(pointer::pointer, pointer::point))
        .routes(routes!(mergeable::list))
        .routes(routes!(ledger::list))
        .routes(routes!(next::next))
        .routes(routes!(procedure::procedure))
        .routes(routes!(progress::progress))
        .routes(routes!(proposals::list))
        .routes(routes!(versions::statements))
        .routes(routes!(entries::list))
        .routes(routes!(log::log))
        .routes(routes!(proof::key))
        .routes(routes!(proof::checkpoint))
        .routes(routes!(proof::checkpoints))
        .routes(routes!(proof::cosign))
        .routes(routes!(proof::inclusion))
        .routes(routes!(proof::consistency))
        .routes(routes!(versions::versions))
        .routes(routes!(export::export))
        .routes(routes!(redline::redline))
        .routes(routes!(events::events))
        .routes(routes!(seats::invite, seats::list))
        .routes(routes!(seats::revoke));
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .nest("/api/v1", api)
}

/// The description of the API, as served at `/api/v1/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut api = described().into_openapi();
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    api.components
        .get_or_insert_default()
        .security_schemes
        .insert("token".into(), token.into());
    api
}

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let (router, _) = described().split_for_parts();
    let api = openapi();
    router
        .merge(web::pages())
        .route("/sync", get(crate::socket::sync))
        .route("/api/v1/openapi.json", get(|| async move { Json(api) }))
        .fallback(unknown_address)
        .method_not_allowed_fallback(unknown_method)
        .layer(DefaultBodyLimit::max(app.config.max_body.0))
        .layer(from_fn_with_state(app.clone(), only_reading))
        .layer(from_fn_with_state(app.clone(), in_time))
        .layer(from_fn(problems_only))
        // On a line of 64 kbit/s the status of a long draft takes eight seconds as it is, and one compressed. Event
        // streams stay as they are: what is compressed waits for more.
        .layer(CompressionLayer::new())
        .layer(from_fn(guarded))
        .layer(from_fn(telemetry::span))
        .with_state(app)
}

/// Where an archive is shown, whoever has the link comes in, and nothing else is done.
async fn only_reading(State(app): State<App>, request: Request, next: Next) -> Response {
    let signs_in = request.uri().path() == "/api/v1/session";
    if app.only_read && !request.method().is_safe() && !signs_in {
        return Failure::new(
            StatusCode::FORBIDDEN,
            "only-to-read",
            "This is an archive: it can be read, and nothing is entered.",
            "To go on with the draft, the operator restores it into a server: `plenary-server restore FILE --data DIR`.",
        )
        .into_response();
    }
    next.run(request).await
}

/// An answer, or a problem, before the client has waited too long. A stream has begun in time when its head is sent.
async fn in_time(State(app): State<App>, request: Request, next: Next) -> Response {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(app.config.request_timeout.0, answer).await {
        Ok(Ok(answer)) => answer,
        // Nothing of the request is used any more: drafts are with their rooms, which have not panicked.
        Ok(Err(_)) => Failure::internal("a handler panicked").into_response(),
        Err(_) => Failure::new(
            StatusCode::REQUEST_TIMEOUT,
            "too-slow",
            "The request was not complete, or not answered, in time.",
            "Try again with the same idempotency key.",
        )
        .into_response(),
    }
}

/// Errors that the framework words itself, in the API's form.
async fn problems_only(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let worded = kind.is_some_and(|kind| {
        kind == "application/problem+json" || kind.as_bytes().starts_with(b"text/html")
    });
    if worded || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut failure =
        Failure::malformed(status.canonical_reason().unwrap_or("it is not understood"));
    failure.status = status;
    let mut problem = failure.into_response();
    let headers = response.headers().iter();
    for (name, value) in
        headers.filter(|(name, _)| !matches!(**name, CONTENT_TYPE | CONTENT_LENGTH))
    {
        problem.headers_mut().insert(name, value.clone());
    }
    problem
}

/// What browsers are told: to run nothing, show it in no frame, keep no copy and guess no types.
async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A page that was open while the server was replaced learns of it by any answer.
    if let Ok(build) = HeaderValue::from_str(web::build()) {
        headers.insert(HeaderName::from_static("plenary-build"), build);
    }
    for (name, value) in [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        // A handler that knows better has said so.
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
