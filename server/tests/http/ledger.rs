//! The ledger of merged proposals, as it is listed.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn the_ledger_tells_whose_line_went_where_and_who_is_still_to_join() {
    let stage = Stage::new().await;
    let new = json!({
        "title": "A draft", "authentic": ["en"],
        "markdown": "# On rivers {#title}\n\n1. Decides to meet; {#op-1}\n",
        "seats": [
            {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
            {"delegation": "AVR", "name": "Averland"},
            {"delegation": "BNU", "name": "Brennau"},
        ],
    });
    let draft = stage.convene(new).await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    let (_, bnu) = stage.seat(&draft, "BNU", "delegate").await;
    let address = format!("/api/v1/drafts/{draft}/ledger");
    assert_eq!(stage.get(&avr, &address).await.json()["items"], json!([]));
    for (who, words) in [
        (&avr, "Decides to meet yearly;"),
        (&bnu, "Decides to meet each year;"),
    ] {
        let act = json!({"propose": {
            "amendment": {"replace": {"clause": "op-1"}}, "text": {"en": words},
        }});
        stage.act(who, &draft, act).await;
    }
    let merge = json!({"merge_proposals": {
        "proposals": ["p2"], "into": "p1", "rationale": "Both ask for a meeting a year.",
    }});
    stage.act(&chair, &draft, merge).await;
    let line = stage.get(&avr, &address).await.json()["items"][0].clone();
    assert_eq!(
        (
            &line["source"],
            &line["into"],
            &line["kind"],
            &line["awaiting"]
        ),
        (
            &json!("p2"),
            &json!("p1"),
            &json!("reword"),
            &json!(["BNU"])
        )
    );
    let told = "p2 (BNU) into p1, in other words: awaits BNU. Both ask for a meeting a year.";
    assert_eq!(line["told"], told);
    let join = json!({"cosponsor": {"proposal": "p1"}});
    stage.act(&bnu, &draft, join).await;
    let line = stage.get(&avr, &address).await.json()["items"][0].clone();
    assert_eq!(line["state"]["is"], "merged");
    let other = stage.draft().await;
    let (_, elsewhere) = stage.seat(&other, "AVR", "delegate").await;
    let reply = stage.get(&elsewhere, &address).await;
    assert_eq!(reply.problem(), (404, "unknown-draft".into()));
}
