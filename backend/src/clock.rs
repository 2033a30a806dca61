//! The one place that reads the time.
//!
//! Everything else takes `now` as an argument, or asks the [`Clock`] it was given at the edge. Tests set theirs
//! by hand. Two times are told: the calendar's, which may jump, and a monotonic one, by which it is measured
//! whether a worker is alive.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

/// The instant as the databases keep it: cut to the microseconds of PostgreSQL; a leap second becomes the one after it.
pub fn kept(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(instant.timestamp_micros()).unwrap_or(instant)
}

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    System { started: Instant },
    Hand(HandClock),
}

impl Clock {
    pub fn system() -> Self {
        Self::System {
            started: Instant::now(),
        }
    }

    /// The instant, as the databases keep it.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Clock::System { .. } => kept(Utc::now()),
            Clock::Hand(hand) => hand.now(),
        }
    }

    /// Time since some fixed moment; never goes back.
    pub fn monotonic(&self) -> Duration {
        match self {
            Clock::System { started } => started.elapsed(),
            Clock::Hand(hand) => hand.monotonic(),
        }
    }
}

/// A clock that stands still until it is moved.
#[derive(Clone, Debug)]
pub struct HandClock(Arc<Mutex<(DateTime<Utc>, Duration)>>);

impl HandClock {
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new((now, Duration::ZERO))))
    }

    /// Sets the calendar; the monotonic time stays.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = now;
    }

    /// Lets time pass on both clocks.
    pub fn advance(&self, by: Duration) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.0 += by;
        times.1 += by;
    }

    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}
