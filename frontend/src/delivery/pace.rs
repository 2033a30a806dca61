//! How fast a run goes, told from what was seen in the last seconds.

use std::collections::VecDeque;

use chrono::{DateTime, Duration, Utc};

/// Older sights say nothing about now.
const WINDOW_SECONDS: i64 = 10;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// When it was looked at, and how many letters were done then.
    sights: VecDeque<(DateTime<Utc>, u64)>,
}

impl Pace {
    pub fn see(&mut self, now: DateTime<Utc>, done: u64) {
        // Another run, or a resend: what was seen before does not count.
        if self.sights.back().is_some_and(|(_, before)| *before > done) {
            self.sights.clear();
        }
        self.sights.push_back((now, done));
        while self
            .sights
            .front()
            .is_some_and(|(at, _)| now - *at > Duration::seconds(WINDOW_SECONDS))
        {
            self.sights.pop_front();
        }
    }

    /// Letters per second; none before something has moved.
    pub fn per_second(&self) -> Option<f64> {
        let (first, last) = (self.sights.front()?, self.sights.back()?);
        let seconds = (last.0 - first.0).num_milliseconds() as f64 / 1_000.0;
        let done = (last.1 - first.1) as f64;
        (seconds >= 0.5 && done > 0.0).then(|| done / seconds)
    }

    /// Seconds until the rest is done at this pace.
    pub fn seconds_left(&self, rest: u64) -> Option<u64> {
        let rate = self.per_second()?;
        (rest > 0).then(|| (rest as f64 / rate).ceil() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + milliseconds).expect("a time in range")
    }

    #[test]
    fn the_pace_is_that_of_the_last_seconds() {
        let mut pace = Pace::default();
        pace.see(at(0), 0);
        assert_eq!(pace.per_second(), None);
        pace.see(at(1_000), 2_000);
        assert_eq!(pace.per_second(), Some(2_000.0));
        assert_eq!(pace.seconds_left(11_000), Some(6));
        // Ten slow seconds later the quick start is forgotten.
        for second in 2..=12 {
            pace.see(at(second * 1_000), 2_000 + second as u64);
        }
        assert!(pace.per_second().is_some_and(|rate| rate < 2.0));
    }

    #[test]
    fn a_standstill_has_no_time_left_to_tell() {
        let mut pace = Pace::default();
        pace.see(at(0), 5);
        pace.see(at(1_000), 5);
        assert_eq!(pace.seconds_left(10), None);
        pace.see(at(2_000), 1);
        assert_eq!(pace.per_second(), None);
    }
}
