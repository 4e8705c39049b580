//! The same room full of people on every server in turn: the floor, Plenary, and its peers. `bench/README.md` tells how.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use automerge::transaction::Transactable as _;
use automerge::{AutoCommit, ObjType};
use clap::Parser;
use plenary_bench::measure::{self, float};
use plenary_bench::other::Other;
use plenary_bench::room::{Automerge, Dialect, Load, Raw, Reader, Room, Worked, Yjs, sit};
use plenary_shared::draft::Role;
use plenary_shared::ids::DraftId;
use plenary_shared::wire::view::TextView;
use plenary_tests::process::Process;
use tokio::task::JoinSet;

/// The same room full of people on every server in turn.
#[derive(Parser)]
struct Settings {
    /// Who listens
    #[arg(long, default_value_t = 200)]
    listeners: usize,
    /// Who types
    #[arg(long, default_value_t = 10)]
    writers: usize,
    /// Keystrokes of each writer in a second
    #[arg(long, default_value_t = 5.0)]
    rate: f64,
    /// Seconds
    #[arg(long, default_value_t = 8.0)]
    seconds: f64,
    /// Only these: floor, plenary, readers, hocuspocus, y-websocket, automerge-repo
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// A clause with its text, where a stock peer finds it.
const CLAUSE: [&str; 4] = ["clauses", "c-1", "text", "en"];

type People = JoinSet<anyhow::Result<Option<String>>>;

/// What a server did.
struct Done {
    worked: Worked,
    processor: Duration,
    /// Bytes for each connection, before anything is typed.
    memory: f64,
    texts: Vec<String>,
    /// Whether all have the same text.
    same: bool,
}

/// The servers: by what they are chosen, and what they are called.
const SERVERS: [(&str, &str); 6] = [
    ("floor", "the floor: a broadcast"),
    ("plenary", "Plenary"),
    ("readers", "Plenary, readers"),
    ("hocuspocus", "Hocuspocus"),
    ("y-websocket", "y-websocket"),
    ("automerge-repo", "automerge-repo"),
];

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
        "{} listeners, {} writers, {} keystrokes a second each, {} s\n",
        load.listeners, load.writers, load.rate, load.seconds
    );
    println!(
        "| server | µs of processor a delivery | beside the floor | p50 ms | p99 ms | bytes a delivery | KB a connection | delivered | same text for all |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let wanted = |name: &str| settings.only.is_empty() || settings.only.iter().any(|o| o == name);
    let mut floor = None;
    for (name, called) in SERVERS {
        if !wanted(name) {
            continue;
        }
        let done = match name {
            "plenary" | "readers" => plenary(load, name).await,
            name => other(load, name).await,
        };
        let done = done.with_context(|| format!("{name} could not be measured"))?;
        let each = done.processor.as_secs_f64() * 1e6 / float(done.worked.delivered);
        let floor = *floor.get_or_insert(each);
        let millis = |t: Duration| t.as_secs_f64() * 1e3;
        println!(
            "| {called} | {each:.1} | {:.2} | {:.1} | {:.1} | {:.0} | {:.0} | {} of {} | {} |",
            each / floor,
            millis(done.worked.median),
            millis(done.worked.p99),
            float(done.worked.bytes) / float(done.worked.delivered),
            done.memory / 1024.0,
            done.worked.delivered,
            done.worked.wanted,
            if done.same { "yes" } else { "NO" },
        );
    }
    Ok(())
}

/// Plenary, with stock automerge peers as listeners, or readers of its event stream.
async fn plenary(load: Load, name: &str) -> anyhow::Result<Done> {
    let readers = name == "readers";
    let data = tempfile::tempdir()?;
    let server = Process::start(data.path(), &["--max-streams-per-seat", "100000"])?;
    let secretariat = server
        .secretariat
        .clone()
        .context("a new server shows a token")?;
    let codes: Vec<String> = (1..=load.writers).map(|n| format!("D{n}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let draft = server.convene(&secretariat, "A room", "1. Text. {#c-1}\n", &codes)?;
    let observer = server.invite(&secretariat, "OBS", Role::Observer, &[draft])?;
    let url = server.sync_address();
    let document = draft.to_string();
    let room = Room::new(load)?;
    let mut people = People::new();
    let before = server.memory().unwrap_or_default();
    for (w, code) in codes.iter().enumerate() {
        let token = server.invite(&secretariat, code, Role::Delegate, &[draft])?;
        let name = format!("writer-{w}");
        let doc = AutoCommit::new();
        let writer = Automerge::come(&url, Some(&token), &name, &document, &CLAUSE, doc).await?;
        room.known(code.as_bytes().to_vec(), w);
        people.spawn(sit(Arc::clone(&room), writer, Some(w)));
    }
    for n in 0..load.listeners {
        if readers {
            let reader = Reader::come(&server.address, &observer, &document).await?;
            people.spawn(reader.sit(Arc::clone(&room)));
        } else {
            let name = format!("listener-{n}");
            let doc = AutoCommit::new();
            let listener = Automerge::come(&url, Some(&observer), &name, &document, &CLAUSE, doc);
            people.spawn(sit(Arc::clone(&room), listener.await?, None));
        }
    }
    room.filled(load.writers + load.listeners).await?;
    let after = server.memory().unwrap_or_default();
    let mut done = work(&room, people, server.id()).await?;
    done.memory = float(after.saturating_sub(before)) / float(load.writers + load.listeners);
    // What everybody has is what the server has, and what its disk has.
    let text = |server: &Process| -> anyhow::Result<String> {
        let text: TextView = server.get(&secretariat, &format!("/api/v1/drafts/{draft}/text"))?;
        let clause = text.clauses.into_iter().next().context("no clause")?;
        clause.text.into_values().next().context("no words")
    };
    let live = text(&server)?;
    server.kill()?;
    let again = Process::start(data.path(), &[])?;
    let kept = text(&again)?;
    done.same &= live == kept && done.texts.iter().all(|t| *t == live);
    Ok(done)
}

/// A server that keeps nothing.
async fn other(load: Load, name: &str) -> anyhow::Result<Done> {
    let server = Other::start(name).await?;
    let url = server.address();
    let room = Room::new(load)?;
    let mut people = People::new();
    let document = DraftId([0x5a; 16]).to_string();
    let mut there = load.writers + load.listeners;
    if name == "automerge-repo" {
        // Somebody has to bring the document.
        let mut doc = AutoCommit::new();
        doc.put_object(automerge::ROOT, "text", ObjType::Text)?;
        doc.commit();
        let seeder = Automerge::come(&url, None, "seeder", &document, &["text"], doc).await?;
        people.spawn(sit(Arc::clone(&room), seeder, Some(load.writers)));
        there += 1;
        room.filled(1).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let before = server.memory();
    for n in 0..load.writers + load.listeners {
        let writer = (n < load.writers).then_some(n);
        let room = Arc::clone(&room);
        match name {
            "floor" => {
                let number = u8::try_from(n.min(255))?;
                people.spawn(sit(room, Raw::come(&url, number).await?, writer));
            }
            "automerge-repo" => {
                let (name, doc) = (format!("peer-{n}"), AutoCommit::new());
                let peer = Automerge::come(&url, None, &name, &document, &["text"], doc).await?;
                people.spawn(sit(room, peer, writer));
            }
            name => {
                let dialect = match name {
                    "hocuspocus" => Dialect::Hocuspocus,
                    _ => Dialect::YWebsocket,
                };
                people.spawn(sit(room, Yjs::come(&url, dialect, "room").await?, writer));
            }
        }
        if n % 20 == 19 {
            room_settles().await;
        }
    }
    room.filled(there).await?;
    let after = server.memory();
    let mut done = work(&room, people, server.id()).await?;
    done.memory = float(after.saturating_sub(before)) / float(load.writers + load.listeners);
    Ok(done)
}

/// Everybody types and listens, and leaves.
async fn work(room: &Arc<Room>, mut people: People, process: u32) -> anyhow::Result<Done> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let began = measure::processor_time(process).context("the system does not tell")?;
    let worked = room.work().await;
    let ended = measure::processor_time(process).context("the system does not tell")?;
    room.close();
    let mut texts = Vec::new();
    while let Some(left) = people.join_next().await {
        texts.extend(left??);
    }
    let same = texts.iter().all(|t| Some(t) == texts.first());
    Ok(Done {
        worked,
        processor: ended.saturating_sub(began),
        memory: 0.0,
        texts,
        same,
    })
}

/// Slow servers are not asked by all at once.
async fn room_settles() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}
