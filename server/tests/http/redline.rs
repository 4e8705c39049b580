//! What changed between two moments, and by whose hand.

use serde_json::{Value, json};

use crate::stage::Stage;

fn words(redline: &Value) -> Vec<String> {
    let clauses = redline["clauses"].as_array().unwrap();
    let segments = clauses
        .iter()
        .flat_map(|c| c["segments"].as_array().unwrap());
    let said = |s: &Value| {
        let hand = s["hand"].as_u64().and_then(|n| usize::try_from(n).ok());
        let hand = hand.map(|n| &redline["hands"][n]);
        let whose = hand.and_then(|h| h["delegation"].as_str()).unwrap_or("-");
        format!(
            "{} {whose}: {}",
            s["op"].as_str().unwrap(),
            s["text"].as_str().unwrap()
        )
    };
    let changed = segments.filter(|s| s["op"] != "same");
    changed.map(said).collect()
}

#[tokio::test]
async fn what_came_and_what_went_is_signed_and_a_time_is_a_moment() {
    let stage = Stage::new().await;
    let new = json!({
        "title": "A draft", "authentic": ["en"],
        "markdown": "1. Decides to meet yearly; {#op-1}\n\n1. Thanks all donors; {#op-2}\n",
        "seats": [
            {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
            {"delegation": "AVR", "name": "Averland"},
            {"delegation": "NRM", "name": "Norrmark"},
        ],
    });
    let draft = stage.convene(new).await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    let (_, nrm) = stage.seat(&draft, "NRM", "delegate").await;
    stage
        .act(&chair, &draft, json!({"seal_version": {"name": "Rev.1"}}))
        .await;
    for (who, amendment, text) in [
        (
            &avr,
            json!({"replace": {"clause": "op-1"}}),
            json!({"en": "Decides to meet monthly;"}),
        ),
        (&nrm, json!({"delete": {"clause": "op-2"}}), json!({})),
    ] {
        let propose = json!({"propose": {"amendment": amendment, "text": text}});
        stage.act(who, &draft, propose).await;
    }
    for proposal in ["p1", "p2"] {
        stage
            .act(
                &chair,
                &draft,
                json!({"incorporate": {"proposal": proposal}}),
            )
            .await;
    }
    let address = format!("/api/v1/drafts/{draft}/redline?from=Rev.1");
    let plain = stage.get(&avr, &address).await.json();
    assert_eq!(plain.get("hands"), None);
    let signed = stage
        .get(&avr, &format!("{address}&signed=true"))
        .await
        .json();
    assert_eq!(
        words(&signed),
        [
            "del AVR: yearly",
            "ins AVR: monthly",
            "del NRM: Thanks all donors;"
        ]
    );
    assert_eq!(signed["hands"][0]["proposal"], "p1");

    // From the time of the version it is the same; before there was a draft there was no text.
    let versions = stage
        .get(&avr, &format!("/api/v1/drafts/{draft}/versions"))
        .await
        .json();
    let at = versions["items"][0]["at"]
        .as_str()
        .or(versions[0]["at"].as_str())
        .unwrap();
    let by_time = format!("/api/v1/drafts/{draft}/redline?from={at}&to=Rev.1");
    let by_time = stage.get(&avr, &by_time).await.json();
    assert!(by_time["clauses"].is_array(), "{by_time}");
    let early = format!("/api/v1/drafts/{draft}/redline?from=1999-01-01T00:00Z");
    assert_eq!(stage.get(&avr, &early).await.problem().1, "unknown-moment");
}
