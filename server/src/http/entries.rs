//! The record itself: the entries of the log, with their bytes for whoever verifies them.

use plenary_shared::ids::Seq;
use plenary_shared::wire::view::{EntryView, Page};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::json::Json;
use crate::http::page::size;
use crate::http::query::Query;
use crate::http::visit::{Bytes, Visit};

/// Which entries.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
    #[serde(default)]
    bytes: bool,
}

/// The entries in order. A vote that is not to be seen yet comes without its act and its bytes; its hash is there.
#[utoipa::path(get, path = "/drafts/{draft}/entries", operation_id = "entries", tag = "record",
    params(("draft" = String, Path),
        ("after" = Option<u64>, Query, description = "The number of the last entry that is known already"),
        ("limit" = Option<usize>, Query, description = "At most 500, 100 if left out"),
        ("bytes" = Option<bool>, Query, description = "With the entries' own bytes, in hexadecimal")),
    responses((status = 200, body = Page<EntryView>)))]
pub(crate) async fn list(
    visit: Visit,
    Query(which): Query<Which>,
) -> Answer<Json<Page<EntryView>>> {
    let limit = size(which.limit);
    let bytes = if which.bytes {
        Bytes::Shown
    } else {
        Bytes::LeftOut
    };
    let (views, last) = visit.entries(Seq(which.after), limit, bytes).await?;
    // A page of large entries is shorter than asked for: whether there is a next one is not told by its length.
    let shown = views.last().map(|v: &EntryView| v.seq);
    let next = shown.filter(|shown| *shown < last).map(|shown| {
        let (id, bytes) = (visit.draft, which.bytes);
        format!("/api/v1/drafts/{id}/entries?after={shown}&limit={limit}&bytes={bytes}")
    });
    Ok(Json(Page { items: views, next }))
}
