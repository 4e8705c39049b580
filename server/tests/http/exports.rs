//! The text and the record in other formats.

use plenary_documents::docx::read;
use serde_json::{Value, json};

use crate::stage::{Reply, Stage};

mod printed;

struct Room {
    stage: Stage,
    draft: String,
    chair: String,
    avr: String,
}

impl Room {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let new = json!({
            "title": "A draft", "authentic": ["en", "fr"],
            "markdown": "# Lakes {#t}\n\n> **fr** Lacs\n\n1. *Decides* to meet yearly; {#op-1}\n\n> **fr** *Décide* de se réunir ;\n\n1. Thanks all donors; {#op-2}\n",
            "seats": [
                {"delegation": "CHAIR", "name": "Chair", "role": "facilitator", "entitled": false},
                {"delegation": "AVR", "name": "Averland"},
                {"delegation": "NRM", "name": "Norrmark"},
            ],
            "groups": [{"group": "LAKES", "name": "Lake States", "members": ["AVR", "NRM"], "spokesperson": "AVR"}],
        });
        let draft = stage.convene(new).await;
        let (_, chair) = stage.seat(&draft, "CHAIR", "facilitator").await;
        let (_, avr) = stage.seat(&draft, "AVR", "delegate").await;
        Self {
            stage,
            draft,
            chair,
            avr,
        }
    }

    async fn proposes(&self, clause: &str, text: &str) {
        let propose = json!({"propose": {"amendment": {"replace": {"clause": clause}}, "text": {"en": text}}});
        self.stage.act(&self.avr, &self.draft, propose).await;
    }

    /// The text is adopted, with a reservation, a dissociation and a statement on record.
    async fn adopts(&self) {
        let act =
            |who: String, act: Value| async move { self.stage.act(&who, &self.draft, act).await };
        act(self.avr.clone(), json!({"take_position": {"on": {"clause": "op-1"}, "stance": "reserve", "note": "Subject to funds."}})).await;
        act(
            self.avr.clone(),
            json!({"dissociate": {"on": {"clause": "op-1"}}}),
        )
        .await;
        for (clause, fr) in [
            ("t", "Lacs"),
            ("op-1", "*Décide* de se réunir ;"),
            ("op-2", "*Remercie* les donateurs ;"),
        ] {
            act(
                self.chair.clone(),
                json!({"mark_translation": {"clause": clause, "language": "fr", "text": fr}}),
            )
            .await;
            act(
                self.chair.clone(),
                json!({"call": {"clause": clause, "present": ["AVR", "NRM"]}}),
            )
            .await;
            act(self.chair.clone(), json!({"agree": {"clause": clause}})).await;
        }
        act(
            self.chair.clone(),
            json!({"adopt": {"name": "Lakes", "present": ["AVR", "NRM"]}}),
        )
        .await;
        act(
            self.avr.clone(),
            json!({"statement": {"text": "We read it narrowly."}}),
        )
        .await;
    }

    async fn exports(&self, tail: &str) -> Reply {
        let address = format!("/api/v1/drafts/{}/export/{tail}", self.draft);
        self.stage.get(&self.avr, &address).await
    }

    /// The words of the clauses of a Word file, and what in it is none of the text.
    async fn word(&self, tail: &str) -> (Vec<String>, Vec<String>) {
        let reply = self.exports(&format!("docx?{tail}")).await;
        assert_eq!(
            reply.status,
            200,
            "{}",
            String::from_utf8_lossy(&reply.body)
        );
        let language = "en".parse().unwrap();
        let read = read::read(&reply.body, &language).unwrap();
        let words = read.clauses.into_iter().map(|c| c.text[&language].clone());
        (words.collect(), read.lost)
    }
}

#[tokio::test]
async fn the_record_is_a_table_of_which_no_field_is_a_formula() {
    let room = Room::new().await;
    room.stage
        .act(
            &room.avr,
            &room.draft,
            json!({"object": {"on": {"clause": "op-1"}, "reason": "=1+1, \"no\"\nat all"}}),
        )
        .await;
    room.stage
        .act(
            &room.avr,
            &room.draft,
            json!({"take_position": {"on": {"clause": "op-2"}, "stance": "support", "as_group": "LAKES"}}),
        )
        .await;
    let csv = room.exports("csv").await;
    assert_eq!(
        csv.headers["content-type"],
        "text/csv; charset=utf-8; header=present"
    );
    let text = String::from_utf8(csv.body).unwrap();
    // RFC 4180: a heading, and lines that end in CRLF.
    assert!(
        text.starts_with("seq,time,by,delegation,group,verb,clauses,sentence,hash\r\n1,"),
        "{text}"
    );
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let json: Vec<Value> = serde_json::from_slice(&room.exports("json").await.body).unwrap();
    assert_eq!(rows.len(), json.len());
    let verbs: Vec<_> = rows.iter().map(|r| r[5].to_owned()).collect();
    assert_eq!(verbs.first().map(String::as_str), Some("convene"));
    assert_eq!(verbs[verbs.len() - 2..], ["object", "take_position"]);
    let objects = json.iter().find(|r| r["verb"] == "object").unwrap();
    assert_eq!(objects["clauses"], json!(["op-1"]));
    assert_eq!(
        (&objects["delegation"], &objects["by"]),
        (&json!("AVR"), &json!("delegate"))
    );
    let groupwise = rows.iter().find(|r| &r[5] == "take_position").unwrap();
    assert_eq!(
        (&groupwise[3], &groupwise[4], &groupwise[6]),
        ("AVR", "LAKES", "op-2")
    );
    assert!(
        rows.iter()
            .flatten()
            .all(|f| !f.starts_with(['=', '+', '-', '@']))
    );
    let entries = room
        .stage
        .get(
            &room.avr,
            &format!("/api/v1/drafts/{}/entries?limit=500", room.draft),
        )
        .await
        .json();
    for (row, entry) in json.iter().zip(entries["items"].as_array().unwrap()) {
        assert_eq!(
            (&row["hash"], &row["sentence"]),
            (&entry["hash"], &entry["sentence"])
        );
    }
    let early: Vec<Value> = serde_json::from_slice(&room.exports("json?at=1").await.body).unwrap();
    assert_eq!(early.len(), 1);
}

#[tokio::test]
async fn the_edits_between_the_acts_are_rows_if_asked_for() {
    let room = Room::new().await;
    let address = format!("/api/v1/drafts/{}/clauses/op-2/text/en", room.draft);
    let text = room
        .stage
        .get(&room.chair, &format!("/api/v1/drafts/{}/text", room.draft))
        .await
        .json();
    let edit = json!({"base": text["heads"], "text": "Thanks many donors;"});
    let reply = room
        .stage
        .ask(&room.chair, "PUT", &address, Some(edit))
        .await;
    assert_eq!(
        reply.status,
        200,
        "{}",
        String::from_utf8_lossy(&reply.body)
    );
    let rows = |reply: Reply| serde_json::from_slice::<Vec<Value>>(&reply.body).unwrap();
    let (acts, all) = (
        rows(room.exports("json").await),
        rows(room.exports("json?edits=true").await),
    );
    assert_eq!(all.len(), acts.len() + 1);
    let edit = all.last().unwrap();
    assert_eq!(
        (&edit["verb"], &edit["clauses"]),
        (&json!("edit"), &json!(["op-2"]))
    );
}

#[tokio::test]
async fn a_text_is_clean_or_in_brackets_or_with_who_wants_what() {
    let room = Room::new().await;
    room.proposes("op-1", "*Decides* to meet monthly;").await;
    let plain = |tail: &'static str| {
        let room = &room;
        async move { String::from_utf8(room.exports(tail).await.body).unwrap() }
    };
    assert!(
        plain("plain?language=en&text=clean")
            .await
            .contains("meet yearly;")
    );
    assert!(
        plain("plain?language=en&text=brackets")
            .await
            .contains("meet [yearly] [monthly];")
    );
    assert!(
        plain("plain?language=en&text=rolling")
            .await
            .contains("[monthly: AVR]")
    );
    let (words, _) = room.word("text=rolling").await;
    assert!(words[1].contains("[monthly: AVR]"), "{words:?}");
    let (words, _) = room.word("text=clean").await;
    assert_eq!(words[1], "*Decides* to meet yearly;");
    assert_eq!(
        room.exports("plain?text=adopted").await.problem(),
        (409, "not-adopted".into())
    );
    assert_eq!(
        room.exports("docx?text=rolling&from=1").await.problem(),
        (400, "changes-of-one-text".into())
    );
}

#[tokio::test]
async fn two_languages_stand_side_by_side() {
    let room = Room::new().await;
    let html = String::from_utf8(room.exports("html?language=en&beside=fr").await.body).unwrap();
    for part in [
        "<th scope=\"col\">en</th><th scope=\"col\">fr</th>",
        "<td lang=\"fr\" dir=\"ltr\"><p class=\"level-1\"><em>Décide</em> de se réunir ;</p></td>",
        "[no text yet]",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    // What comes back is the text in its own language.
    let (words, lost) = room.word("language=en&beside=fr").await;
    assert_eq!(
        words,
        ["Lakes", "*Decides* to meet yearly;", "Thanks all donors;"]
    );
    assert!(lost.iter().any(|l| l.contains("beside")), "{lost:?}");
    assert_eq!(
        room.exports("plain?beside=fr").await.problem(),
        (400, "no-table".into())
    );
    assert_eq!(
        room.exports("html?beside=la").await.problem(),
        (404, "unknown-language".into())
    );
}

#[tokio::test]
async fn what_was_adopted_comes_with_what_is_on_record() {
    let room = Room::new().await;
    room.adopts().await;
    let plain =
        String::from_utf8(room.exports("plain?language=en&text=adopted").await.body).unwrap();
    for line in [
        "AVR, reservation on OP1: Subject to funds.",
        "AVR, dissociation from OP1: Not heard through its groups.",
        "AVR, statement: We read it narrowly.",
        "1.  *Decides* to meet yearly;",
    ] {
        assert!(plain.contains(line), "{line} is not in {plain}");
    }
    let (words, lost) = room.word("text=adopted").await;
    assert_eq!(words.len(), 3, "the annex is none of the text: {words:?}");
    // The heading of the annex and its three lines.
    assert!(lost.iter().any(|l| l.ends_with("left out: 4.")), "{lost:?}");
}

#[tokio::test]
async fn what_is_handed_in_has_the_changes_clean_copies_and_the_sponsors() {
    let room = Room::new().await;
    let nothing = unzipped(&room.exports("pack").await);
    assert!(!nothing.contains_key("changes-en.docx"));
    assert!(nothing["note.txt"].contains("nothing: no text was issued before"));
    room.stage
        .act(
            &room.chair,
            &room.draft,
            json!({"seal_version": {"name": "L.2"}}),
        )
        .await;
    room.proposes("op-1", "*Decides* to meet monthly;").await;
    let (_, nrm) = room.stage.seat(&room.draft, "NRM", "delegate").await;
    let joins = json!({"cosponsor": {"proposal": "p1"}});
    room.stage.act(&nrm, &room.draft, joins).await;
    room.stage
        .act(
            &room.chair,
            &room.draft,
            json!({"incorporate": {"proposal": "p1"}}),
        )
        .await;
    let reply = room
        .exports("pack?symbol=A/CONF.1/L.2/Rev.1&body=Conference%20on%20Lakes")
        .await;
    assert_eq!(reply.headers["content-type"], "application/zip");
    let pack = unzipped(&reply);
    let names: Vec<_> = pack.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "changes-en.docx",
            "clean-en.docx",
            "clean-fr.docx",
            "note.txt",
            "sponsors.csv"
        ]
    );
    let note = &pack["note.txt"];
    for words in [
        "Symbol      A/CONF.1/L.2/Rev.1",
        "Against     L.2, entry ",
        "Averland (AVR) made proposal p1, which is in the text",
        "Norrmark (NRM) joined proposal p1",
        "In fr there are no words yet in clauses: 1",
    ] {
        assert!(note.contains(words), "{words} is not in {note}");
    }
    let sponsors = &pack["sponsors.csv"];
    assert!(
        sponsors.contains("\"NRM\",\"Norrmark\",\"co-sponsor\",\"p1\",\"in the text\",\"2026-"),
        "{sponsors}"
    );
    // The changes are those since the version, by their delegation.
    let files = archive(&reply);
    let changes = read::read(&files["changes-en.docx"], &"en".parse().unwrap()).unwrap();
    let asked: Vec<_> = changes
        .proposals
        .iter()
        .map(|p| p.author.as_str())
        .collect();
    assert_eq!(asked, ["Averland"]);
    let clean = read::read(&files["clean-en.docx"], &"en".parse().unwrap()).unwrap();
    assert_eq!(clean.proposals, []);
}

fn archive(reply: &Reply) -> std::collections::BTreeMap<String, Vec<u8>> {
    use std::io::Read as _;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&reply.body)).unwrap();
    let mut files = std::collections::BTreeMap::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        files.insert(name, bytes);
    }
    files
}

fn unzipped(reply: &Reply) -> std::collections::BTreeMap<String, String> {
    assert_eq!(
        reply.status,
        200,
        "{}",
        String::from_utf8_lossy(&reply.body)
    );
    let files = archive(reply).into_iter();
    files
        .map(|(n, b)| (n, String::from_utf8_lossy(&b).into_owned()))
        .collect()
}
