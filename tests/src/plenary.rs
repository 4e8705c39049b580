//! A whole server in this process: on a port of its own, with its storage in memory and a clock that stories set.

use std::sync::Arc;

use anyhow::Context as _;
use plenary_server::App;
use plenary_server::clock::SetClock;
use plenary_server::config::Config;
use plenary_server::storage::Memory;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running server. It stops when this is dropped.
pub struct Plenary {
    /// Its parts, for what a story has to do behind its back.
    pub app: App,
    /// Its time.
    pub clock: Arc<SetClock>,
    /// The token of the secretariat.
    pub secretariat: String,
    /// Where its clients' and its own tasks run.
    pub runtime: Runtime,
    address: String,
    agent: ureq::Agent,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl Plenary {
    /// Starts one, at that time by its clock.
    ///
    /// # Errors
    /// If it cannot start.
    pub fn start(now: Timestamp) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let clock = Arc::new(SetClock::at(now));
        let (stop, stopped) = oneshot::channel();
        let (app, address, secretariat, server) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?.to_string();
            // Nothing is kept there: the storage is in memory.
            let config = Config::for_data("unused");
            let base_url = plenary_server::base_url(&config, &listener)?;
            let app = App::open(config, base_url, Arc::new(Memory::default()), clock.clone());
            let app = app.await?;
            let token = app.identity.first_start().await?;
            let token = token.context("a new server has no secretariat yet")?;
            let served = plenary_server::serve_app(listener, app.clone(), async {
                // Dropped or sent, it is time to go.
                let _ = stopped.await;
            });
            let server = tokio::spawn(served);
            anyhow::Ok((app, address, token.reveal().to_owned(), server))
        })?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build();
        Ok(Self {
            app,
            clock,
            secretariat,
            runtime,
            address,
            agent: agent.into(),
            stop: Some(stop),
            server: Some(server),
        })
    }

    /// The address of its websocket.
    pub fn sync_address(&self) -> String {
        format!("ws://{}/sync", self.address)
    }

    /// Reads something.
    ///
    /// # Errors
    /// If the server does not answer as expected.
    pub fn get<T: DeserializeOwned>(&self, token: &str, path: &str) -> anyhow::Result<T> {
        let mut response = self
            .agent
            .get(self.url(path))
            .header("Authorization", format!("Bearer {token}"))
            .call()?;
        let body = response.body_mut().read_to_string()?;
        anyhow::ensure!(response.status() == 200, "GET {path}: {body}");
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
        what: &impl Serialize,
    ) -> anyhow::Result<Result<T, Problem>> {
        let mut response = self
            .agent
            .post(self.url(path))
            .header("Authorization", format!("Bearer {token}"))
            .send_json(what)?;
        let body = response.body_mut().read_to_string()?;
        let told = || format!("POST {path}: {} {body}", response.status());
        if response.status().is_success() {
            Ok(Ok(serde_json::from_str(&body).with_context(told)?))
        } else {
            Ok(Err(serde_json::from_str(&body).with_context(told)?))
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Plenary {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(server) = self.server.take() {
            // What it left undone is of no interest to a story that has ended.
            let _ = self.runtime.block_on(server);
        }
    }
}
