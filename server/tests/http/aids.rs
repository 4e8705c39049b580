//! The facilitator's aids: who is told what of whom, and in which form.

use serde_json::{Value, json};

use crate::stage::Stage;

/// A draft with one clause, Averland as delegate, Kasembe too, an observer, a chair; their tokens.
struct Hall {
    stage: Stage,
    draft: String,
    tokens: Vec<(&'static str, String)>,
}

impl Hall {
    async fn open() -> Self {
        let stage = Stage::new().await;
        let new = json!({
            "title": "A draft", "authentic": ["en"],
            "markdown": "1. *Decides* to meet annually; {#op-1}\n\n1. *Requests* a report. {#op-2}\n",
            "seats": [
                {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
                {"delegation": "OBS", "name": "An observer", "role": "observer", "entitled": false},
                {"delegation": "AVR", "name": "Averland"},
                {"delegation": "KSB", "name": "Kasembe"},
            ],
        });
        let draft = stage.convene(new).await;
        let mut tokens = vec![("SEC", stage.secretariat.clone())];
        for (code, role) in [
            ("CHAIR", "facilitator"),
            ("OBS", "observer"),
            ("AVR", "delegate"),
            ("KSB", "delegate"),
        ] {
            tokens.push((code, stage.seat(&draft, code, role).await.1));
        }
        let hall = Self {
            stage,
            draft,
            tokens,
        };
        let objection = json!({"object": {"on": {"clause": "op-1"}, "reason": "=1+1"}});
        hall.does("AVR", objection).await;
        hall
    }

    fn token(&self, who: &str) -> &str {
        &self.tokens.iter().find(|(code, _)| *code == who).unwrap().1
    }

    async fn does(&self, who: &str, act: Value) {
        self.stage.act(self.token(who), &self.draft, act).await;
    }

    async fn get(&self, who: &str, what: &str) -> Value {
        let address = format!("/api/v1/drafts/{}/{what}", self.draft);
        let reply = self.stage.get(self.token(who), &address).await;
        assert_eq!(reply.status, 200, "{who} {what}");
        reply.json()
    }
}

#[tokio::test]
async fn sums_by_delegation_are_for_the_chair_and_a_delegations_own() {
    let hall = Hall::open().await;
    for (who, seen) in [
        ("SEC", vec!["AVR", "KSB"]),
        ("CHAIR", vec!["AVR", "KSB"]),
        ("AVR", vec!["AVR"]),
        ("OBS", vec![]),
    ] {
        let matrix = hall.get(who, "matrix").await;
        assert_eq!(
            matrix["rows"][0]["cells"]["AVR"]["stance"], "object",
            "{who}"
        );
        let columns = matrix["columns"].as_array().unwrap().iter();
        let with_totals = columns.filter(|c| c.get("totals").is_some());
        let codes: Vec<_> = with_totals
            .map(|c| c["delegation"].as_str().unwrap())
            .collect();
        assert_eq!(codes, seen, "{who}");
        let next = hall.get(who, "next").await;
        let named = |list: &Value| -> Vec<String> {
            let list = list.as_array().unwrap().iter();
            list.map(|d| d["delegation"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(named(&next["awaited"]["delegations"]), seen, "{who}");
        assert!(
            named(&next["opposition"]["delegations"]).len() <= seen.len(),
            "{who}"
        );
    }
}

#[tokio::test]
async fn the_matrix_comes_as_csv_to_whoever_asks_for_it() {
    let hall = Hall::open().await;
    let address = format!("/api/v1/drafts/{}/matrix", hall.draft);
    let csv = [("accept", "text/csv, application/json;q=0.5")];
    let by_header = hall
        .stage
        .ask_with(hall.token("CHAIR"), "GET", &address, None, &csv)
        .await;
    let by_query = hall
        .stage
        .get(hall.token("CHAIR"), &format!("{address}?format=csv"))
        .await;
    assert_eq!(by_header.body, by_query.body);
    let kind = by_query.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/csv"), "{kind}");
    let text = String::from_utf8(by_query.body.clone()).unwrap();
    let lines: Vec<_> = text.split("\r\n").collect();
    assert!(
        lines[0].starts_with("Clause,Id,Status,Why,AVR,KSB,Support"),
        "{text}"
    );
    assert!(
        lines[1].starts_with("OP1,op-1,bracketed,Blocked by 1: AVR (=1+1). 1 silent.,object,,"),
        "{text}"
    );
    assert!(lines[3].starts_with("Objections,,,,1,0,"), "{text}");
    let wrong = hall
        .stage
        .get(hall.token("CHAIR"), &format!("{address}?format=xls"))
        .await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn progress_counts_and_the_next_steps_are_told_by_the_servers_clock() {
    let hall = Hall::open().await;
    hall.does(
        "CHAIR",
        json!({"call": {"clause": "op-2", "present": ["AVR", "KSB"]}}),
    )
    .await;
    hall.does("CHAIR", json!({"agree": {"clause": "op-2"}}))
        .await;
    hall.does("CHAIR", json!({"seal_version": {"name": "Rev.1"}}))
        .await;
    let until = "2026-03-06T12:00:00Z";
    hall.does("AVR", json!({"lift_objection": {"on": {"clause": "op-1"}}}))
        .await;
    let silence = json!({"open_silence": {"targets": [{"clause": "op-1"}], "until": until}});
    hall.does("CHAIR", silence).await;
    let progress = hall.get("OBS", "progress").await;
    let points = progress["points"].as_array().unwrap();
    assert_eq!(points.len(), 2);
    assert_eq!(points[0]["version"], "Rev.1");
    assert_eq!(points[0]["brackets"], 1);
    assert_eq!(points[1]["brackets"], 0);
    assert_eq!(points[1]["clauses_agreed"], 1);
    assert_eq!(points[1]["clauses"], 2);
    let next = hall.get("OBS", "next").await;
    assert_eq!(
        next["steps"][0]["sentence"],
        format!("The silence on OP1 ends in 4 days, at {until}.")
    );
}
