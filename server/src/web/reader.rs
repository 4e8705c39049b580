//! How a page is read: in which language the page speaks, and in which the text is shown. The two are apart.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri};
use cookie::{Cookie, SameSite};
use plenary_shared::ids::Language;

use super::words::Words;

/// The cookie in which a browser keeps the language of the pages.
const COOKIE_NAME: &str = "plenary_language";
/// A year, in seconds.
const KEPT: i64 = 31_536_000;

/// What the reader wants, from the address (`?ui=ar&lang=fr&beside=en`), the cookie, or the browser.
#[derive(Debug)]
pub(super) struct Reader {
    /// The words of the pages.
    pub(super) words: &'static Words,
    /// Whether that language was chosen just now, and is to be kept.
    pub(super) chosen: bool,
    /// The language of the text, if one is asked for.
    pub(super) text: Option<Language>,
    /// Another language beside it.
    pub(super) beside: Option<Language>,
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = |name| parameter(&parts.uri, name);
        let ui = asked("ui");
        let kept = kept(&parts.headers);
        let accepted = accepted(&parts.headers);
        let wanted = ui.iter().chain(&kept).chain(&accepted).map(String::as_str);
        Ok(Self {
            words: Words::best(wanted),
            chosen: ui.is_some(),
            text: asked("lang").and_then(|l| l.parse().ok()),
            beside: asked("beside").and_then(|l| l.parse().ok()),
        })
    }
}

impl Reader {
    /// What is to be remembered of it: the language that was chosen.
    pub(super) fn remember(&self) -> Option<HeaderValue> {
        let cookie = Cookie::build((COOKIE_NAME, self.words.language.as_str()))
            .path("/")
            .same_site(SameSite::Strict)
            .max_age(cookie::time::Duration::seconds(KEPT))
            .build();
        let cookie = self.chosen.then(|| cookie.to_string())?;
        HeaderValue::from_str(&cookie).ok()
    }
}

/// Tags are plain ASCII: nothing in them is ever escaped.
fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut values = pairs.filter_map(|pair| pair.split_once('='));
    let (_, value) = values.find(|(key, _)| *key == name)?;
    Some(value.to_owned())
}

fn kept(headers: &HeaderMap) -> Option<String> {
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let found = pairs.find(|c| c.name() == COOKIE_NAME)?;
    Some(found.value().to_owned())
}

/// What the browser accepts, most wanted first.
fn accepted(headers: &HeaderMap) -> Vec<String> {
    let header = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let mut wanted: Vec<(u32, String)> = header
        .unwrap_or_default()
        .split(',')
        .take(20)
        .map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let weight: f32 = weight.trim().parse().unwrap_or(0.0);
            // Thousandths, as the header has at most three digits.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 1000"
            )]
            let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u32;
            (weight, tag.trim().to_owned())
        })
        .collect();
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn reader(address: &str, cookie: &'static str, accept: &'static str) -> Reader {
        let request = Request::get(address)
            .header(COOKIE, cookie)
            .header(ACCEPT_LANGUAGE, accept);
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let Ok(reader) = Reader::from_request_parts(&mut parts, &()).await;
        reader
    }

    #[tokio::test]
    async fn the_address_wins_over_the_cookie_and_that_over_the_browser() {
        let english = reader("/", "", "de;q=0.9, en;q=0.5, zh;q=0.2").await;
        assert_eq!(english.words.language, "en");
        assert_eq!(english.remember(), None);
        let chinese = reader("/", "plenary_language=zh", "en").await;
        assert_eq!(chinese.words.language, "zh");
        let arabic = reader("/?lang=fr&ui=ar", "plenary_language=zh", "en").await;
        assert_eq!(arabic.words.language, "ar");
        assert_eq!(arabic.text.as_ref().map(Language::as_str), Some("fr"));
        assert!(arabic.remember().is_some());
    }
}
