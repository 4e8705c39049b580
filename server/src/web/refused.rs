//! A page that cannot be shown: why, and what to do.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::reader::Reader;
use super::shell::Shell;
use crate::http::error::Failure;

/// The failure as a page.
pub(super) fn page(failure: &Failure, reader: &Reader) -> Response {
    let words = reader.words;
    let is_stranger = failure.status == StatusCode::UNAUTHORIZED;
    let (what, hint) = if is_stranger {
        (
            words.say("refused.stranger"),
            words.say("refused.invitation"),
        )
    } else if failure.status == StatusCode::NOT_FOUND {
        (
            words.say("refused.nothing"),
            words.say("refused.invitation"),
        )
    } else {
        (failure.detail.as_str(), failure.hint.as_str())
    };
    let body = html! {
        main .plain {
            h1 { (what) }
            p { (hint) }
            p { a href="/" { (words.say("refused.home")) } }
        }
    };
    let shell = Shell {
        page: "refused",
        title: what,
        above: html! {},
        body,
        data: None,
        status: failure.status,
    };
    shell.send(reader)
}
