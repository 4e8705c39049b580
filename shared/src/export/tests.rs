//! What exports look like, and that Markdown is read back as it was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::draft::{Agreement, Clause, How, Paragraph};
use crate::ids::{DraftId, Seq};
use crate::import::{self, ImportedClause};

/// A draft and its words as an import would make them.
pub(crate) fn draft(languages: &[&str], clauses: Vec<ImportedClause>) -> (Draft, Manuscript) {
    let mut draft = Draft::unborn(DraftId([1; 16]));
    draft.authentic = languages.iter().map(|l| l.parse().unwrap()).collect();
    draft.title = "Lakes & rivers".parse().unwrap();
    let mut manuscript = Manuscript::default();
    for (n, clause) in clauses.into_iter().enumerate() {
        let id = clause
            .id
            .unwrap_or_else(|| format!("c{n}").parse().unwrap());
        let text = clause.text.into_iter().map(|(l, t)| (l, Arc::from(t)));
        let paragraph = Paragraph {
            order: format!("{n:05}"),
            kind: clause.kind,
            level: clause.level,
            text: text.collect(),
        };
        manuscript.clauses.insert(id.clone(), paragraph);
        draft.clauses.insert(id, Clause::default());
    }
    (draft, manuscript)
}

fn page(
    draft: &Draft,
    manuscript: &Manuscript,
    language: Option<&str>,
    show: Show,
    name: &str,
) -> String {
    let page = Page {
        draft,
        manuscript,
        language: language.map(|l| l.parse().unwrap()),
        beside: None,
        show,
        rolled: Rolled::default(),
        moment: "entry 7".into(),
    };
    format(name).unwrap().write(&page)
}

const SOURCE: &str = "\
# Declaration on lakes {#title}

> **ar** إعلان البحيرات

*Recalling* its resolution, {#pp-1}

> **fr** *Rappelant* sa résolution,
>
> **ar** إذ تشير إلى قرارها،

## Measures {#h-1}

1. *Decides* to meet: {#op-1}

   > **fr** *Décide* de se réunir :

   (a) annually; {#op-1-a}

   (i) in spring; {#op-1-a-i}

   (b) anywhere; {#op-1-b}

2. *Requests* a report. {#op-2}

Done at the lake. {#done}

## Annex: Lakes {#annex}

First lake. {#a-1}
";

fn sample() -> (Draft, Manuscript) {
    let clauses = import::markdown(SOURCE, &"en".parse().unwrap()).unwrap();
    draft(&["en", "fr", "ar"], clauses)
}

#[test]
fn markdown_is_written_as_it_was_read() {
    let (draft, manuscript) = sample();
    assert_eq!(
        page(&draft, &manuscript, None, Show::Clean, "markdown"),
        SOURCE
    );
}

#[test]
fn the_page_of_one_language_keeps_what_is_not_yet_translated() {
    let (draft, manuscript) = sample();
    let french = page(&draft, &manuscript, Some("fr"), Show::Clean, "markdown");
    assert!(
        french.starts_with("# {#title}\n\n> **en** Declaration on lakes\n\n*Rappelant* sa"),
        "{french}"
    );
    let clauses = import::markdown(&french, &"fr".parse().unwrap()).unwrap();
    assert_eq!(clauses.len(), manuscript.clauses.len());
}

const PLAIN: &str = "\
Declaration on lakes
====================

*Recalling* its resolution,

Measures
--------

1.  *Decides* to meet:

    (a) annually;

        (i) in spring;

    (b) anywhere;

2.  *Requests* a report.

Done at the lake.

Annex: Lakes
------------

First lake.

(entry 7)
";

#[test]
fn plain_text_is_numbered_and_indented() {
    let (draft, manuscript) = sample();
    let plain = page(&draft, &manuscript, Some("en"), Show::Clean, "plain");
    assert_eq!(plain, PLAIN);
}

#[test]
fn the_status_of_each_clause_is_written_out() {
    let (mut draft, manuscript) = sample();
    let agreement = Agreement {
        digests: BTreeMap::new(),
        seq: Seq(3),
        at: draft.at,
        how: How::Declared,
        awaiting: std::collections::BTreeSet::new(),
        late: Vec::new(),
    };
    draft
        .clauses
        .get_mut(&"pp-1".parse::<ClauseId>().unwrap())
        .unwrap()
        .agreement = Some(agreement);
    draft
        .clauses
        .get_mut(&"op-1-b".parse::<ClauseId>().unwrap())
        .unwrap()
        .deleted = Some(Seq(4));
    let plain = page(&draft, &manuscript, Some("en"), Show::Status, "plain");
    assert!(
        plain.contains("PP1 [agreed] *Recalling* its resolution,\n"),
        "{plain}"
    );
    assert!(plain.contains("[deleted] anywhere;\n"), "{plain}");
    let html = page(&draft, &manuscript, Some("en"), Show::Status, "html");
    assert!(
        html.contains(
            "<bdi class=\"status\" lang=\"en\">[deleted]</bdi> <s class=\"deleted\">anywhere;</s>"
        ),
        "{html}"
    );
    let clean = page(&draft, &manuscript, Some("en"), Show::Clean, "html");
    assert!(!clean.contains("anywhere"), "{clean}");
}

const HTML: &str = r#"<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lakes &amp; rivers</title>
<style>…</style>
</head>
<body>
<main>
<h1 id="title" class="title level-1" lang="ar" dir="rtl">إعلان البحيرات</h1>
<p id="pp-1" class="preambular level-1" lang="ar" dir="rtl">إذ تشير إلى قرارها،</p>
<h2 id="h-1" class="heading level-1" lang="en" dir="ltr">Measures</h2>
<p id="op-1" class="operative level-1" lang="en" dir="ltr"><bdi class="number">1.</bdi> <em>Decides</em> to meet:</p>
<p id="op-1-a" class="operative level-2" lang="en" dir="ltr"><bdi class="number">(a)</bdi> annually;</p>
<p id="op-1-a-i" class="operative level-3" lang="en" dir="ltr"><bdi class="number">(i)</bdi> in spring;</p>
<p id="op-1-b" class="operative level-2" lang="en" dir="ltr"><bdi class="number">(b)</bdi> anywhere;</p>
<p id="op-2" class="operative level-1" lang="en" dir="ltr"><bdi class="number">2.</bdi> <em>Requests</em> a report.</p>
<p id="done" class="paragraph level-1" lang="en" dir="ltr">Done at the lake.</p>
<h2 id="annex" class="annex level-1" lang="en" dir="ltr">Annex: Lakes</h2>
<p id="a-1" class="paragraph level-1" lang="en" dir="ltr">First lake.</p>
</main>
<footer lang="en" dir="ltr"><p>entry 7</p></footer>
</body>
</html>
"#;

#[test]
fn an_html_page_says_its_language_and_direction() {
    let (draft, manuscript) = sample();
    let html = page(&draft, &manuscript, Some("ar"), Show::Clean, "html");
    let without_style = html.replace(html::STYLE, "…");
    assert_eq!(without_style, HTML);
}

#[test]
fn every_format_has_a_name_of_its_own() {
    for (n, format) in FORMATS.iter().enumerate() {
        assert!(
            FORMATS
                .iter()
                .skip(n + 1)
                .all(|other| other.name() != format.name())
        );
        assert!(super::format(format.name()).is_some());
        assert!(!format.extension().is_empty() && format.media_type().contains("utf-8"));
    }
}

fn wording() -> impl Strategy<Value = String> {
    "([#>*\\-+=_|0-9.()\\\\a-c \n\t{}`~<!&;\\[\\]:é一]|\\(a\\) |\\*\\*fr\\*\\* |<b>|!\\[x\\]\\(y\\)|\\{#a\\}|&#32;|Annex|1\\. |---|\\[a\\]: b){0,12}"
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Title,
        Kind::Heading,
        Kind::Preambular,
        Kind::Operative,
        Kind::Operative,
        Kind::Operative,
        Kind::Paragraph,
        Kind::Annex,
    ])
}

proptest! {
    #[test]
    fn any_text_survives_being_written_and_read(
        clauses in prop::collection::vec((kind(), 1_u8..5, wording(), prop::option::of(wording()), prop::option::of(wording())), 0..12)
    ) {
        let imported: Vec<_> = clauses
            .into_iter()
            .enumerate()
            .map(|(n, (kind, level, en, fr, zh))| {
                let fr = fr.filter(|t| !t.is_empty()).map(|t| ("fr".parse().unwrap(), t));
                let zh = zh.filter(|t| !t.is_empty()).map(|t| ("zh".parse().unwrap(), t));
                ImportedClause {
                    id: Some(format!("x{n}").parse().unwrap()),
                    kind,
                    level,
                    text: [("en".parse().unwrap(), en)].into_iter().chain(fr).chain(zh).collect(),
                    line: 0,
                }
            })
            .collect();
        let (draft, manuscript) = draft(&["en", "fr", "zh"], imported.clone());
        let source = page(&draft, &manuscript, None, Show::Clean, "markdown");
        let mut read = import::markdown(&source, &"en".parse().unwrap()).map_err(|e| TestCaseError::fail(format!("{e}\n{source}")))?;
        for clause in &mut read {
            clause.line = 0;
        }
        prop_assert_eq!(read, imported, "{}", source);
    }

    #[test]
    fn what_was_imported_once_is_imported_alike_again(source in "(?s)[#>*\\-0-9.()\\\\a-c \n\t{}`é一]{0,120}") {
        let en = "en".parse().unwrap();
        if let Ok(clauses) = import::markdown(&source, &en) {
            let words = |m: &Manuscript| m.in_order().into_iter().map(|(_, p)| (p.kind, p.level, p.text.clone())).collect::<Vec<_>>();
            let (first, once) = draft(&["en"], clauses);
            let clauses = import::markdown(&page(&first, &once, None, Show::Clean, "markdown"), &en).unwrap();
            let (_, twice) = draft(&["en"], clauses);
            prop_assert_eq!(words(&twice), words(&once));
        }
    }
}

#[test]
fn the_example_declaration_survives_being_written_and_read() {
    let source = include_str!("../../../examples/declaration-ai-governance.md");
    let en = "en".parse().unwrap();
    let clauses = import::markdown(source, &en).unwrap();
    assert!(clauses.len() > 60);
    assert!(
        clauses.iter().all(|c| c.id.is_some()),
        "every clause of the example has an id"
    );
    let (draft, manuscript) = draft(&["en", "fr", "zh", "ar"], clauses.clone());
    let again = import::markdown(
        &page(&draft, &manuscript, None, Show::Clean, "markdown"),
        &en,
    )
    .unwrap();
    let strip = |all: Vec<ImportedClause>| {
        all.into_iter()
            .map(|c| ImportedClause { line: 0, ..c })
            .collect::<Vec<_>>()
    };
    assert_eq!(strip(again), strip(clauses));
    for line in page(&draft, &manuscript, None, Show::Clean, "plain").lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

#[test]
fn after_the_adoption_reservations_and_statements_stand_in_an_annex() {
    use crate::acts::testing::{Room, agree, call};
    use serde_json::json;
    let mut room = Room::sitting();
    room.does(
        "AVR",
        &json!({"take_position": {
            "on": {"clause": "op-1"}, "stance": "reserve", "note": "Subject to <funds>.",
        }}),
    );
    for id in ["t", "op-1", "op-2"] {
        room.does("CHAIR", &call(id));
        room.does("CHAIR", &agree(id));
    }
    let written =
        |room: &Room, show, name| page(&room.draft, &room.manuscript, Some("en"), show, name);
    assert!(!written(&room, Show::Status, "plain").contains("Annex"));
    let clean = written(&room, Show::Clean, "markdown");
    let present = ["AVR", "MRD", "PEN"];
    room.does(
        "CHAIR",
        &json!({"adopt": {"name": "Declaration", "present": present}}),
    );
    room.does(
        "MRD",
        &json!({"statement": {"on": {"clause": "op-2"}, "text": "We read it narrowly."}}),
    );
    assert_eq!(written(&room, Show::Clean, "markdown"), clean);
    let markdown = written(&room, Show::Status, "markdown");
    assert!(
        markdown.ends_with(
            "## Annex: votes, reservations and statements\n\n\
             - **AVR, reservation on OP1**: Subject to \\<funds>.\n\n\
             - **MRD, statement on OP2**: We read it narrowly.\n"
        ),
        "{markdown}"
    );
    let plain = written(&room, Show::Status, "plain");
    assert!(
        plain.contains(
            "----\n\nAVR, reservation on OP1: Subject to <funds>.\n\nMRD, statement on OP2:"
        ),
        "{plain}"
    );
    let html = written(&room, Show::Status, "html");
    assert!(html.contains("Subject to &lt;funds&gt;."), "{html}");
    assert!(html.contains("[adopted]"), "{html}");
}

#[test]
fn the_roll_of_a_closed_vote_stands_on_every_page_but_the_clean_one() {
    use crate::acts::testing::{Room, casts, closes_vote, opens_vote};
    let mut room = Room::sitting();
    room.does("CHAIR", &opens_vote("op-1"));
    for (who, choice) in [("AVR", "for"), ("MRD", "for"), ("TSL", "against")] {
        room.does(who, &casts("v1", choice));
    }
    let written = |room: &Room, show| page(&room.draft, &room.manuscript, None, show, "plain");
    assert!(!written(&room, Show::Status).contains("Vote v1"));
    room.does("CHAIR", &closes_vote("v1"));
    let roll = "Vote v1 on OP1, carried: 2 for (AVR, MRD), 1 against (TSL), none abstaining.";
    for show in [Show::Status, Show::Rolling] {
        let page = written(&room, show);
        assert!(page.contains(roll), "{page}");
    }
    assert!(!written(&room, Show::Clean).contains("Annex"));
}
