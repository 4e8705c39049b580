//! What one seat may use of the server, so that whoever sends more than can be worked through waits, and nobody else.
//!
//! A seat's work is timed where it is done, and told to its [`Share`], which all of its connections have in common. Who has
//! used up its share rests: its next message is not read before the share has grown again. Nothing is refused and nothing
//! is lost by that; honest work uses a hundredth of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use plenary_shared::entry::By;
use plenary_shared::ids::SeatId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep};

use crate::limits::{
    ACT_WORK, COMPUTED_FOR_A_SEAT, REQUESTS, RESTING_PACE, SHARE_AHEAD, SHARE_DEBT,
    WAITING_MESSAGES,
};

/// The shares of all seats that have been here. As many as the secretariat has given out at most.
#[derive(Debug)]
pub struct Shares {
    /// Hundredths of one processor that a seat may use over time.
    percent: u32,
    began: Instant,
    /// What takes long and is computed at once for everybody together: as much as there are processors.
    processors: Arc<Semaphore>,
    all: Mutex<BTreeMap<SeatId, Arc<Share>>>,
}

/// What one seat has used.
#[derive(Debug)]
pub struct Share {
    percent: u32,
    began: Instant,
    /// Up to when the share is used, in microseconds since `began`: work of one second moves it on by as many as the
    /// percentage says.
    used_until: AtomicU64,
    /// Whose turn it is to wait until the share has grown.
    resting: tokio::sync::Mutex<()>,
    messages: Arc<Semaphore>,
    requests: Arc<Semaphore>,
    computed: Arc<Semaphore>,
    processors: Arc<Semaphore>,
}

/// Something that takes long, computed for a seat: its turn among the seat's, and among everybody's.
pub type Computing = (Option<Turn>, Option<Turn>);

/// A message that waits in a room's inbox, or a request that is being answered: one of those that a seat may have at once.
pub type Turn = OwnedSemaphorePermit;

/// Work under way for a seat; it is told to the share when this is dropped.
#[derive(Debug)]
pub struct AtWork {
    share: Arc<Share>,
    since: std::time::Instant,
}

impl Shares {
    /// Shares of that many hundredths of one processor; with 100 or more nobody ever rests.
    pub fn of(percent: u32) -> Arc<Self> {
        Arc::new(Self {
            percent,
            began: Instant::now(),
            processors: processors(),
            all: Mutex::default(),
        })
    }

    /// The share of whoever this is. The secretariat, which runs the server, has none to keep to.
    pub fn share(&self, by: &By) -> Arc<Share> {
        let By::Seat { seat, .. } = by else {
            return Arc::new(Share::new(100, self.began, &self.processors));
        };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Share::new(self.percent, self.began, &self.processors));
        Arc::clone(all.entry(seat.clone()).or_insert_with(new))
    }
}

impl Share {
    fn new(percent: u32, began: Instant, processors: &Arc<Semaphore>) -> Self {
        Self {
            percent: percent.max(1),
            began,
            used_until: AtomicU64::new(0),
            resting: tokio::sync::Mutex::default(),
            messages: Arc::new(Semaphore::new(WAITING_MESSAGES)),
            requests: Arc::new(Semaphore::new(REQUESTS)),
            computed: Arc::new(Semaphore::new(COMPUTED_FOR_A_SEAT)),
            processors: Arc::clone(processors),
        }
    }

    /// A share that nobody ever uses up.
    pub fn boundless() -> Arc<Self> {
        Arc::new(Self::new(100, Instant::now(), &processors()))
    }

    /// So much was done for the seat.
    pub fn charge(&self, work: Duration) {
        if self.percent < 100 {
            self.charge_at(self.began.elapsed(), work);
        }
    }

    fn charge_at(&self, now: Duration, work: Duration) {
        let cost = micros(work).saturating_mul(100) / u64::from(self.percent);
        let most = micros(now + SHARE_DEBT);
        let next = |until: u64| Some(until.max(micros(now)).saturating_add(cost).min(most));
        // The closure always has a value.
        let _ = self
            .used_until
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
    }

    /// Work begins; it is charged when the answer is dropped.
    pub fn at_work(self: &Arc<Self>) -> AtWork {
        AtWork {
            share: Arc::clone(self),
            since: std::time::Instant::now(),
        }
    }

    /// Waits until the share has grown again, if it is used up.
    pub async fn rested(&self) {
        if self.rest_at(self.began.elapsed()).is_none() {
            return;
        }
        // One after another: all of its connections at once would do what the seat is to be kept from.
        let _turn = self.resting.lock().await;
        while let Some(rest) = self.rest_at(self.began.elapsed()) {
            sleep(rest).await;
        }
        self.keep_pace(self.began.elapsed());
    }

    /// The next message comes no sooner than a moment after this one.
    fn keep_pace(&self, now: Duration) {
        let next = micros(now + SHARE_AHEAD + RESTING_PACE);
        self.used_until.fetch_max(next, Ordering::Relaxed);
    }

    fn rest_at(&self, now: Duration) -> Option<Duration> {
        let until = Duration::from_micros(self.used_until.load(Ordering::Relaxed));
        let rest = until.checked_sub(now + SHARE_AHEAD)?;
        (!rest.is_zero()).then_some(rest)
    }

    /// A place for one more message in the rooms' inboxes, when there is one.
    pub async fn message(&self) -> Option<Turn> {
        // It is never closed.
        Arc::clone(&self.messages).acquire_owned().await.ok()
    }

    /// A place for one more request, when there is one.
    pub async fn request(&self) -> Option<Turn> {
        Arc::clone(&self.requests).acquire_owned().await.ok()
    }

    /// Waits until something that takes long may be computed. First the seat's own turn: who asks for much waits among his
    /// own, and not before the others.
    pub async fn computing(&self) -> Computing {
        // Neither is ever closed.
        let own = Arc::clone(&self.computed).acquire_owned().await.ok();
        let processor = Arc::clone(&self.processors).acquire_owned().await.ok();
        (own, processor)
    }

    /// Before an act is submitted: waits its turn, and counts it as the work that it makes for everybody.
    pub async fn act(&self) {
        self.rested().await;
        self.charge(ACT_WORK);
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.share.charge(self.since.elapsed());
    }
}

fn processors() -> Arc<Semaphore> {
    let number = std::thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new(number))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use plenary_shared::draft::Role;

    use super::*;

    fn seat(id: &str) -> By {
        By::Seat {
            delegation: "AVR".parse().unwrap(),
            seat: id.parse().unwrap(),
            role: Role::Delegate,
        }
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn who_uses_up_the_share_rests_until_it_has_grown_again() {
        let share = Shares::of(20).share(&seat("s1"));
        let mut now = Duration::ZERO;
        for _ in 0..10 {
            share.charge_at(now, SECOND);
            now += share.rest_at(now).unwrap_or_default();
        }
        // Ten seconds of work at a fifth are fifty, less what may be used ahead.
        assert_eq!(now, 50 * SECOND - SHARE_AHEAD);
    }

    #[test]
    fn who_rests_comes_one_message_at_a_time() {
        let share = Shares::of(20).share(&seat("s1"));
        share.charge_at(Duration::ZERO, SECOND);
        let now = share.rest_at(Duration::ZERO).unwrap();
        assert_eq!(share.rest_at(now), None);
        share.keep_pace(now);
        assert_eq!(share.rest_at(now), Some(RESTING_PACE));
        // What it then costs counts on top.
        share.charge_at(now, SECOND);
        assert_eq!(share.rest_at(now), Some(RESTING_PACE + 5 * SECOND));
    }

    #[test]
    fn nobody_rests_for_long() {
        let share = Shares::of(20).share(&seat("s1"));
        share.charge_at(SECOND, 1_000 * SECOND);
        assert_eq!(share.rest_at(SECOND), Some(SHARE_DEBT - SHARE_AHEAD));
    }

    #[test]
    fn one_seats_work_is_not_anothers() {
        let shares = Shares::of(20);
        shares.share(&seat("s1")).charge(1_000 * SECOND);
        let rest = |by: &By| shares.share(by).rest_at(SECOND);
        assert_eq!(rest(&seat("s2")), None);
        assert!(rest(&seat("s1")).is_some());
        shares.share(&By::Secretariat).charge(1_000 * SECOND);
        assert_eq!(rest(&By::Secretariat), None);
    }

    #[test]
    fn honest_work_never_rests() {
        let share = Shares::of(20).share(&seat("s1"));
        for n in 0..10_000 {
            let now = n * Duration::from_millis(10);
            share.charge_at(now, Duration::from_millis(1));
            assert_eq!(share.rest_at(now), None);
        }
    }

    #[tokio::test]
    async fn a_seat_has_only_so_many_messages_waiting() {
        let share = Share::boundless();
        let mut turns = Vec::new();
        for _ in 0..WAITING_MESSAGES {
            turns.push(share.message().await);
        }
        let more = tokio::time::timeout(Duration::from_millis(5), share.message());
        assert!(more.await.is_err());
        turns.pop();
        assert!(share.message().await.is_some());
    }

    #[tokio::test]
    async fn one_seats_long_work_leaves_the_processors_to_the_others() {
        let shares = Shares::of(20);
        let (one, other) = (shares.share(&seat("s1")), shares.share(&seat("s2")));
        let mut own = Vec::new();
        for _ in 0..COMPUTED_FOR_A_SEAT {
            // Whoever computes has got his own turn first, and holds no processor while he waits for it.
            own.push(Arc::clone(&one.computed).acquire_owned().await.unwrap());
        }
        let waits = tokio::time::timeout(Duration::from_millis(5), one.computing());
        assert!(waits.await.is_err());
        let (turn, processor) = other.computing().await;
        assert!(turn.is_some() && processor.is_some());
    }
}
