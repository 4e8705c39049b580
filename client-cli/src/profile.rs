//! Who we are at which server: links, and the file of credentials.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::failure::{Exit, Failure, Outcome};

/// What is known of a server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// Its address.
    pub(crate) server: String,
    /// The token of a seat there.
    pub(crate) token: String,
    /// The draft that is meant when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) draft: Option<String>,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile")
            .field("server", &self.server)
            .field("draft", &self.draft)
            .finish_non_exhaustive()
    }
}

/// The file of credentials.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profiles {
    /// The profile used when none is named: the last one logged in to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<String>,
    /// All of them by name.
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// Where this program keeps things.
pub(crate) fn places() -> Outcome<ProjectDirs> {
    ProjectDirs::from("", "", "plenary").ok_or_else(|| {
        Failure::new(
            Exit::Other,
            "no-home",
            "This system knows no home directory for you.",
            "Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME.",
        )
    })
}

impl Profiles {
    /// Where the file is.
    pub(crate) fn path() -> Outcome<PathBuf> {
        Ok(places()?.config_dir().join("credentials.toml"))
    }

    /// Reads the file; no file, no profiles.
    pub(crate) fn read() -> Outcome<Self> {
        let path = Self::path()?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(Failure::file(&path, &e)),
        };
        toml::from_str(&text).map_err(|e| {
            Failure::new(
                Exit::Other,
                "credentials",
                // The message of the parser could quote a token.
                format!(
                    "{} is not as this program writes it: {}.",
                    path.display(),
                    e.message()
                ),
                "Mend it, or remove it and log in again.",
            )
        })
    }

    /// Writes the file, readable to its owner alone.
    pub(crate) fn write(&self) -> Outcome {
        let path = Self::path()?;
        let text = toml::to_string(self).map_err(|e| {
            Failure::new(Exit::Other, "credentials", format!("{e}."), "Log in again.")
        })?;
        write_privately(&path, text.as_bytes())
    }

    /// The profile of that name or, without one, for that server or, without one, the default.
    pub(crate) fn find(
        &self,
        name: Option<&str>,
        server: Option<&str>,
    ) -> Option<(&str, &Profile)> {
        let by_name = |name: &str| {
            self.profiles
                .get_key_value(name)
                .map(|(n, p)| (n.as_str(), p))
        };
        match (name, server) {
            (Some(name), _) => by_name(name),
            (None, Some(server)) => {
                let wanted = Url::parse(server).ok();
                let here = |p: &Profile| {
                    p.server == server || (wanted.is_some() && Url::parse(&p.server).ok() == wanted)
                };
                let default = self
                    .default
                    .as_deref()
                    .and_then(by_name)
                    .filter(|(_, p)| here(p));
                default.or_else(|| {
                    self.profiles
                        .iter()
                        .find(|(_, p)| here(p))
                        .map(|(n, p)| (n.as_str(), p))
                })
            }
            (None, None) => self.default.as_deref().and_then(by_name),
        }
    }
}

/// Writes a file that only its owner can read: whole or not at all.
pub(crate) fn write_privately(path: &Path, bytes: &[u8]) -> Outcome {
    let fail = |e: std::io::Error| Failure::file(path, &e);
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fail)?;
    let nonce = hex::encode(crate::api::random_bytes::<6>()?);
    let beside = folder.join(format!(".{nonce}.new"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&beside).map_err(fail)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| std::fs::rename(&beside, path));
    moved.map_err(|e| {
        let _ = std::fs::remove_file(&beside);
        fail(e)
    })
}

/// Splits an invitation link (or a bare address) into the server's address and the token, if it holds one.
pub(crate) fn read_link(link: &str) -> Outcome<(Url, Option<String>)> {
    let link = link.trim();
    let whole = if link.contains("://") {
        link.to_owned()
    } else {
        format!("{}://{link}", likely_scheme(link))
    };
    let unreadable = |why: String| {
        Failure::usage(
            format!("This is no address of a server: {why}."),
            "Give the whole invitation link in quotes, as in `plenary login 'https://example.org/#token=…'`.",
        )
    };
    let mut url = Url::parse(&whole).map_err(|e| unreadable(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(unreadable(format!("it begins with {}:", url.scheme())));
    }
    let token = url
        .fragment()
        .and_then(|f| f.split('&').find_map(|part| part.strip_prefix("token=")));
    let token = token.map(str::to_owned);
    url.set_fragment(None);
    url.set_query(None);
    Ok((url, token))
}

/// A bare host name means https, unless it is this very machine.
fn likely_scheme(link: &str) -> &'static str {
    let host = link.split(['/', ':']).next().unwrap_or_default();
    if matches!(host, "localhost" | "127.0.0.1" | "[") {
        "http"
    } else {
        "https"
    }
}

/// Whether a token could be read on its way there.
pub(crate) fn is_exposed(server: &Url) -> bool {
    let local = match server.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    server.scheme() == "http" && !local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, server: &str, token: Option<&str>) {
        let (url, found) = read_link(link).unwrap();
        assert_eq!((url.as_str(), found.as_deref()), (server, token));
    }

    #[test]
    fn a_link_holds_the_server_and_the_token() {
        check(
            "https://example.org/#token=plenary_abc",
            "https://example.org/",
            Some("plenary_abc"),
        );
        check(
            "https://example.org/conference/#token=t",
            "https://example.org/conference/",
            Some("t"),
        );
        check("example.org", "https://example.org/", None);
        check("localhost:8080", "http://localhost:8080/", None);
        check(
            " http://127.0.0.1:8080/#token=x \n",
            "http://127.0.0.1:8080/",
            Some("x"),
        );
        assert!(read_link("ftp://example.org").is_err());
        assert!(read_link("").is_err());
    }

    #[test]
    fn a_profile_is_found_by_name_then_by_server_then_by_default() {
        let profile = |server: &str| Profile {
            server: server.into(),
            token: "t".into(),
            draft: None,
        };
        let all = Profiles {
            default: Some("b".into()),
            profiles: [
                ("a", "https://x.org/"),
                ("b", "https://y.org/"),
                ("c", "https://x.org/"),
            ]
            .map(|(n, s)| (n.to_owned(), profile(s)))
            .into(),
        };
        let name = |n, s| all.find(n, s).map(|(n, _)| n.to_owned());
        assert_eq!(
            name(Some("a"), Some("https://y.org/")).as_deref(),
            Some("a")
        );
        assert_eq!(name(None, Some("https://x.org")).as_deref(), Some("a"));
        assert_eq!(name(None, None).as_deref(), Some("b"));
        assert_eq!(name(None, Some("https://z.org")), None);
    }

    #[test]
    fn only_plain_http_to_another_machine_exposes_a_token() {
        let exposed = |s: &str| is_exposed(&Url::parse(s).unwrap());
        assert!(exposed("http://example.org/"));
        assert!(!exposed("https://example.org/"));
        assert!(!exposed("http://127.0.0.1:8080/"));
        assert!(!exposed("http://[::1]/"));
    }
}
