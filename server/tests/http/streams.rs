//! Event streams: nothing missing, nothing twice, and an end when the seat is gone.

use std::io::Write as _;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderValue, Request};
use flate2::write::GzDecoder;
use futures_util::{FutureExt as _, StreamExt as _};
use plenary_server::congestion::Congestion;
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::stage::Stage;

/// A reader of a stream, who gives up after some seconds of real time.
struct Reader {
    body: BodyDataStream,
    /// If it comes in gzip.
    gunzip: Option<GzDecoder<Vec<u8>>>,
    read: String,
}

impl Reader {
    async fn open(stage: &Stage, token: &str, draft: &str, headers: &[(&str, &str)]) -> Self {
        Self::on(&Congestion::default(), stage, token, draft, headers).await
    }

    /// On a line that may be full.
    async fn on(
        line: &Congestion,
        stage: &Stage,
        token: &str,
        draft: &str,
        headers: &[(&str, &str)],
    ) -> Self {
        let mut request = Request::get(format!("/api/v1/drafts/{draft}/events"))
            .header("authorization", format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(line.clone());
        let response = stage.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let packed = response.headers().get("content-encoding");
        let takes = headers.iter().any(|(name, _)| *name == "accept-encoding");
        assert_eq!(
            packed.map(HeaderValue::as_bytes),
            takes.then_some(&b"gzip"[..])
        );
        Self {
            body: response.into_body().into_data_stream(),
            gunzip: takes.then(|| GzDecoder::new(Vec::new())),
            read: String::new(),
        }
    }

    /// The next event: its kind and id. None at the end of the stream.
    async fn next(&mut self) -> Option<(String, u64)> {
        self.next_with_entries()
            .await
            .map(|(kind, id, _)| (kind, id))
    }

    /// The next event with the numbers of the entries that it tells of.
    async fn next_with_entries(&mut self) -> Option<(String, u64, Vec<u64>)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|l| l.strip_prefix(name))
                        .map(str::to_owned)
                };
                let found = (field("event: "), field("id: "));
                let data = field("data: ");
                self.read = rest.to_owned();
                if let (Some(kind), Some(id)) = found {
                    let data: Value = serde_json::from_str(&data.unwrap()).unwrap();
                    let entries = data["entries"].as_array().into_iter().flatten();
                    let entries = entries.map(|e| e["seq"].as_u64().unwrap()).collect();
                    return Some((kind, id.parse().unwrap(), entries));
                }
                continue;
            }
            let more = tokio::time::timeout(Duration::from_secs(10), self.body.next());
            let bytes = more
                .await
                .expect("the stream should go on or end")?
                .unwrap();
            let mut lines = bytes.to_vec();
            if let Some(gunzip) = &mut self.gunzip {
                gunzip.write_all(&bytes).unwrap();
                gunzip.flush().unwrap();
                lines = std::mem::take(gunzip.get_mut());
            }
            self.read.push_str(std::str::from_utf8(&lines).unwrap());
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
async fn what_happens_while_a_line_is_full_comes_in_one_event() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let line = Congestion::default();
    let mut reader = Reader::on(&line, &stage, &token, &draft, &[("last-event-id", "3")]).await;
    assert_eq!(reader.next().await, Some(("entries".into(), 4)));
    line.note(true);
    let mut waits = Box::pin(reader.next_with_entries());
    assert!(waits.as_mut().now_or_never().is_none());
    for _ in 0..3 {
        say(&stage, &token, &draft, "more").await;
    }
    assert!(waits.as_mut().now_or_never().is_none());
    line.note(false);
    assert_eq!(waits.await, Some(("entries".into(), 7, vec![5, 6, 7])));
    say(&stage, &token, &draft, "and more").await;
    assert_eq!(reader.next().await, Some(("entries".into(), 8)));
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
async fn a_reader_on_a_weak_line_gets_one_event_for_all_that_it_lacks() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let mut reader = Reader::open(&stage, &token, &draft, &[]).await;
    for n in 5..=60 {
        say(&stage, &token, &draft, &format!("statement {n}")).await;
    }
    let (kind, id, entries) = reader.next_with_entries().await.unwrap();
    assert_eq!((kind.as_str(), id), ("entries", 60));
    assert_eq!(entries, (5..=60).collect::<Vec<_>>());
    say(&stage, &token, &draft, "the last").await;
    assert_eq!(reader.next().await, Some(("entries".into(), 61)));
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whenever_a_reader_comes_it_misses_nothing_and_hears_nothing_twice() {
    const LAST: u64 = 124;
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let written = watch::Sender::new(4);
    let writing = async {
        for n in 5..=LAST {
            say(&stage, &token, &draft, &format!("statement {n}")).await;
            written.send_replace(n);
        }
    };
    let reading = async {
        // Each comes a little later than the one before, in the midst of the writing.
        let readers = (0..20_u64).map(|n| {
            let known = n % 5;
            let (stage, token, draft) = (&stage, &token, &draft);
            let mut written = written.subscribe();
            async move {
                written.wait_for(|w| *w >= 4 + 5 * n).await.unwrap();
                let id = known.to_string();
                // Every other one takes gzip, which begins for each in another place.
                let both = [
                    ("last-event-id", id.as_str()),
                    ("accept-encoding", "gzip, br"),
                ];
                let headers = &both[..1 + usize::from(n % 2 == 1)];
                let mut reader = Reader::open(stage, token, draft, headers).await;
                let mut heard = Vec::new();
                while heard.last() != Some(&LAST) {
                    let (kind, id, entries) = reader.next_with_entries().await.unwrap();
                    assert_eq!((kind.as_str(), entries.last()), ("entries", Some(&id)));
                    heard.extend(entries);
                }
                assert_eq!(heard, (known + 1..=LAST).collect::<Vec<_>>());
            }
        });
        futures_util::future::join_all(readers).await;
    };
    tokio::join!(writing, reading);
}
