//! Whether the server is up, and whether it can do its work: for supervisors and load balancers.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;

/// How the server is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `up`, or `ready`.
    status: &'static str,
}

/// Whether the server runs. Says nothing of its storage: see `/ready`.
#[utoipa::path(get, path = "/health", tag = "server", responses((status = 200, body = Health)))]
pub(crate) async fn health() -> Json<Health> {
    Json(Health { status: "up" })
}

/// Whether the server can enter something into its storage now.
#[utoipa::path(get, path = "/ready", tag = "server",
    responses((status = 200, body = Health), (status = 503, description = "Not now")))]
pub(crate) async fn ready(State(app): State<App>) -> Answer<Json<Health>> {
    if app.is_stopping() {
        return Err(Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "stopping",
            "The server is stopping.",
            "Try again in a moment.",
        ));
    }
    let pinged = app.storage.ping().await;
    pinged.map_err(|e| Failure {
        status: StatusCode::SERVICE_UNAVAILABLE,
        ..e.into()
    })?;
    Ok(Json(Health { status: "ready" }))
}
