//! A new wording as a whole, from clients that have no replica of the text: on a weak line, in a script.
//!
//! It is the change that a replica of theirs would have made from the words they read: what others have written since is
//! merged with it, and an agreed clause does not change.

use axum::extract::Path;
use axum::http::HeaderMap;
use plenary_shared::draft::{Author, Rewording};
use plenary_shared::entry::{By, Place};
use plenary_shared::ids::{Digest, Language};
use plenary_shared::wire::view::{NewWording, RewordOutcome, Reworded};

use crate::http::Answer;
use crate::http::acts::{hashed, key};
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// A new wording for a clause. It is on disk when the answer comes.
///
/// `base` is the moment at which the words were read that were then edited; what others have written since is merged with
/// it. With an `Idempotency-Key`, a retry finds what was already entered.
#[utoipa::path(put, path = "/drafts/{draft}/clauses/{clause}/text/{language}", operation_id = "reword_clause", tag = "text",
    request_body = NewWording,
    params(("draft" = String, Path), ("clause" = String, Path), ("language" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 200, body = Reworded)))]
pub(crate) async fn clause(
    visit: Visit,
    Path((_, clause, language)): Path<(String, String, String)>,
    headers: HeaderMap,
    Json(new): Json<NewWording>,
) -> Answer<Json<Reworded>> {
    let id = clause.parse().map_err(Failure::malformed_field)?;
    reword(visit, Place::Clause(id), &language, &headers, new).await
}

/// A new wording for a proposal that the caller's delegation sponsors. As for a clause.
#[utoipa::path(put, path = "/drafts/{draft}/proposals/{proposal}/text/{language}", operation_id = "reword_proposal", tag = "text",
    request_body = NewWording,
    params(("draft" = String, Path), ("proposal" = String, Path), ("language" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 200, body = Reworded)))]
pub(crate) async fn proposal(
    visit: Visit,
    Path((_, proposal, language)): Path<(String, String, String)>,
    headers: HeaderMap,
    Json(new): Json<NewWording>,
) -> Answer<Json<Reworded>> {
    let id = proposal.parse().map_err(Failure::malformed_field)?;
    reword(visit, Place::Proposal(id), &language, &headers, new).await
}

async fn reword(
    visit: Visit,
    place: Place,
    language: &str,
    headers: &HeaderMap,
    new: NewWording,
) -> Answer<Json<Reworded>> {
    let by = visit.caller.by();
    let Some(author) = Author::of(&by) else {
        return Err(Failure::secretariat_only_acts());
    };
    let language: Language = language.parse().map_err(Failure::malformed_field)?;
    let wanted = Rewording {
        place,
        language,
        text: new.text.as_str().to_owned(),
        base: new.base,
    };
    // A replica of its own for each: two that come at once are then two writers, as they are in truth.
    let actor = match key(headers)? {
        Some(key) => hashed(visit.draft, &by, &key).0.to_vec(),
        None => fresh()?,
    };
    if new.preview {
        return preview(visit, by, wanted, actor).await;
    }
    visit.share.act().await;
    Ok(Json(visit.room.reword(by, author, wanted, actor).await?))
}

/// How it would come out, worked out on a copy.
async fn preview(
    visit: Visit,
    by: By,
    wanted: Rewording,
    actor: Vec<u8>,
) -> Answer<Json<Reworded>> {
    visit.may_compute().await;
    let record = visit.room.read(|live| live.record.clone()).await?;
    let now = visit.server_time();
    let merged = tokio::task::spawn_blocking(move || {
        record.may_reword(&by, &wanted)?;
        let text = record.text.merged(&wanted, &actor, now).unwrap_or_default();
        let stands = record.text.wording(&wanted.place, &wanted.language);
        let outcome = match (text == wanted.text, stands.as_ref() == Some(&text)) {
            (_, true) => RewordOutcome::Unchanged,
            (true, false) => RewordOutcome::Entered,
            (false, false) => RewordOutcome::Merged,
        };
        Ok::<_, Failure>(Reworded {
            outcome,
            digest: Digest::of(&text),
            text,
            heads: record.text.heads(),
            seq: record.draft.seq,
            proposal: None,
        })
    });
    Ok(Json(merged.await.map_err(|_| RoomError::Gone)??))
}

fn fresh() -> Answer<Vec<u8>> {
    let mut actor = vec![0; 32];
    getrandom::fill(&mut actor).map_err(Failure::internal)?;
    Ok(actor)
}
