//! Other servers for writing together, under the same load: the floor is ours, the peers come from npm.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::measure;

/// Another server's process, stopped when this is dropped.
pub struct Other {
    child: Child,
    port: u16,
}

impl Other {
    /// Starts `floor`, `hocuspocus`, `y-websocket` or `automerge-repo` on a free port, and waits until it listens.
    ///
    /// # Errors
    /// If it cannot be installed or started.
    pub async fn start(name: &str) -> anyhow::Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let mut command = if name == "floor" {
            let own = std::env::current_exe()?;
            Command::new(own.with_file_name("floor"))
        } else {
            let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
            install(&peers)?;
            let mut node = Command::new("node");
            node.arg(peers.join(PathBuf::from(name).with_extension("mjs")));
            node.current_dir(peers);
            node
        };
        let child = command
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        let server = Self { child, port };
        listening(port).await?;
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Bytes of memory that it holds.
    pub fn memory(&self) -> u64 {
        measure::memory(self.id()).unwrap_or_default()
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The peers, from npm, once.
fn install(peers: &Path) -> anyhow::Result<()> {
    if peers.join("node_modules").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--silent"])
        .current_dir(peers);
    let installed = npm
        .stdout(Stdio::null())
        .status()
        .context("npm is missing")?;
    anyhow::ensure!(installed.success(), "npm could not install the peers");
    Ok(())
}

async fn listening(port: u16) -> anyhow::Result<()> {
    let began = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        anyhow::ensure!(
            began.elapsed() < Duration::from_secs(20),
            "it does not listen"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
