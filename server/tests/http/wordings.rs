//! A new wording as a whole, over HTTP: merged with what others wrote, entered once, refused where it must be.

use serde_json::{Value, json};

use crate::stage::{Reply, Stage};

struct Hall {
    stage: Stage,
    draft: String,
    chair: String,
    avr: String,
}

async fn hall() -> Hall {
    let stage = Stage::new().await;
    let draft = stage
        .convene(json!({
            "title": "A draft", "authentic": ["en"], "working": ["fr"], "mode": "proposals",
            "markdown": "1. *Decides* to meet every year in May; {#meet}\n",
            "seats": [
                {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
                {"delegation": "AVR", "name": "Averland"},
            ],
        }))
        .await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    Hall {
        stage,
        draft,
        chair,
        avr,
    }
}

impl Hall {
    async fn heads(&self) -> Value {
        let text = format!("/api/v1/drafts/{}/text", self.draft);
        self.stage.get(&self.chair, &text).await.json()["heads"].take()
    }

    async fn put(&self, token: &str, what: &str, body: Value, key: &str) -> Reply {
        let address = format!("/api/v1/drafts/{}/{what}", self.draft);
        let headers = [("idempotency-key", key)];
        self.stage
            .ask_with(token, "PUT", &address, Some(body), &headers)
            .await
    }

    async fn stands(&self) -> String {
        let text = format!("/api/v1/drafts/{}/text", self.draft);
        let text = self.stage.get(&self.chair, &text).await.json();
        text["clauses"][0]["text"]["en"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

const MEET: &str = "clauses/meet/text/en";

#[tokio::test]
async fn two_wordings_from_one_moment_are_merged() {
    let hall = hall().await;
    let base = hall.heads().await;
    let first = json!({"text": "*Decides* to meet every second year in May;", "base": base});
    let first = hall.put(&hall.chair, MEET, first, "1").await.json();
    assert_eq!(first["outcome"], "entered");
    let second = json!({"text": "*Decides* to meet every year in June;", "base": base});
    let mut preview = second.clone();
    preview["preview"] = json!(true);
    let merged = "*Decides* to meet every second year in June;";
    let shown = hall.put(&hall.chair, MEET, preview, "2").await.json();
    assert_eq!(
        (&shown["outcome"], &shown["text"]),
        (&json!("merged"), &json!(merged))
    );
    assert_eq!(
        hall.stands().await,
        "*Decides* to meet every second year in May;"
    );
    let entered = hall.put(&hall.chair, MEET, second, "2").await.json();
    assert_eq!(
        (&entered["outcome"], &entered["text"]),
        (&json!("merged"), &json!(merged))
    );
    assert_eq!(hall.stands().await, merged);
    assert_eq!(entered["heads"], hall.heads().await);
}

#[tokio::test]
async fn a_retry_changes_nothing_more() {
    let hall = hall().await;
    let base = hall.heads().await;
    let wording = json!({"text": "*Decides* to meet every single year in May;", "base": base});
    let once = hall
        .put(&hall.chair, MEET, wording.clone(), "k")
        .await
        .json();
    let again = hall
        .put(&hall.chair, MEET, wording.clone(), "k")
        .await
        .json();
    assert_eq!(again["outcome"], "unchanged");
    assert_eq!(again["seq"], once["seq"]);
    assert_eq!(
        hall.stands().await,
        "*Decides* to meet every single year in May;"
    );
}

#[tokio::test]
async fn the_same_words_enter_nothing_and_a_language_is_begun() {
    let hall = hall().await;
    let base = hall.heads().await;
    let same = json!({"text": hall.stands().await, "base": base});
    assert_eq!(
        hall.put(&hall.chair, MEET, same, "1").await.json()["outcome"],
        "unchanged"
    );
    let french = json!({"text": "*Décide* de se réunir ;", "base": base});
    let french = hall
        .put(&hall.chair, "clauses/meet/text/fr", french, "2")
        .await;
    assert_eq!(french.json()["outcome"], "entered");
}

#[tokio::test]
async fn who_may_not_write_there_is_told_so() {
    let hall = hall().await;
    let base = hall.heads().await;
    let wording = json!({"text": "*Decides* nothing;", "base": base});
    let put = |token: &str, what: &'static str, body: Value| {
        let (hall, token) = (&hall, token.to_owned());
        async move { hall.put(&token, what, body, "k").await.problem() }
    };
    let delegate = put(&hall.avr, MEET, wording.clone()).await;
    assert_eq!(delegate, (409, "proposals-mode".into()));
    assert_eq!(
        put(&hall.stage.secretariat, MEET, wording.clone()).await.1,
        "not-entitled"
    );
    assert_eq!(put("", MEET, wording.clone()).await.1, "no-token");
    let nowhere = put(&hall.chair, "clauses/nowhere/text/en", wording.clone()).await;
    assert_eq!(nowhere, (404, "unknown-clause".into()));
    let foreign = put(&hall.chair, "clauses/meet/text/de", wording.clone()).await;
    assert_eq!(foreign.1, "unknown-language");
    let mut other = wording.clone();
    other["base"] = json!(["00".repeat(32)]);
    assert_eq!(put(&hall.chair, MEET, other).await.1, "unknown-base");
    let mut hidden = wording;
    hidden["text"] = json!("turned \u{202e}round");
    assert_eq!(put(&hall.chair, MEET, hidden).await.0, 422);
}

#[tokio::test]
async fn an_edit_of_what_was_agreed_meanwhile_is_kept_as_a_proposal() {
    let hall = hall().await;
    let base = hall.heads().await;
    let call = json!({"call": {"clause": "meet", "present": ["AVR"]}});
    hall.stage.act(&hall.chair, &hall.draft, call).await;
    let agree = json!({"agree": {"clause": "meet"}});
    hall.stage.act(&hall.chair, &hall.draft, agree).await;
    let wording = json!({"text": "*Decides* to meet twice a year in May;", "base": base});
    let kept = hall
        .put(&hall.chair, MEET, wording.clone(), "1")
        .await
        .json();
    assert_eq!(kept["outcome"], "kept");
    assert_eq!(kept["proposal"], "p1");
    assert_eq!(kept["text"], "*Decides* to meet every year in May;");
    // Who has seen the agreement may not.
    let now = json!({"text": "*Decides* nothing;", "base": hall.heads().await});
    assert_eq!(
        hall.put(&hall.chair, MEET, now, "2").await.problem().1,
        "clause-agreed"
    );
}

#[tokio::test]
async fn sponsors_reword_their_proposal() {
    let hall = hall().await;
    let propose = json!({"propose": {"amendment": {"replace": {"clause": "meet"}}, "text": {"en": "*Decides* to meet twice;"}}});
    hall.stage.act(&hall.avr, &hall.draft, propose).await;
    let base = hall.heads().await;
    let wording = json!({"text": "*Decides* to meet thrice;", "base": base});
    let entered = hall
        .put(&hall.avr, "proposals/p1/text/en", wording, "1")
        .await
        .json();
    assert_eq!(
        (&entered["outcome"], &entered["text"]),
        (&json!("entered"), &json!("*Decides* to meet thrice;"))
    );
}
