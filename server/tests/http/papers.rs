//! Working papers: there for those whose they are, and for nobody else, whatever they ask.

use plenary_shared::proof::Signer;
use plenary_shared::signing::Statement;
use serde_json::{Value, json};

use crate::stage::Stage;

struct Paper {
    stage: Stage,
    draft: String,
    paper: String,
    /// Tokens by code: `AVR` began the paper for the islands, `BNU` is a member, `VLS` is not.
    tokens: Vec<(&'static str, String)>,
}

const SEATS: &[(&str, &str)] = &[
    ("CHAIR", "facilitator"),
    ("AVR", "delegate"),
    ("BNU", "delegate"),
    ("VLS", "delegate"),
    ("OBS", "observer"),
];

impl Paper {
    async fn begun() -> Self {
        let stage = Stage::new().await;
        let seats: Vec<_> = SEATS
            .iter()
            .map(|(code, role)| json!({"delegation": code, "name": code, "role": role, "entitled": *role == "delegate"}))
            .collect();
        let new = json!({
            "title": "A draft", "authentic": ["en"],
            "markdown": "# On rivers {#title}\n\n1. Decides to meet; {#op-1}\n",
            "seats": seats,
            "groups": [{"group": "ISL", "name": "Islands", "members": ["AVR", "BNU"], "spokesperson": "AVR"}],
        });
        let draft = stage.convene(new).await;
        let mut tokens = Vec::new();
        for (code, role) in SEATS {
            tokens.push((*code, stage.seat(&draft, code, role).await.1));
        }
        let mut this = Self {
            stage,
            draft,
            paper: String::new(),
            tokens,
        };
        let begun = this.begin("AVR", json!({"group": "ISL"})).await;
        this.paper = begun.created()["id"].as_str().unwrap().to_owned();
        this
    }

    async fn begin(&self, who: &str, of: Value) -> crate::stage::Reply {
        let new = json!({
            "of": of, "title": "Islands only",
            "markdown": "# Our text {#ours}\n\n1. Decides to meet on an island; {#island}\n",
        });
        let address = format!("/api/v1/drafts/{}/papers", self.draft);
        self.stage
            .ask(self.token(who), "POST", &address, Some(new))
            .await
    }

    fn token(&self, who: &str) -> &str {
        let held = self.tokens.iter().find(|(code, _)| *code == who);
        held.map_or(&self.stage.secretariat, |(_, token)| token)
    }

    /// A proposal from the paper's island clause.
    async fn submits(&self, who: &str, more: Value) -> crate::stage::Reply {
        let mut act = json!({"propose": {
            "amendment": {"replace": {"clause": "op-1"}},
            "from": {"paper": self.paper, "clause": "island"},
        }});
        for (name, value) in more.as_object().into_iter().flatten() {
            act["propose"][name] = value.clone();
        }
        let address = format!("/api/v1/drafts/{}/acts", self.draft);
        self.stage
            .ask(self.token(who), "POST", &address, Some(act))
            .await
    }
}

#[tokio::test]
async fn to_everybody_else_a_paper_is_a_draft_that_is_not_there() {
    let p = Paper::begun().await;
    let nowhere = "2akvofn6L1o4RMUEMQi7qzwRjKWZ";
    let places = [
        "",
        "/text",
        "/status",
        "/roster",
        "/entries",
        "/events",
        "/matrix",
        "/next",
        "/progress",
        "/proposals",
        "/versions",
        "/export/plain",
        "/procedure",
        "/statements",
        "/clauses/island",
    ];
    for who in ["CHAIR", "VLS", "OBS", "SEC"] {
        for place in places {
            let there = format!("/api/v1/drafts/{}{place}", p.paper);
            let there = p.stage.get(p.token(who), &there).await;
            let absent = format!("/api/v1/drafts/{nowhere}{place}");
            let absent = p.stage.get(p.token(who), &absent).await;
            assert_eq!(there.status, 404, "{who} {place}");
            assert_eq!(there.body, absent.body, "{who} {place}");
        }
        let acts = format!("/api/v1/drafts/{}/acts", p.paper);
        let close = Some(json!({"close": {}}));
        let reply = p.stage.ask(p.token(who), "POST", &acts, close).await;
        assert_eq!(reply.problem(), (404, "unknown-draft".into()), "{who}");
        for list in ["/api/v1/drafts", "/api/v1/seats", "/api/v1/me"] {
            let list = p.stage.get(p.token(who), list).await;
            let list = String::from_utf8(list.body).unwrap();
            assert!(
                !list.contains(&p.paper) && !list.contains("Islands only"),
                "{who}"
            );
        }
    }
    // Nor can it be given out, or found by the key with which it was begun.
    let seat = json!({"delegation": "VLS", "role": "delegate", "drafts": [p.paper]});
    let invited = p
        .stage
        .ask(p.token("SEC"), "POST", "/api/v1/seats", Some(seat))
        .await;
    assert_eq!(invited.problem(), (404, "unknown-draft".into()));
    // And the draft itself says nothing of it.
    for place in ["/entries", "/status", "/roster", "/text"] {
        let address = format!("/api/v1/drafts/{}{place}", p.draft);
        let told = p.stage.get(p.token("CHAIR"), &address).await;
        let told = String::from_utf8(told.body).unwrap();
        assert!(
            !told.contains(&p.paper) && !told.contains("island"),
            "{place}"
        );
    }
}

#[tokio::test]
async fn its_members_write_in_it_with_the_seats_that_they_have() {
    let p = Paper::begun().await;
    for who in ["AVR", "BNU"] {
        let list = p.stage.get(p.token(who), "/api/v1/drafts").await.json();
        let listed = list["items"].as_array().unwrap();
        let ours = listed.iter().find(|d| d["id"] == p.paper.as_str()).unwrap();
        assert_eq!(ours["paper"]["of"], json!({"group": "ISL"}));
        assert_eq!(ours["paper"]["parent"], p.draft.as_str());
        assert_eq!(listed.len(), 2);
        let act = json!({"seal_version": {"name": format!("by {who}")}});
        p.stage.act(p.token(who), &p.paper, act).await;
    }
    let reply = p
        .stage
        .get(
            p.token("BNU"),
            &format!("/api/v1/drafts/{}/entries", p.paper),
        )
        .await;
    let told = String::from_utf8(reply.body).unwrap();
    assert!(told.contains("begins the working paper"), "{told}");
    // What is given to the delegation for the draft later is good for its paper too; what is taken back is not.
    let (seat, later) = p.stage.seat(&p.draft, "BNU", "delegate").await;
    let address = format!("/api/v1/drafts/{}", p.paper);
    assert_eq!(p.stage.get(&later, &address).await.status, 200);
    let (_, elsewhere) = p
        .stage
        .seat(&p.stage.draft().await, "BNU", "delegate")
        .await;
    assert_eq!(p.stage.get(&elsewhere, &address).await.status, 404);
    let revoke = format!("/api/v1/seats/{seat}");
    p.stage.ask(p.token("SEC"), "DELETE", &revoke, None).await;
    assert_eq!(p.stage.get(&later, &address).await.status, 401);
}

#[tokio::test]
async fn a_paper_is_begun_by_one_of_those_whose_it_is() {
    let p = Paper::begun().await;
    let no = async |who: &str, of: Value| p.begin(who, of).await.problem();
    assert_eq!(
        no("VLS", json!({"group": "ISL"})).await,
        (403, "not-of-party".into())
    );
    assert_eq!(
        no("VLS", json!({"delegation": "AVR"})).await,
        (403, "not-of-party".into())
    );
    assert_eq!(
        no("VLS", json!({"group": "XYZ"})).await,
        (404, "unknown-group".into())
    );
    for who in ["CHAIR", "OBS", "SEC"] {
        let refused = no(who, Value::Null).await;
        assert_eq!(refused, (403, "not-entitled".into()), "{who}");
    }
    assert_eq!(p.begin("VLS", Value::Null).await.status, 201);
    let nested = format!("/api/v1/drafts/{}/papers", p.paper);
    let new = Some(json!({"title": "Within"}));
    let reply = p.stage.ask(p.token("AVR"), "POST", &nested, new).await;
    assert_eq!(reply.problem(), (409, "paper-of-paper".into()));
    for _ in 1..20 {
        assert_eq!(p.begin("BNU", json!({"group": "ISL"})).await.status, 201);
    }
    assert_eq!(
        no("BNU", json!({"group": "ISL"})).await,
        (409, "limit-reached".into())
    );
}

#[tokio::test]
async fn a_retry_finds_the_paper_of_the_first_try() {
    let p = Paper::begun().await;
    let address = format!("/api/v1/drafts/{}/papers", p.draft);
    let key = [("idempotency-key", "once")];
    let mut made = Vec::new();
    for (who, title) in [("AVR", "Once"), ("AVR", "Once"), ("BNU", "Once")] {
        let new = Some(json!({"title": title}));
        let reply = p
            .stage
            .ask_with(p.token(who), "POST", &address, new, &key)
            .await;
        made.push(reply.created()["id"].clone());
    }
    assert_eq!(made[0], made[1]);
    assert_ne!(made[0], made[2]);
}

#[tokio::test]
async fn what_is_submitted_from_it_says_whose_it_was_and_no_more() {
    let p = Paper::begun().await;
    let refused = async |who: &str, more: Value| p.submits(who, more).await.problem();
    let text = json!({"text": {"en": "Decides to meet at sea;"}});
    assert_eq!(refused("AVR", text).await, (409, "other-words".into()));
    let gone = json!({"from": {"paper": p.paper, "clause": "reef"}});
    assert_eq!(refused("AVR", gone).await, (404, "unknown-clause".into()));
    let stale = json!({"from": {"paper": p.paper, "clause": "island", "digest": "00".repeat(32)}});
    assert_eq!(refused("AVR", stale).await, (409, "stale-text".into()));
    assert_eq!(
        refused("VLS", json!({})).await,
        (404, "unknown-draft".into())
    );
    assert_eq!(
        refused("CHAIR", json!({})).await,
        (404, "unknown-draft".into())
    );
    let main = json!({"from": {"paper": p.draft, "clause": "op-1"}});
    assert_eq!(refused("AVR", main).await, (404, "unknown-draft".into()));
    // Whose it is, nobody says but the server.
    let lie = json!({"from": {"paper": p.paper, "clause": "island", "of": {"delegation": "VLS"}}});
    let entered = p.submits("BNU", lie).await.created();
    let from = &entered["act"]["propose"]["from"];
    assert_eq!(from["of"], json!({"group": "ISL"}));
    assert!(from["digest"].is_string());
    let address = format!("/api/v1/drafts/{}/status", p.draft);
    let status = p.stage.get(p.token("VLS"), &address).await.json();
    let proposal = &status["proposals"][0];
    assert_eq!(proposal["text"]["en"], "Decides to meet on an island;");
    assert_eq!(proposal["from"]["of"], json!({"group": "ISL"}));
    assert_eq!(proposal["by"], "BNU");
    let entries = format!("/api/v1/drafts/{}/entries", p.draft);
    let entries = p.stage.get(p.token("VLS"), &entries).await;
    let told = String::from_utf8(entries.body).unwrap();
    assert!(told.contains("from a working paper of group ISL"), "{told}");
    assert!(!told.contains("Islands only") && !told.contains("Our text"));
}

/// Signs an act as the delegation's program does, and sends it.
async fn signed(p: &Paper, who: &str, with: &Signer, act: Value) -> crate::stage::Reply {
    let address = format!("/api/v1/drafts/{}/signing", p.draft);
    let signing = p.stage.get(p.token(who), &address).await.json();
    let statement = Statement {
        draft: p.draft.parse().unwrap(),
        delegation: who.parse().unwrap(),
        answers: serde_json::from_value(signing["answers"].clone()).unwrap(),
        act: serde_json::from_value(act).unwrap(),
    };
    let body = serde_json::to_value(statement.sign(with)).unwrap();
    let address = format!("/api/v1/drafts/{}/signed-acts", p.draft);
    let sent = p.stage.ask(p.token(who), "POST", &address, Some(body));
    sent.await
}

#[tokio::test]
async fn who_signs_submits_from_it_with_its_words_and_no_others() {
    let p = Paper::begun().await;
    let key = Signer::from_seed("averland", [7; 32]);
    let registers = json!({"register_key": {"key": key.key().to_string()}});
    signed(&p, "AVR", &key, registers).await.created();
    let from = |text: Value| {
        let mut act = json!({"propose": {
            "amendment": {"replace": {"clause": "op-1"}},
            "from": {"paper": p.paper, "clause": "island"},
        }});
        if !text.is_null() {
            act["propose"]["text"] = text;
        }
        act
    };
    // What is signed must say what is proposed, and not only where it stands.
    let bare = signed(&p, "AVR", &key, from(Value::Null)).await;
    assert_eq!(bare.problem(), (409, "signed-otherwise".into()));
    let others = json!({"en": "Decides to meet at sea;"});
    let others = signed(&p, "AVR", &key, from(others)).await;
    assert_eq!(others.problem(), (409, "other-words".into()));
    let words = json!({"en": "Decides to meet on an island;"});
    let entered = signed(&p, "AVR", &key, from(words)).await.created();
    let from = &entered["act"]["propose"]["from"];
    assert_eq!(from["of"], json!({"group": "ISL"}));
    // Averland's words are not entered unsigned, from wherever they are.
    let unsigned = p.submits("AVR", json!({})).await;
    assert_eq!(unsigned.problem(), (409, "signature-missing".into()));
    p.submits("BNU", json!({})).await.created();
}
