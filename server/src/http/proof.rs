//! Proof of the record: signed checkpoints, and that an entry, or an earlier record, is in a later one. Only hashes: of
//! what a visitor may not see yet there is nothing in them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use plenary_shared::ids::Seq;
use plenary_shared::proof::{Key, Signed};
use plenary_shared::wire::proof::{
    Checkpoints, ConsistencyProof, InclusionProof, NewCosignature, ServerKey,
};
use serde::Deserialize;

use crate::App;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;

/// Of which record.
#[derive(Debug, Deserialize)]
pub(crate) struct Whole {
    size: Option<u64>,
}

/// Which entry, of which record.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    seq: Seq,
    size: Option<u64>,
}

/// From which record to which.
#[derive(Debug, Deserialize)]
pub(crate) struct Growth {
    from: u64,
    size: Option<u64>,
}

/// The key with which this server signs its checkpoints. Clients keep it, and notice another.
#[utoipa::path(get, path = "/key", tag = "server", responses((status = 200, body = ServerKey)), security(()))]
pub(crate) async fn key(State(app): State<App>) -> Json<ServerKey> {
    let key = app.notary.key().to_string();
    Json(ServerKey { key })
}

/// What the record is, signed: a C2SP `tlog-checkpoint`.
#[utoipa::path(get, path = "/drafts/{draft}/checkpoint", tag = "record",
    params(("draft" = String, Path),
        ("size" = Option<u64>, Query, description = "The first so many entries; all if left out")),
    responses((status = 200, body = String, content_type = "text/plain")))]
pub(crate) async fn checkpoint(
    State(app): State<App>,
    visit: Visit,
    Query(which): Query<Whole>,
) -> Answer<impl IntoResponse> {
    let size = size(&visit, which.size).await?;
    let signed = app.notary.checkpoint(visit.draft, size).await?;
    let kind = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((kind, signed.note.to_string()))
}

/// The checkpoints that are kept: of each sealed version, of the adoption, and of every thousandth entry.
#[utoipa::path(get, path = "/drafts/{draft}/checkpoints", tag = "record", params(("draft" = String, Path)),
    responses((status = 200, body = Checkpoints)))]
pub(crate) async fn checkpoints(State(app): State<App>, visit: Visit) -> Answer<Json<Checkpoints>> {
    let items = app.notary.kept(visit.draft).await?;
    Ok(Json(Checkpoints { items }))
}

/// Keeps a witness's signature of a checkpoint that is this server's; of each delegation that brings one, the last. Whoever
/// asks for the checkpoint, or packs it into an archive, gets it too.
#[utoipa::path(post, path = "/drafts/{draft}/cosignatures", tag = "record", params(("draft" = String, Path)),
    request_body = NewCosignature, responses((status = 200, body = Checkpoints)))]
pub(crate) async fn cosign(
    State(app): State<App>,
    visit: Visit,
    Json(new): Json<NewCosignature>,
) -> Answer<Json<Checkpoints>> {
    let key: Key = new.key.parse().map_err(Failure::malformed_field)?;
    let shown: Signed = new.checkpoint.parse().map_err(Failure::malformed_field)?;
    let by = visit.caller.by();
    let by = by.delegation().ok_or_else(|| {
        Failure::new(
            StatusCode::FORBIDDEN,
            "not-entitled",
            "The secretariat is no witness: it runs the server.",
            "Let a delegation, or the archivist, bring the witness's signature.",
        )
    })?;
    size(&visit, Some(shown.checkpoint.size)).await?;
    let kept = app.notary.cosigned(visit.draft, by, &shown, &key).await?;
    let kept = kept.map_err(|why| {
        Failure::new(
            StatusCode::CONFLICT,
            "not-cosigned",
            format!("The signature is not kept: {why}."),
            "Cosign the checkpoint as this server shows it, with `plenary witness`.",
        )
    })?;
    let items = vec![kept.note.to_string()];
    Ok(Json(Checkpoints { items }))
}

/// That an entry is in the record.
#[utoipa::path(get, path = "/drafts/{draft}/proof/inclusion", tag = "record",
    params(("draft" = String, Path), ("seq" = u64, Query, description = "The entry"),
        ("size" = Option<u64>, Query, description = "Among the first so many; all if left out")),
    responses((status = 200, body = InclusionProof)))]
pub(crate) async fn inclusion(
    State(app): State<App>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Answer<Json<InclusionProof>> {
    let size = size(&visit, which.size).await?;
    let proof = app.notary.inclusion(visit.draft, which.seq, size).await?;
    let mut path = proof.ok_or_else(|| beyond(which.seq.0, size))?;
    let root = path.pop();
    let (Some(root), false) = (root, path.is_empty()) else {
        return Err(Failure::internal("a proof holds the entry and the whole"));
    };
    let leaf = path.remove(0);
    Ok(Json(InclusionProof {
        seq: which.seq,
        size,
        leaf,
        path,
        root,
    }))
}

/// That an earlier record is the beginning of a later one.
#[utoipa::path(get, path = "/drafts/{draft}/proof/consistency", tag = "record",
    params(("draft" = String, Path), ("from" = u64, Query, description = "Entries of the earlier one"),
        ("size" = Option<u64>, Query, description = "Entries of the later one; all if left out")),
    responses((status = 200, body = ConsistencyProof)))]
pub(crate) async fn consistency(
    State(app): State<App>,
    visit: Visit,
    Query(growth): Query<Growth>,
) -> Answer<Json<ConsistencyProof>> {
    let size = size(&visit, growth.size).await?;
    let path = app
        .notary
        .consistency(visit.draft, growth.from, size)
        .await?;
    let path = path.ok_or_else(|| beyond(growth.from, size))?;
    Ok(Json(ConsistencyProof {
        from: growth.from,
        size,
        path,
    }))
}

/// How many entries: as many as asked for, or all that can be read.
async fn size(visit: &Visit, asked: Option<u64>) -> Answer<u64> {
    visit.may_compute().await;
    let last = visit.room.read(|live| live.draft.seq.0).await?;
    match asked {
        Some(asked) if asked > last => Err(beyond(asked, last)),
        Some(asked) => Ok(asked),
        None => Ok(last),
    }
}

fn beyond(asked: u64, last: u64) -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        "unknown-moment",
        format!("There is no entry {asked} among the {last} of this record."),
        "List the entries with `plenary log`.",
    )
}
