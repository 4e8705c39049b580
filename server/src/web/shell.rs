//! What stands around every page: the head, what it loads, what it is allowed, and the data that the client begins with.

use axum::http::header::{CONTENT_SECURITY_POLICY, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;

use super::assets::{self, Needs};
use super::reader::Reader;

/// What a page may do: load what is this server's, and talk to this server. WebAssembly is for live editing, and so is
/// the word that styles made by a script must know: the editor's are. Whatever a script wants to make markup of must have
/// gone through a policy that is named here: Svelte's templates, and the addresses of our own scripts.
fn policy(word: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{word}'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html plenary"
    )
}

/// A word like no other. Without one, styles made by a script are not shown, and nothing else is amiss.
fn fresh() -> String {
    let mut word = [0; 16];
    match getrandom::fill(&mut word) {
        Ok(()) => hex::encode(word),
        Err(_) => String::new(),
    }
}

/// A page, ready to be sent.
#[derive(Debug)]
pub(super) struct Shell<'a> {
    /// Which script takes it over: `web/src/pages/<name>.ts`.
    pub(super) page: &'a str,
    /// What stands in the browser's tab.
    pub(super) title: &'a str,
    /// What stands above it, and is not taken over.
    pub(super) above: Markup,
    /// What is seen at first.
    pub(super) body: Markup,
    /// What the script begins with, as [`data`] writes it.
    pub(super) data: Option<Markup>,
    /// `200 OK`, or what is the matter.
    pub(super) status: StatusCode,
}

impl Shell<'_> {
    pub(super) fn send(self, reader: &Reader) -> Response {
        let words = reader.words;
        let needs = assets::needs(self.page, &words.language);
        let needs = needs.unwrap_or_default();
        let word = fresh();
        let page = html! {
            (DOCTYPE)
            html lang=(words.language) dir=(words.direction()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                    @for style in &needs.styles { link rel="stylesheet" href=(style); }
                }
                body data-page=(self.page) data-build=(assets::build()) {
                    (self.above)
                    div #app {
                        (self.body)
                        @if !assets::are_there() { (not_built()) }
                    }
                    (preloads(&needs))
                    @if let Some(data) = self.data { (data) }
                    (script(&needs, &word))
                }
            }
        };
        let mut response = (self.status, Html(page.into_string())).into_response();
        let headers = response.headers_mut();
        // Its signs are those of a header, whatever the word.
        if let Ok(policy) = HeaderValue::from_str(&policy(&word)) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        if let Some(cookie) = reader.remember() {
            headers.insert(SET_COOKIE, cookie);
        }
        response
    }
}

/// What the script builds on: after the words, which a weak line carries first, and before the data, with which it comes.
fn preloads(needs: &Needs) -> Markup {
    html! {
        @if needs.script.is_some() {
            @for preload in &needs.preloads { link rel="modulepreload" href=(preload); }
        }
    }
}

fn script(needs: &Needs, word: &str) -> Markup {
    html! {
        @if let Some(script) = &needs.script { script type="module" src=(script) nonce=(word) {} }
    }
}

/// Data for the script: a block that is read and never run.
pub(super) fn data(value: &impl Serialize) -> Markup {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".into());
    // In JSON this sign stands only within strings, where it can be spelled otherwise: nothing can end the block.
    let json = json.replace('<', "\\u003c");
    html! { script #data type="application/json" { (PreEscaped(json)) } }
}

/// For whoever has built the server only.
fn not_built() -> Markup {
    html! {
        p .note {
            "The web client is not part of this server. To build it, with Node 20: " code { "make build" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_ends_the_data() {
        let markup = data(&"</script><script>alert(1)</script>").into_string();
        assert_eq!(markup.matches("</script").count(), 1);
        let json = markup
            .trim_start_matches("<script id=\"data\" type=\"application/json\">")
            .trim_end_matches("</script>");
        let read: String = serde_json::from_str(json).unwrap();
        assert_eq!(read, "</script><script>alert(1)</script>");
    }
}
