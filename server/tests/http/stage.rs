//! A server without a network: requests go straight to its router.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use axum::http::{HeaderName, Request, StatusCode};
use plenary_server::clock::SetClock;
use plenary_server::config::Config;
use plenary_server::storage::Memory;
use plenary_server::{App, router};
use plenary_shared::time::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub(crate) const NOON: Timestamp = Timestamp(1_772_452_800_000);

/// A server, and the secretariat's token.
pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) router: Router,
    /// What the server takes for the time.
    pub(crate) clock: Arc<SetClock>,
    pub(crate) secretariat: String,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| {
            panic!("{e} in {}", String::from_utf8_lossy(&self.body));
        })
    }

    /// What was made.
    #[track_caller]
    pub(crate) fn created(&self) -> Value {
        assert_eq!(self.status, 201, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// Status and code of a problem, after a look at its shape.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.headers[CONTENT_TYPE], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        for field in ["type", "title", "detail", "hint"] {
            assert!(
                problem[field].as_str().is_some_and(|s| !s.is_empty()),
                "{problem}"
            );
        }
        (
            self.status.as_u16(),
            problem["code"].as_str().unwrap().to_owned(),
        )
    }
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(Config::for_data("memory")).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let clock = Arc::new(SetClock::at(NOON));
        let base = "http://plenary.test".parse().unwrap();
        let app = App::open(config, base, Arc::new(Memory::default()), clock.clone());
        let app = app.await.unwrap();
        let token = app.identity.first_start().await.unwrap().unwrap();
        Self {
            router: router::router(app.clone()),
            app,
            clock,
            secretariat: token.reveal().to_owned(),
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let (status, headers) = (parts.status, parts.headers);
        Reply {
            status,
            headers,
            body: body.to_vec(),
        }
    }

    /// A request with a token ("" is none).
    pub(crate) async fn ask(
        &self,
        token: &str,
        method: &str,
        address: &str,
        body: Option<Value>,
    ) -> Reply {
        self.ask_with(token, method, address, body, &[]).await
    }

    pub(crate) async fn ask_with(
        &self,
        token: &str,
        method: &str,
        address: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(address);
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            request = request.header(name, *value);
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, token: &str, address: &str) -> Reply {
        self.ask(token, "GET", address, None).await
    }

    /// Convenes a draft with Averland as delegate and a chair; its id.
    pub(crate) async fn draft(&self) -> String {
        let new = json!({
            "title": "A draft", "authentic": ["en"],
            "seats": [
                {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
                {"delegation": "AVR", "name": "Averland"},
            ],
            "groups": [{"group": "ALL", "name": "Everybody", "members": ["AVR"]}],
        });
        self.convene(new).await
    }

    /// Convenes a draft; its id.
    pub(crate) async fn convene(&self, new: Value) -> String {
        let reply = self
            .ask(&self.secretariat, "POST", "/api/v1/drafts", Some(new))
            .await;
        reply.created()["id"].as_str().unwrap().to_owned()
    }

    /// Submits an act; how it was entered.
    pub(crate) async fn act(&self, token: &str, draft: &str, act: Value) -> Value {
        let address = format!("/api/v1/drafts/{draft}/acts");
        self.ask(token, "POST", &address, Some(act)).await.created()
    }

    /// A seat in the draft: its id and its token.
    pub(crate) async fn seat(&self, draft: &str, delegation: &str, role: &str) -> (String, String) {
        let new = json!({"delegation": delegation, "role": role, "drafts": [draft]});
        let reply = self
            .ask(&self.secretariat, "POST", "/api/v1/seats", Some(new))
            .await;
        let invitation = reply.created();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        assert_eq!(
            text(&invitation["link"]),
            format!("http://plenary.test/#token={}", text(&invitation["token"]))
        );
        (
            text(&invitation["seat"]["seat"]),
            text(&invitation["token"]),
        )
    }
}

/// The two ways to say a token's holder in one header.
pub(crate) fn basic(user: &str, token: &str) -> String {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{token}"));
    format!("Basic {pair}")
}
