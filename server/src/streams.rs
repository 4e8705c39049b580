//! The live connections of each seat: counted, so that one token cannot use up the server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use plenary_shared::entry::By;

use crate::http::error::Failure;
use crate::identity::Caller;

/// How many live connections every seat has.
#[derive(Debug)]
pub struct Streams {
    most: usize,
    taken: Mutex<BTreeMap<By, usize>>,
}

/// One live connection's place; given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    streams: Arc<Streams>,
    by: By,
}

impl Streams {
    /// Places for that many connections of one seat.
    pub fn at_most(most: usize) -> Arc<Self> {
        let taken = Mutex::default();
        Arc::new(Self { most, taken })
    }

    /// Takes a place.
    ///
    /// # Errors
    /// 429 if the seat has all of them.
    pub fn take(self: &Arc<Self>, caller: &Caller) -> Result<Place, Failure> {
        let by = caller.by();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_seat = taken.entry(by.clone()).or_default();
        if *of_seat >= self.most {
            return Err(Failure::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-streams",
                "This seat has as many live connections as a seat may have.",
                "Close some of them, or ask the operator to raise --max-streams-per-seat.",
            ));
        }
        *of_seat += 1;
        let streams = self.clone();
        Ok(Place { streams, by })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = &self.streams.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_seat) = taken.get_mut(&self.by) {
            *of_seat -= 1;
            if *of_seat == 0 {
                taken.remove(&self.by);
            }
        }
    }
}
