//! The real program `plenary-server` as a process of its own: built from this very source, started on a port of its own,
//! killed at will.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context as _;
use plenary_shared::draft::Role;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::view::{DraftSummary, EntryView, Invitation, NewSeat, Page, Problem};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The programs as people start them.
#[derive(Debug)]
pub struct Programs {
    /// `plenary-server`.
    pub server: PathBuf,
    /// `plenary`.
    pub command: PathBuf,
}

/// The programs, built once for this run of the tests: what lay there before may be older than the source. Built as
/// `make build` does it, so that what is built already is not built again. With `PLENARY_BIN` set to a directory, those
/// that lie there are taken as they are.
///
/// # Panics
/// If they do not build.
pub fn programs() -> &'static Programs {
    static PROGRAMS: OnceLock<Programs> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        if let Some(ready) = std::env::var_os("PLENARY_BIN").map(PathBuf::from) {
            return Programs {
                server: ready.join("plenary-server"),
                command: ready.join("plenary"),
            };
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .args(["build", "-p", "plenary-server", "-p", "plenary-cli"])
            .args(["--quiet", "--message-format=json-render-diagnostics"]);
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        // What this test is told of its own package would be taken for news of others, and they be built anew for it.
        for (name, _) in std::env::vars_os() {
            let of_package =
                |n: &str| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_");
            if name.to_str().is_some_and(of_package) {
                build.env_remove(name);
            }
        }
        let built = build
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo can be run");
        assert!(built.status.success(), "the programs do not build");
        let lines = String::from_utf8(built.stdout).expect("cargo writes UTF-8");
        let named = |name: &str| {
            let executable = |line: &str| {
                let told: Value = serde_json::from_str(line).ok()?;
                let path = told["executable"]
                    .as_str()
                    .filter(|_| told["target"]["name"] == name)?;
                Some(PathBuf::from(path))
            };
            let found = lines.lines().filter_map(executable).next_back();
            found.expect("cargo says where it put the program")
        };
        Programs {
            server: named("plenary-server"),
            command: named("plenary"),
        }
    })
}

/// Bytes of memory that a process holds; none where the system does not tell.
pub fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib << 10)
}

/// A running server process. It is killed when this is dropped.
pub struct Process {
    child: Child,
    /// Kept open: a program that cannot print ends.
    _out: BufReader<ChildStdout>,
    /// Where it listens: `127.0.0.1:PORT`.
    pub address: String,
    /// The secretariat's token, which is shown only at the first start.
    pub secretariat: Option<String>,
    agent: ureq::Agent,
}

impl Process {
    /// Starts the program with that data directory, and waits until it listens.
    ///
    /// # Errors
    /// If it ends before that.
    pub fn start(data: &Path, more: &[&str]) -> anyhow::Result<Self> {
        Self::start_as(data, more, |_| {})
    }

    /// As [`Process::start`], with more to be said about how.
    ///
    /// # Errors
    /// If it ends before it listens.
    pub fn start_as(
        data: &Path,
        more: &[&str],
        how: impl FnOnce(&mut Command),
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(&programs().server);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PLENARY_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        if !more.contains(&"--log") {
            command.args(["--log", "error"]);
        }
        if !more.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command
            .arg("--data")
            .arg(data)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        how(&mut command);
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().context("its output is piped")?;
        let mut out = BufReader::new(stdout);
        let (mut secretariat, mut line) = (None, String::new());
        let address = loop {
            line.clear();
            if out.read_line(&mut line)? == 0 {
                anyhow::bail!("the server ended before it listened: {:?}", child.wait());
            }
            if let Some(token) = line.split_whitespace().find(|w| w.starts_with("plenary_")) {
                secretariat.get_or_insert_with(|| token.to_owned());
            }
            if let Some((_, after)) = line.split_once("Plenary listens on http://") {
                let address = after.split_whitespace().next();
                break address.context("no address after `listens on`")?.to_owned();
            }
        };
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Ok(Self {
            child,
            _out: out,
            address,
            secretariat,
            agent: agent.into(),
        })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it without warning, as a power cut of the machine's program would: `kill -9`.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, as supervisors do, and waits until it has.
    ///
    /// # Errors
    /// If it ends otherwise than well.
    pub fn stop(mut self) -> anyhow::Result<()> {
        let id = self.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status()?;
        anyhow::ensure!(asked.success(), "the server cannot be asked to stop");
        let ended = self.child.wait()?;
        anyhow::ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }

    /// Bytes of memory that it holds; none where the system does not tell.
    pub fn memory(&self) -> Option<u64> {
        memory(self.id())
    }

    /// Files and sockets that it holds open; none where the system does not tell.
    pub fn open_files(&self) -> Option<usize> {
        Some(
            std::fs::read_dir(format!("/proc/{}/fd", self.id()))
                .ok()?
                .count(),
        )
    }

    /// The address of its websocket.
    pub fn sync_address(&self) -> String {
        format!("ws://{}/sync", self.address)
    }

    /// Any request, with its answer's status and body.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> anyhow::Result<(u16, String)> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        let status = response.status().as_u16();
        Ok((
            status,
            response
                .body_mut()
                .with_config()
                .limit(64 << 20)
                .read_to_string()?,
        ))
    }

    /// Reads something.
    ///
    /// # Errors
    /// If the server does not answer as expected.
    pub fn get<T: DeserializeOwned>(&self, token: &str, path: &str) -> anyhow::Result<T> {
        let (status, body) = self.call("GET", path, &[bearer(token).pair()], &[])?;
        anyhow::ensure!(status == 200, "GET {path}: {status} {body}");
        serde_json::from_str(&body).with_context(|| format!("GET {path}: {body}"))
    }

    /// Submits something; what the server answers, or its problem.
    ///
    /// # Errors
    /// If the server answers neither as expected nor with a problem.
    pub fn post<T: DeserializeOwned>(
        &self,
        token: &str,
        path: &str,
        key: Option<&str>,
        what: &Value,
    ) -> anyhow::Result<Result<T, Problem>> {
        let bearer = bearer(token);
        let mut headers = vec![bearer.pair(), ("Content-Type", "application/json")];
        headers.extend(key.map(|k| ("Idempotency-Key", k)));
        let (status, body) = self.call("POST", path, &headers, what.to_string().as_bytes())?;
        let told = || format!("POST {path}: {status} {body}");
        if matches!(status, 200 | 201) {
            Ok(Ok(serde_json::from_str(&body).with_context(told)?))
        } else {
            Ok(Err(serde_json::from_str(&body).with_context(told)?))
        }
    }

    /// Convenes a draft in English, open to typing, with those delegations and a chair (`CHAIR`).
    ///
    /// # Errors
    /// If the server will not.
    pub fn convene(
        &self,
        secretariat: &str,
        title: &str,
        markdown: &str,
        delegations: &[&str],
    ) -> anyhow::Result<DraftId> {
        let seat = |code: &&str| json!({"delegation": code, "name": format!("Delegation {code}")});
        let mut seats: Vec<Value> = delegations.iter().map(seat).collect();
        seats.push(json!({"delegation": "CHAIR", "name": "The chair", "role": "facilitator", "entitled": false}));
        seats.push(json!({"delegation": "OBS", "name": "An observer", "role": "observer", "entitled": false}));
        let new = json!({"title": title, "authentic": ["en"], "mode": "open", "markdown": markdown, "seats": seats});
        let convened = self.post::<DraftSummary>(secretariat, "/api/v1/drafts", None, &new)?;
        let convened = convened.map_err(|p| anyhow::anyhow!("{}: {}", p.code, p.detail))?;
        Ok(convened.id)
    }

    /// A token for a person of that delegation.
    ///
    /// # Errors
    /// If the server gives none.
    pub fn invite(
        &self,
        secretariat: &str,
        delegation: &str,
        role: Role,
        drafts: &[DraftId],
    ) -> anyhow::Result<String> {
        let seat = NewSeat {
            delegation: delegation.parse()?,
            role,
            drafts: drafts.to_vec(),
            label: None,
            expires_in: None,
        };
        let seat = serde_json::to_value(seat)?;
        let invited = self.post::<Invitation>(secretariat, "/api/v1/seats", None, &seat)?;
        let invited = invited.map_err(|p| anyhow::anyhow!("{}: {}", p.code, p.detail))?;
        Ok(invited.token)
    }

    /// The draft in short.
    ///
    /// # Errors
    /// If the server does not say.
    pub fn summary(&self, token: &str, draft: DraftId) -> anyhow::Result<DraftSummary> {
        self.get(token, &format!("/api/v1/drafts/{draft}"))
    }

    /// The bytes of all entries after that one.
    ///
    /// # Errors
    /// If the server does not hand them out.
    pub fn log(&self, token: &str, draft: DraftId, after: usize) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut log = Vec::new();
        loop {
            let seen = after + log.len();
            let path = format!("/api/v1/drafts/{draft}/entries?after={seen}&limit=500&bytes=true");
            let page: Page<EntryView> = self.get(token, &path)?;
            for entry in page.items {
                let bytes = entry.bytes.context("an entry came without its bytes")?;
                log.push(hex::decode(bytes)?);
            }
            if page.next.is_none() {
                return Ok(log);
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The header by which a token is shown.
pub struct Bearer(String);

impl Bearer {
    /// Name and value.
    pub fn pair(&self) -> (&'static str, &str) {
        ("Authorization", &self.0)
    }
}

/// The header by which that token is shown.
pub fn bearer(token: &str) -> Bearer {
    Bearer(format!("Bearer {token}"))
}
