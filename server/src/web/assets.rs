//! The built web client: its files, and which of them a page needs.
//!
//! Names hold a hash of what is in the file, so that a browser keeps it for good. The build has compressed each already.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::http::Answer;
use crate::http::error::Failure;

/// What `make build` leaves in `web/dist`.
#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Dist;

/// A file that is kept for as long as the browser likes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// One that need not be new.
const FOR_A_DAY: &str = "public, max-age=86400";
/// One that is asked for again each time.
const ASK: &str = "no-cache";

/// A file under `/assets`.
pub(super) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Answer<Response> {
    file(&format!("assets/{path}"), &headers, FOR_GOOD)
}

/// The service worker. It stands at the root, so that it may serve every page.
pub(super) async fn worker(headers: HeaderMap) -> Answer<Response> {
    let mut response = file("sw.js", &headers, ASK)?;
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// The icon in the browser's tab.
pub(super) async fn icon(headers: HeaderMap) -> Answer<Response> {
    file("icon.svg", &headers, FOR_A_DAY)
}

fn file(path: &str, headers: &HeaderMap, keep: &'static str) -> Answer<Response> {
    let compressed = takes_brotli(headers).then(|| Dist::get(&format!("{path}.br")));
    let compressed = compressed.flatten();
    let is_compressed = compressed.is_some();
    let found = compressed.or_else(|| Dist::get(path));
    let data = found.ok_or_else(Failure::unknown_address)?.data;
    let body = match data {
        Cow::Borrowed(bytes) => bytes.into_response(),
        Cow::Owned(bytes) => bytes.into_response(),
    };
    let mut response = body;
    let head = response.headers_mut();
    head.insert(CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    head.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    head.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if is_compressed {
        head.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Ok(response)
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    accepted.filter_map(|v| v.to_str().ok()).any(|v| {
        v.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next() == Some("br") && parts.next() != Some("q=0")
        })
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

/// A file of the manifest, and what goes with it.
#[derive(Debug, Default, Deserialize)]
struct Chunk {
    file: String,
    #[serde(default)]
    css: Vec<String>,
    #[serde(default)]
    imports: Vec<String>,
}

/// What a page loads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// The script that takes over.
    pub(super) script: Option<String>,
    /// What it builds on, loaded beside it.
    pub(super) preloads: Vec<String>,
    /// Style.
    pub(super) styles: Vec<String>,
}

/// What the page of that name needs, with the messages in that language; none if there is no such page.
pub(super) fn needs(page: &str, language: &str) -> Option<Needs> {
    let manifest = Dist::get("manifest.json")?;
    let manifest: BTreeMap<String, Chunk> = serde_json::from_slice(&manifest.data).ok()?;
    Some(collect(&manifest, page, language)).filter(|needs| needs.script.is_some())
}

/// Which build of the pages this server has: its version, and a hash of the names of all files, which are hashes of what is
/// in them. A page that was made by another build is to be loaded anew.
static BUILD: LazyLock<String> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").map(|file| file.metadata.sha256_hash());
    let hash = hex::encode(&manifest.unwrap_or_default()[..6]);
    format!("{}-{hash}", env!("CARGO_PKG_VERSION"))
});

/// The build, as pages and answers of the API name it.
pub(crate) fn build() -> &'static str {
    &BUILD
}

/// Whether the client has been built at all.
pub(super) fn are_there() -> bool {
    Dist::get("manifest.json").is_some()
}

fn collect(manifest: &BTreeMap<String, Chunk>, page: &str, language: &str) -> Needs {
    let mut needs = Needs::default();
    let entry = format!("src/pages/{page}.ts");
    needs.script = manifest.get(&entry).map(|chunk| address(&chunk.file));
    let mut waiting = vec![entry, format!("messages/{language}.json")];
    let mut seen = Vec::new();
    while let Some(name) = waiting.pop() {
        let Some(chunk) = manifest.get(&name).filter(|_| !seen.contains(&name)) else {
            continue;
        };
        // Styles of what others build on stand first.
        for style in chunk.css.iter().rev() {
            needs.styles.insert(0, address(style));
        }
        let file = address(&chunk.file);
        if needs.script.as_ref() != Some(&file) {
            needs.preloads.push(file);
        }
        waiting.extend(chunk.imports.iter().cloned());
        seen.push(name);
    }
    needs
}

fn address(file: &str) -> String {
    format!("/{file}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_needs_its_script_what_that_builds_on_and_the_messages() {
        let manifest = serde_json::json!({
            "src/pages/draft.ts": {"file": "assets/draft-1.js", "css": ["assets/draft-1.css"], "imports": ["_base.js"]},
            "_base.js": {"file": "assets/base-1.js", "css": ["assets/base-1.css"]},
            "messages/ar.json": {"file": "assets/ar-1.js"},
            "messages/en.json": {"file": "assets/en-1.js"},
        });
        let manifest = serde_json::from_value(manifest).unwrap();
        let needs = collect(&manifest, "draft", "ar");
        assert_eq!(needs.script.as_deref(), Some("/assets/draft-1.js"));
        assert_eq!(needs.styles, ["/assets/base-1.css", "/assets/draft-1.css"]);
        assert_eq!(needs.preloads, ["/assets/ar-1.js", "/assets/base-1.js"]);
        assert_eq!(collect(&manifest, "nothing", "ar").script, None);
    }

    #[test]
    fn brotli_is_sent_to_who_takes_it() {
        let takes = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(value));
            takes_brotli(&headers)
        };
        assert!(takes("gzip, deflate, br, zstd"));
        assert!(takes("br;q=0.9"));
        assert!(!takes("gzip"));
        assert!(!takes("br;q=0, gzip"));
        assert!(!takes("brotli"));
    }
}
