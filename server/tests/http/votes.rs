//! Votes that are not to be seen yet: whatever a reader asks, it is not told how others voted, and later it all fits.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_util::StreamExt as _;
use plenary_shared::entry::Entry;
use plenary_shared::time::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::stage::{NOON, Stage};

/// `against` as it stands in the bytes of an entry.
const AGAINST_IN_HEX: &str = "616761696e7374";

struct Voting {
    stage: Stage,
    draft: String,
    chair: String,
    avr: String,
    mrd: String,
    obs: String,
}

impl Voting {
    /// A clause is put to a vote whose choices are seen at the close.
    async fn new() -> Self {
        Self::under("at-close", None).await
    }

    /// The same, seen when the rule says so, and with an end if it has to have one.
    async fn under(shown: &str, until: Option<&str>) -> Self {
        let stage = Stage::new().await;
        let seat = |code: &str, role: &str, entitled: bool| json!({"delegation": code, "name": code, "role": role, "entitled": entitled});
        let new = json!({
            "title": "A draft", "authentic": ["en"], "rule": {"show_votes": shown},
            "markdown": "# Fund {#t}\n\n1. Decides to establish a fund; {#op-1}\n",
            "seats": [
                seat("CHAIR", "facilitator", false), seat("AVR", "delegate", true),
                seat("MRD", "delegate", true), seat("OBS", "observer", false),
            ],
        });
        let draft = stage.convene(new).await;
        let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
        let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
        let (_, mrd) = stage.seat(&draft, "MRD", "delegate").await;
        let (_, obs) = stage.seat(&draft, "OBS", "observer").await;
        let voting = Self {
            stage,
            draft,
            chair,
            avr,
            mrd,
            obs,
        };
        let mut open = json!({"open_vote": {"on": {"clause": "op-1"}}});
        if let Some(until) = until {
            open["open_vote"]["until"] = json!(until);
        }
        voting.does(&voting.chair, open).await;
        voting
    }

    async fn does(&self, token: &str, act: Value) -> Value {
        self.stage.act(token, &self.draft, act).await
    }

    async fn reads(&self, token: &str, what: &str) -> String {
        let address = format!("/api/v1/drafts/{}{what}", self.draft);
        let reply = self.stage.get(token, &address).await;
        assert_eq!(reply.status, 200, "{what}");
        String::from_utf8(reply.body).unwrap()
    }

    async fn entries(&self, token: &str) -> Vec<Value> {
        let page = self.reads(token, "/entries?limit=500&bytes=true").await;
        let page: Value = serde_json::from_str(&page).unwrap();
        page["items"].as_array().unwrap().clone()
    }
}

fn casts(choice: &str) -> Value {
    json!({"cast_vote": {"vote": "v1", "choice": choice}})
}

fn says_against(answer: &str) -> bool {
    answer.contains("\"against\"")
        || answer.contains("1 against")
        || answer.contains(AGAINST_IN_HEX)
}

#[tokio::test]
async fn nobody_reads_anywhere_how_another_voted_before_the_close() {
    let voting = Voting::new().await;
    let id = voting.draft.parse().unwrap();
    let room = voting.stage.app.rooms.room(id).await.unwrap();
    let (_, mut news) = room.listen().await.unwrap();
    let own = voting.does(&voting.mrd, casts("against")).await;
    assert_eq!(own["act"]["cast_vote"]["choice"], "against");
    let heard = news.recv().await.unwrap();
    let heard = heard.lines.plain();
    let heard = std::str::from_utf8(&heard).unwrap();
    assert!(!says_against(heard), "{heard}");
    assert!(heard.contains("\"withheld\":true") && heard.contains("\"unseen\":[\"MRD\"]"));
    let seq = own["seq"].as_u64().unwrap();
    let addresses = [
        String::new(),
        "/status".into(),
        "/clauses/op-1".into(),
        "/text".into(),
        format!("/text?at={seq}"),
        "/proposals?state=all".into(),
        "/statements".into(),
        "/versions".into(),
        "/roster".into(),
        "/entries?limit=500&bytes=true".into(),
        format!("/entries?after={}", seq - 1),
        "/export/plain?statuses=true".into(),
        format!("/export/html?rolling=true&at={seq}"),
    ];
    let others = [
        &voting.stage.secretariat,
        &voting.chair,
        &voting.avr,
        &voting.obs,
    ];
    for token in others {
        for address in &addresses {
            let answer = voting.reads(token, address).await;
            assert!(!says_against(&answer), "{address}: {answer}");
        }
    }
    assert!(says_against(&voting.reads(&voting.mrd, "/status").await));
    assert!(says_against(
        &voting.reads(&voting.mrd, "/entries?limit=500").await
    ));
}

#[tokio::test]
async fn what_was_withheld_fits_the_hashes_that_were_noted_meanwhile() {
    let voting = Voting::new().await;
    voting.does(&voting.mrd, casts("for")).await;
    voting.does(&voting.avr, casts("for")).await;
    let noted = voting.entries(&voting.obs).await;
    let withheld: Vec<_> = noted.iter().filter(|e| e["withheld"] == true).collect();
    assert_eq!(withheld.len(), 2);
    assert!(
        withheld
            .iter()
            .all(|e| e.get("bytes").is_none() && e.get("act").is_none())
    );
    voting
        .does(&voting.chair, json!({"close_vote": {"vote": "v1"}}))
        .await;
    let shown = voting.entries(&voting.obs).await;
    let mut previous = "0".repeat(64);
    for (n, entry) in shown.iter().enumerate() {
        let bytes = hex::decode(entry["bytes"].as_str().unwrap()).unwrap();
        assert_eq!(entry["hash"], Entry::hash_of(&bytes).to_string());
        assert_eq!(entry["previous"], previous);
        previous = entry["hash"].as_str().unwrap().to_owned();
        if let Some(then) = noted.get(n) {
            assert_eq!(then["hash"], entry["hash"]);
        }
        if entry["act"]["cast_vote"].is_object() {
            // Otherwise three guesses would have told the choice from the hash.
            assert!(entry["act"]["cast_vote"]["salt"].is_string());
        }
    }
}

#[tokio::test]
async fn a_hidden_vote_that_is_sent_again_is_the_same_one() {
    let voting = Voting::new().await;
    let address = format!("/api/v1/drafts/{}/acts", voting.draft);
    let key = [("idempotency-key", "once")];
    let mut seqs = Vec::new();
    for status in [201, 200] {
        let vote = Some(casts("abstain"));
        let reply = voting
            .stage
            .ask_with(&voting.mrd, "POST", &address, vote, &key)
            .await;
        assert_eq!(reply.status, status);
        seqs.push(reply.json()["seq"].clone());
    }
    assert_eq!(seqs[0], seqs[1]);
}

#[tokio::test]
async fn the_log_is_handed_out_whole_or_not_at_all() {
    let voting = Voting::new().await;
    let log = format!("/api/v1/drafts/{}/log", voting.draft);
    voting.does(&voting.mrd, casts("against")).await;
    for token in [
        &voting.avr,
        &voting.mrd,
        &voting.chair,
        &voting.stage.secretariat,
    ] {
        let refused = voting.stage.get(token, &log).await;
        assert_eq!(refused.problem(), (409, "withheld".into()));
    }
    let stranger = voting.stage.get("", &log).await;
    assert!(
        stranger.status == 401 || stranger.status == 404,
        "{}",
        stranger.status
    );
    voting.does(&voting.avr, casts("for")).await;
    voting
        .does(&voting.chair, json!({"close_vote": {"vote": "v1"}}))
        .await;
    let entries = voting.entries(&voting.avr).await;
    let lines = |log: &str| -> Vec<String> {
        let lines = log.lines().map(|l| BASE64.decode(l).unwrap());
        lines.map(hex::encode).collect()
    };
    let whole = lines(&voting.reads(&voting.avr, "/log").await);
    let bytes = |e: &Value| e["bytes"].as_str().unwrap().to_owned();
    assert_eq!(whole, entries.iter().map(bytes).collect::<Vec<_>>());
    let part = lines(&voting.reads(&voting.avr, "/log?after=2&until=4").await);
    assert_eq!(part, whole[2..4]);
    assert!(lines(&voting.reads(&voting.avr, "/log?after=999").await).is_empty());
}

/// Reads the stream until an event of that kind has come, and all that came before it too.
async fn until(body: &mut BodyDataStream, kind: &str) -> String {
    let mut read = String::new();
    let named = format!("event: {kind}\n");
    while !read
        .split_inclusive("\n\n")
        .any(|event| event.contains(&named) && event.ends_with("\n\n"))
    {
        let more = tokio::time::timeout(Duration::from_secs(10), body.next());
        let bytes = more.await.expect("the stream should go on").unwrap();
        read.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
    }
    read
}

#[tokio::test]
async fn who_listens_is_sent_the_roll_five_minutes_before_the_close_and_nobody_before() {
    let until_when = Timestamp(NOON.0 + 3_600_000);
    let voting = Voting::under("last-minutes", Some("2026-03-02T13:00:00Z")).await;
    let listen = |token: &str| {
        let request = Request::get(format!("/api/v1/drafts/{}/events", voting.draft))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        voting.stage.router.clone().oneshot(request)
    };
    let mut others = [
        listen(&voting.obs)
            .await
            .unwrap()
            .into_body()
            .into_data_stream(),
        listen(&voting.chair)
            .await
            .unwrap()
            .into_body()
            .into_data_stream(),
    ];
    voting.does(&voting.mrd, casts("against")).await;

    // One millisecond before it nothing is sent: what comes next is what is entered then.
    let reveal = Timestamp(until_when.0 - 5 * 60_000);
    voting.stage.clock.set(Timestamp(reveal.0 - 1));
    voting.does(&voting.avr, casts("for")).await;
    voting.stage.clock.set(reveal);
    let said = json!({"statement": {"text": "It is late."}});
    voting.does(&voting.avr, said).await;
    for body in &mut others {
        let heard = until(body, "revealed").await;
        let (before, news) = heard.split_once("event: revealed\n").unwrap();
        assert!(!says_against(before), "{before}");
        assert_eq!(before.matches("\"withheld\":true").count(), 2, "{before}");
        // No entry, so nobody resumes after it.
        assert!(!news.starts_with("id: "), "{news}");
        let data = news.lines().find_map(|l| l.strip_prefix("data: ")).unwrap();
        let vote: Value = serde_json::from_str(data).unwrap();
        assert_eq!(vote["id"], "v1");
        assert_eq!(vote["roll"]["MRD"], "against");
        assert!(vote.get("result").is_none(), "it is still open");
    }
    // Votes can still be changed, and are seen as they are.
    let changed = voting.does(&voting.mrd, casts("for")).await;
    let seen = voting.reads(&voting.obs, "/entries?limit=500").await;
    assert_eq!(changed["act"]["cast_vote"]["choice"], "for");
    assert!(!seen.contains("\"withheld\":true"), "{seen}");
}
