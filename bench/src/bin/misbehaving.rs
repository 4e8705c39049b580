//! A hundred honest people in a room, and somebody who misbehaves beside them: what that costs the hundred.
//!
//! Everything runs on one machine, the misbehaviour too: what it costs there to make it is in the figures.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use automerge::AutoCommit;
use clap::Parser;
use plenary_bench::measure::{self, float};
use plenary_bench::mischief::{Kind, Target};
use plenary_bench::room::{Automerge, Load, Room, Worked, sit};
use plenary_shared::draft::Role;
use plenary_shared::wire::view::TextView;
use plenary_tests::process::Process;
use tokio::task::JoinSet;

/// A hundred honest people, and somebody who misbehaves beside them.
#[derive(Parser)]
struct Settings {
    /// Honest people who listen
    #[arg(long, default_value_t = 90)]
    listeners: usize,
    /// Honest people who type
    #[arg(long, default_value_t = 10)]
    writers: usize,
    /// Keystrokes of each writer in a second
    #[arg(long, default_value_t = 5.0)]
    rate: f64,
    /// Seconds of each run
    #[arg(long, default_value_t = 8.0)]
    seconds: f64,
    /// Only these, by the words of the table: `1,000 connections` and so on
    #[arg(long)]
    only: Vec<String>,
}

/// A clause with its text, where a stock peer finds it.
const CLAUSE: [&str; 4] = ["clauses", "c-1", "text", "en"];

/// What a run showed.
struct Done {
    worked: Worked,
    processor: Duration,
    before: u64,
    after: u64,
    /// Whether all the honest have the server's text.
    same: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let load = Load {
        listeners: settings.listeners,
        writers: settings.writers,
        rate: settings.rate,
        seconds: settings.seconds,
    };
    println!(
        "{} listeners, {} writers, {} keystrokes a second each, {} s a run\n",
        load.listeners, load.writers, load.rate, load.seconds
    );
    println!(
        "| beside them | p50 ms | p99 ms | p99 beside undisturbed | processor of the server, s | its memory before, MB | after | delivered | same text for all |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let wanted = |name: &str| settings.only.is_empty() || settings.only.iter().any(|o| o == name);
    let mut undisturbed = None;
    for (called, kinds) in Kind::alone_and_together() {
        if undisturbed.is_some() && !wanted(called) {
            continue;
        }
        let done = run(load, &kinds).await;
        let done = done.with_context(|| format!("{called} could not be measured"))?;
        let millis = |t: Duration| t.as_secs_f64() * 1e3;
        let p99 = millis(done.worked.p99);
        let beside = *undisturbed.get_or_insert(p99);
        let mega = |bytes: u64| float(bytes) / 1e6;
        println!(
            "| {called} | {:.1} | {p99:.1} | {:.2} | {:.2} | {:.0} | {:.0} | {} of {} | {} |",
            millis(done.worked.median),
            p99 / beside,
            done.processor.as_secs_f64(),
            mega(done.before),
            mega(done.after),
            done.worked.delivered,
            done.worked.wanted,
            if done.same { "yes" } else { "NO" },
        );
    }
    Ok(())
}

async fn run(load: Load, kinds: &[Kind]) -> anyhow::Result<Done> {
    let data = tempfile::tempdir()?;
    let server = start(data.path())?;
    let secretariat = server
        .secretariat
        .clone()
        .context("a new server shows a token")?;
    let codes: Vec<String> = (1..=load.writers)
        .map(|n| format!("D{n}"))
        .chain(["BAD".to_owned()])
        .collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let draft = server.convene(
        &secretariat,
        "A room",
        "1. Text. {#c-1}\n\n2. More. {#c-2}\n",
        &codes,
    )?;
    let observer = server.invite(&secretariat, "OBS", Role::Observer, &[draft])?;
    let target = Target {
        address: server.address.clone(),
        token: server.invite(&secretariat, "BAD", Role::Delegate, &[draft])?,
        draft,
    };
    let (url, document) = (server.sync_address(), draft.to_string());
    let room = Room::new(load)?;
    let mut people = JoinSet::new();
    for w in 0..load.writers + load.listeners {
        let writer = (w < load.writers).then_some(w);
        let token = match writer {
            Some(w) => server.invite(&secretariat, codes[w], Role::Delegate, &[draft])?,
            None => observer.clone(),
        };
        let name = format!("person-{w}");
        let doc = AutoCommit::new();
        let person = Automerge::come(&url, Some(&token), &name, &document, &CLAUSE, doc).await?;
        if let Some(w) = writer {
            room.known(codes[w].as_bytes().to_vec(), w);
        }
        people.spawn(sit(Arc::clone(&room), person, writer));
    }
    room.filled(load.writers + load.listeners).await?;
    let before = server.memory().unwrap_or_default();
    let mut mischief = JoinSet::new();
    for kind in kinds {
        kind.begin(&target, &mut mischief).await?;
    }
    // It has begun in earnest when the honest are measured.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let used = measure::processor_time(server.id()).unwrap_or_default();
    let worked = room.work().await;
    let processor = measure::processor_time(server.id())
        .unwrap_or_default()
        .saturating_sub(used);
    let after = server.memory().unwrap_or_default();
    mischief.shutdown().await;
    room.close();
    let text: TextView = server.get(&secretariat, &format!("/api/v1/drafts/{draft}/text"))?;
    let clause = text.clauses.into_iter().next().context("no clause")?;
    let text = clause.text.into_values().next().context("no words")?;
    let mut same = true;
    while let Some(person) = people.join_next().await {
        same &= person??.is_some_and(|own| own == text);
    }
    server.stop()?;
    Ok(Done {
        worked,
        processor,
        before,
        after,
        same,
    })
}

/// As an operator starts it, but that all listeners of this room sit on one seat.
fn start(data: &Path) -> anyhow::Result<Process> {
    Process::start(data, &["--max-streams-per-seat", "128"])
}
