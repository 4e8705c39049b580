//! What one keystroke costs the server, beside what has grown: clauses, history, roster, log. `bench/README.md` tells how.
//!
//! Measured is the domain's whole way of a keystroke, without disk and network: a copy of the record, the sync message
//! unpacked, the gate, the change applied and folded, the entry sealed, the message for everybody made, the old record
//! retired.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use plenary_bench::chart;
use plenary_bench::hall::Hall;
use plenary_shared::draft::{Author, Gate, LocalEdit, Peer, Role, Shared, Text};
use plenary_shared::entry::{By, Place};
use plenary_shared::time::Timestamp;
use serde_json::json;

/// What one keystroke costs, beside what has grown.
#[derive(Parser)]
struct Settings {
    /// The largest history and the longest log
    #[arg(long, default_value_t = 1_000_000)]
    up_to: usize,
    /// Keystrokes that are measured at each point
    #[arg(long, default_value_t = 300)]
    keystrokes: usize,
    /// Where the picture goes
    #[arg(long)]
    picture: Option<PathBuf>,
}

/// A draft's size. The first of each series is the same draft.
#[derive(Clone, Copy)]
struct Size {
    clauses: usize,
    history: usize,
    roster: usize,
    log: usize,
}

const BASE: Size = Size {
    clauses: 60,
    history: 1_000,
    roster: 20,
    log: 1_000,
};
const AT: Timestamp = Timestamp(1_767_225_600_000);
/// Keystrokes of the history that come in one message.
const MESSAGE: usize = 500;
/// Characters with which a clause begins.
const WORDS: &str = "States Parties shall report once a year, in plain words, on what they have done to carry out \
                     this declaration, on what they have not done and why, and on what help they need from others; \
                     the reports are public, and the secretariat compiles them into one text in all languages.";

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let tens = |from: usize| {
        std::iter::successors(Some(from), |n| Some(n * 10)).take_while(|n| *n <= settings.up_to)
    };
    let of = |change: fn(&mut Size, usize), values: Vec<usize>| {
        let sized = move |n| {
            let mut size = BASE;
            change(&mut size, n);
            (n, size)
        };
        values.into_iter().map(sized).collect::<Vec<_>>()
    };
    let series = [
        (
            "clauses",
            of(|s, n| s.clauses = n, vec![10, 60, 400, 1_000, 4_000]),
        ),
        (
            "changes in the history",
            of(|s, n| s.history = n, tens(1_000).collect()),
        ),
        (
            "delegations",
            of(|s, n| s.roster = n, vec![10, 20, 50, 100, 200]),
        ),
        (
            "entries in the log",
            of(|s, n| s.log = n, tens(1_000).collect()),
        ),
    ];
    println!("| what grows | to | µs a keystroke, median | 99 of 100 | median beside the first |");
    println!("|---|---|---|---|---|");
    let mut lines = Vec::new();
    for (what, sizes) in series {
        let mut points = Vec::new();
        for (n, size) in sizes {
            let mut sitting = Sitting::of(size)?;
            let mut times = (0..settings.keystrokes)
                .map(|k| sitting.keystroke(k))
                .collect::<anyhow::Result<Vec<_>>>()?;
            times.sort_unstable();
            let at = |part: usize| times.get(times.len() * part / 100).copied();
            let micros = |t: Duration| t.as_secs_f64() * 1e6;
            let (median, most) = (at(50).map_or(0.0, micros), at(99).map_or(0.0, micros));
            let first = points.first().map_or(median, |(_, first)| *first);
            let ratio = median / first;
            println!("| {what} | {n} | {median:.0} | {most:.0} | {ratio:.2} |");
            points.push((f64::from(u32::try_from(n)?), median));
        }
        lines.push((what, points));
    }
    if let Some(path) = settings.picture {
        chart::draw(&path, "µs of one keystroke, beside what has grown", &lines)?;
    }
    Ok(())
}

/// A draft, and somebody who types into it.
struct Sitting {
    hall: Hall,
    clauses: usize,
    by: By,
    author: Author,
    client: Text,
    here: Peer,
    there: Peer,
}

impl Sitting {
    fn of(size: Size) -> anyhow::Result<Self> {
        let mut hall = Hall::convene_on(size.clauses, size.roster, |_| WORDS.to_owned())?;
        hall.act(&Hall::chair(), &json!({"set_mode": {"mode": "open"}}))?;
        let by = Hall::delegation(0);
        let author = Author {
            delegation: by.delegation().context("a seat is a delegation's")?.clone(),
            role: Role::Delegate,
        };
        let client = Text::replica_of(hall.record.draft.id, &[9; 16]);
        let mut sitting = Self {
            hall,
            clauses: size.clauses,
            by,
            author,
            client,
            here: Peer::new(),
            there: Peer::new(),
        };
        sitting.exchange()?;
        for k in 0..size.history {
            sitting.type_one(k)?;
            if k % MESSAGE == MESSAGE - 1 {
                sitting.exchange()?;
            }
        }
        sitting.exchange()?;
        for n in 0.. {
            if sitting.hall.record.draft.seq.0 >= u64::try_from(size.log)? {
                break;
            }
            let (clause, delegation) = (n % size.clauses, n / size.clauses % size.roster);
            let position = Hall::position(clause, delegation);
            sitting.hall.act(&Hall::delegation(delegation), &position)?;
            // Only what stands is measured, not how it came to be.
            sitting.hall.log.clear();
        }
        Ok(sitting)
    }

    /// Types a character, or deletes it again, so that the wordings stay as long as they are.
    fn type_one(&mut self, k: usize) -> anyhow::Result<()> {
        let (round, n) = (k / self.clauses, k % self.clauses);
        let inserts = round.is_multiple_of(2);
        let edit = LocalEdit {
            place: Place::Clause(Hall::clause(n).parse()?),
            language: "en".parse()?,
            at: (round / 2) * 7 % WORDS.len(),
            delete: usize::from(!inserts),
            insert: if inserts { "x".into() } else { String::new() },
        };
        let typed = self.client.type_in(&edit, AT);
        typed.context("a keystroke makes no change").map(drop)
    }

    /// One keystroke, and how long the server took over it.
    fn keystroke(&mut self, k: usize) -> anyhow::Result<Duration> {
        self.type_one(k)?;
        self.exchange()
    }

    /// Messages until both are in step; what comes back is the time that the server took over those with changes.
    fn exchange(&mut self) -> anyhow::Result<Duration> {
        let mut took = Duration::ZERO;
        for _ in 0..100 {
            let said = self.there.generate(&self.client);
            if let Some(bytes) = &said {
                let began = Instant::now();
                if self.take_in(bytes)? {
                    took += began.elapsed();
                }
            }
            let answer = self.here.generate(&self.hall.record.text);
            if let Some(bytes) = &answer {
                self.there.receive(&mut self.client, bytes)?;
            }
            if said.is_none() && answer.is_none() {
                return Ok(took);
            }
        }
        anyhow::bail!("the two do not come into step")
    }

    /// As a room does it, without the disk. Whether the message brought changes.
    fn take_in(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        let mut next = self.hall.record.clone();
        let mut incoming = next.text.unpack(bytes)?;
        let changes = incoming.take_changes();
        let mut brought = false;
        if !changes.is_empty() {
            let admitted = Gate::new(&next.draft, &next.text).admit(&self.author, changes);
            let admitted = admitted.map_err(|_| anyhow::anyhow!("typing is refused"))?;
            let admitted = admitted.context("the changes are known already")?;
            let sealed = next.typing(vec![(self.by.clone(), admitted)], AT)?;
            let changes: Vec<_> = sealed.into_iter().flat_map(|s| s.entry.changes).collect();
            let old = std::mem::replace(&mut self.hall.record, next);
            self.hall.record.text.retire(old.text, changes.clone());
            std::hint::black_box(Shared::of(&self.hall.record.text, &changes));
            brought = true;
        }
        self.here.heard(&self.hall.record.text, incoming)?;
        Ok(brought)
    }
}
