//! The silence procedures, and the letter that tells how one came out.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn a_letter_tells_of_a_silence_once_something_has_come_of_it() {
    let stage = Stage::new().await;
    let new = json!({
        "title": "A draft", "authentic": ["en"],
        "markdown": "# On rivers {#title}\n\n1. Decides to meet; {#op-1}\n",
        "seats": [
            {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
            {"delegation": "AVR", "name": "Averland"},
        ],
    });
    let draft = stage.convene(new).await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, delegate) = stage.seat(&draft, "AVR", "delegate").await;
    let address = format!("/api/v1/drafts/{draft}/silences/s1/letter");
    let reply = stage.get(&delegate, &address).await;
    assert_eq!(reply.problem(), (404, "unknown-silence".into()));
    let open =
        json!({"open_silence": {"targets": [{"clause": "op-1"}], "until": "2026-03-20T12:00:00Z"}});
    stage.act(&chair, &draft, open).await;
    let reply = stage.get(&delegate, &address).await;
    assert_eq!(reply.problem(), (409, "silence-running".into()));
    let object = json!({"object": {"on": {"clause": "op-1"}, "reason": "Cost."}});
    stage.act(&delegate, &draft, object).await;
    let reply = stage.get(&delegate, &address).await;
    assert_eq!(
        reply.headers["content-type"],
        "text/markdown; charset=utf-8"
    );
    let list = format!("/api/v1/drafts/{draft}/silences");
    let told = stage.get(&delegate, &list).await.json();
    assert_eq!(told["items"][0]["silence"], "s1");
    assert_eq!(told["items"][0]["running"], false);
    assert_eq!(told["items"][0]["clauses"]["op-1"]["is"], "broken");
    let letter = String::from_utf8(reply.body).unwrap();
    assert!(letter.contains("- OP1, by AVR (entry "), "{letter}");
    assert!(letter.contains("): Cost.\n"), "{letter}");
    let other = stage.draft().await;
    let (_, elsewhere) = stage.seat(&other, "AVR", "delegate").await;
    assert_ne!(stage.get(&elsewhere, &address).await.status, 200);
    assert_ne!(stage.get(&elsewhere, &list).await.status, 200);
}
