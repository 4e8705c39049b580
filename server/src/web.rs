//! The pages that people open in a browser. Their first view is written here, complete and readable without a script; the
//! web client (`web/`) then takes over in place.
//!
//! To add a page of a draft: write `web/src/pages/<name>.ts`. It is served at `/d/{draft}/<name>`, without another line
//! here, around the same [`Screen`](plenary_shared::wire::view::Screen) that the draft's page begins with.

use axum::Router;
use axum::routing::get;

use crate::App;

mod assets;
mod clause;
mod convene;
mod draft;
mod home;
mod pages;
mod reader;
mod refused;
mod shell;
mod status;
mod words;

pub(crate) use assets::build;

/// The addresses of the pages, and of what they are made of.
pub(crate) fn pages() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/convene", get(convene::convene))
        .route("/d/{draft}", get(draft::draft))
        .route("/d/{draft}/{page}", get(draft::other))
        .route("/assets/{*path}", get(assets::asset))
        .route("/sw.js", get(assets::worker))
        .route("/icon.svg", get(assets::icon))
}
