//! A row's own time: the latest that any worker told, going on from there, and never going back.
//!
//! Several workers with clocks of their own share a row. Whoever reads there a later instant than its own clock
//! tells is behind by so much and from then on adds it: all follow the clock that is ahead, at the pace of time.
//! So a clock that jumps back changes nothing, and one that is wrong by a year keeps nobody waiting for a year.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// What this process adds to its clock for one server's row. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct RowClock(Arc<AtomicI64>);

impl RowClock {
    /// The time on the row, which was last seen at `seen_at`.
    pub fn now(&self, seen_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        let behind = (seen_at - now).num_microseconds().unwrap_or(0);
        let most = self.0.fetch_max(behind, Ordering::Relaxed).max(behind);
        now + TimeDelta::microseconds(most)
    }

    /// An instant of the row on this process's clock.
    pub fn here(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        instant - TimeDelta::microseconds(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2030-05-01T{time}Z").parse().unwrap()
    }

    #[test]
    fn a_clock_that_is_right_is_left_alone() {
        let clock = RowClock::default();
        assert_eq!(clock.now(at("09:00:00"), at("09:00:05")), at("09:00:05"));
        assert_eq!(clock.here(at("09:00:10")), at("09:00:10"));
    }

    #[test]
    fn after_a_jump_back_time_goes_on_from_what_was_seen() {
        let clock = RowClock::default();
        assert_eq!(clock.now(at("09:00:00"), at("08:00:00")), at("09:00:00"));
        assert_eq!(clock.now(at("09:00:00"), at("08:00:30")), at("09:00:30"));
        assert_eq!(clock.here(at("09:01:00")), at("08:01:00"));
    }

    #[test]
    fn two_workers_follow_the_clock_that_is_ahead() {
        let (ahead, behind) = (RowClock::default(), RowClock::default());
        let seen_at = ahead.now(at("08:00:00"), at("11:00:00"));
        let seen_at = behind.now(seen_at, at("10:00:01"));
        assert_eq!(seen_at, at("11:00:00"));
        assert_eq!(ahead.now(seen_at, at("11:00:02")), at("11:00:02"));
        assert_eq!(behind.now(seen_at, at("10:00:03")), at("11:00:02"));
    }
}
