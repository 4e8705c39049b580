//! The page of a draft: the declaration, complete and readable as it comes.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use plenary_shared::acts::Amendment;
use plenary_shared::draft::Kind;
use plenary_shared::export::direction;
use plenary_shared::ids::{ClauseId, Language};
use plenary_shared::wire::view::Screen;

use super::assets;
use super::reader::Reader;
use super::shell::{Shell, data};
use super::words::Words;
use super::{clause, pages, refused, status};
use crate::http::error::Failure;
use crate::http::screen;
use crate::http::visit::Visit;

/// The declaration.
pub(super) async fn draft(visit: Result<Visit, Failure>, reader: Reader) -> Response {
    page(visit, "draft", &reader).await
}

/// Another page of the draft: whatever the client has a script for.
pub(super) async fn other(
    visit: Result<Visit, Failure>,
    Path((_, name)): Path<(String, String)>,
    reader: Reader,
) -> Response {
    let known = assets::needs(&name, &reader.words.language).is_some();
    if !known {
        return refused::page(&Failure::unknown_address(), &reader);
    }
    page(visit, &name, &reader).await
}

async fn page(visit: Result<Visit, Failure>, name: &str, reader: &Reader) -> Response {
    let visit = match visit {
        Ok(visit) => visit,
        Err(failure) => return refused::page(&failure, reader),
    };
    // Who reads the pages in Arabic wants the text in Arabic, as far as it is there.
    let own: Option<Language> = reader.words.language.parse().ok();
    let wanted = reader.text.as_ref().or(own.as_ref());
    let screen = match screen::of(&visit, wanted, reader.beside.as_ref()).await {
        Ok(screen) => screen,
        Err(failure) => return refused::page(&failure, reader),
    };
    let shell = Shell {
        page: name,
        title: screen.draft.title.as_str(),
        above: pages::links(&screen, name, reader.words),
        body: body(&screen, reader.words),
        data: Some(data(&screen)),
        status: StatusCode::OK,
    };
    shell.send(reader)
}

fn body(screen: &Screen, words: &Words) -> Markup {
    let language = &screen.rolling.language;
    let negotiated = screen.draft.authentic.first().unwrap_or(language);
    html! {
        header .top {
            a .mark href="/" { "Plenary" }
            p .of { (screen.draft.title) }
            p .seat { (seat(screen, words)) }
            (languages(screen, words))
        }
        main .sheet {
            @if !screen.text.clauses.iter().any(|c| c.kind == Kind::Title) {
                h1 .unseen { (screen.draft.title) }
            }
            div .tools { (counts(screen, words)) }
            div .declaration lang=(language) dir=(direction(language)) {
                (proposed_after(screen, None, words))
                @for clause in &screen.text.clauses {
                    @let rolling = screen.rolling.clauses.iter().find(|r| r.clause.as_ref() == Some(&clause.id));
                    (clause::shown(clause, rolling, language, negotiated, words))
                    (proposed_after(screen, Some(&clause.id), words))
                }
            }
            p .moment { (words.fill("draft.entry", &[("seq", &screen.text.seq.to_string())])) }
        }
    }
}

/// Whom the reader acts for.
fn seat(screen: &Screen, words: &Words) -> Markup {
    match &screen.me.seat {
        Some(seat) => html! {
            strong { (seat.delegation) } " " (words.say(&format!("draft.role.{}", seat.role)))
        },
        None => html! { (words.say("draft.secretariat")) },
    }
}

/// The clauses that are only proposed, to follow that one; with none, to come first.
fn proposed_after(screen: &Screen, after: Option<&ClauseId>, words: &Words) -> Markup {
    let wanted = screen.rolling.clauses.iter().filter_map(|rolled| {
        let mut all = screen.status.proposals.iter();
        let proposal = all.find(|p| Some(&p.id) == rolled.proposal.as_ref())?;
        match &proposal.amendment {
            Amendment::InsertAfter { clause, .. } if clause.as_ref() == after => {
                Some((rolled, proposal))
            }
            _ => None,
        }
    });
    let language = &screen.rolling.language;
    let negotiated = screen.draft.authentic.first().unwrap_or(language);
    html! {
        @for (rolled, proposal) in wanted {
            @let has_words = proposal.text.get(language).is_some_and(|t| !t.is_empty());
            (clause::proposed(rolled, if has_words { language } else { negotiated }, words))
        }
    }
}

/// How far the draft is: how many clauses have which status.
fn counts(screen: &Screen, words: &Words) -> Markup {
    html! {
        ul .counts aria-label=(words.say("draft.counts")) {
            @for (status, n) in &screen.status.counts {
                li class={ "is-" (status::key(*status)) } { (n) " " (status::shown(*status, words)) }
            }
        }
    }
}

/// The language of the text and that of the page: links, which work without a script.
fn languages(screen: &Screen, words: &Words) -> Markup {
    let text = &screen.rolling.language;
    let written = screen.draft.authentic.iter().chain(&screen.draft.working);
    let ui = &words.language;
    html! {
        nav .languages aria-label=(words.say("language.choose")) {
            span .choice {
                span .what { (words.say("language.text")) " " }
                @for language in written {
                    a href={ "?ui=" (ui) "&lang=" (language) } lang=(language) aria-current=[(language == text).then_some("true")] {
                        (Words::name_of(language))
                    }
                    " "
                }
            }
            span .choice {
                span .what { (words.say("language.page")) " " }
                @for other in Words::all() {
                    a href={ "?ui=" (other.language) "&lang=" (text) } lang=(other.language)
                        aria-current=[(other.language == *ui).then_some("true")] { (other.say("language.name")) }
                    " "
                }
            }
        }
    }
}
