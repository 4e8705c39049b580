//! A clause as it stands in the declaration. `web/src/parts/Clause.svelte` writes the same once it has taken over.

use maud::{Markup, PreEscaped, html};
use plenary_shared::draft::Kind;
use plenary_shared::export::{direction, html_words};
use plenary_shared::ids::Language;
use plenary_shared::rolling::RollingClause;
use plenary_shared::wire::view::{ClauseStatus, ClauseText};

use super::status;
use super::words::Words;

/// The clause in that language; where it has no words yet, in another that says so.
///
/// With a rolling text, what is proposed stands in brackets.
pub(super) fn shown(
    clause: &ClauseText,
    rolling: Option<&RollingClause>,
    language: &Language,
    negotiated: &Language,
    words: &Words,
) -> Markup {
    let own = clause
        .text
        .get_key_value(language)
        .filter(|(_, t)| !t.is_empty());
    let stands = own.or_else(|| clause.text.get_key_value(negotiated));
    let (tag, text) = stands.map_or((language, ""), |(tag, text)| (tag, text.as_str()));
    let text = rolling.map_or_else(|| text.to_owned(), RollingClause::text);
    let status = clause.status.unwrap_or(ClauseStatus::Open);
    let class = format!(
        "clause {} level-{} is-{}",
        clause.kind.name(),
        clause.level.clamp(1, 5),
        status::key(status)
    );
    let foreign = (own.is_none() && language != negotiated).then(|| tag.as_str());
    html! {
        article id=(clause.id) class=(class) {
            p .number { (number(clause)) }
            div .words lang=(tag) dir=(direction(tag)) { (heading(clause, &text)) }
            p .standing {
                (status::shown(status, words))
                @if let Some(tag) = foreign { " " span .foreign { (tag) } }
            }
        }
    }
}

/// A clause that is only proposed, where it would stand.
pub(super) fn proposed(clause: &RollingClause, language: &Language, words: &Words) -> Markup {
    let level = clause.level.clamp(1, 5);
    let class = format!("clause proposed {} level-{level}", clause.kind.name());
    html! {
        article class=(class) {
            p .number { (clause.label) }
            div .words lang=(language) dir=(direction(language)) {
                p { (PreEscaped(html_words(&clause.text()))) }
            }
            p .standing { (words.say("rolling.proposed")) }
        }
    }
}

/// Titles and headings need no number in the margin.
fn number(clause: &ClauseText) -> &str {
    match clause.kind {
        Kind::Title | Kind::Heading => "",
        _ => clause.label.as_str(),
    }
}

fn heading(clause: &ClauseText, text: &str) -> Markup {
    let text = PreEscaped(html_words(text));
    match clause.kind {
        Kind::Title => html! { h1 { (text) } },
        Kind::Heading | Kind::Annex => html! { h2 { (text) } },
        Kind::Preambular | Kind::Operative | Kind::Paragraph => html! { p { (text) } },
    }
}
