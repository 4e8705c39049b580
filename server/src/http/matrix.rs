//! The matrix: where every delegation stands on every clause.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use plenary_shared::aids::{Audience, Matrix};
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::room::RoomError;

/// In which form.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    format: Option<Form>,
}

/// The forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    Json,
    Csv,
}

/// Clauses by delegations, as JSON or as CSV for spreadsheets. The facilitator and the secretariat see the sums of every
/// delegation, a delegation its own, observers and archivists none.
#[utoipa::path(get, path = "/drafts/{draft}/matrix", tag = "aids",
    params(("draft" = String, Path),
        ("format" = Option<String>, Query, description = "`json` or `csv`; left out, as `Accept` says, or else JSON")),
    responses((status = 200, content((Matrix = "application/json"), (String = "text/csv")))))]
pub(crate) async fn matrix(
    visit: Visit,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (draft, manuscript) = visit.now().await?;
    let audience = Audience::of(&draft, &visit.caller.by());
    // Three hundred clauses by two hundred delegations take a while; not on the network's threads.
    visit.may_compute().await;
    let computed = tokio::task::spawn_blocking(move || Matrix::of(&draft, &manuscript, &audience));
    let matrix = computed.await.map_err(|_| RoomError::Gone)?;
    let mut response = match which.format.unwrap_or_else(|| accepted(&headers)) {
        Form::Json => Json(matrix).into_response(),
        Form::Csv => {
            let file = format!(
                "attachment; filename=\"{}-{}-matrix.csv\"",
                matrix.draft, matrix.seq
            );
            let csv = written(&matrix).map_err(Failure::internal)?;
            let kind = "text/csv; charset=utf-8; header=present".to_owned();
            ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, file)], csv).into_response()
        }
    };
    response.headers_mut().append(VARY, ACCEPT.into());
    Ok(response)
}

/// The first of the two that the client names.
fn accepted(headers: &HeaderMap) -> Form {
    let accept = headers.get_all(ACCEPT).iter();
    let kinds = accept
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','));
    for kind in kinds {
        match kind.split(';').next().unwrap_or_default().trim() {
            "text/csv" => return Form::Csv,
            "application/json" => return Form::Json,
            _ => {}
        }
    }
    Form::Json
}

fn written(matrix: &Matrix) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in matrix.table() {
        writer.write_record(&line).map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}
