//! The list of addresses: what is documented is there, and what is there is documented.

use serde_json::Value;

use crate::stage::Stage;

/// Every address of the API with its methods. To add one, add it here, at its handler and in `router.rs`.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("/health", &["get"]),
    ("/ready", &["get"]),
    ("/api/v1/key", &["get"]),
    ("/api/v1/me", &["get"]),
    ("/api/v1/session", &["post", "delete"]),
    ("/api/v1/tickets", &["post"]),
    ("/api/v1/drafts", &["get", "post"]),
    ("/api/v1/drafts/{draft}", &["get"]),
    ("/api/v1/drafts/{draft}/redline", &["get"]),
    ("/api/v1/drafts/{draft}/roster", &["get"]),
    ("/api/v1/drafts/{draft}/acts", &["post"]),
    ("/api/v1/drafts/{draft}/signed-acts", &["post"]),
    ("/api/v1/drafts/{draft}/signing", &["get"]),
    ("/api/v1/drafts/{draft}/screen", &["get"]),
    ("/api/v1/drafts/{draft}/checkpoint", &["get"]),
    ("/api/v1/drafts/{draft}/checkpoints", &["get"]),
    ("/api/v1/drafts/{draft}/log", &["get"]),
    ("/api/v1/drafts/{draft}/cosignatures", &["post"]),
    ("/api/v1/drafts/{draft}/rolling", &["get"]),
    ("/api/v1/drafts/{draft}/text", &["get"]),
    ("/api/v1/drafts/{draft}/status", &["get"]),
    ("/api/v1/drafts/{draft}/clauses/{clause}", &["get"]),
    ("/api/v1/drafts/{draft}/clauses/{clause}/blame", &["get"]),
    (
        "/api/v1/drafts/{draft}/clauses/{clause}/text/{language}",
        &["put"],
    ),
    (
        "/api/v1/drafts/{draft}/proposals/{proposal}/text/{language}",
        &["put"],
    ),
    ("/api/v1/drafts/{draft}/ledger", &["get"]),
    ("/api/v1/drafts/{draft}/matrix", &["get"]),
    ("/api/v1/drafts/{draft}/pointer", &["get", "put"]),
    ("/api/v1/drafts/{draft}/mergeable", &["get"]),
    ("/api/v1/drafts/{draft}/next", &["get"]),
    ("/api/v1/drafts/{draft}/papers", &["post"]),
    ("/api/v1/drafts/{draft}/procedure", &["get"]),
    ("/api/v1/drafts/{draft}/progress", &["get"]),
    ("/api/v1/drafts/{draft}/proof/inclusion", &["get"]),
    ("/api/v1/drafts/{draft}/proof/consistency", &["get"]),
    ("/api/v1/drafts/{draft}/proposals", &["get"]),
    ("/api/v1/drafts/{draft}/silences", &["get"]),
    ("/api/v1/drafts/{draft}/silences/{silence}/letter", &["get"]),
    ("/api/v1/drafts/{draft}/statements", &["get"]),
    ("/api/v1/drafts/{draft}/entries", &["get"]),
    ("/api/v1/drafts/{draft}/versions", &["get"]),
    ("/api/v1/drafts/{draft}/export/{format}", &["get"]),
    ("/api/v1/drafts/{draft}/events", &["get"]),
    ("/api/v1/seats", &["get", "post"]),
    ("/api/v1/seats/{seat}", &["delete"]),
];

#[tokio::test]
async fn the_description_lists_every_address_and_no_other() {
    let stage = Stage::new().await;
    let described = stage.get("", "/api/v1/openapi.json").await.json();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut expected: Vec<(String, Vec<String>)> = ADDRESSES
        .iter()
        .map(|(a, m)| ((*a).to_owned(), m.iter().map(|m| (*m).to_owned()).collect()))
        .collect();
    let mut found: Vec<(String, Vec<String>)> = described["paths"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(a, m)| (a.clone(), m.as_object().unwrap().keys().cloned().collect()))
        .collect();
    for (_, methods) in expected.iter_mut().chain(&mut found) {
        methods.sort();
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn no_two_operations_have_one_name() {
    let stage = Stage::new().await;
    let described = stage.get("", "/api/v1/openapi.json").await.json();
    let paths = described["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|methods| methods.as_object().unwrap().values());
    let mut names: Vec<_> = operations.map(|o| o["operationId"].to_string()).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    let stage = Stage::new().await;
    let described = stage.get("", "/api/v1/openapi.json").await.json();
    let mut references = Vec::new();
    collect(&described, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(
            described.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get("$ref") {
                references.push(to.clone());
            }
            fields.values().for_each(|v| collect(v, references));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, references)),
        _ => {}
    }
}

#[tokio::test]
async fn every_address_of_the_api_asks_who_is_there() {
    let stage = Stage::new().await;
    for (address, methods) in ADDRESSES {
        // The public key is for everybody: who has no seat here verifies with it too.
        if !address.starts_with("/api/") || *address == "/api/v1/key" {
            continue;
        }
        let draft = "46fVPwLSQPDDDYRiKqzZzBrsREfP";
        let address = address
            .replace("{draft}", draft)
            .replace("{clause}", "op-1")
            .replace("{silence}", "s1")
            .replace("{format}", "markdown")
            .replace("{seat}", "s1");
        for method in *methods {
            if (address.as_str(), *method) == ("/api/v1/session", "delete") {
                continue;
            }
            let reply = stage.ask("", &method.to_uppercase(), &address, None).await;
            assert_eq!(
                reply.problem(),
                (401, "no-token".into()),
                "{method} {address}"
            );
            assert_eq!(
                reply.headers["www-authenticate"],
                "Bearer realm=\"plenary\""
            );
        }
    }
}

#[tokio::test]
async fn the_server_says_that_it_is_up_and_ready() {
    let stage = Stage::new().await;
    assert_eq!(stage.get("", "/health").await.json()["status"], "up");
    assert_eq!(stage.get("", "/ready").await.json()["status"], "ready");
    stage.app.stop();
    assert_eq!(
        stage.get("", "/ready").await.problem(),
        (503, "stopping".into())
    );
    assert_eq!(stage.get("", "/health").await.status, 200);
}

#[tokio::test]
async fn the_root_is_a_page_that_says_what_this_is() {
    let reply = Stage::new().await.get("", "/").await;
    assert_eq!(reply.headers["content-type"], "text/html; charset=utf-8");
    let page = String::from_utf8(reply.body).unwrap();
    assert!(page.contains("/api/v1/openapi.json") && page.contains("invitation link"));
}

#[tokio::test]
async fn browsers_are_told_to_run_nothing_and_keep_nothing() {
    let stage = Stage::new().await;
    for address in ["/", "/api/v1/me", "/nowhere", "/health"] {
        let headers = stage.get("", address).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'"), "{address}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
    }
}
