//! Event streams: nothing missing, nothing twice, and an end when the seat is gone.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use crate::stage::Stage;

/// A reader of a stream, who gives up after some seconds of real time.
struct Reader {
    body: BodyDataStream,
    read: String,
}

impl Reader {
    async fn open(stage: &Stage, token: &str, draft: &str, headers: &[(&str, &str)]) -> Self {
        let mut request = Request::get(format!("/api/v1/drafts/{draft}/events"))
            .header("authorization", format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = stage.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.into_body().into_data_stream();
        let read = String::new();
        Self { body, read }
    }

    /// The next event: its kind and id. None at the end of the stream.
    async fn next(&mut self) -> Option<(String, u64)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|l| l.strip_prefix(name))
                        .map(str::to_owned)
                };
                let found = (field("event: "), field("id: "));
                self.read = rest.to_owned();
                if let (Some(kind), Some(id)) = found {
                    return Some((kind, id.parse().unwrap()));
                }
                continue;
            }
            let more = tokio::time::timeout(Duration::from_secs(10), self.body.next());
            let bytes = more
                .await
                .expect("the stream should go on or end")?
                .unwrap();
            self.read.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

async fn say(stage: &Stage, token: &str, draft: &str, text: &str) {
    let act = json!({"statement": {"text": text}});
    let reply = stage
        .ask(
            token,
            "POST",
            &format!("/api/v1/drafts/{draft}/acts"),
            Some(act),
        )
        .await;
    assert_eq!(reply.status, 201);
}

#[tokio::test]
async fn a_reader_who_comes_back_gets_what_was_missed_and_then_what_happens() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    say(&stage, &token, &draft, "one").await;
    let mut reader = Reader::open(&stage, &token, &draft, &[("last-event-id", "2")]).await;
    assert_eq!(reader.next().await, Some(("entries".into(), 5)));
    for seq in 6..9 {
        say(&stage, &token, &draft, "more").await;
        assert_eq!(reader.next().await, Some(("entries".into(), seq)));
    }
}

#[tokio::test]
async fn a_reader_from_a_future_that_is_not_ours_is_told_to_begin_anew() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let mut reader = Reader::open(&stage, &token, &draft, &[("last-event-id", "99")]).await;
    assert_eq!(reader.next().await, Some(("reset".into(), 4)));
    assert_eq!(reader.next().await, None);
}

#[tokio::test]
async fn a_stream_ends_with_its_seat_and_with_the_server() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (seat, token) = stage.seat(&draft, "AVR", "delegate").await;
    let (_, other) = stage.seat(&draft, "AVR", "observer").await;
    let mut taken_back = Reader::open(&stage, &token, &draft, &[]).await;
    let mut stays = Reader::open(&stage, &other, &draft, &[]).await;
    stage
        .ask(
            &stage.secretariat,
            "DELETE",
            &format!("/api/v1/seats/{seat}"),
            None,
        )
        .await;
    assert_eq!(taken_back.next().await, None);
    stage.app.stop();
    assert_eq!(stays.next().await, None);
}

#[tokio::test]
async fn one_seat_cannot_take_all_the_places() {
    let mut config = plenary_server::config::Config::for_data("memory");
    config.max_streams_per_seat = 1;
    let stage = Stage::with(config).await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let (_, other) = stage.seat(&draft, "AVR", "observer").await;
    let _reader = Reader::open(&stage, &token, &draft, &[]).await;
    let refused = stage
        .get(&token, &format!("/api/v1/drafts/{draft}/events"))
        .await;
    assert_eq!(refused.problem(), (429, "too-many-streams".into()));
    Reader::open(&stage, &other, &draft, &[]).await;
}
