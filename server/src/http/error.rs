//! Every answer that is not what was asked for: RFC 9457 problem details, whoever's fault it is.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plenary_shared::refusal::{Refusal, Told};
use plenary_shared::wire::view::Problem;
use tracing::{error, info};

use crate::identity::{IdentityError, NotAuthenticated};
use crate::room::RoomError;
use crate::storage::StorageError;

/// The codes of whatever is no [`Refusal`]: the request, the seat, the server itself.
pub const CODES: &[&str] = &[
    "busy",
    "changes-of-one-text",
    "disk-full",
    "draft-damaged",
    "internal",
    "key-reused",
    "malformed",
    "malformed-field",
    "malformed-lifetime",
    "malformed-markdown",
    "method-not-allowed",
    "no-font",
    "no-press",
    "no-table",
    "no-token",
    "not-adopted",
    "not-cosigned",
    "not-json",
    "only-to-read",
    "press-busy",
    "seat-expired",
    "seat-revoked",
    "signed-out",
    "stopping",
    "storage-failed",
    "too-long",
    "too-many-connections",
    "too-many-drafts",
    "too-many-streams",
    "too-slow",
    "unknown-address",
    "unknown-delegation",
    "unknown-draft",
    "unknown-format",
    "unknown-seat",
    "unknown-ticket",
    "unknown-token",
    "withheld",
    "wrong-origin",
];

/// Every code of an answer that says no, in order.
pub fn codes() -> impl Iterator<Item = &'static str> {
    let refusals = plenary_shared::refusal::CODES.iter();
    let all = refusals.map(|(code, _)| *code).chain(CODES.iter().copied());
    all.collect::<BTreeSet<_>>().into_iter()
}

/// An answer that says no: a status, a stable code, a sentence, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable, for programs.
    pub code: &'static str,
    /// What is the matter, as one sentence.
    pub detail: String,
    /// What to do next, as one sentence.
    pub hint: String,
    /// What a refusal speaks of, by name.
    pub about: BTreeMap<String, Told>,
}

impl Failure {
    /// A failure in full.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (detail, hint) = (detail.into(), hint.into());
        debug_assert!(codes().any(|c| c == code), "{code} is not among the codes");
        Self {
            status,
            code,
            detail,
            hint,
            about: BTreeMap::new(),
        }
    }

    /// No such draft, or none that the caller may know of: the two answers are the same to the last byte.
    pub fn unknown_draft() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown-draft",
            "There is no such draft, or you have no seat in it.",
            "Check the draft's id, or ask the secretariat for an invitation.",
        )
    }

    /// Nothing under that address.
    pub fn unknown_address() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown-address",
            "There is nothing at this address.",
            "The addresses are listed in /api/v1/openapi.json.",
        )
    }

    /// Nobody has said who they are.
    pub fn no_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "no-token",
            "This needs a token, and the request has none.",
            "Send the token of your invitation as `Authorization: Bearer TOKEN`.",
        )
    }

    /// Only the secretariat does this.
    pub fn secretariat_only(what: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-entitled",
            format!("Your seat may not {what}."),
            "Ask the secretariat to do it.",
        )
    }

    /// The secretariat writes no words.
    pub fn secretariat_only_acts() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-entitled",
            "The secretariat takes no part in the negotiation itself.",
            "Write with the token of a delegation's seat.",
        )
    }

    /// The bytes are not what they should be.
    pub fn malformed(why: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            format!("The request cannot be read: {why}."),
            "Compare it with /api/v1/openapi.json.",
        )
    }

    /// The bytes can be read, but a field is not what it should be.
    pub fn malformed_field(why: impl std::fmt::Display) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: "malformed-field",
            ..Self::malformed(why)
        }
    }

    /// Something inside failed. What, is in the log and nowhere else.
    pub fn internal(why: impl std::fmt::Display) -> Self {
        error!("a request failed for a reason inside the server: {why}");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed inside the server.",
            "Try again; if it stays so, ask the operator to look into the server's log.",
        )
    }

    /// The body of the answer.
    pub fn problem(&self) -> Problem {
        Problem {
            r#type: "about:blank".into(),
            title: self.status.canonical_reason().unwrap_or("Error").into(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            code: self.code.into(),
            hint: self.hint.clone(),
            about: self.about.clone(),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.detail, self.hint)
    }
}

impl std::error::Error for Failure {}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // A problem is texts and a number: nothing that JSON cannot write.
        let body = serde_json::to_vec(&self.problem()).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(CONTENT_TYPE, json)], body).into_response();
        let headers = response.headers_mut();
        match self.status {
            StatusCode::UNAUTHORIZED => {
                // Not Basic, though it is understood: browsers would open a window to ask for it.
                headers.insert(
                    WWW_AUTHENTICATE,
                    HeaderValue::from_static("Bearer realm=\"plenary\""),
                );
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::INSUFFICIENT_STORAGE => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

/// The status that goes with a refusal's code.
fn status_of(code: &str) -> StatusCode {
    match code {
        "not-entitled" | "not-seated" | "not-of-party" | "role-not-covered" => {
            StatusCode::FORBIDDEN
        }
        _ if code.starts_with("unknown-") => StatusCode::NOT_FOUND,
        _ if code.starts_with("malformed") => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        info!(code = refusal.code, "refused: {}", refusal.code);
        let status = status_of(refusal.code);
        debug_assert!(refusal.is_whole(), "{refusal:?} does not tell all");
        let about = refusal.about.into_iter();
        Self {
            about: about.map(|(name, told)| (name.to_owned(), told)).collect(),
            ..Self::new(status, refusal.code, refusal.sentence, refusal.hint)
        }
    }
}

impl From<RoomError> for Failure {
    fn from(e: RoomError) -> Self {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        match e {
            RoomError::Unknown => Self::unknown_draft(),
            RoomError::Refused(refusal) => refusal.into(),
            RoomError::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "key-reused",
                "This idempotency key was used before, with another act.",
                "Send a new key with a new act, and the old key only with the old act.",
            ),
            RoomError::Damaged(corrupt) => Self::new(
                StatusCode::CONFLICT,
                "draft-damaged",
                format!(
                    "The record of this draft is damaged and therefore closed for writing: {corrupt}."
                ),
                "Ask the operator to restore the record from a backup.",
            ),
            RoomError::Storage(e) => e.into(),
            RoomError::Busy => Self::new(
                unavailable,
                "busy",
                "Too much is waiting to be entered into this draft.",
                "Try again in a moment, with the same idempotency key.",
            ),
            RoomError::Gone => Self::new(
                unavailable,
                "stopping",
                "The server is stopping, or this draft is being opened anew.",
                "Try again in a moment, with the same idempotency key.",
            ),
        }
    }
}

impl From<NotAuthenticated> for Failure {
    fn from(e: NotAuthenticated) -> Self {
        let (detail, hint) = sentences(&e.to_string());
        Self::new(StatusCode::UNAUTHORIZED, e.code(), detail, hint)
    }
}

impl From<IdentityError> for Failure {
    fn from(e: IdentityError) -> Self {
        let (detail, hint) = sentences(&e.to_string());
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match e {
            IdentityError::Life => Self::new(unprocessable, "malformed-lifetime", detail, hint),
            IdentityError::TooManyDrafts => {
                Self::new(unprocessable, "too-many-drafts", detail, hint)
            }
            IdentityError::TooManyPapers(_) => {
                Self::new(StatusCode::CONFLICT, "limit-reached", detail, hint)
            }
            IdentityError::NoSuchSeat(_) => {
                Self::new(StatusCode::NOT_FOUND, "unknown-seat", detail, hint)
            }
            IdentityError::Storage(e) => e.into(),
            IdentityError::Unreadable { .. } => Self::internal(e),
        }
    }
}

/// An error of the form "what is the matter: what to do", as two sentences.
fn sentences(error: &str) -> (String, String) {
    let sentence = |s: &str| {
        let mut rest = s.chars();
        let first = rest.next().map(|c| c.to_uppercase().to_string());
        format!("{}{}.", first.unwrap_or_default(), rest.as_str())
    };
    let (what, to_do) = error.rsplit_once(": ").unwrap_or((error, "try again"));
    (sentence(what), sentence(to_do))
}

impl From<StorageError> for Failure {
    fn from(e: StorageError) -> Self {
        // The operator hears of it where it happens.
        info!("refused, because of the storage: {e}");
        if e == StorageError::Full {
            return Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "disk-full",
                "The server's disk is full, and nothing was entered.",
                "Try again with the same idempotency key when the operator has made room; all that was entered can be read.",
            );
        }
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage-failed",
            "The server cannot reach its storage; whether this was entered is not known.",
            "Try again with the same idempotency key; if it stays so, tell the operator.",
        )
    }
}

impl From<PathRejection> for Failure {
    fn from(_: PathRejection) -> Self {
        Self::unknown_address()
    }
}

impl From<QueryRejection> for Failure {
    fn from(e: QueryRejection) -> Self {
        Self::malformed(e.body_text())
    }
}

impl From<BytesRejection> for Failure {
    fn from(e: BytesRejection) -> Self {
        if e.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "The request is larger than this server takes.",
                "Send less at once, or ask the operator to raise --max-body.",
            );
        }
        Self::malformed(e.body_text())
    }
}

/// The answer to an address that is none.
pub(crate) async fn unknown_address() -> Failure {
    Failure::unknown_address()
}

/// The answer to a method that an address does not have.
pub(crate) async fn unknown_method() -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "This address does not take this method.",
        "The methods of each address are listed in /api/v1/openapi.json.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &'static str, status: u16) {
        assert_eq!(status_of(code).as_u16(), status, "{code}");
    }

    #[test]
    fn a_refusals_code_decides_its_status() {
        check("stale-text", 409);
        check("not-entitled", 403);
        check("not-seated", 403);
        check("role-not-covered", 403);
        check("unknown-clause", 404);
        check("malformed-wording", 422);
    }

    #[test]
    fn what_a_refusal_speaks_of_is_in_the_problem() {
        let clause = "op-1".parse().unwrap();
        let json = serde_json::to_value(Failure::from(Refusal::clause_agreed(&clause)).problem());
        assert_eq!(json.unwrap()["about"]["clause"], "op-1");
    }

    #[test]
    fn a_problem_says_what_is_the_matter_and_what_to_do() {
        let problem = Failure::no_token().problem();
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["type"], "about:blank");
        assert_eq!(json["title"], "Unauthorized");
        assert_eq!(json["status"], 401);
        assert_eq!(json["code"], "no-token");
        assert!(json["detail"].as_str().unwrap().ends_with('.'));
        assert!(json["hint"].as_str().unwrap().ends_with('.'));
    }

    #[test]
    fn what_failed_inside_stays_inside() {
        let failure = Failure::from(StorageError::Failed("/secret/path".into()));
        assert!(!format!("{:?}", failure.problem()).contains("secret"));
    }
}
