//! What the server signs of a record, and how it is proved that an entry is in it.

use plenary_shared::entry::Entry;
use plenary_shared::ids::Hash;
use plenary_shared::proof::{Key, Signed, included, is_consistent};
use plenary_shared::wire::proof::{Checkpoints, ConsistencyProof, InclusionProof, ServerKey};
use serde_json::json;

use crate::stage::Stage;

async fn says(stage: &Stage, token: &str, draft: &str, text: &str) {
    let act = json!({"statement": {"text": text}});
    let acts = format!("/api/v1/drafts/{draft}/acts");
    stage.ask(token, "POST", &acts, Some(act)).await.created();
}

async fn checkpoint(stage: &Stage, token: &str, draft: &str, query: &str) -> Signed {
    let at = format!("/api/v1/drafts/{draft}/checkpoint{query}");
    let reply = stage.get(token, &at).await;
    assert_eq!(reply.status, 200);
    String::from_utf8(reply.body).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_signed_record_grows_and_holds_each_entry_that_was_shown() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    let key: ServerKey = serde_json::from_value(stage.get("", "/api/v1/key").await.json()).unwrap();
    let key: Key = key.key.parse().unwrap();
    assert_eq!(key.name, "plenary.test");
    let before = checkpoint(&stage, &avr, &draft, "").await;
    let before = before.verified(&key).unwrap().clone();
    assert_eq!(before.origin, format!("plenary.test/{draft}"));
    says(&stage, &avr, &draft, "We thank the host.").await;
    says(&stage, &avr, &draft, "We thank the secretariat.").await;
    let now = checkpoint(&stage, &avr, &draft, "").await;
    let now = now.verified(&key).unwrap().clone();
    assert_eq!(now.size, before.size + 2);
    let again = checkpoint(&stage, &avr, &draft, &format!("?size={}", before.size)).await;
    assert_eq!(*again.verified(&key).unwrap(), before);

    let at = format!(
        "/api/v1/drafts/{draft}/proof/consistency?from={}",
        before.size
    );
    let growth: ConsistencyProof =
        serde_json::from_value(stage.get(&avr, &at).await.json()).unwrap();
    assert!(is_consistent(
        before.size,
        before.root,
        now.size,
        now.root,
        &growth.path
    ));

    let entries = format!("/api/v1/drafts/{draft}/entries?bytes=true");
    for entry in stage.get(&avr, &entries).await.json()["items"]
        .as_array()
        .unwrap()
    {
        let seq = entry["seq"].as_u64().unwrap();
        let at = format!("/api/v1/drafts/{draft}/proof/inclusion?seq={seq}");
        let proof: InclusionProof =
            serde_json::from_value(stage.get(&avr, &at).await.json()).unwrap();
        let bytes = hex::decode(entry["bytes"].as_str().unwrap()).unwrap();
        assert_eq!(proof.leaf, Entry::hash_of(&bytes));
        assert!(included(
            proof.leaf,
            seq - 1,
            now.size,
            &proof.path,
            now.root
        ));
        assert!(!included(
            Hash([0; 32]),
            seq - 1,
            now.size,
            &proof.path,
            now.root
        ));
    }
}

#[tokio::test]
async fn what_is_not_there_has_no_proof_and_who_does_not_sit_there_gets_none() {
    let stage = Stage::new().await;
    let (draft, other) = (stage.draft().await, stage.draft().await);
    let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
    for asked in [
        "checkpoint?size=99",
        "proof/inclusion?seq=99",
        "proof/inclusion?seq=0",
        "proof/consistency?from=99",
    ] {
        let reply = stage
            .get(&avr, &format!("/api/v1/drafts/{draft}/{asked}"))
            .await;
        assert_eq!(
            reply.problem(),
            (404, "unknown-moment".to_owned()),
            "{asked}"
        );
    }
    for asked in [
        "checkpoint",
        "checkpoints",
        "proof/inclusion?seq=1",
        "proof/consistency?from=1",
    ] {
        let reply = stage
            .get(&avr, &format!("/api/v1/drafts/{other}/{asked}"))
            .await;
        assert_eq!(
            reply.problem(),
            (404, "unknown-draft".to_owned()),
            "{asked}"
        );
        let reply = stage
            .get("", &format!("/api/v1/drafts/{draft}/{asked}"))
            .await;
        assert_eq!(reply.status, 401);
    }
}

#[tokio::test]
async fn a_checkpoint_of_every_sealed_version_is_kept() {
    let stage = Stage::new().await;
    let draft = stage.draft().await;
    let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
    let notices = stage.app.rooms.notices();
    let notary = stage.app.notary.clone();
    let following = tokio::spawn(async move { notary.follow(notices).await });
    let acts = format!("/api/v1/drafts/{draft}/acts");
    let seal = json!({"seal_version": {"name": "Rev.1"}});
    let sealed = stage.ask(&chair, "POST", &acts, Some(seal)).await.created();
    let at = format!("/api/v1/drafts/{draft}/checkpoints");
    let kept = loop {
        let kept: Checkpoints =
            serde_json::from_value(stage.get(&chair, &at).await.json()).unwrap();
        if let Some(first) = kept.items.first() {
            break first.parse::<Signed>().unwrap();
        }
        tokio::task::yield_now().await;
    };
    following.abort();
    let kept = kept.verified(&stage.app.notary.key()).unwrap();
    assert_eq!(json!(kept.size), sealed["seq"]);
}
