//! What the projector follows: pointed at by the chair, seen by all who sit there, kept by nobody.

use serde_json::{Value, json};

use crate::stage::Stage;

async fn hall() -> (Stage, String, String, String) {
    let stage = Stage::new().await;
    let draft = stage
        .convene(json!({
            "title": "On rivers", "authentic": ["en"],
            "markdown": "# On rivers {#title}\n\n1. *Decides* to meet. {#meet}\n",
            "seats": [
                {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
                {"delegation": "AVR", "name": "Averland"},
            ],
        }))
        .await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    (stage, draft, chair, avr)
}

#[tokio::test]
async fn all_who_sit_there_see_where_the_chair_points_and_no_entry_is_made_of_it() {
    let (stage, draft, chair, avr) = hall().await;
    let at = format!("/api/v1/drafts/{draft}/pointer");
    assert_eq!(stage.get(&avr, &at).await.json(), json!({}));
    let before = stage
        .get(&avr, &format!("/api/v1/drafts/{draft}"))
        .await
        .json();
    let there = json!({"clause": "meet"});
    let reply = stage.ask(&chair, "PUT", &at, Some(there.clone())).await;
    assert_eq!(reply.status, 204);
    assert_eq!(stage.get(&avr, &at).await.json(), there);
    let nowhere: Value = json!({"clause": null});
    assert_eq!(
        stage.ask(&chair, "PUT", &at, Some(nowhere)).await.status,
        204
    );
    assert_eq!(stage.get(&avr, &at).await.json(), json!({}));
    let after = stage
        .get(&avr, &format!("/api/v1/drafts/{draft}"))
        .await
        .json();
    assert_eq!(before["seq"], after["seq"]);
}

#[tokio::test]
async fn only_the_chair_points_and_only_at_what_is_there() {
    let (stage, draft, chair, avr) = hall().await;
    let at = format!("/api/v1/drafts/{draft}/pointer");
    let there = json!({"clause": "meet"});
    let refused = stage.ask(&avr, "PUT", &at, Some(there)).await;
    assert_eq!(refused.problem(), (403, "not-entitled".to_owned()));
    let nothing = json!({"clause": "no-such-clause"});
    let refused = stage.ask(&chair, "PUT", &at, Some(nothing)).await;
    assert_eq!(refused.problem(), (404, "unknown-clause".to_owned()));
    let other = stage
        .convene(json!({"title": "Another", "authentic": ["en"]}))
        .await;
    let elsewhere = format!("/api/v1/drafts/{other}/pointer");
    assert_eq!(
        stage.get(&avr, &elsewhere).await.problem(),
        (404, "unknown-draft".to_owned())
    );
}
