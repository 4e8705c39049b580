//! Who is let in, and by what.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::stage::{Stage, basic};

#[tokio::test]
async fn a_token_is_taken_as_a_bearers_and_as_anybodys_password() {
    let stage = Stage::new().await;
    let token = &stage.secretariat;
    for header in [
        format!("Bearer {token}"),
        format!("bearer {token}"),
        basic("anybody", token),
    ] {
        let sent = [("authorization", header.as_str())];
        let reply = stage.ask_with("", "GET", "/api/v1/me", None, &sent).await;
        assert_eq!(reply.json(), json!({"secretariat": true}), "{header}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_not_let_in_whatever_else_is_sent() {
    let stage = Stage::new().await;
    for header in [
        "Bearer x",
        "Bearer",
        "Basic !!!",
        "Basic eA==",
        "Negotiate x",
    ] {
        let sent = [("authorization", header)];
        let reply = stage.ask_with("", "GET", "/api/v1/me", None, &sent).await;
        assert_eq!(reply.status, 401, "{header}");
        reply.problem();
    }
}

#[tokio::test]
async fn a_session_cookie_stands_for_the_token() {
    let stage = Stage::new().await;
    let opened = stage
        .ask(&stage.secretariat, "POST", "/api/v1/session", None)
        .await;
    assert_eq!(opened.status, 204);
    let cookie = opened.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly; SameSite=Strict") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains(&stage.secretariat));
    let pair = cookie.split(';').next().unwrap().to_owned();
    let with = |origin: Option<&'static str>| {
        let mut headers = vec![("cookie", pair.as_str()), ("host", "plenary.test:80")];
        headers.extend(origin.map(|o| ("origin", o)));
        headers
    };
    let read = stage
        .ask_with(
            "",
            "GET",
            "/api/v1/me",
            None,
            &with(Some("https://evil.test")),
        )
        .await;
    assert_eq!(
        read.status, 200,
        "reading is safe, and the answer is not readable by another site"
    );
    for (origin, status) in [
        (None, 201),
        (Some("http://plenary.test:80"), 201),
        (Some("http://plenary.test"), 201),
        (Some("https://evil.test"), 403),
        (Some("null"), 403),
        (Some("http://plenary.test.evil.test"), 403),
    ] {
        let reply = stage
            .ask_with("", "POST", "/api/v1/tickets", None, &with(origin))
            .await;
        assert_eq!(reply.status, status, "{origin:?}");
    }
    let ended = stage
        .ask_with("", "DELETE", "/api/v1/session", None, &with(None))
        .await;
    assert_eq!(ended.status, 204);
    assert!(
        ended.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    let reply = stage
        .ask_with("", "GET", "/api/v1/me", None, &with(None))
        .await;
    assert_eq!(reply.problem(), (401, "signed-out".into()));
}

#[tokio::test]
async fn a_websocket_is_not_opened_for_another_sites_page() {
    let stage = Stage::new().await;
    let opened = stage
        .ask(&stage.secretariat, "POST", "/api/v1/session", None)
        .await;
    let cookie = opened.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let sent = [
        ("cookie", cookie),
        ("host", "plenary.test"),
        ("origin", "https://evil.test"),
    ];
    let reply = stage.ask_with("", "GET", "/sync", None, &sent).await;
    assert_eq!(reply.problem(), (403, "wrong-origin".into()));
}

#[tokio::test]
async fn a_ticket_opens_nothing_but_a_websocket() {
    let stage = Stage::new().await;
    let reply = stage
        .ask(&stage.secretariat, "POST", "/api/v1/tickets", None)
        .await;
    assert_eq!(reply.status, 201);
    let ticket = reply.json()["ticket"].as_str().unwrap().to_owned();
    let reply = stage.get("", &format!("/api/v1/me?ticket={ticket}")).await;
    assert_eq!(reply.problem(), (401, "no-token".into()));
    let reply = stage.get("", "/sync?ticket=plenary_no").await;
    assert_eq!(reply.problem(), (401, "unknown-ticket".into()));
}

#[tokio::test]
async fn a_seat_that_was_taken_back_is_let_in_no_more() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (seat, token) = stage.seat(&draft, "AVR", "delegate").await;
    let me = stage.get(&token, "/api/v1/me").await.json();
    assert_eq!(me["seat"]["delegation"], "AVR");
    let own = stage.get(&token, "/api/v1/seats").await.json();
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    let address = format!("/api/v1/seats/{seat}");
    let reply = stage.ask(&token, "DELETE", &address, None).await;
    assert_eq!(reply.problem(), (403, "not-entitled".into()));
    assert_eq!(
        stage
            .ask(&stage.secretariat, "DELETE", &address, None)
            .await
            .status,
        204
    );
    assert_eq!(
        stage.get(&token, "/api/v1/me").await.problem(),
        (401, "seat-revoked".into())
    );
    let reply = stage
        .ask(&stage.secretariat, "DELETE", "/api/v1/seats/nobody", None)
        .await;
    assert_eq!(reply.problem(), (404, "unknown-seat".into()));
}

#[tokio::test]
async fn only_the_secretariat_gives_seats_and_only_in_drafts_that_exist() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let new = json!({"delegation": "AVR", "role": "delegate", "drafts": [draft]});
    let reply = stage.ask(&token, "POST", "/api/v1/seats", Some(new)).await;
    assert_eq!(reply.problem(), (403, "not-entitled".into()));
    let reply = stage
        .ask(
            &token,
            "POST",
            "/api/v1/drafts",
            Some(json!({"title": "x", "authentic": ["en"]})),
        )
        .await;
    assert_eq!(reply.problem(), (403, "not-entitled".into()));
    let nowhere = json!({"delegation": "AVR", "role": "delegate", "drafts": ["46fVPwLSQPDDDYRiKqzZzBrsREfP"]});
    let reply = stage
        .ask(&stage.secretariat, "POST", "/api/v1/seats", Some(nowhere))
        .await;
    reply.problem();
    let for_ever = json!({"delegation": "AVR", "role": "delegate", "drafts": [draft], "expires_in": 999_999_999_999_u64});
    let reply = stage
        .ask(&stage.secretariat, "POST", "/api/v1/seats", Some(for_ever))
        .await;
    assert_eq!(reply.problem().0, 422);
}

#[tokio::test]
async fn a_cookie_among_others_is_found() {
    let stage = Stage::new().await;
    let opened = stage
        .ask(&stage.secretariat, "POST", "/api/v1/session", None)
        .await;
    let cookie = opened.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let request = Request::get("/api/v1/me").header("cookie", format!("a=b; {cookie}; c=d"));
    assert_eq!(
        stage
            .send(request.body(Body::empty()).unwrap())
            .await
            .status,
        200
    );
}
