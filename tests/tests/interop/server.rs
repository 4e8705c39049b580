//! The server's own program as a child process, so that it can be killed as a power cut kills it.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use plenary_tests::process::programs;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running server, with a data directory of its own.
pub(crate) struct Server {
    /// What it is asked over HTTP.
    pub(crate) api: Api,
    address: String,
    data: TempDir,
    child: Child,
}

/// A server as the secretariat reaches it, also after it was killed and started again.
#[derive(Clone)]
pub(crate) struct Api {
    /// Its address.
    pub(crate) url: String,
    secretariat: String,
    agent: ureq::Agent,
}

impl Server {
    /// Starts a new one.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        // The port must stay the same through a restart, so it is chosen here.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let (child, lines) = run(data.path(), &address)?;
        let token = lines.iter().find(|l| l.starts_with("plenary_"));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build();
        let api = Api {
            url: format!("http://{address}"),
            secretariat: token.context("a new server shows a token")?.clone(),
            agent: agent.into(),
        };
        Ok(Self {
            api,
            address,
            data,
            child,
        })
    }

    /// Kills it without warning: what is not on disk is gone.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Starts it again on what the killed one left.
    pub(crate) fn start_again(&mut self) -> anyhow::Result<()> {
        self.child = run(self.data.path(), &self.address)?.0;
        Ok(())
    }
}

impl Api {
    /// Reads something as the secretariat.
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<Value> {
        let token = format!("Bearer {}", self.secretariat);
        let request = self.agent.get(format!("{}{path}", self.url));
        let mut response = request.header("Authorization", token).call()?;
        let body = response.body_mut().read_to_string()?;
        anyhow::ensure!(response.status() == 200, "GET {path}: {body}");
        Ok(serde_json::from_str(&body)?)
    }

    /// Submits something.
    pub(crate) fn post(&self, token: &str, path: &str, what: &Value) -> anyhow::Result<Value> {
        let request = self.agent.post(format!("{}{path}", self.url));
        let request = request.header("Authorization", format!("Bearer {token}"));
        let mut response = request.send_json(what)?;
        let body = response.body_mut().read_to_string()?;
        anyhow::ensure!(response.status().is_success(), "POST {path}: {body}");
        Ok(serde_json::from_str(&body)?)
    }

    /// Convenes a draft in which delegates type into clauses themselves.
    pub(crate) fn convene(&self, title: &str, markdown: &str) -> anyhow::Result<Draft> {
        let seat = |code: &str, role: &str| json!({"delegation": code, "name": format!("Delegation {code}"), "role": role, "entitled": role == "delegate"});
        let draft = json!({
            "title": title, "authentic": ["en"], "mode": "open", "markdown": markdown,
            "seats": [seat("CHAIR", "facilitator"), seat("AVR", "delegate"), seat("NRM", "delegate"), seat("OBS", "observer")],
        });
        let made = self.post(&self.secretariat, "/api/v1/drafts", &draft)?;
        let field = |name: &str| made[name].as_str().map(str::to_owned);
        Ok(Draft {
            api: self.clone(),
            id: field("id").context("a draft has an id")?,
            document: field("document").context("a draft has an address")?,
        })
    }

    /// A seat's token.
    pub(crate) fn invite(
        &self,
        delegation: &str,
        role: &str,
        drafts: &[&str],
    ) -> anyhow::Result<String> {
        let seat = json!({"delegation": delegation, "role": role, "drafts": drafts});
        let invitation = self.post(&self.secretariat, "/api/v1/seats", &seat)?;
        Ok(invitation["token"].as_str().context("a token")?.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program until it says that it listens; what it printed before that.
fn run(data: &Path, address: &str) -> anyhow::Result<(Child, Vec<String>)> {
    let mut child = Command::new(&programs().server)
        .arg("--data")
        .arg(data)
        .args(["--listen", address, "--log", "warn"])
        .stdout(Stdio::piped())
        .spawn()?;
    let out = child.stdout.take().context("its output is piped")?;
    let mut lines = Vec::new();
    for line in BufReader::new(out).lines() {
        let line = line?.trim().to_owned();
        if line.starts_with("Plenary listens on") {
            return Ok((child, lines));
        }
        lines.push(line);
    }
    child.wait()?;
    anyhow::bail!("the server ended before it listened: {lines:?}")
}

/// A draft on a server.
#[derive(Clone)]
pub(crate) struct Draft {
    api: Api,
    /// Its id.
    pub(crate) id: String,
    /// What a stock client opens.
    pub(crate) document: String,
}

impl Draft {
    /// Reads something of it.
    pub(crate) fn get(&self, what: &str) -> anyhow::Result<Value> {
        self.api.get(&format!("/api/v1/drafts/{}/{what}", self.id))
    }

    /// A clause as the server has it.
    pub(crate) fn clause(&self, clause: &str) -> anyhow::Result<Value> {
        let text = self.get("text")?;
        let clauses = text["clauses"].as_array().context("clauses")?;
        let found = clauses.iter().find(|c| c["id"] == clause);
        found
            .cloned()
            .with_context(|| format!("no clause {clause}"))
    }

    /// A clause's words as the server has them.
    pub(crate) fn words(&self, clause: &str) -> anyhow::Result<String> {
        let clause = self.clause(clause)?;
        Ok(clause["text"]["en"].as_str().context("words")?.to_owned())
    }

    /// The number of its last entry.
    pub(crate) fn seq(&self) -> anyhow::Result<u64> {
        self.get("text")?["seq"].as_u64().context("a number")
    }

    /// Submits an act.
    pub(crate) fn act(&self, token: &str, act: &Value) -> anyhow::Result<Value> {
        let path = format!("/api/v1/drafts/{}/acts", self.id);
        self.api.post(token, &path, act)
    }
}
