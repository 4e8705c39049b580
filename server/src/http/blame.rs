//! Whose each word of a clause is.

use axum::extract::Path;
use plenary_shared::blame::{self, Blame, Ways};
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::numbering;
use plenary_shared::refusal::Refusal;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// Which wording.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    at: Option<String>,
    language: Option<Language>,
}

/// For each word of a clause, the delegation that wrote it, when, and by which road it came: typed, or through a proposal
/// that was taken in or recovered.
#[utoipa::path(get, path = "/drafts/{draft}/clauses/{clause}/blame", operation_id = "blame", tag = "text",
    params(("draft" = String, Path), ("clause" = String, Path),
        ("at" = Option<String>, Query, description = "The number of an entry or the name of a version; now if left out"),
        ("language" = Option<String>, Query, description = "The language negotiated in if left out")),
    responses((status = 200, body = Blame)))]
pub(crate) async fn clause(
    visit: Visit,
    Path((_, clause)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer<Json<Blame>> {
    let clause: ClauseId = clause.parse().map_err(Failure::malformed_field)?;
    let past = visit.past(which.at.as_deref()).await?;
    let language = which.language.or_else(|| past.draft.negotiated().cloned());
    let language = language.ok_or_else(|| Failure::from(Refusal::not_convened()))?;
    if !past.draft.speaks(&language) {
        return Err(Refusal::unknown_language(&language).into());
    }
    if !past.manuscript.clauses.contains_key(&clause) {
        return Err(Refusal::unknown_clause(&clause).into());
    }
    let ways = visit
        .room
        .read_log(past.draft.seq, Ways::default(), Ways::read);
    let ways = ways.await?;
    // Not on the network's threads: every wording on the road is read.
    let told = tokio::task::spawn_blocking(move || {
        let blame = blame::of(&clause, &language, &past.text, &past.heads, &ways);
        // No words in that language: nobody's.
        let mut blame = blame.unwrap_or_else(|| Blame::of_nothing(&clause, &language));
        let mut labels = numbering::labels(&past.draft, &past.manuscript);
        blame.label = labels.remove(&clause).filter(|l| !l.is_empty());
        blame
    });
    Ok(Json(told.await.map_err(|_| RoomError::Gone)?))
}
