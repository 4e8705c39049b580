//! How often the network's threads look for what has come in: at once in a quiet house, in batches in a busy one.
//!
//! When one keystroke goes out to two hundred people, two hundred answers come back, scattered over a few milliseconds.
//! To wake up for each of them costs more than to read it. So a thread that has gone to sleep and was woken many times in
//! a moment rests a little before it looks again, as a network card does with its interrupts. Whoever types alone finds
//! it awake.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

/// How long a busy thread rests before it looks again.
const REST: Duration = Duration::from_millis(4);
/// How many times it may go to sleep in a row before it counts as busy. Each [`REST`] gives one back.
const AT_ONCE: u32 = 16;

/// What the server runs on.
///
/// # Errors
/// If the system gives no threads.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .enable_all()
        .on_thread_park(|| {
            if let Some(rest) = PACE.with(|pace| {
                let (next, rest) = pace.get().parks(Instant::now());
                pace.set(next);
                rest
            }) {
                std::thread::sleep(rest);
            }
        })
        .build()
}

thread_local! {
    static PACE: Cell<Pace> = Cell::new(Pace { left: AT_ONCE, since: Instant::now() });
}

/// One thread's pace.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// How many times it may still go to sleep at once.
    left: u32,
    /// Up to when it was given some back.
    since: Instant,
}

impl Pace {
    /// The thread is about to sleep until something comes. Whether it first rests.
    fn parks(self, now: Instant) -> (Self, Option<Duration>) {
        let earned = now.saturating_duration_since(self.since).as_nanos() / REST.as_nanos();
        let earned = u32::try_from(earned).unwrap_or(u32::MAX);
        let left = self.left.saturating_add(earned).min(AT_ONCE);
        let since = if earned > 0 { now } else { self.since };
        match left.checked_sub(1) {
            Some(left) => (Self { left, since }, None),
            None => (Self { left, since }, Some(REST)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_rests_only_when_it_is_woken_again_and_again() {
        let mut now = Instant::now();
        let mut pace = Pace {
            left: AT_ONCE,
            since: now,
        };
        let mut parks = |after: Duration| {
            now += after;
            let (next, rest) = pace.parks(now);
            pace = next;
            rest
        };
        for _ in 0..100 {
            assert_eq!(parks(Duration::from_millis(5)), None);
        }
        let busy = Duration::from_micros(50);
        let rests = (0..100).filter(|_| parks(busy).is_some()).count();
        assert!((75..90).contains(&rests), "{rests} of 100");
        assert_eq!(parks(Duration::from_millis(40)), None);
    }
}
