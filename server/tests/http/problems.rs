//! What is said of requests that are wrong: always a problem, whatever is wrong.

use axum::body::Body;
use axum::http::Request;
use plenary_server::config::{Config, Size};
use serde_json::json;

use crate::stage::Stage;

async fn raw(stage: &Stage, kind: &str, body: impl Into<Body>) -> (u16, String) {
    let request = Request::post("/api/v1/drafts")
        .header("authorization", format!("Bearer {}", stage.secretariat))
        .header("content-type", kind);
    stage
        .send(request.body(body.into()).unwrap())
        .await
        .problem()
}

#[tokio::test]
async fn bytes_that_are_no_json_are_malformed() {
    let stage = Stage::new().await;
    for bytes in ["", "{", "nonsense", "{\"title\": \"\u{1}\"}"] {
        let problem = raw(&stage, "application/json", bytes).await;
        assert_eq!(problem, (400, "malformed".into()), "{bytes}");
    }
    assert_eq!(raw(&stage, "application/json", vec![0xff; 9]).await.0, 400);
}

#[tokio::test]
async fn json_with_a_wrong_field_is_unprocessable() {
    let stage = Stage::new().await;
    for bytes in [
        "[]",
        "{}",
        r#"{"title": "", "authentic": ["en"]}"#,
        r#"{"title": "x", "authentic": ["en"], "colour": 1}"#,
    ] {
        let problem = raw(&stage, "application/json", bytes).await;
        assert_eq!(problem, (422, "malformed-field".into()), "{bytes}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_that_it_is_json_is_not_read() {
    let stage = Stage::new().await;
    assert_eq!(
        raw(&stage, "text/plain", "{}").await,
        (415, "not-json".into())
    );
    assert_ne!(
        raw(&stage, "application/json; charset=utf-8", "{}").await.0,
        415
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let mut config = Config::for_data("memory");
    config.max_body = Size(1000);
    let stage = Stage::with(config).await;
    let problem = raw(&stage, "application/json", " ".repeat(1001)).await;
    assert_eq!(problem, (413, "too-large".into()));
    assert_eq!(
        raw(&stage, "application/json", " ".repeat(1000)).await.0,
        400
    );
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_are_problems_too() {
    let stage = Stage::new().await;
    for address in [
        "/nowhere",
        "/api/v1/nothing",
        "/api/v2/me",
        "/api/v1/drafts/x/nothing",
    ] {
        assert_eq!(
            stage.get("", address).await.problem(),
            (404, "unknown-address".into()),
            "{address}"
        );
    }
    let reply = stage.ask("", "PUT", "/api/v1/me", None).await;
    assert_eq!(reply.problem(), (405, "method-not-allowed".into()));
    assert!(reply.headers["allow"].to_str().unwrap().contains("GET"));
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_malformed() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    for query in [
        "entries?after=x",
        "entries?limit=-1",
        "proposals?state=some",
        "events?after=x",
    ] {
        let reply = stage
            .get(
                &stage.secretariat,
                &format!("/api/v1/drafts/{draft}/{query}"),
            )
            .await;
        assert_eq!(reply.problem(), (400, "malformed".into()), "{query}");
    }
}

#[tokio::test]
async fn an_idempotency_key_is_short_printable_ascii() {
    let stage = Stage::new().await;
    let long = "k".repeat(129);
    let new = json!({"title": "x", "authentic": ["en"]});
    let sent = [("idempotency-key", long.as_str())];
    let reply = stage
        .ask_with(
            &stage.secretariat,
            "POST",
            "/api/v1/drafts",
            Some(new),
            &sent,
        )
        .await;
    assert_eq!(reply.problem(), (422, "malformed-field".into()));
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_problem_too() {
    let stage = Stage::new().await;
    let reply = stage.get(&stage.secretariat, "/sync").await;
    assert_eq!(reply.problem(), (400, "malformed".into()));
}
