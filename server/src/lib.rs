//! Plenary's server: network, storage and clock around the pure domain.

use std::sync::Arc;

use tokio::net::TcpListener;
use tracing::{info, warn};

mod app;
pub mod clock;
pub mod config;
pub mod congestion;
mod due;
mod gzip;
pub mod http;
pub mod identity;
pub mod limits;
mod listen;
pub mod notary;
pub mod pace;
pub mod room;
pub mod rooms;
pub mod router;
pub mod seed;
pub mod shares;
pub mod socket;
pub mod storage;
pub mod streams;
pub mod telemetry;
#[cfg(feature = "sqlite")]
pub mod tools;
pub mod web;

pub use app::App;

use clock::Clock;
use config::{BaseUrl, Config};
use storage::Storage;

/// Serves on the listener until `shutdown` ends, then finishes what is under way and puts the rooms aside. Tests call
/// the same.
///
/// # Errors
/// If the storage cannot say who is who.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let base_url = base_url(&config, &listener)?;
    let app = App::open(config, base_url, storage, clock).await?;
    serve_app(listener, app, shutdown).await;
    Ok(())
}

/// As [`serve`], for whoever wants to do something with the parts first.
pub async fn serve_app(listener: TcpListener, app: App, shutdown: impl Future<Output = ()>) {
    let stop = async {
        shutdown.await;
        info!(
            "stopping: no more connections, and {:?} for what is under way",
            limits::FINISH
        );
        app.stop();
    };
    let watching = tokio::spawn(due::watch(app.clone()));
    let (notary, notices) = (Arc::clone(&app.notary), app.rooms.notices());
    let notarising = tokio::spawn(async move { notary.follow(notices).await });
    let rooms = Arc::clone(&app.rooms);
    let keeping_few = tokio::spawn(async move { rooms.keep_few().await });
    let router = router::router(app.clone());
    listen::serve(listener, router, &app.config, stop, limits::FINISH).await;
    watching.abort();
    keeping_few.abort();
    notarising.abort();
    let closed = tokio::time::timeout(limits::CLOSE_ROOMS, app.rooms.close()).await;
    if closed.is_err() {
        warn!("not all snapshots were put aside; the next start reads a little more of the record");
    }
    info!("stopped");
}

/// The address that people reach the server by: the setting, or where it listens.
///
/// # Errors
/// If the listener has no address.
pub fn base_url(config: &Config, listener: &TcpListener) -> anyhow::Result<BaseUrl> {
    match &config.base_url {
        Some(url) => Ok(url.clone()),
        None => format!("http://{}", listener.local_addr()?)
            .parse()
            .map_err(anyhow::Error::msg),
    }
}
