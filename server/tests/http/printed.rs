//! The text in pages.

#[cfg(feature = "pdf")]
use serde_json::json;

use super::Room;

#[cfg(not(feature = "pdf"))]
#[tokio::test]
async fn pages_come_from_a_server_that_was_built_to_print() {
    let reply = Room::new().await.exports("pdf?language=en").await;
    assert_eq!(reply.problem(), (501, "no-press".into()));
}

#[cfg(feature = "pdf")]
impl Room {
    /// The words of the pages as `pdftotext` reads them; none where it is missing, unless all is to be tested.
    async fn printed(&self, tail: &str) -> Option<String> {
        let reply = self.exports(&format!("pdf?{tail}")).await;
        let told = || String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, 200, "{}", told());
        assert_eq!(reply.headers["content-type"], "application/pdf");
        let file = reply.headers["content-disposition"].to_str().unwrap();
        assert!(file.contains(".pdf\""), "{file}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.pdf");
        std::fs::write(&path, &reply.body).unwrap();
        let mut command = std::process::Command::new("pdftotext");
        let Ok(out) = command.arg(&path).arg("-").output() else {
            let all = std::env::var_os("PLENARY_TEST_ALL").is_some();
            assert!(!all, "pdftotext is missing: install poppler-utils");
            println!("skipped: pdftotext is missing");
            return None;
        };
        assert!(out.status.success(), "{out:?}");
        let read = String::from_utf8(out.stdout).unwrap();
        Some(read.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    async fn prints(&self, tail: &str, all: &[&str]) {
        let Some(read) = self.printed(tail).await else {
            return;
        };
        for words in all {
            assert!(read.contains(words), "{words} is not in {read}");
        }
    }
}

#[cfg(feature = "pdf")]
#[tokio::test]
async fn a_text_is_printed_clean_or_in_brackets_or_with_who_wants_what() {
    let room = Room::new().await;
    room.proposes("op-1", "*Decides* to meet monthly;").await;
    let cover = "language=en&symbol=A/CONF.1/L.2&body=On%20lakes&agenda=Item%203";
    room.prints(
        cover,
        &[
            "A/CONF.1/L.2",
            "On lakes",
            "Item 3",
            "Lakes",
            "1. Decides to meet yearly;",
            "entry 6, 2",
        ],
    )
    .await;
    room.prints("text=brackets", &["1. Decides to meet [yearly] [monthly];"])
        .await;
    room.prints("text=rolling", &["[monthly: AVR];", "brackets: 2"])
        .await;
    room.prints(
        "language=fr",
        &["Lacs", "1. Décide de se réunir ;", "[pas encore de texte]"],
    )
    .await;
    let twice = room.exports("pdf?text=rolling&from=1").await.problem();
    assert_eq!(twice, (400, "changes-of-one-text".into()));
    let early = room.exports("pdf?text=adopted").await.problem();
    assert_eq!(early, (409, "not-adopted".into()));
    let tongue = room.exports("pdf?language=la").await.problem();
    assert_eq!(tongue, (404, "unknown-language".into()));
}

#[cfg(feature = "pdf")]
#[tokio::test]
async fn two_languages_are_printed_side_by_side() {
    let room = Room::new().await;
    let words = [
        "Decides to meet yearly;",
        "Décide de se réunir ;",
        "[pas encore de texte]",
    ];
    room.prints("language=en&beside=fr", &words).await;
}

#[cfg(feature = "pdf")]
#[tokio::test]
async fn changes_since_a_moment_are_marked_in_the_pages() {
    let room = Room::new().await;
    let (chair, draft) = (&room.chair, &room.draft);
    let seal = json!({"seal_version": {"name": "L.2"}});
    room.stage.act(chair, draft, seal).await;
    room.proposes("op-1", "*Decides* to meet monthly;").await;
    room.stage
        .act(chair, draft, json!({"incorporate": {"proposal": "p1"}}))
        .await;
    room.prints("from=L.2", &["1. Decides to meet yearlymonthly;"])
        .await;
    room.prints("language=en", &["1. Decides to meet monthly;"])
        .await;
}

#[cfg(feature = "pdf")]
#[tokio::test]
async fn what_was_adopted_is_printed_with_its_annex() {
    let room = Room::new().await;
    room.adopts().await;
    room.prints(
        "language=en&text=adopted",
        &[
            "1. Decides to meet yearly;",
            "AVR, reservation on OP1: Subject to funds.",
            "AVR, dissociation from OP1: Not heard through its groups.",
            "AVR, statement: We read it narrowly.",
        ],
    )
    .await;
}

#[cfg(feature = "pdf")]
#[tokio::test]
async fn a_letter_that_no_font_has_is_told() {
    let room = Room::new().await;
    room.proposes("op-1", "*Decides* \u{F8FE};").await;
    let reply = room.exports("pdf?text=rolling").await;
    assert_eq!(reply.problem(), (422, "no-font".into()));
    let told = String::from_utf8_lossy(&reply.body);
    assert!(
        told.contains("no font for the sign") && told.contains("\u{F8FE}"),
        "{told}"
    );
}
