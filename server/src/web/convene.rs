//! The page on which the secretariat convenes a draft. What it says is the client's; here it is only for whom.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::reader::Reader;
use super::refused;
use super::shell::Shell;
use crate::http::error::Failure;
use crate::identity::Caller;

/// For the secretariat; to everybody else there is nothing here.
pub(super) async fn convene(caller: Result<Caller, Failure>, reader: Reader) -> Response {
    match caller {
        Ok(caller) if caller.me().secretariat => {}
        Ok(_) => return refused::page(&Failure::unknown_address(), &reader),
        Err(failure) => return refused::page(&failure, &reader),
    }
    let words = reader.words;
    let shell = Shell {
        page: "convene",
        title: words.say("home.convene"),
        above: html! {},
        body: html! {
            main .plain {
                h1 { (words.say("home.convene")) }
                noscript { p .note { (words.say("home.noscript")) } }
            }
        },
        data: None,
        status: StatusCode::OK,
    };
    shell.send(&reader)
}
