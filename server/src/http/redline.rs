//! What changed between two moments.

use plenary_shared::ids::Language;
use plenary_shared::redline::{Chronicle, Moment, Redline, between, sign};
use plenary_shared::refusal::Refusal;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// From when to when, in which language.
#[derive(Debug, Deserialize)]
pub(crate) struct Between {
    from: String,
    to: Option<String>,
    language: Option<Language>,
    #[serde(default)]
    signed: bool,
}

/// The difference between two moments, clause by clause and word by word.
#[utoipa::path(get, path = "/drafts/{draft}/redline", tag = "text",
    params(("draft" = String, Path),
        ("from" = String, Query, description = "The number of an entry, the name of a version, or a time"),
        ("to" = Option<String>, Query, description = "The same; now if left out"),
        ("language" = Option<String>, Query, description = "The language negotiated in if left out"),
        ("signed" = Option<bool>, Query, description = "Say by whose hand words came and went: that of the delegation \
            whose words they were first, and of the sponsor of the proposal by which they went")),
    responses((status = 200, body = Redline)))]
pub(crate) async fn redline(visit: Visit, Query(asked): Query<Between>) -> Answer<Json<Redline>> {
    let old = visit.past(Some(&asked.from)).await?;
    let new = visit.past(asked.to.as_deref()).await?;
    let language = asked.language.or_else(|| new.draft.negotiated().cloned());
    let language = language.ok_or_else(|| Failure::from(Refusal::not_convened()))?;
    if !new.draft.speaks(&language) {
        return Err(Refusal::unknown_language(&language).into());
    }
    let chronicle = match asked.signed {
        true => {
            let after = Chronicle::after(old.draft.seq);
            let read = visit.room.read_log(new.draft.seq, after, Chronicle::read);
            Some(read.await?)
        }
        false => None,
    };
    // Two long texts that have little in common take a while to compare; not on the network's threads.
    let compared = tokio::task::spawn_blocking(move || {
        let before = Moment::of(&old.draft, &old.manuscript);
        let after = Moment::of(&new.draft, &new.manuscript);
        let mut redline = between(&before, &after, &language);
        if let Some(chronicle) = chronicle {
            let heads = (&old.heads, &new.heads);
            sign(&mut redline, &new.draft, &new.text, heads, &chronicle);
        }
        redline
    });
    Ok(Json(compared.await.map_err(|_| RoomError::Gone)?))
}
