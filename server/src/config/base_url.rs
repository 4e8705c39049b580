//! The address that people reach the server by, which may not be the one it listens on.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;

/// `https://plenary.example.org`: what invitation links begin with. Without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Scheme and authority, as a browser writes an `Origin`.
    pub fn origin(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        let rest = self.0.get(after_scheme..).unwrap_or_default();
        let end = rest.find('/').map_or(self.0.len(), |at| after_scheme + at);
        self.0.get(..end).unwrap_or(&self.0)
    }

    /// The name under which a new server signs: without scheme, and with nothing that a key's name may not hold.
    pub fn name(&self) -> String {
        let (_, name) = self.0.split_once("://").unwrap_or(("", &self.0));
        name.replace('+', "-")
    }

    /// Whether it is reached by TLS only.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || {
            "a base address begins with http:// or https:// and has no ? or #, for example https://plenary.example.org"
                .to_owned()
        };
        let uri: Uri = s.parse().map_err(|_| wrong())?;
        let known = matches!(uri.scheme_str(), Some("http" | "https"));
        if !known || uri.authority().is_none() || uri.query().is_some() || s.contains('#') {
            return Err(wrong());
        }
        Ok(Self(s.trim_end_matches('/').to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_without_the_path() {
        let url: BaseUrl = "https://example.org:8443/plenary/".parse().unwrap();
        assert_eq!(url.origin(), "https://example.org:8443");
        assert_eq!(url.to_string(), "https://example.org:8443/plenary");
        assert!(url.is_secure());
        let bare: BaseUrl = "http://[::1]:4117".parse().unwrap();
        assert_eq!(bare.origin(), "http://[::1]:4117");
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for s in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "http://a/?b",
            "http://a/#b",
        ] {
            assert!(s.parse::<BaseUrl>().is_err(), "{s}");
        }
    }
}
