//! Whether a connection's line is full. What is written then waits in the system, as it is; what has not been written can
//! still be told together with what comes after it. Who is on a weak line is so told less often, and of the newest.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// The congestion of one connection, as its writing finds it. Clones speak of the same one. A line of which nothing is known
/// is free.
#[derive(Debug, Clone, Default)]
pub struct Congestion(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_full: AtomicBool,
    over: Notify,
}

impl Congestion {
    /// The line took what was written, or it did not.
    pub fn note(&self, is_full: bool) {
        let State { is_full: was, over } = &*self.0;
        if was.load(Ordering::SeqCst) != is_full {
            was.store(is_full, Ordering::SeqCst);
            over.notify_waiters();
        }
    }

    /// Whether the line is full.
    pub fn is_there(&self) -> bool {
        self.0.is_full.load(Ordering::SeqCst)
    }

    /// Ends when the line is free; at once if it is.
    pub async fn passed(&self) {
        loop {
            // Listening first: it may become free while this looks.
            let over = self.0.over.notified();
            if !self.is_there() {
                return;
            }
            over.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn who_waits_goes_on_when_the_line_is_free() {
        let line = Congestion::default();
        line.passed().await;
        line.note(true);
        assert!(line.is_there());
        let mut waits = Box::pin(line.passed());
        assert!(waits.as_mut().now_or_never().is_none());
        line.clone().note(false);
        waits.await;
        assert!(!line.is_there());
    }
}
