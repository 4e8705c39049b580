//! What one server holds: memory for each connection and draft, and how many people and keystrokes until it is too slow.
//! `bench/README.md` tells how.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use automerge::AutoCommit;
use clap::{Parser, ValueEnum};
use plenary_bench::measure::{self, float};
use plenary_bench::room::{Automerge, Light, Load, Reader, Room, sit};
use plenary_bench::weak;
use plenary_shared::draft::Role;
use plenary_shared::ids::DraftId;
use plenary_tests::process::Process;
use tokio::task::JoinSet;

/// What one server holds.
#[derive(Parser)]
struct Settings {
    /// Editors who only sit there, while memory is weighed
    #[arg(long, default_value_t = 500)]
    editors: usize,
    /// Readers who do
    #[arg(long, default_value_t = 5_000)]
    readers: usize,
    /// Drafts that are open, or lie there
    #[arg(long, default_value_t = 100)]
    drafts: usize,
    /// Seconds of typing for each number of people
    #[arg(long, default_value_t = 6.0)]
    seconds: f64,
    /// The p99 beyond which it is too slow, in milliseconds
    #[arg(long, default_value_t = 200)]
    too_slow: u64,
    /// Measure only this
    #[arg(long)]
    only: Option<Part>,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What a draft and a person take
    Memory,
    /// How far behind one is on a weak line
    Weak,
    /// How many one server takes
    Ceiling,
}

/// A clause with its text, where a stock peer finds it.
const CLAUSE: [&str; 4] = ["clauses", "c-1", "text", "en"];
/// One of so many listens with a replica and is timed; the others only confirm.
const TIMED: usize = 10;
/// Nobody is held back: what is looked for is what the server does without that.
const BOUNDLESS: [&str; 8] = [
    "--max-streams-per-seat",
    "1000000",
    "--max-connections",
    "100000",
    "--max-connections-per-address",
    "100000",
    "--seat-share",
    "100",
];

type People = JoinSet<anyhow::Result<Option<String>>>;

/// A server with one draft in which people sit.
struct House {
    server: Process,
    room: Arc<Room>,
    people: People,
    draft: DraftId,
    writers: Vec<String>,
    observer: String,
    there: usize,
    _data: tempfile::TempDir,
}

impl House {
    fn open(load: Load) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let server = Process::start(data.path(), &BOUNDLESS)?;
        let secretariat = server
            .secretariat
            .clone()
            .context("a new server shows a token")?;
        let codes: Vec<String> = (1..=load.writers).map(|n| format!("D{n}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let draft = server.convene(&secretariat, "A crowd", "1. Text. {#c-1}\n", &codes)?;
        let observer = server.invite(&secretariat, "OBS", Role::Observer, &[draft])?;
        let writer = |code: &&str| server.invite(&secretariat, code, Role::Delegate, &[draft]);
        let writers = codes.iter().map(writer).collect::<anyhow::Result<_>>()?;
        Ok(Self {
            server,
            room: Room::new(load)?,
            people: People::new(),
            draft,
            writers,
            observer,
            there: 0,
            _data: data,
        })
    }

    async fn seat_writers(&mut self) -> anyhow::Result<()> {
        let (url, document) = (self.server.sync_address(), self.draft.to_string());
        for (w, token) in self.writers.iter().enumerate() {
            let name = format!("writer-{w}");
            let doc = AutoCommit::new();
            let writer = Automerge::come(&url, Some(token), &name, &document, &CLAUSE, doc).await?;
            self.room.known(format!("D{}", w + 1).into_bytes(), w);
            self.people
                .spawn(sit(Arc::clone(&self.room), writer, Some(w)));
        }
        self.there += self.writers.len();
        self.room.filled(self.there).await
    }

    /// So many more have the text open. Every tenth is timed, until there are as many timed ones as the load says.
    async fn seat_editors(&mut self, editors: usize, timed: usize) -> anyhow::Result<()> {
        let (url, document) = (self.server.sync_address(), self.draft.to_string());
        for n in 0..editors {
            let name = format!("editor-{n}");
            let room = Arc::clone(&self.room);
            if n < timed {
                let (token, doc) = (Some(self.observer.as_str()), AutoCommit::new());
                let peer = Automerge::come(&url, token, &name, &document, &CLAUSE, doc).await?;
                self.people.spawn(sit(room, peer, None));
            } else {
                let peer = Light::come(&url, &self.observer, &name, &document, &CLAUSE).await?;
                self.people.spawn(doze(room, peer));
            }
        }
        self.there += editors;
        self.room.filled(self.there).await
    }

    /// So many more read the event stream.
    async fn seat_readers(&mut self, readers: usize, timed: usize) -> anyhow::Result<()> {
        let document = self.draft.to_string();
        for n in 0..readers {
            let reader = Reader::come(&self.server.address, &self.observer, &document).await?;
            let room = Arc::clone(&self.room);
            if n < timed {
                self.people.spawn(reader.sit(room));
            } else {
                self.people.spawn(reader.doze(room));
            }
        }
        self.there += readers;
        self.room.filled(self.there).await
    }

    fn memory(&self) -> u64 {
        self.server.memory().unwrap_or_default()
    }

    async fn close(mut self) -> anyhow::Result<()> {
        self.room.close();
        while let Some(left) = self.people.join_next().await {
            left??;
        }
        Ok(())
    }
}

/// A light listener is no different from others, but that what it receives is not weighed.
async fn doze(room: Arc<Room>, peer: Light) -> anyhow::Result<Option<String>> {
    sit(room, peer, None).await
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let does = |part| settings.only.is_none_or(|only| only == part);
    if does(Part::Memory) {
        memory_of_drafts(&settings)?;
        memory_of_people(&settings).await?;
    }
    if does(Part::Weak) {
        weak_lines(&settings).await?;
    }
    if does(Part::Ceiling) {
        ceiling(&settings).await?;
    }
    Ok(())
}

fn kilobytes(bytes: u64, of: usize) -> f64 {
    float(bytes) / float(of.max(1)) / 1024.0
}

/// Drafts of 60 clauses of 300 characters: open, and on the disk only.
fn memory_of_drafts(settings: &Settings) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let words = "States Parties shall report once a year, in plain words, on what they have done. "
        .repeat(4);
    let clause = |n| format!("{n}. {words} {{#c-{n}}}\n\n");
    let text: String = (1..=60).map(clause).collect();
    let server = Process::start(data.path(), &BOUNDLESS)?;
    let secretariat = server
        .secretariat
        .clone()
        .context("a new server shows a token")?;
    // The first of anything is dearer.
    server.convene(&secretariat, "A draft", &text, &["D1", "D2"])?;
    let empty = server.memory().unwrap_or_default();
    for n in 0..settings.drafts {
        server.convene(&secretariat, &format!("Draft {n}"), &text, &["D1", "D2"])?;
    }
    let open = server.memory().unwrap_or_default();
    server.stop()?;
    let fresh = tempfile::tempdir()?;
    let before = {
        let server = Process::start(fresh.path(), &BOUNDLESS)?;
        settle();
        server.memory().unwrap_or_default()
    };
    let server = Process::start(data.path(), &BOUNDLESS)?;
    settle();
    let idle = server.memory().unwrap_or_default();
    println!("| memory of | KB |\n|---|---|");
    println!("| a server without drafts | {:.0} |", kilobytes(before, 1));
    println!(
        "| each of {} drafts of 60 clauses, open | {:.0} |",
        settings.drafts,
        kilobytes(open.saturating_sub(empty), settings.drafts)
    );
    println!(
        "| each of {} drafts that nobody has open | {:.1} |",
        settings.drafts + 1,
        kilobytes(idle.saturating_sub(before), settings.drafts + 1)
    );
    Ok(())
}

/// What a server does once it has started is done.
fn settle() {
    std::thread::sleep(Duration::from_secs(3));
}

async fn memory_of_people(settings: &Settings) -> anyhow::Result<()> {
    let load = Load {
        listeners: 20,
        writers: 10,
        rate: 2.0,
        seconds: settings.seconds,
    };
    let mut house = House::open(load)?;
    house.seat_writers().await?;
    let alone = house.memory();
    house.seat_editors(settings.editors, 10).await?;
    let edited = house.memory();
    house.seat_readers(settings.readers, 10).await?;
    let read = house.memory();
    let process = house.server.id();
    let began = measure::processor_time(process).context("the system does not tell")?;
    let worked = house.room.work().await;
    let ended = measure::processor_time(process).context("the system does not tell")?;
    let after = house.memory();
    println!(
        "| each of {} editors | {:.1} |",
        settings.editors,
        kilobytes(edited.saturating_sub(alone), settings.editors)
    );
    println!(
        "| each of {} readers | {:.1} |",
        settings.readers,
        kilobytes(read.saturating_sub(edited), settings.readers)
    );
    println!(
        "| the server with all of them | {:.0} |",
        kilobytes(read, 1)
    );
    println!(
        "| the same, after 10 of them typed 2 keystrokes a second for {} s | {:.0} |",
        settings.seconds,
        kilobytes(after, 1)
    );
    println!(
        "\nWhile they typed: p50 {:.0} ms, p99 {:.0} ms, {:.0} % of one processor; {} of {} keystrokes arrived where it was timed.\n",
        worked.median.as_secs_f64() * 1e3,
        worked.p99.as_secs_f64() * 1e3,
        ended.saturating_sub(began).as_secs_f64() / worked.took.as_secs_f64() * 100.0,
        worked.delivered,
        worked.wanted,
    );
    house.close().await
}

/// How far behind somebody is on a weak line, while ten people type.
async fn weak_lines(settings: &Settings) -> anyhow::Result<()> {
    println!(
        "| on a line of 64 kbit/s, 150 ms late | p50 ms | p99 ms | keystrokes that arrived | bytes a keystroke |\n|---|---|---|---|---|"
    );
    for editor in [false, true] {
        let load = Load {
            listeners: 1,
            writers: 10,
            rate: 5.0,
            seconds: settings.seconds.max(20.0),
        };
        let mut house = House::open(load)?;
        house.seat_writers().await?;
        let address = weak::line(&house.server.address, 8_000, Duration::from_millis(150)).await?;
        let (room, document) = (Arc::clone(&house.room), house.draft.to_string());
        if editor {
            let (url, token) = (
                format!("ws://{address}/sync"),
                Some(house.observer.as_str()),
            );
            let doc = AutoCommit::new();
            let peer = Automerge::come(&url, token, "weak", &document, &CLAUSE, doc).await?;
            house.people.spawn(sit(room, peer, None));
        } else {
            let reader = Reader::come(&address, &house.observer, &document).await?;
            house.people.spawn(reader.sit(room));
        }
        house.there += 1;
        house.room.filled(house.there).await?;
        let worked = house.room.work().await;
        println!(
            "| {} | {:.0} | {:.0} | {} of {} | {:.0} |",
            if editor { "an editor" } else { "a reader" },
            worked.median.as_secs_f64() * 1e3,
            worked.p99.as_secs_f64() * 1e3,
            worked.delivered,
            worked.wanted,
            float(worked.bytes) / float(worked.delivered.max(1)),
        );
        house.close().await?;
    }
    println!();
    Ok(())
}

/// More and more of one thing, until it is too slow.
async fn ceiling(settings: &Settings) -> anyhow::Result<()> {
    println!(
        "| editors | readers | writers | keystrokes a second | p50 ms | p99 ms | processors of the server | of the clients |\n|---|---|---|---|---|---|---|---|"
    );
    let doubling = |from: usize, times: u32| (0..times).map(move |n| from << n);
    let editors = doubling(100, 7).map(|n| (n, 0, 10)).collect::<Vec<_>>();
    let readers = doubling(400, 7).map(|n| (0, n, 10)).collect();
    let typing = doubling(10, 6).map(|n| (100, 100, n)).collect();
    for ramp in [editors, readers, typing] {
        for (editors, readers, writers) in ramp {
            if !step(settings, editors, readers, writers).await? {
                break;
            }
        }
    }
    Ok(())
}

/// One number of people. Whether it is fast enough.
async fn step(
    settings: &Settings,
    editors: usize,
    readers: usize,
    writers: usize,
) -> anyhow::Result<bool> {
    let (timed_editors, timed_readers) = ((editors / TIMED).min(20), (readers / TIMED).min(20));
    let load = Load {
        listeners: timed_editors + timed_readers,
        writers,
        rate: 5.0,
        seconds: settings.seconds,
    };
    let mut house = House::open(load)?;
    house.seat_writers().await?;
    house.seat_editors(editors, timed_editors).await?;
    house.seat_readers(readers, timed_readers).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let both = || {
        let server = measure::processor_time(house.server.id())?;
        Some((server, measure::processor_time(std::process::id())?))
    };
    let began = both().context("the system does not tell")?;
    let worked = house.room.work().await;
    let ended = both().context("the system does not tell")?;
    let used = |began: Duration, ended: Duration| {
        ended.saturating_sub(began).as_secs_f64() / worked.took.as_secs_f64()
    };
    println!(
        "| {editors} | {readers} | {writers} | {} | {:.0} | {:.0} | {:.2} | {:.2} |",
        writers * 5,
        worked.median.as_secs_f64() * 1e3,
        worked.p99.as_secs_f64() * 1e3,
        used(began.0, ended.0),
        used(began.1, ended.1),
    );
    let all = worked.delivered == worked.wanted;
    house.close().await?;
    Ok(all && worked.p99 <= Duration::from_millis(settings.too_slow))
}
