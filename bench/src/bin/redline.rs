//! What a redline costs: of long drafts, of texts with nothing in common, of a real paper while it was written.
//!
//! All in memory and by one thread. `bench/README.md` tells how to run it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use plenary_bench::trace::Trace;
use plenary_shared::draft::{Kind, Manuscript};
use plenary_shared::ids::Language;
use plenary_shared::import::{self, ImportedClause};
use plenary_shared::redline::{Moment, Redline, between, likeness, segments};

/// Clauses of the draft.
const CLAUSES: usize = 300;
/// Characters of each.
const LENGTH: usize = 2_000;
/// Times that each is done; the fastest is told, and the slowest.
const REPEATS: usize = 10;

/// Measures redlines.
#[derive(Parser)]
struct Settings {
    /// A trace of the writing of a paper; see bench/README.md
    #[arg(long, default_value_os_t = plenary_bench::trace::usual_place())]
    trace: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let language: Language = "en".parse()?;
    println!("ms, fastest and slowest of {REPEATS}; {CLAUSES} clauses of {LENGTH} characters:");
    let base: Vec<String> = (0..CLAUSES).map(|n| words(n, "w", LENGTH)).collect();
    let edited = |every: usize| -> Vec<String> {
        let edit = |(n, clause): (usize, &String)| {
            let words = clause.split(' ').enumerate();
            let words = words.map(|(m, w)| match (n * 31 + m) % every {
                0 => "instead".to_owned(),
                _ => w.to_owned(),
            });
            words.collect::<Vec<_>>().join(" ")
        };
        base.iter().enumerate().map(edit).collect()
    };
    let rewritten: Vec<String> = (0..CLAUSES)
        .map(|n| words(n + 7_000, "x", LENGTH))
        .collect();
    let reshuffled: Vec<String> = base.iter().map(|clause| shuffled(clause)).collect();
    for (what, new) in [
        ("nothing changed", &base),
        ("one word in twenty changed in each", &edited(20)),
        ("one word in three changed in each", &edited(3)),
        ("the same words in another order in each", &reshuffled),
        ("every clause rewritten", &rewritten),
    ] {
        let (old, new) = (text(&base, &language), text(new, &language));
        let times = timed(|| compared(&old, &new, &language).clauses.len());
        tell(what, times);
    }
    let mut outside: Vec<_> = edited(20);
    outside.rotate_left(CLAUSES / 3);
    let old = text(&base, &language);
    let times = timed(|| {
        let mut new = clauses(&outside, &language, false);
        likeness::name(&old, |_| true, &language, &mut new);
        let new = import::manuscript(new);
        let redline = compared(&old, &new, &language);
        assert_eq!(redline.counts.changed, CLAUSES);
        redline.clauses.len()
    });
    tell(
        "matched by likeness, a third moved, one word in twenty",
        times,
    );
    println!("two texts of 20,000 characters:");
    let (old, new) = (words(1, "a", 20_000), words(2, "b", 20_000));
    tell("nothing in common", timed(|| segments(&old, &new).len()));
    let times = timed(|| segments(&old, &shuffled(&old)).len());
    tell("the same words in another order", times);
    let few = |seed: usize| -> String {
        (0..5_000)
            .map(|n| ["a ", "b ", "c ", "d "][dice(n, seed) % 4])
            .collect()
    };
    tell(
        "four words in two orders",
        timed(|| segments(&few(1), &few(2)).len()),
    );
    let chinese = |seed: usize| -> String {
        (0..20_000)
            .map(|n| ['决', '定', '每', '年', '报', '告'][dice(n, seed) % 6])
            .collect()
    };
    tell(
        "the same in Chinese",
        timed(|| segments(&chinese(1), &chinese(2)).len()),
    );
    if !settings.trace.exists() {
        println!(
            "no trace at {}: the paper is left out",
            settings.trace.display()
        );
        return Ok(());
    }
    let mut trace = Trace::read(&settings.trace)?;
    let whole = trace.end_content.clone();
    for strokes in [130_000, 250_000] {
        trace.cut(strokes)?;
        let (early, late) = (&trace.end_content, &whole);
        let times = timed(|| segments(early, late).len());
        tell(
            &format!(
                "a paper of {} characters after {strokes} strokes, and whole",
                whole.len()
            ),
            times,
        );
        trace = Trace::read(&settings.trace)?;
    }
    Ok(())
}

/// A number that looks like chance, and is the same every time.
fn dice(n: usize, seed: usize) -> usize {
    let x = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (seed as u64).wrapping_mul(0xD1B5_4A32_D192_ED03);
    ((x ^ (x >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) as usize
}

/// A text of so many characters: words of a vocabulary of some thousands, with small words and signs between them.
fn words(seed: usize, prefix: &str, length: usize) -> String {
    const SMALL: [&str; 8] = ["the", "of", "and", "to", "in", "that", "for", "by"];
    let mut text = String::new();
    let mut n = 0;
    while text.len() < length {
        let chance = dice(n, seed);
        match chance % 3 {
            0 => text += SMALL[chance / 3 % 8],
            _ => text += &format!("{prefix}{:x}", chance / 3 % 4096),
        }
        text += if chance.is_multiple_of(17) { ", " } else { " " };
        n += 1;
    }
    text.truncate(length);
    text
}

fn shuffled(text: &str) -> String {
    let mut words: Vec<_> = text.split(' ').enumerate().collect();
    words.sort_by_key(|(n, _)| dice(*n, 99));
    words
        .into_iter()
        .map(|(_, w)| w)
        .collect::<Vec<_>>()
        .join(" ")
}

fn clauses(texts: &[String], language: &Language, named: bool) -> Vec<ImportedClause> {
    let clause = |(n, text): (usize, &String)| ImportedClause {
        id: named.then(|| format!("c{n}").parse().ok()).flatten(),
        kind: Kind::Operative,
        level: 1,
        text: [(language.clone(), text.clone())].into(),
        line: 1,
    };
    texts.iter().enumerate().map(clause).collect()
}

fn text(texts: &[String], language: &Language) -> Manuscript {
    import::manuscript(clauses(texts, language, true))
}

fn compared(old: &Manuscript, new: &Manuscript, language: &Language) -> Redline {
    between(&Moment::of_outside(old), &Moment::of_outside(new), language)
}

fn timed(work: impl Fn() -> usize) -> (Duration, Duration) {
    let mut times: Vec<_> = (0..REPEATS)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(work());
            began.elapsed()
        })
        .collect();
    times.sort();
    (times[0], times[REPEATS - 1])
}

fn tell(what: &str, (fastest, slowest): (Duration, Duration)) {
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!("  {what:56} {:8.1} {:8.1}", ms(fastest), ms(slowest));
}
