//! What an act costs, in a short record and in a long one, and what it costs to know the status after it.
//!
//! All in memory and by one thread: no network, no disk. `bench/README.md` tells how to run it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Parser;
use plenary_bench::hall::Hall;
use plenary_bench::measure;
use plenary_shared::draft::Draft;
use plenary_shared::entry::Entry;
use plenary_shared::status::StatusBoard;
use serde_json::json;

/// Measures the fold of a record and the status of a draft.
#[derive(Parser)]
struct Settings {
    /// Acts of the long record
    #[arg(long, default_value_t = 100_000)]
    acts: usize,
    /// Clauses of the draft whose status is counted
    #[arg(long, default_value_t = 300)]
    clauses: usize,
    /// Delegations that have a position on each of its clauses
    #[arg(long, default_value_t = 193)]
    delegations: usize,
    /// Acts after which its status is counted again
    #[arg(long, default_value_t = 1_000)]
    repeats: usize,
}

/// How many acts the short record has.
const SHORT: usize = 100;

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    // The memory is measured on a heap that nothing has used before.
    status(&settings)?;
    fold(settings.acts)
}

/// A record of many acts: the first hundred of them, all, and the last hundred.
fn fold(acts: usize) -> anyhow::Result<()> {
    let mut hall = Hall::convene(40, 24)?;
    let beginning = hall.log.len();
    let mut entering = Vec::with_capacity(acts);
    for n in 0..acts {
        let (who, act) = hall.next_act(n);
        let began = Instant::now();
        hall.act(&who, &act)
            .with_context(|| format!("act {n}, {act}"))?;
        entering.push(began.elapsed());
    }
    let entries: Vec<_> = hall
        .log
        .iter()
        .map(|bytes| Ok((Entry::decode(bytes)?, Entry::hash_of(bytes))))
        .collect::<anyhow::Result<_>>()?;
    let (roster, spoken) = entries.split_at(beginning);
    let unborn = Draft::unborn(hall.record.draft.id);
    let (seated, _) = folded(&unborn, roster)?;
    let short = spoken.get(..SHORT).context("too few acts to measure")?;
    let (_, took) = folded(&seated, short)?;
    let mut best = took;
    for _ in 0..SHORT {
        best = best.min(folded(&seated, short)?.1);
    }
    let (whole, all) = folded(&seated, spoken)?;
    ensure!(whole == hall.record.draft, "replay is not live");
    let (but_last, last) = spoken.split_at(spoken.len() - SHORT);
    let (late, _) = folded(&seated, but_last)?;
    let mut late_best = folded(&late, last)?.1;
    for _ in 0..SHORT {
        late_best = late_best.min(folded(&late, last)?.1);
    }
    let each = |took: Duration, n: usize| took.as_secs_f64() * 1e6 / n as f64;
    println!("fold, µs an act (40 clauses, 24 delegations):");
    println!("  the first {SHORT} acts   {:8.2}", each(best, SHORT));
    println!("  all {acts} acts  {:8.2}", each(all, acts));
    println!("  the last {SHORT} acts    {:8.2}", each(late_best, SHORT));
    println!(
        "  last to first         {:8.2}",
        each(late_best, SHORT) / each(best, SHORT)
    );
    let thousand = (acts / 10).min(1_000);
    println!("decide, fold and seal, µs an act:");
    println!(
        "  the first {thousand}        {:8.2}",
        each(median(&entering[..thousand]), 1)
    );
    println!(
        "  the last {thousand}         {:8.2}",
        each(median(&entering[acts - thousand..]), 1)
    );
    Ok(())
}

fn folded(
    from: &Draft,
    entries: &[(Entry, plenary_shared::ids::Hash)],
) -> anyhow::Result<(Draft, Duration)> {
    let mut draft = from.clone();
    let began = Instant::now();
    for (entry, hash) in entries {
        draft.fold(entry, *hash)?;
    }
    Ok((draft, began.elapsed()))
}

/// The status of a large draft in which everybody has said something on everything, after one act more.
fn status(settings: &Settings) -> anyhow::Result<()> {
    let empty = measure::memory(std::process::id());
    let mut hall = Hall::convene(settings.clauses, settings.delegations)?;
    for clause in 0..settings.clauses {
        for delegation in 0..settings.delegations {
            hall.act(
                &Hall::delegation(delegation),
                &Hall::position(clause, delegation),
            )?;
        }
    }
    // Only what stands is measured, not how it came to be.
    hall.log = Vec::new();
    let full = measure::memory(std::process::id());
    let mut board = StatusBoard::of(&hall.record.draft, &hall.record.manuscript);
    let with_board = measure::memory(std::process::id());
    let (mut acting, mut counting) = (Vec::new(), Vec::new());
    for n in 0..settings.repeats {
        let (clause, delegation) = (n * 7 % settings.clauses, n * 11 % settings.delegations);
        let clause = Hall::clause(clause);
        let act = json!({"object": {"on": {"clause": clause}, "reason": "cost"}});
        let began = Instant::now();
        hall.act(&Hall::delegation(delegation), &act)?;
        acting.push(began.elapsed());
        let began = Instant::now();
        board.refresh(&hall.record.draft, &hall.record.manuscript);
        let view = board.view();
        counting.push(began.elapsed());
        ensure!(
            view.seq == hall.record.draft.seq,
            "the board tells of another moment"
        );
    }
    let began = Instant::now();
    let counted = StatusBoard::of(&hall.record.draft, &hall.record.manuscript).view();
    let from_nothing = began.elapsed();
    ensure!(
        counted == board.view(),
        "the board tells another status than there is"
    );
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    counting.sort();
    println!(
        "status, ms ({} clauses × {} delegations, a position of each on each):",
        settings.clauses, settings.delegations
    );
    println!("  from nothing          {:8.3}", ms(from_nothing));
    println!("  after one act, median {:8.3}", ms(median(&counting)));
    let p99 = counting
        .get(counting.len() * 99 / 100)
        .context("nothing was counted")?;
    println!("  after one act, p99    {:8.3}", ms(*p99));
    println!("  the act itself        {:8.3}", ms(median(&acting)));
    if let (Some(empty), Some(full), Some(with_board)) = (empty, full, with_board) {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!("memory, MiB:");
        println!(
            "  the draft             {:8.1}",
            mib(full.saturating_sub(empty))
        );
        println!(
            "  its board besides     {:8.1}",
            mib(with_board.saturating_sub(full))
        );
    }
    Ok(())
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
