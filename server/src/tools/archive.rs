//! Archives at a server: put back into a data directory, or opened to be read, with every page, by a server of their own.

use std::fs::File;
use std::io::BufReader;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use plenary_archive::{Bag, Report, Trust, verify};
use plenary_shared::ids::{DraftId, Seq};
use tokio::net::TcpListener;

use crate::clock::SetClock;
use crate::config::Config;
use crate::storage::{BatchId, Memory, Sqlite, Storage};
use crate::{App, base_url, serve_app};

/// Entries that are appended together, by their number and their bytes.
const PAGE: usize = 5_000;
const PAGE_BYTES: usize = 4 << 20;

/// An archive that was looked through.
struct Opened {
    bag: Bag<BufReader<File>>,
    report: Report,
}

/// Opens an archive and looks through all of it. One that is not as it should be is not used.
fn opened(file: &Path) -> anyhow::Result<Opened> {
    let name = file.display();
    let opened = File::open(file).with_context(|| format!("{name} cannot be read"))?;
    let bag = Bag::open(BufReader::new(opened));
    let mut bag = bag.with_context(|| format!("{name} cannot be used"))?;
    let report = verify(&mut bag, &Trust::default());
    let report = report.with_context(|| format!("{name} cannot be used"))?;
    if let Some(first) = report.findings.first() {
        let all = report.findings.len();
        bail!(
            "{name} is not as it should be: {first} ({all} in all; `plenary verify` lists them.) Nothing was done"
        );
    }
    Ok(Opened { bag, report })
}

/// Puts the archive's draft into the storage, which must not know it.
async fn fill(mut opened: Opened, storage: &dyn Storage) -> anyhow::Result<Report> {
    let draft = opened.report.draft;
    let (pages, mut ready) = tokio::sync::mpsc::channel::<Vec<Arc<[u8]>>>(2);
    let reading = tokio::task::spawn_blocking(move || {
        let (mut page, mut bytes) = (Vec::new(), 0);
        opened.bag.entries(|entry| {
            let entry = entry.unwrap_or_default();
            bytes += entry.len();
            page.push(Arc::from(entry));
            let full = page.len() >= PAGE || bytes >= PAGE_BYTES;
            if full {
                bytes = 0;
            }
            // Whoever has stopped appending says why.
            !full || pages.blocking_send(std::mem::take(&mut page)).is_ok()
        })?;
        let _ = pages.blocking_send(page);
        Ok::<_, plenary_archive::Unreadable>(opened.report)
    });
    let mut seq = Seq(0);
    while let Some(page) = ready.recv().await {
        let after = Seq(seq.0 + page.len() as u64);
        storage.append(draft, seq, page, BatchId::fresh()).await?;
        seq = after;
    }
    let report = reading.await??;
    if seq.0 != report.entries {
        bail!("only {seq} of {} entries were put there", report.entries);
    }
    Ok(report)
}

/// `plenary-server restore`: into a data directory whose server is stopped.
pub(super) async fn restore(file: &Path, data: &Path) -> anyhow::Result<()> {
    let opened = opened(file)?;
    let storage = Sqlite::open(data)?;
    refuse_known(opened.report.draft, &storage).await?;
    let report = fill(opened, &storage).await?;
    println!("Restored {}: {}", report.draft, report.title);
    println!("    {} entries, root {}", report.entries, report.root);
    println!("Seats are not in an archive: invite whoever is to sit there again.");
    Ok(())
}

async fn refuse_known(draft: DraftId, storage: &dyn Storage) -> anyhow::Result<()> {
    let last = storage.last(draft).await?;
    if last > Seq(0) {
        bail!(
            "the draft {draft} is there already, with {last} entries: nothing is ever overwritten. Restore it into another \
             directory, and compare"
        );
    }
    Ok(())
}

/// `plenary-server open`: a server of its own, on this machine only, that takes nothing in. Its clock stands at the last
/// entry.
pub(super) async fn open(file: &Path, listen: SocketAddr) -> anyhow::Result<()> {
    if !listen.ip().is_loopback() {
        bail!("an archive is opened for this machine only: name an address such as 127.0.0.1:0");
    }
    let storage: Arc<dyn Storage> = Arc::new(Memory::default());
    let report = fill(opened(file)?, &*storage).await?;
    let listener = TcpListener::bind(listen).await?;
    let config = Config::for_data("memory");
    let base = base_url(&config, &listener)?;
    let clock = Arc::new(SetClock::at(report.at));
    let app = App::open(config, base, storage, clock)
        .await?
        .reading_only();
    let token = app.identity.first_start().await?;
    let token = token.context("a new server has a secretariat")?;
    println!(
        "{} entries of {}: {}",
        report.entries, report.draft, report.title
    );
    println!("The archive is open, to be read only, until this is stopped (Ctrl-C):\n");
    println!("    {}\n", app.link(token.reveal()));
    let stop = async {
        // Without a way to be told, it goes on until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    serve_app(listener, app, stop).await;
    Ok(())
}
