//! Whose words are, as it is asked.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn words_are_told_to_who_sits_there_and_to_nobody_else() {
    let stage = Stage::new().await;
    let new = json!({
        "title": "A draft", "authentic": ["en"], "working": ["fr"],
        "markdown": "# On rivers {#title}\n\n1. Decides to meet; {#op-1}\n",
        "seats": [
            {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
            {"delegation": "AVR", "name": "Averland"},
        ],
    });
    let draft = stage.convene(new).await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    let propose = json!({"propose": {
        "amendment": {"replace": {"clause": "op-1"}}, "text": {"en": "Decides to meet yearly;"},
    }});
    stage.act(&avr, &draft, propose).await;
    stage
        .act(&chair, &draft, json!({"incorporate": {"proposal": "p1"}}))
        .await;
    let address = format!("/api/v1/drafts/{draft}/clauses/op-1/blame");
    let told = stage.get(&avr, &address).await.json();
    assert_eq!(told["label"], "OP1");
    let whose: Vec<_> = told["origins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["delegation"].as_str())
        .collect();
    assert_eq!(whose, [None, Some("AVR")]);
    assert_eq!(told["spans"][1]["text"], "yearly");
    let french = stage
        .get(&avr, &format!("{address}?language=fr"))
        .await
        .json();
    assert_eq!(french["spans"], json!([]));
    for (query, code) in [
        ("?language=es", "unknown-language"),
        ("?at=Rev.9", "unknown-moment"),
    ] {
        let reply = stage.get(&avr, &format!("{address}{query}")).await;
        assert_eq!(reply.problem().1, code);
    }
    let reply = stage.get(&avr, &address.replace("op-1", "op-9")).await;
    assert_eq!(reply.problem(), (404, "unknown-clause".into()));
    let other = stage.draft().await;
    let (_, elsewhere) = stage.seat(&other, "AVR", "delegate").await;
    let reply = stage.get(&elsewhere, &address).await;
    assert_eq!(reply.problem(), (404, "unknown-draft".into()));
}
