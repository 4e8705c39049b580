//! Formal acts, submitted.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use plenary_shared::acts::Act;
use plenary_shared::entry::{By, Entry};
use plenary_shared::ids::{DraftId, Hash, SeatId};
use plenary_shared::refusal::Refusal;
use plenary_shared::signing::{SignedAct, Statement};
use plenary_shared::wire::view::{Acknowledged, SigningView};

use crate::App;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::json::Json;
use crate::http::papers::sourced;
use crate::http::visit::Visit;
use crate::limits;

/// Submits an act. It is on disk when the answer comes.
///
/// With an `Idempotency-Key`, a retry of the same act finds the entry that it already made.
#[utoipa::path(post, path = "/drafts/{draft}/acts", tag = "acts", request_body = Act,
    params(("draft" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 201, body = Acknowledged), (status = 200, body = Acknowledged, description = "It had been made before")))]
pub(crate) async fn submit(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Json(act): Json<Act>,
) -> Answer<impl IntoResponse> {
    enter(&app, visit, &headers, act, None).await
}

/// Submits an act that the delegation has signed itself: the five lines, and the signature.
#[utoipa::path(post, path = "/drafts/{draft}/signed-acts", tag = "acts", request_body = SignedAct,
    params(("draft" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "At most 128 printable ASCII characters")),
    responses((status = 201, body = Acknowledged), (status = 200, body = Acknowledged, description = "It had been made before")))]
pub(crate) async fn submit_signed(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Json(signed): Json<SignedAct>,
) -> Answer<impl IntoResponse> {
    let statement: Statement = signed.statement.parse()?;
    enter(&app, visit, &headers, statement.act, Some(signed)).await
}

/// What whoever signs an act needs to know: which of the delegation's keys hold, and what the last act is.
#[utoipa::path(get, path = "/drafts/{draft}/signing", tag = "acts", params(("draft" = String, Path)),
    responses((status = 200, body = SigningView)))]
pub(crate) async fn signing(visit: Visit) -> Answer<Json<SigningView>> {
    let delegation = visit.caller.by().delegation().cloned();
    let signing = visit.room.read(|live| live.draft.signing.clone()).await?;
    let answers = signing.latest().ok_or_else(Refusal::not_convened)?;
    let keys = delegation.as_ref().and_then(|d| signing.keys.get(d));
    let keys = keys.cloned().unwrap_or_default().into_iter().collect();
    Ok(Json(SigningView {
        draft: visit.draft,
        delegation,
        answers,
        keys,
    }))
}

async fn enter(
    app: &App,
    visit: Visit,
    headers: &HeaderMap,
    act: Act,
    signed: Option<SignedAct>,
) -> Answer<(StatusCode, Json<Acknowledged>)> {
    let by = visit.caller.by();
    if let Some(not_theirs) = not_for(&by, &act) {
        return Err(not_theirs);
    }
    let act = match act {
        Act::Propose(act) => Act::Propose(sourced(app, &visit, act).await?),
        act => act,
    };
    let key = key(headers)?.map(|key| hashed(visit.draft, &by, &key));
    visit.share.act().await;
    let done = match signed {
        Some(signed) => visit.room.act_signed(by, act, signed, key).await?,
        None => visit.room.act(by, act, key).await?,
    };
    let status = if done.repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(done)))
}

/// Acts that this address does not take from this submitter at all; the rules judge the rest.
fn not_for(by: &By, act: &Act) -> Option<Failure> {
    let no = |detail: &str, hint: &str| {
        Some(Failure::new(
            StatusCode::FORBIDDEN,
            "not-entitled",
            detail,
            hint,
        ))
    };
    match (by, act) {
        (_, Act::Convene(_)) => no(
            "A draft is convened once, and this one is.",
            "Ask the secretariat to convene a new draft with POST /api/v1/drafts.",
        ),
        (_, Act::Recover(_)) => no(
            "Only the server itself keeps what was typed into an agreed clause.",
            "Submit a proposal instead.",
        ),
        (
            By::Secretariat,
            Act::Seat(_)
            | Act::Unseat(_)
            | Act::FormGroup(_)
            | Act::SetRule(_)
            | Act::SetMode(_)
            | Act::MarkTranslation(_)
            | Act::Close(_),
        )
        | (By::Seat { .. } | By::Server, _) => None,
        (By::Secretariat, _) => no(
            "The secretariat takes no part in the negotiation itself.",
            "Act with the token of a delegation's seat.",
        ),
    }
}

/// The idempotency key of a request, if it has one.
pub(crate) fn key(headers: &HeaderMap) -> Answer<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .filter(|k| !k.is_empty() && k.len() <= limits::IDEMPOTENCY_KEY)
        .filter(|k| k.bytes().all(|b| matches!(b, b' '..=b'~')))
        .map(|k| Some(k.to_owned()))
        .ok_or_else(|| {
            Failure::malformed_field("the Idempotency-Key has 1 to 128 printable ASCII characters")
        })
}

/// The key as the log keeps it. The secretariat, which has no seat, has keys of its own all the same.
pub(crate) fn hashed(draft: DraftId, by: &By, key: &str) -> Hash {
    match by {
        By::Seat { seat, .. } => Entry::key(draft, seat, key),
        By::Secretariat | By::Server => {
            let seat: SeatId = "secretariat".parse().expect("a plain word is a seat id");
            Entry::key(draft, &seat, key)
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[track_caller]
    fn check(value: &'static [u8], taken: bool) {
        let mut headers = HeaderMap::new();
        headers.insert("idempotency-key", HeaderValue::from_bytes(value).unwrap());
        assert_eq!(key(&headers).is_ok(), taken, "{value:?}");
    }

    #[test]
    fn a_key_is_short_printable_ascii() {
        check(b"2026-03-04 retry", true);
        check(&[b'a'; 128], true);
        check(&[b'a'; 129], false);
        check(b"", false);
        check(b"tab\there", false);
        check("é".as_bytes(), false);
        assert_eq!(key(&HeaderMap::new()), Ok(None));
    }

    #[test]
    fn the_secretariat_does_not_negotiate() {
        let reopen: Act =
            serde_json::from_str(r#"{"reopen": {"clause": "op-1", "reason": "x"}}"#).unwrap();
        let close: Act = serde_json::from_str(r#"{"close": {}}"#).unwrap();
        assert_eq!(
            not_for(&By::Secretariat, &reopen).unwrap().code,
            "not-entitled"
        );
        assert_eq!(not_for(&By::Secretariat, &close), None);
    }
}
