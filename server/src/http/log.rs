//! The log as it is kept, to be archived or verified elsewhere: one entry a line, for as long as the reader reads.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_util::stream::try_unfold;
use plenary_shared::ids::Seq;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// From where to where.
#[derive(Debug, Deserialize)]
pub(crate) struct Stretch {
    #[serde(default)]
    after: u64,
    until: Option<u64>,
}

/// The bytes of the entries in order: one a line, in base64 (RFC 4648, section 4), as an archive keeps them. A stream: neither
/// side holds more than a page of it. Whose stream breaks goes on with `after`.
///
/// While a vote is open of which it is not to be seen how each has voted, there is none.
#[utoipa::path(get, path = "/drafts/{draft}/log", tag = "record",
    params(("draft" = String, Path),
        ("after" = Option<u64>, Query, description = "The number of the last entry that is known already"),
        ("until" = Option<u64>, Query, description = "The last entry wanted; the last there is if left out")),
    responses((status = 200, body = String, content_type = "text/plain")))]
pub(crate) async fn log(visit: Visit, Query(asked): Query<Stretch>) -> Answer<impl IntoResponse> {
    let present = visit.room.read(|live| live.draft.clone()).await?;
    if !visit.withheld(&present).is_empty() {
        return Err(Failure::new(
            StatusCode::CONFLICT,
            "withheld",
            "It is not to be seen yet how each delegation has voted, so there is no whole record to be handed out.",
            "Ask again when the vote is closed.",
        ));
    }
    // What comes later may be a vote that is to be withheld.
    let until = asked.until.map_or(present.seq, Seq).min(present.seq);
    let lines = try_unfold(
        (visit, Seq(asked.after)),
        move |(visit, after)| async move {
            if after >= until {
                return Ok(None);
            }
            let page = visit.room.page(after, until).await?;
            let Some((last, _)) = page.last() else {
                return Ok(None);
            };
            let last = *last;
            let mut lines = String::new();
            for (_, bytes) in &page {
                BASE64.encode_string(bytes, &mut lines);
                lines.push('\n');
            }
            Ok::<_, RoomError>(Some((Bytes::from(lines), (visit, last))))
        },
    );
    let kind = [(CONTENT_TYPE, "text/plain; charset=us-ascii")];
    Ok((kind, Body::from_stream(lines)))
}
