//! Replays a trace of real typing through the real server, and measures what that takes: `bench/README.md` tells how.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use plenary_bench::measure::{self, float};
use plenary_bench::newcomer;
use plenary_bench::trace::{self, Division, Keystroke, Stroke, Trace};
use plenary_shared::draft::{LocalEdit, Role};
use plenary_shared::entry::Place;
use plenary_shared::ids::{ClauseId, DraftId, Language};
use plenary_shared::wire::view::TextView;
use plenary_tests::process::Process;
use plenary_tests::typist::Typist;
use tokio::task::JoinSet;

/// Replays a trace of real typing through a real server.
#[derive(Parser)]
struct Settings {
    /// The trace
    #[arg(long, env = "TRACE", default_value_os_t = trace::usual_place())]
    trace: PathBuf,
    /// Clauses that the text is divided over
    #[arg(long, default_value_t = 120)]
    clauses: usize,
    /// Delegations that type at the same time, each its own share of the clauses
    #[arg(long, default_value_t = 4)]
    typists: usize,
    /// Keystrokes in one message
    #[arg(long, default_value_t = 1)]
    batch: usize,
    /// Keystrokes that one typist has on their way, not acknowledged yet
    #[arg(long, default_value_t = 64)]
    in_flight: usize,
    /// Only so many of the trace's keystrokes
    #[arg(long)]
    keystrokes: Option<usize>,
    /// Also measure how long newcomers to Hocuspocus and automerge-repo wait for the same keystrokes
    #[arg(long)]
    peers: bool,
    /// Where to leave the server's data, for a look at it afterwards; otherwise it is removed
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// Waiting for one answer of a server that reads its whole log.
const ATTEMPTS: u32 = 20;

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    if !settings.trace.exists() {
        println!(
            "skipped: there is no trace at {}; bench/README.md says where it comes from",
            settings.trace.display()
        );
        return Ok(());
    }
    let mut trace = Trace::read(&settings.trace)?;
    if let Some(keystrokes) = settings.keystrokes {
        trace.cut(keystrokes)?;
    }
    let division = trace.divide(settings.clauses)?;
    let data = tempfile::tempdir()?;

    let server = Process::start(data.path(), &["--seat-share", "100"])?;
    let secretariat = server
        .secretariat
        .clone()
        .context("a new server shows a token")?;
    let codes: Vec<String> = (1..=settings.typists).map(|n| format!("D{n}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let numbered = |n: usize| format!("{}. {{#{}}}\n\n", n + 1, clause_id(n));
    let markdown: String = (0..settings.clauses).map(numbered).collect();
    let draft = server.convene(&secretariat, "A paper", &markdown, &codes)?;
    let mut typists = Vec::new();
    for (n, code) in codes.iter().enumerate() {
        let token = server.invite(&secretariat, code, Role::Delegate, &[draft])?;
        let actor = [u8::try_from(n + 1)?; 16];
        typists.push(Typist::new(code, &token, draft, &actor));
    }
    let before = server.summary(&secretariat, draft)?.seq.0;
    let (ours, theirs) = (
        measure::processor_time(std::process::id()),
        measure::processor_time(server.id()),
    );

    let began = Instant::now();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(play(typists, &division, &settings, &server.sync_address()))?;
    let took = began.elapsed();

    let used = |process, since: Option<Duration>| {
        Some(measure::processor_time(process)?.saturating_sub(since?))
    };
    let clients = used(std::process::id(), ours);
    let servers = used(server.id(), theirs);
    let memory = server.memory();
    let entries = server.summary(&secretariat, draft)?.seq.0 - before;
    check(&server, &secretariat, draft, &division)?;

    let closing = Instant::now();
    server.stop()?;
    let closed = closing.elapsed();
    let file = rusqlite::Connection::open(data.path().join("plenary.db"))?;
    let sum = |table| {
        let sum = format!("SELECT coalesce(sum(length(bytes)), 0) FROM {table}");
        file.query_row(&sum, [], |row| row.get::<_, i64>(0))
    };
    let (log, snapshot) = (sum("entries")?, sum("snapshots")?);
    let on_disk = measure::size(data.path())?;
    drop(file);

    let (with_snapshot, server) = reopen(&data, &secretariat, draft, &division)?;
    let reading = Instant::now();
    check(&server, &secretariat, draft, &division)?;
    let read = reading.elapsed();
    server.kill()?;
    // A new connection's first sync, from a stopped server, and from one that has the text open.
    let observer = observer(&data, &secretariat, draft)?;
    let document = draft.to_string();
    let began = Instant::now();
    let server = Process::start(data.path(), &[])?;
    let newcomer = |began| {
        let url = server.sync_address();
        let (token, document) = (observer.as_str(), document.as_str());
        runtime.block_on(async move { newcomer::of_plenary(&url, token, document, began).await })
    };
    let first = newcomer(began)?;
    let second = newcomer(Instant::now())?;
    server.kill()?;
    let file = rusqlite::Connection::open(data.path().join("plenary.db"))?;
    file.execute("DELETE FROM snapshots", [])?;
    drop(file);
    let (without, server) = reopen(&data, &secretariat, draft, &division)?;
    let after_replay = server.memory();
    drop(server);
    if let Some(keep) = settings.keep {
        std::fs::create_dir(&keep)
            .with_context(|| format!("cannot keep the data at {}", keep.display()))?;
        let file = keep.join("plenary.db");
        std::fs::rename(data.path().join("plenary.db"), &file)
            .or_else(|_| std::fs::copy(data.path().join("plenary.db"), &file).map(drop))?;
        println!(
            "kept: {}, whose secretariat signs in with {secretariat}\n",
            keep.display()
        );
    }

    let strokes = division.keystrokes.len();
    let per = |n: f64, of: f64| format!("{:.1}", n / of);
    let seconds = took.as_secs_f64();
    let rows = [
        ("keystrokes", strokes.to_string()),
        ("clauses", settings.clauses.to_string()),
        ("typists at once", settings.typists.to_string()),
        ("keystrokes in a message", settings.batch.to_string()),
        (
            "keystrokes under way per typist, at most",
            settings.in_flight.to_string(),
        ),
        ("took", format!("{seconds:.1} s")),
        ("keystrokes a second", per(float(strokes), seconds)),
        ("entries", entries.to_string()),
        ("entries a second", per(float(entries), seconds)),
        ("log, bytes", log.to_string()),
        ("log, bytes a keystroke", per(float(log), float(strokes))),
        ("data directory, bytes", on_disk.to_string()),
        ("snapshot, bytes", snapshot.to_string()),
        ("server's processor time", span(servers)),
        ("the typists' processor time", span(clients)),
        ("server's memory at the end", mebibytes(memory)),
        ("orderly stop", span(Some(closed))),
        (
            "cold start to the first text, snapshot kept",
            span(Some(with_snapshot)),
        ),
        ("a reader's first text, draft open", span(Some(read))),
        (
            "cold start to a newcomer's whole replica, snapshot kept",
            span(Some(first)),
        ),
        ("a newcomer's whole replica, draft open", span(Some(second))),
        (
            "cold start to the first text, whole log replayed",
            span(Some(without)),
        ),
        ("server's memory after that replay", mebibytes(after_replay)),
    ];
    println!("| measure | value |\n|---|---|");
    for (what, value) in rows {
        println!("| {what} | {value} |");
    }
    println!("\nThe server's text is the trace's last text, before and after both restarts.");
    if settings.peers {
        let whole = trace.divide(1)?;
        println!(
            "\n| the same keystrokes in one text at | a newcomer's whole replica, s | the next one's |\n|---|---|---|"
        );
        for name in ["hocuspocus", "automerge-repo"] {
            let [first, second] = runtime.block_on(newcomer::of_another(name, &whole))?;
            println!(
                "| {name} | {} | {} |",
                span(Some(first)),
                span(Some(second))
            );
        }
    }
    Ok(())
}

/// All typists type their share.
async fn play(
    typists: Vec<Typist>,
    division: &Division,
    settings: &Settings,
    address: &str,
) -> anyhow::Result<()> {
    let mut playing = JoinSet::new();
    for (n, typist) in typists.into_iter().enumerate() {
        let own = |k: &&Keystroke| k.clause % settings.typists == n;
        let share: Vec<Keystroke> = division.keystrokes.iter().filter(own).copied().collect();
        let (batch, in_flight) = (settings.batch.max(1), settings.in_flight.max(1));
        let address = address.to_owned();
        playing.spawn(async move { type_all(typist, &address, &share, batch, in_flight).await });
    }
    while let Some(done) = playing.join_next().await {
        done??;
    }
    Ok(())
}

async fn type_all(
    mut typist: Typist,
    address: &str,
    share: &[Keystroke],
    batch: usize,
    in_flight: usize,
) -> anyhow::Result<()> {
    let language: Language = "en".parse()?;
    typist.connect(address).await?;
    typist.level().await?;
    for messageful in share.chunks(batch) {
        for stroke in messageful {
            let insert = match stroke.stroke {
                Stroke::Insert(letter) => letter.into(),
                Stroke::Delete => String::new(),
            };
            let typed = typist.type_in(&LocalEdit {
                place: Place::Clause(clause_id(stroke.clause)),
                language: language.clone(),
                at: stroke.at,
                delete: stroke.units,
                insert,
            });
            anyhow::ensure!(typed, "a keystroke makes no change");
        }
        typist.flush().await?;
        while typist.waiting() >= in_flight {
            typist.hear().await?;
        }
    }
    while typist.waiting() > 0 {
        typist.hear().await?;
    }
    Ok(())
}

fn clause_id(n: usize) -> ClauseId {
    let id = format!("c-{}", n + 1).parse();
    id.expect("a letter and a number are a clause's id")
}

/// The server's text is what the trace ends with.
fn check(server: &Process, token: &str, draft: DraftId, division: &Division) -> anyhow::Result<()> {
    let path = format!("/api/v1/drafts/{draft}/text");
    // A whole log is read longer than one answer may take: whoever asks again finds more of it read.
    let mut asked = 0;
    let text: TextView = loop {
        asked += 1;
        match server.get(token, &path) {
            Ok(text) => break text,
            Err(e) if asked == ATTEMPTS => return Err(e),
            Err(_) => {}
        }
    };
    anyhow::ensure!(
        text.clauses.len() == division.clauses.len(),
        "clauses are missing"
    );
    for (clause, expected) in text.clauses.iter().zip(&division.clauses) {
        let shown = clause
            .text
            .values()
            .next()
            .context("a clause without words")?;
        anyhow::ensure!(shown == expected, "clause {} has another text", clause.id);
    }
    Ok(())
}

/// Starts the server again and reads the text: how long that takes, from the start of the process.
fn reopen(
    data: &tempfile::TempDir,
    token: &str,
    draft: DraftId,
    division: &Division,
) -> anyhow::Result<(Duration, Process)> {
    let began = Instant::now();
    let server = Process::start(data.path(), &[])?;
    check(&server, token, draft, division)?;
    Ok((began.elapsed(), server))
}

/// A token for those who only listen.
fn observer(data: &tempfile::TempDir, secretariat: &str, draft: DraftId) -> anyhow::Result<String> {
    let server = Process::start(data.path(), &[])?;
    let token = server.invite(secretariat, "OBS", Role::Observer, &[draft])?;
    server.stop()?;
    Ok(token)
}

fn span(time: Option<Duration>) -> String {
    time.map_or("not known".into(), |t| format!("{:.3} s", t.as_secs_f64()))
}

fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or("not known".into(), |b| format!("{} MiB", b >> 20))
}
