//! The page at the root: what this is, and where the reader may go. An invitation link leads here too; the client trades
//! its token for a session, and goes on to the draft.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use plenary_shared::wire::view::DraftSummary;

use super::reader::Reader;
use super::refused;
use super::shell::Shell;
use super::words::Words;
use crate::App;
use crate::http::drafts;
use crate::http::error::Failure;
use crate::identity::Caller;

/// What this is; for who is signed in, the drafts as well.
pub(super) async fn home(
    State(app): State<App>,
    caller: Result<Caller, Failure>,
    reader: Reader,
) -> Response {
    let words = reader.words;
    let known = match &caller {
        Ok(caller) => match drafts::summaries(&app, caller).await {
            Ok(drafts) => listed(&drafts, caller.me().secretariat, words),
            Err(failure) => return refused::page(&failure, &reader),
        },
        Err(_) => html! {},
    };
    let shell = Shell {
        page: "home",
        title: "Plenary",
        above: html! {},
        body: body(&known, words),
        data: None,
        status: StatusCode::OK,
    };
    shell.send(&reader)
}

fn body(known: &Markup, words: &Words) -> Markup {
    html! {
        main .plain {
            h1 { "Plenary" }
            p .lead { (words.say("home.what")) }
            div #joining {}
            (known)
            h2 { (words.say("home.three")) }
            ul {
                @for key in ["home.read", "home.stand", "home.propose"] { li { (words.say(key)) } }
            }
            p { (words.say("home.invitation")) }
            noscript { p .note { (words.say("home.noscript")) } }
            nav .languages aria-label=(words.say("language.page")) {
                @for other in Words::all() {
                    a href={ "?ui=" (other.language) } lang=(other.language)
                        aria-current=[(other.language == words.language).then_some("true")] { (other.say("language.name")) }
                    " "
                }
            }
            p .small {
                (words.say("home.programs")) " "
                a href="/api/v1/openapi.json" dir="ltr" { "/api/v1/openapi.json" } " · " code dir="ltr" { "/sync" }
            }
        }
    }
}

fn listed(drafts: &[DraftSummary], may_convene: bool, words: &Words) -> Markup {
    html! {
        section {
            h2 { (words.say("home.drafts")) }
            @if drafts.is_empty() { p { (words.say("home.none")) } }
            ul .drafts {
                @for draft in drafts {
                    li { a href={ "/d/" (draft.id) } { (draft.title) } }
                }
            }
            @if may_convene { p { a href="/convene" { (words.say("home.convene")) } } }
        }
    }
}
