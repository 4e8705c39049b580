//! Drafts: convened, seen by those who sit in them, and by nobody else.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn a_draft_is_convened_with_its_seats_and_groups() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let summary = stage
        .get(&stage.secretariat, &format!("/api/v1/drafts/{draft}"))
        .await
        .json();
    assert_eq!(summary["title"], "A draft");
    assert_eq!(summary["document"], format!("automerge:{draft}"));
    assert_eq!(summary["seq"], 4);
    let roster = stage
        .get(
            &stage.secretariat,
            &format!("/api/v1/drafts/{draft}/roster"),
        )
        .await
        .json();
    assert_eq!(roster["delegations"]["CHAIR"]["role"], "facilitator");
    assert_eq!(roster["groups"]["ALL"]["members"], json!(["AVR"]));
}

#[tokio::test]
async fn convening_again_with_the_same_key_finds_the_same_draft() {
    let stage = Stage::new().await;
    let new = json!({"title": "x", "authentic": ["en"], "seats": [{"delegation": "AVR", "name": "Averland"}]});
    let key = [("idempotency-key", "once")];
    let mut ids = Vec::new();
    for _ in 0..2 {
        let reply = stage
            .ask_with(
                &stage.secretariat,
                "POST",
                "/api/v1/drafts",
                Some(new.clone()),
                &key,
            )
            .await;
        assert_eq!(reply.status, 201);
        assert_eq!(reply.json()["seq"], 2);
        let id = reply.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(reply.headers["location"], format!("/api/v1/drafts/{id}"));
        ids.push(id);
    }
    assert_eq!(ids[0], ids[1]);
    let other = json!({"title": "y", "authentic": ["en"]});
    let reply = stage
        .ask_with(
            &stage.secretariat,
            "POST",
            "/api/v1/drafts",
            Some(other),
            &key,
        )
        .await;
    assert_eq!(reply.problem(), (422, "key-reused".into()));
}

#[tokio::test]
async fn a_draft_without_a_seat_for_one_is_answered_like_one_that_does_not_exist() {
    let stage = Stage::new().await;
    let (ours, theirs) = (stage.draft().await, stage.draft().await);
    let (_, token) = stage.seat(&ours, "AVR", "delegate").await;
    let unknown = "46fVPwLSQPDDDYRiKqzZzBrsREfP";
    for tail in [
        "",
        "/roster",
        "/text",
        "/status",
        "/entries",
        "/clauses/op-1",
        "/matrix",
        "/mergeable",
        "/next",
        "/procedure",
        "/progress",
        "/events",
        "/versions",
    ] {
        let hidden = stage
            .get(&token, &format!("/api/v1/drafts/{theirs}{tail}"))
            .await;
        let none = stage
            .get(&token, &format!("/api/v1/drafts/{unknown}{tail}"))
            .await;
        let garbled = stage
            .get(&token, &format!("/api/v1/drafts/no%20id{tail}"))
            .await;
        assert_eq!(hidden.problem(), (404, "unknown-draft".into()), "{tail}");
        assert_eq!(hidden.body, none.body, "{tail}");
        assert_eq!(hidden.body, garbled.body, "{tail}");
        assert_eq!(hidden.headers, none.headers, "{tail}");
    }
    let act = json!({"statement": {"text": "x"}});
    let hidden = stage
        .ask(
            &token,
            "POST",
            &format!("/api/v1/drafts/{theirs}/acts"),
            Some(act),
        )
        .await;
    assert_eq!(hidden.problem(), (404, "unknown-draft".into()));
    let mine = stage.get(&token, "/api/v1/drafts").await.json();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    assert_eq!(mine["items"][0]["id"], ours);
}

#[tokio::test]
async fn drafts_come_in_pages_that_follow_each_other() {
    let stage = Stage::new().await;
    let mut drafts = Vec::new();
    for _ in 0..3 {
        drafts.push(stage.draft().await);
    }
    let mut found = Vec::new();
    let mut next = Some("/api/v1/drafts?limit=2".to_owned());
    let mut pages = 0;
    while let Some(address) = next {
        let page = stage.get(&stage.secretariat, &address).await.json();
        found.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|d| d["id"].as_str().unwrap().to_owned()),
        );
        next = page["next"].as_str().map(str::to_owned);
        pages += 1;
    }
    drafts.sort();
    found.sort();
    assert_eq!((found, pages), (drafts, 2));
}

#[tokio::test]
async fn an_act_is_entered_once_however_often_it_is_sent() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let address = format!("/api/v1/drafts/{draft}/acts");
    let act = json!({"statement": {"text": "Averland welcomes the draft."}});
    let key = [("idempotency-key", "1")];
    let first = stage
        .ask_with(&token, "POST", &address, Some(act.clone()), &key)
        .await;
    assert_eq!(
        (first.status.as_u16(), &first.json()["seq"]),
        (201, &json!(5))
    );
    assert_eq!(first.json()["act"], act);
    let again = stage
        .ask_with(&token, "POST", &address, Some(act), &key)
        .await;
    assert_eq!(
        (again.status.as_u16(), &again.json()["seq"]),
        (200, &json!(5))
    );
    assert_eq!(again.json()["repeated"], true);
    let other = json!({"statement": {"text": "Something else."}});
    let reused = stage
        .ask_with(&token, "POST", &address, Some(other), &key)
        .await;
    assert_eq!(reused.problem(), (422, "key-reused".into()));
    let said = stage
        .get(&token, &format!("/api/v1/drafts/{draft}/statements"))
        .await
        .json();
    assert_eq!(said["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_act_for_which_the_role_is_too_small_is_refused() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, delegate) = stage.seat(&draft, "AVR", "delegate").await;
    let (_, observer) = stage.seat(&draft, "AVR", "observer").await;
    let address = format!("/api/v1/drafts/{draft}/acts");
    let seal = json!({"seal_version": {"name": "Rev.1"}});
    let propose = json!({"propose": {"amendment": {"insert_after": {"kind": "operative"}}, "text": {"en": "Decides."}}});
    let convene = json!({"convene": {"draft": draft, "title": "x", "authentic": ["en"]}});
    let recover = json!({"recover": {"attempts": []}});
    for (token, act) in [
        (&delegate, &seal),
        (&observer, &propose),
        (&delegate, &convene),
        (&delegate, &recover),
        (&stage.secretariat, &propose),
        (&stage.secretariat, &convene),
    ] {
        let reply = stage.ask(token, "POST", &address, Some(act.clone())).await;
        assert_eq!(reply.problem(), (403, "not-entitled".into()), "{act}");
    }
}

#[tokio::test]
async fn the_record_comes_in_pages_with_its_bytes_if_they_are_asked_for() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let address = format!("/api/v1/drafts/{draft}/entries");
    let all = stage
        .get(&stage.secretariat, &format!("{address}?bytes=true"))
        .await
        .json();
    assert_eq!(all["items"].as_array().unwrap().len(), 4);
    assert_eq!(all["next"], json!(null));
    let bytes = hex::decode(all["items"][3]["bytes"].as_str().unwrap()).unwrap();
    let hash = plenary_shared::entry::Entry::hash_of(&bytes);
    assert_eq!(all["items"][3]["hash"], hash.to_string());
    let page = stage
        .get(&stage.secretariat, &format!("{address}?after=1&limit=2"))
        .await
        .json();
    assert_eq!(page["items"][0]["seq"], 2);
    assert_eq!(page["items"][0]["bytes"], json!(null));
    let rest = stage
        .get(&stage.secretariat, page["next"].as_str().unwrap())
        .await
        .json();
    assert_eq!(rest["items"][0]["seq"], 4);
}

#[tokio::test]
async fn what_is_not_in_the_draft_is_said_to_be_unknown() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    for (tail, code) in [
        ("clauses/op-99", "unknown-clause"),
        ("text?at=Rev.9", "unknown-moment"),
        ("text?at=999", "unknown-moment"),
    ] {
        let reply = stage
            .get(
                &stage.secretariat,
                &format!("/api/v1/drafts/{draft}/{tail}"),
            )
            .await;
        assert_eq!(reply.problem(), (404, code.into()), "{tail}");
    }
}

#[tokio::test]
async fn a_draft_begins_with_the_text_it_is_given() {
    let stage = Stage::new().await;
    let markdown = include_str!("../../../examples/minimal.md");
    let new = json!({"title": "x", "authentic": ["en", "fr"], "markdown": markdown});
    let id = stage.convene(new).await;
    let address = format!("/api/v1/drafts/{id}/text");
    let text = stage.get(&stage.secretariat, &address).await.json();
    let clauses = text["clauses"].as_array().unwrap();
    assert_eq!(clauses.len(), 6);
    assert_eq!(clauses[0]["id"], "title");
    assert_eq!(clauses[5]["label"], "OP3");
    assert!(
        clauses[5]["text"]["fr"]
            .as_str()
            .unwrap()
            .contains("secrétariat")
    );
    let first = stage
        .get(&stage.secretariat, &format!("{address}?at=1"))
        .await
        .json();
    assert_eq!(first["digest"], text["digest"]);
}

#[tokio::test]
async fn a_text_in_a_language_that_the_draft_has_not_is_refused_with_its_line() {
    let stage = Stage::new().await;
    let markdown = include_str!("../../../examples/minimal.md");
    let new = json!({"title": "x", "authentic": ["en"], "markdown": markdown});
    let reply = stage
        .ask(&stage.secretariat, "POST", "/api/v1/drafts", Some(new))
        .await;
    assert_eq!(reply.problem(), (422, "malformed-markdown".into()));
    assert!(
        reply.json()["detail"]
            .as_str()
            .unwrap()
            .starts_with("Line 1:")
    );
}

#[tokio::test]
async fn a_long_answer_is_compressed_for_who_takes_it() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let address = format!("/api/v1/drafts/{draft}/entries");
    let plain = stage.get(&stage.secretariat, &address).await;
    let sent = [("accept-encoding", "gzip")];
    let small = stage
        .ask_with(&stage.secretariat, "GET", &address, None, &sent)
        .await;
    assert_eq!(small.headers["content-encoding"], "gzip");
    assert!(small.body.len() < plain.body.len() / 2);
}

#[tokio::test]
async fn a_text_is_exported_in_every_format_and_in_no_other() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    for format in plenary_shared::export::FORMATS {
        let address = format!(
            "/api/v1/drafts/{draft}/export/{}?language=en",
            format.name()
        );
        let reply = stage.get(&stage.secretariat, &address).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.headers["content-type"], format.media_type());
    }
    for (tail, code) in [
        ("papyrus", "unknown-format"),
        ("plain?language=la", "unknown-language"),
        ("plain?at=99", "unknown-moment"),
    ] {
        let address = format!("/api/v1/drafts/{draft}/export/{tail}");
        let reply = stage.get(&stage.secretariat, &address).await;
        assert_eq!(reply.problem(), (404, code.into()), "{tail}");
    }
}
