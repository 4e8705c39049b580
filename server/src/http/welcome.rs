//! The page at the root: what this is, for whoever opens the address in a browser.

use axum::response::Html;

/// What this is, in a few lines of plain HTML.
pub(crate) async fn welcome() -> Html<&'static str> {
    Html(include_str!("welcome.html"))
}
