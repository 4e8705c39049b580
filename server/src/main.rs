//! The server's program: settings, log, serve until told to stop.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use plenary_server::clock::SystemClock;
use plenary_server::config::Config;
use plenary_server::{App, base_url, notary, pace, seed, serve_app, storage, telemetry};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let came = pace::runtime()
        .context("the system gives no threads")
        .and_then(|runtime| runtime.block_on(start()));
    match came {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => match e.downcast::<clap::Error>() {
            Ok(e) => e.exit(),
            Err(e) => {
                eprintln!("plenary-server: {e:#}");
                ExitCode::FAILURE
            }
        },
    }
}

/// False if it ran, and what it found is not well.
async fn start() -> anyhow::Result<bool> {
    let arguments: Vec<_> = std::env::args_os().collect();
    #[cfg(feature = "sqlite")]
    if let Some(tool) = plenary_server::tools::Tool::named(&arguments)? {
        return tool.run().await;
    }
    let config = Config::read(arguments)?;
    if config.show_settings {
        print!("{}", config.to_toml());
        return Ok(true);
    }
    telemetry::start(&config.log, config.log_format)?;
    for warning in config.warnings() {
        warn!("{warning}");
    }
    let stop = told_to_stop()?;
    let storage = storage::open(&config.data)?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}: choose another address with --listen",
            config.listen
        )
    })?;
    let base_url = base_url(&config, &listener)?;
    let address = listener.local_addr()?;
    let signer = notary::secret(&config.data, &base_url.name())?;
    let app = App::open(config, base_url, storage, Arc::new(SystemClock)).await?;
    let app = app.signing(signer);
    if let Some(token) = app.identity.first_start().await? {
        println!("This server is new. The secretariat's token, which is shown only this once:\n");
        println!("    {}\n", token.reveal());
        println!(
            "Whoever holds it convenes drafts and gives out seats. Keep it, and sign in with:\n"
        );
        println!("    plenary login '{}'\n", app.link(token.reveal()));
    }
    if let (Some(text), Some(roster)) = (&app.config.seed, &app.config.roster) {
        match seed::demonstration(&app, text, roster).await? {
            Some(lines) => println!("{lines}"),
            None => info!("nothing is seeded: this server has drafts already"),
        }
    }
    println!(
        "Plenary listens on http://{address} and is reached at {}",
        app.base_url
    );
    info!("listening on {address}");
    serve_app(listener, app, stop).await;
    Ok(true)
}

/// Ends at SIGINT (Ctrl-C) or SIGTERM (what supervisors send).
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
