//! The pages that people open: readable as they come, and closed to who has no seat.

use serde_json::{Value, json};

use crate::stage::{Reply, Stage};

async fn hall() -> (Stage, String, String) {
    let stage = Stage::new().await;
    let draft = stage
        .convene(json!({
            "title": "A <b>bold</b> draft", "authentic": ["en"], "working": ["ar"],
            "markdown": "# On rivers {#title}\n\n*Recalling* \\<script>alert(1)\\</script> & rivers, {#recalling}\n\n> **ar** *إذ يشير* إلى الأنهار،\n\n1. *Decides* to meet. {#meet}\n",
            "seats": [{"delegation": "AVR", "name": "Averland"}],
        }))
        .await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    (stage, draft, token)
}

fn html(reply: &Reply) -> String {
    assert_eq!(reply.headers["content-type"], "text/html; charset=utf-8");
    String::from_utf8(reply.body.clone()).unwrap()
}

/// The data that the script of the page begins with.
fn data(page: &str) -> Value {
    let start = page.find("type=\"application/json\">").unwrap() + 24;
    let end = start + page[start..].find("</script>").unwrap();
    serde_json::from_str(&page[start..end]).unwrap()
}

#[tokio::test]
async fn the_page_of_a_draft_is_the_declaration() {
    let (stage, draft, token) = hall().await;
    let reply = stage.get(&token, &format!("/d/{draft}")).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers["cache-control"], "no-store");
    let page = html(&reply);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("<title>A &lt;b&gt;bold&lt;/b&gt; draft</title>"));
    assert!(page.contains("<h1>On rivers</h1>"), "{page}");
    assert!(
        page.contains("<em>Recalling</em> &lt;script&gt;alert(1)&lt;/script&gt; &amp; rivers,")
    );
    assert!(page.contains(">OP1</p>"));
    let data = data(&page);
    assert_eq!(data["me"]["seat"]["delegation"], "AVR");
    assert_eq!(data["text"]["clauses"][2]["id"], "meet");
    assert_eq!(data["rolling"]["language"], "en");
}

#[tokio::test]
async fn a_page_knows_by_which_build_it_was_made_and_every_answer_names_the_present_one() {
    let (stage, draft, token) = hall().await;
    let reply = stage.get(&token, &format!("/d/{draft}")).await;
    let build = reply.headers["plenary-build"].to_str().unwrap().to_owned();
    assert!(build.starts_with(env!("CARGO_PKG_VERSION")), "{build}");
    assert!(html(&reply).contains(&format!("data-build=\"{build}\"")));
    let refused = stage.get("plenary_nobody", "/api/v1/me").await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.headers["plenary-build"], build.as_str());
}

#[tokio::test]
async fn a_draft_without_a_title_of_its_own_is_headed_by_its_name() {
    let stage = Stage::new().await;
    let untitled = json!({"title": "On rivers", "authentic": ["en"],
        "markdown": "1. *Decides* to meet. {#meet}\n",
        "seats": [{"delegation": "AVR", "name": "Averland"}]});
    let draft = stage.convene(untitled).await;
    let (_, token) = stage.seat(&draft, "AVR", "delegate").await;
    let page = html(&stage.get(&token, &format!("/d/{draft}")).await);
    assert!(page.contains("<h1 class=\"unseen\">On rivers</h1>"));
    let (stage, draft, token) = hall().await;
    let page = html(&stage.get(&token, &format!("/d/{draft}")).await);
    assert_eq!(page.matches("<h1").count(), 1);
}

#[tokio::test]
async fn the_page_may_run_only_the_servers_own_files() {
    let (stage, draft, token) = hall().await;
    let page = stage.get(&token, &format!("/d/{draft}")).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'"));
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"));
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
}

#[tokio::test]
async fn the_text_and_the_page_have_languages_of_their_own() {
    let (stage, draft, token) = hall().await;
    let arabic = html(&stage.get(&token, &format!("/d/{draft}?ui=ar")).await);
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(
        arabic.contains("lang=\"ar\" dir=\"rtl\"><p><em>إذ يشير</em>"),
        "{arabic}"
    );
    // What is not translated yet stands in the language negotiated in, and says so.
    assert!(arabic.contains("lang=\"en\" dir=\"ltr\"><p><em>Decides</em>"));
    let mixed = html(
        &stage
            .get(&token, &format!("/d/{draft}?ui=ar&lang=en"))
            .await,
    );
    assert!(mixed.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(!mixed.contains("<em>إذ يشير</em>"));
}

#[tokio::test]
async fn a_language_that_was_chosen_is_remembered() {
    let stage = Stage::new().await;
    let chosen = stage.get("", "/?ui=zh").await;
    let cookie = chosen.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("plenary_language=zh;"), "{cookie}");
    let later = stage
        .ask_with("", "GET", "/", None, &[("cookie", "plenary_language=zh")])
        .await;
    assert!(html(&later).contains("<html lang=\"zh\" dir=\"ltr\">"));
}

#[tokio::test]
async fn who_has_no_seat_gets_a_page_that_says_what_to_do() {
    let (stage, draft, token) = hall().await;
    let stranger = stage.get("", &format!("/d/{draft}")).await;
    assert_eq!(stranger.status, 401);
    let page = html(&stranger);
    assert!(page.contains("Open the invitation link"));
    assert!(!page.contains("rivers"));
    for address in [&format!("/d/{draft}/nothing"), "/d/nothing"] {
        let lost = stage.get(&token, address).await;
        assert_eq!(lost.status, 404, "{address}");
        assert!(html(&lost).contains("There is nothing at this address"));
    }
}

#[tokio::test]
async fn the_first_page_lists_the_drafts_of_who_is_signed_in() {
    let (stage, draft, token) = hall().await;
    let link = format!("<a href=\"/d/{draft}\">A &lt;b&gt;bold");
    assert!(html(&stage.get(&token, "/").await).contains(&link));
    assert!(!html(&stage.get("", "/").await).contains(&link));
}

#[tokio::test]
async fn the_screen_has_the_rolling_text_of_what_is_contested() {
    let (stage, draft, token) = hall().await;
    let screen = format!("/api/v1/drafts/{draft}/screen");
    let before = stage.get(&token, &screen).await.json();
    assert_eq!(before["rolling"]["clauses"], json!([]));
    let propose = json!({"propose": {"amendment": {"replace": {"clause": "meet"}},
        "text": {"en": "*Decides* to meet twice."}}});
    stage.act(&token, &draft, propose).await;
    let rolling = format!("/api/v1/drafts/{draft}/rolling");
    for view in [
        stage.get(&token, &screen).await.json()["rolling"].take(),
        stage.get(&token, &rolling).await.json(),
    ] {
        let clause = &view["clauses"][0];
        assert_eq!(clause["clause"], "meet");
        let alternatives = &clause["spans"][1]["alternatives"];
        assert_eq!(alternatives[0]["stands"], true);
        assert_eq!(alternatives[1]["who"], json!(["AVR"]));
        assert_eq!(alternatives[1]["spans"], json!([{"plain": " twice"}]));
    }
    for (only, count) in [("meet", 1), ("p9,meet", 1), ("p9", 0), ("", 0)] {
        let asked = stage.get(&token, &format!("{rolling}?only={only}")).await;
        let clauses = asked.json()["clauses"].take();
        assert_eq!(clauses.as_array().map(Vec::len), Some(count), "{only}");
    }
    assert_eq!(stage.get("", &screen).await.problem().0, 401);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_a_problem_and_not_a_page() {
    let stage = Stage::new().await;
    for address in [
        "/assets/../Cargo.toml",
        "/assets/nothing.js",
        "/assets/%2e%2e/Cargo.toml",
    ] {
        assert_eq!(stage.get("", address).await.problem().0, 404, "{address}");
    }
}
