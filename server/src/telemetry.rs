//! What the server says of itself: the subscriber, and one span for each request.
//!
//! Never logged: the words of a draft, tokens, tickets, cookies. That is why a span names the pattern of an address and
//! not the address: a ticket stands in its query.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Context as _;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, debug, info_span};
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts logging to standard error.
///
/// # Errors
/// A sentence, if the filter is none.
pub fn start(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)
        .with_context(|| format!("`{filter}` is no filter for the log: try `info`"))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    }
    .map_err(|e| anyhow::anyhow!("logging cannot be started: {e}"))
}

/// One span a request, and one line when it is answered.
pub async fn span(request: Request, next: Next) -> Response {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    let id = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let address = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(unknown)", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let span = info_span!("request", request.id = id, %method, address);
    async move {
        let began = Instant::now();
        let response = next.run(request).await;
        let status = response.status().as_u16();
        let duration_ms = began.elapsed().as_secs_f64() * 1000.0;
        debug!(
            status,
            duration_ms, "answered {method} {address} with {status}"
        );
        response
    }
    .instrument(span)
    .await
}
