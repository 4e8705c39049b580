//! The server's HTTP API, as calls that answer with the types of `wire::view`.
//!
//! Whatever can be asked twice without harm is asked again when the connection breaks: reading always, acts because
//! they carry a key by which the server knows a retry.

use std::io::{BufReader, Read};
use std::time::Duration;

use plenary_shared::acts::Act;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::view::{Acknowledged, Page, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::failure::{Exit, Failure, Outcome};
use crate::signer;

mod events;

pub(crate) use events::{Heard, News};

/// The most that an answer may hold; a long draft with its history is far smaller.
const ANSWER_BYTES: u64 = 512 << 20;
/// Pauses before an act is sent again: about eight seconds in all, long enough for a server to be restarted.
const PATIENT: &[u64] = &[250, 500, 1000, 2000, 4000];
/// Pauses before something is read again where nothing depends on it: somebody waits.
const BRIEF: &[u64] = &[200, 600];

/// How long to try before a server is said to be unreachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// A second: somebody waits, and can ask again.
    Brief,
    /// Long enough for a server to be restarted.
    Long,
}

impl Patience {
    fn pauses(self) -> &'static [u64] {
        match self {
            Self::Brief => BRIEF,
            Self::Long => PATIENT,
        }
    }
}

/// A server, and who we are there.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    agent: ureq::Agent,
    base: Url,
    token: String,
    patience: Patience,
}

/// What a request is.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Get,
    Post,
    Delete,
}

/// One try: what came back, or why nothing did.
enum Attempt {
    Answer(u16, Vec<u8>),
    Silence(String),
}

impl Api {
    /// The server at that address.
    pub(crate) fn new(base: Url, token: String, patience: Patience) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_secs(60)))
            .timeout_per_read(Some(Duration::from_secs(60)))
            // A token is for the server it was given for, wherever that server points.
            .max_redirects(0)
            .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: config.new_agent(),
            base,
            token,
            patience,
        }
    }

    /// The server's address.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// The token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The address of a path below the server's own.
    pub(crate) fn address(&self, path: &[&str], query: &[(&str, String)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut()
                .extend_pairs(query.iter().map(|(k, v)| (*k, v.as_str())));
        }
        url
    }

    /// Reads something.
    pub(crate) fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Outcome<T> {
        let bytes = self.get_bytes(path, query)?;
        self.understand(&bytes)
    }

    /// Reads something that is not JSON.
    pub(crate) fn get_bytes(&self, path: &[&str], query: &[(&str, String)]) -> Outcome<Vec<u8>> {
        let url = self.address(&[&["api", "v1"], path].concat(), query);
        self.ask(Verb::Get, &url, None, None, self.patience.pauses())
    }

    /// Begins to read something long, line by line: no more of it is held than a line.
    pub(crate) fn lines(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Outcome<BufReader<Box<dyn Read>>> {
        let url = self.address(&[&["api", "v1"], path].concat(), query);
        let sent = self
            .agent
            .get(url.as_str())
            .header("Authorization", format!("Bearer {}", self.token))
            .call();
        let mut answer = match sent {
            Ok(answer) => answer,
            Err(e) => {
                let why = broken(&self.base, e)?;
                return Err(Failure::unreachable(self.base.as_str(), why));
            }
        };
        let status = answer.status().as_u16();
        if !(200..=299).contains(&status) {
            let body = answer.body_mut().with_config().limit(ANSWER_BYTES);
            return Err(self.no(status, &body.read_to_vec().unwrap_or_default()));
        }
        let body = answer.into_body().into_with_config();
        let reader: Box<dyn Read> = Box::new(body.limit(u64::MAX).reader());
        Ok(BufReader::with_capacity(64 << 10, reader))
    }

    /// Reads something of a draft.
    pub(crate) fn of_draft<T: DeserializeOwned>(
        &self,
        draft: DraftId,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Outcome<T> {
        let id = draft.to_string();
        self.get(&[&["drafts", id.as_str()], path].concat(), query)
    }

    /// Reads a list to its end.
    pub(crate) fn all<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Outcome<Vec<T>> {
        let mut url = self.address(&[&["api", "v1"], path].concat(), query);
        let mut items = Vec::new();
        loop {
            let bytes = self.ask(Verb::Get, &url, None, None, self.patience.pauses())?;
            let page: Page<T> = self.understand(&bytes)?;
            items.extend(page.items);
            let Some(next) = page.next else {
                return Ok(items);
            };
            url = self.next(&next)?;
        }
    }

    /// The address of a next page: of this server, and no other.
    fn next(&self, next: &str) -> Outcome<Url> {
        match self.base.join(next) {
            Ok(url) if url.origin() == self.base.origin() => Ok(url),
            _ => Err(Failure::not_understood(
                self.base.as_str(),
                format!("its next page is said to be at {next}"),
            )),
        }
    }

    /// Makes something that is not an act of a draft. Repeated only with a key.
    pub(crate) fn post<B: Serialize, T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &B,
        key: Option<&str>,
    ) -> Outcome<T> {
        let url = self.address(&[&["api", "v1"], path].concat(), &[]);
        let body = serde_json::to_vec(body)
            .map_err(|e| Failure::new(Exit::Other, "json", format!("{e}."), ""))?;
        let pauses = if key.is_some() { PATIENT } else { &[] };
        let asked = self.ask(Verb::Post, &url, Some(&body), key, pauses);
        let bytes = asked.map_err(|mut failure| {
            if failure.exit == Exit::Unreachable {
                // The key is gone with this command: another run would be another act.
                failure.hint = "It may have arrived all the same: look with `plenary log` before you repeat it.".into();
            }
            failure
        })?;
        self.understand(&bytes)
    }

    /// Takes something away.
    pub(crate) fn delete(&self, path: &[&str]) -> Outcome {
        let url = self.address(&[&["api", "v1"], path].concat(), &[]);
        self.ask(Verb::Delete, &url, None, None, self.patience.pauses())
            .map(|_| ())
    }

    /// Enters an act: once, however often the connection breaks on the way.
    pub(crate) fn act(&self, draft: DraftId, act: &Act) -> Outcome<Acknowledged> {
        let (id, key) = (draft.to_string(), random_key()?);
        for is_last in [false, false, true] {
            let Some(signed) = signer::sign(self, draft, act)? else {
                return self.post(&["drafts", &id, "acts"], act, Some(&key));
            };
            match self.post(&["drafts", &id, "signed-acts"], &signed, Some(&key)) {
                // Another run has signed something meanwhile with the same key.
                Err(no) if no.code == "signed-before" && !is_last => {}
                done => return done,
            }
        }
        Err(Failure::new(
            Exit::Refused,
            "signed-before",
            "Others sign with the same key all the time.",
            "Try again.",
        ))
    }

    fn understand<T: DeserializeOwned>(&self, bytes: &[u8]) -> Outcome<T> {
        serde_json::from_slice(bytes).map_err(|e| Failure::not_understood(self.base.as_str(), e))
    }

    fn ask(
        &self,
        verb: Verb,
        url: &Url,
        body: Option<&[u8]>,
        key: Option<&str>,
        pauses: &[u64],
    ) -> Outcome<Vec<u8>> {
        let mut pauses = pauses.iter();
        loop {
            let pause = pauses.next();
            match (self.once(verb, url, body, key)?, pause) {
                (Attempt::Answer(502..=504, _) | Attempt::Silence(_), Some(pause)) => {
                    std::thread::sleep(Duration::from_millis(*pause));
                }
                (Attempt::Silence(why), None) => {
                    return Err(Failure::unreachable(self.base.as_str(), why));
                }
                (Attempt::Answer(200..=299, bytes), _) => return Ok(bytes),
                (Attempt::Answer(status, bytes), _) => return Err(self.no(status, &bytes)),
            }
        }
    }

    fn once(
        &self,
        verb: Verb,
        url: &Url,
        body: Option<&[u8]>,
        key: Option<&str>,
    ) -> Outcome<Attempt> {
        let bearer = format!("Bearer {}", self.token);
        let sent = match verb {
            Verb::Get => self
                .agent
                .get(url.as_str())
                .header("Authorization", &bearer)
                .call(),
            Verb::Delete => self
                .agent
                .delete(url.as_str())
                .header("Authorization", &bearer)
                .call(),
            Verb::Post => {
                let mut request = self
                    .agent
                    .post(url.as_str())
                    .header("Authorization", &bearer)
                    .header("Content-Type", "application/json");
                if let Some(key) = key {
                    request = request.header("Idempotency-Key", key);
                }
                request.send(body.unwrap_or_default())
            }
        };
        let read = sent.and_then(|mut answer| {
            let status = answer.status().as_u16();
            let bytes = answer
                .body_mut()
                .with_config()
                .limit(ANSWER_BYTES)
                .read_to_vec()?;
            Ok(Attempt::Answer(status, bytes))
        });
        match read {
            Ok(answer) => Ok(answer),
            Err(e) => broken(&self.base, e).map(Attempt::Silence),
        }
    }

    /// Why an answer is no.
    fn no(&self, status: u16, bytes: &[u8]) -> Failure {
        match serde_json::from_slice::<Problem>(bytes) {
            Ok(problem) => Failure::of_problem(problem),
            Err(_) => Failure::of_problem(Problem {
                r#type: "about:blank".into(),
                title: String::new(),
                status,
                detail: format!(
                    "{} answered with HTTP status {status} and no reason.",
                    self.base
                ),
                code: format!("http-{status}"),
                hint: "Check that the address is that of a Plenary server.".into(),
                about: Default::default(),
            }),
        }
    }
}

/// A connection that broke, in words; or a failure, if no retry can mend it.
fn broken(base: &Url, error: ureq::Error) -> Outcome<String> {
    match error {
        ureq::Error::Io(e) => Ok(e.to_string()),
        ureq::Error::Timeout(_) => Ok("it took too long".into()),
        ureq::Error::HostNotFound => Ok("no such host is known".into()),
        ureq::Error::ConnectionFailed => Ok("the connection failed".into()),
        ureq::Error::Protocol(e) => Ok(e.to_string()),
        other => Err(Failure::unreachable(base.as_str(), other)),
    }
}

/// A key that no other submission has.
pub(crate) fn random_key() -> Outcome<String> {
    random_bytes::<16>().map(hex::encode)
}

/// Bytes that nobody can guess.
pub(crate) fn random_bytes<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| {
        Failure::new(
            Exit::Other,
            "randomness",
            format!("The system gives no random numbers: {e}."),
            "Try again on a system that does.",
        )
    })?;
    Ok(bytes)
}
