//! A stock automerge-repo client in a node process of its own, told what to do line by line (`tests/js/stock-client.mjs`).

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::{Value, json};

/// Longer than anything that a story asks of a client takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The client.
pub(crate) struct Node {
    child: Child,
    commands: ChildStdin,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    last: u64,
}

#[derive(Default)]
struct Heard {
    answers: BTreeMap<u64, Value>,
    events: Vec<Value>,
    ended: bool,
}

/// A command that is under way.
#[derive(Clone, Copy)]
pub(crate) struct Asked(u64);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("js")
}

/// Whether node and the packages are there; if only the packages are missing, they are fetched as the lock file has them.
fn ready() -> anyhow::Result<()> {
    static READY: OnceLock<Result<(), String>> = OnceLock::new();
    let ready = READY.get_or_init(|| {
        let installed = folder().join("node_modules/@automerge/automerge-repo-network-websocket");
        if installed.exists() {
            return Ok(());
        }
        let fetched = Command::new("npm").arg("ci").current_dir(folder()).output();
        match fetched {
            Ok(done) if done.status.success() => Ok(()),
            Ok(done) => Err(format!(
                "the packages of the stock client are missing: run `npm ci` in tests/js\n{}",
                String::from_utf8_lossy(&done.stderr)
            )),
            Err(e) => Err(format!("npm cannot be run ({e}): install Node.js 20 or later, then run `npm ci` in tests/js")),
        }
    });
    ready.clone().map_err(anyhow::Error::msg)
}

impl Node {
    /// Starts one.
    pub(crate) fn start() -> anyhow::Result<Self> {
        ready()?;
        let mut child = Command::new("node")
            .arg("stock-client.mjs")
            .current_dir(folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("node cannot be run: install Node.js 20 or later")?;
        let commands = child.stdin.take().context("its input is piped")?;
        let out = child.stdout.take().context("its output is piped")?;
        let heard = Arc::new((Mutex::new(Heard::default()), Condvar::new()));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let mut heard = told.0.lock().unwrap();
                // Whatever is no JSON is a stock package talking to its developer.
                if let Ok(said) = serde_json::from_str::<Value>(&line) {
                    match said["id"].as_u64() {
                        Some(id) => drop(heard.answers.insert(id, said)),
                        None => heard.events.push(said),
                    }
                }
                told.1.notify_all();
            }
            told.0.lock().unwrap().ended = true;
            told.1.notify_all();
        });
        Ok(Self {
            child,
            commands,
            heard,
            last: 0,
        })
    }

    /// Tells it to do something, and does not wait.
    pub(crate) fn tell(&mut self, what: &str, mut with: Value) -> anyhow::Result<Asked> {
        self.last += 1;
        with["id"] = json!(self.last);
        with["do"] = json!(what);
        writeln!(self.commands, "{with}")?;
        Ok(Asked(self.last))
    }

    /// Waits until something that it was told is done.
    pub(crate) fn done(&self, asked: Asked) -> anyhow::Result<Value> {
        let answer = self.wait(|heard| heard.answers.remove(&asked.0))?;
        match answer.get("error") {
            Some(error) => anyhow::bail!("{}", error.as_str().unwrap_or_default()),
            None => Ok(answer["ok"].clone()),
        }
    }

    /// Tells it to do something and waits until it is done.
    pub(crate) fn ask(&mut self, what: &str, with: Value) -> anyhow::Result<Value> {
        let asked = self.tell(what, with)?;
        self.done(asked)
    }

    /// Waits until it notices something by itself: `error`, `unavailable`, `thrown`.
    pub(crate) fn event(&self, kind: &str) -> anyhow::Result<Value> {
        self.wait(|heard| {
            let at = heard.events.iter().position(|e| e["event"] == kind)?;
            Some(heard.events.remove(at))
        })
        .with_context(|| format!("waiting for an event {kind}"))
    }

    fn wait(&self, mut found: impl FnMut(&mut Heard) -> Option<Value>) -> anyhow::Result<Value> {
        let until = Instant::now() + PATIENCE;
        let mut heard = self.heard.0.lock().unwrap();
        loop {
            if let Some(found) = found(&mut heard) {
                return Ok(found);
            }
            anyhow::ensure!(
                !heard.ended,
                "the stock client ended; is node 20 or later installed, and `npm ci` done in tests/js?"
            );
            let left = until.saturating_duration_since(Instant::now());
            anyhow::ensure!(!left.is_zero(), "the stock client does not answer");
            heard = self.heard.1.wait_timeout(heard, left).unwrap().0;
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
