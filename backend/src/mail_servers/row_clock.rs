//! A row's own time: the latest that any worker told, going on from there, and never going back.
//!
//! Several workers with clocks of their own share a row. Whoever reads there a later instant than its own clock
//! tells is behind by so much and from then on adds it: all follow the clock that is ahead, at the pace of time. A
//! process looks at the calendar once, and from then on counts: a calendar that is set, in either direction, moves
//! neither a budget nor a breaker. So one that is wrong by a year keeps nobody waiting for a year.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;

/// The time on one server's row, as this process tells it. Clones share it.
#[derive(Clone, Debug)]
pub struct RowClock {
    clock: Clock,
    /// When it was looked at the calendar, on both times.
    began: (DateTime<Utc>, Duration),
    /// What is added, in microseconds.
    behind: Arc<AtomicI64>,
}

impl RowClock {
    pub fn new(clock: Clock) -> Self {
        Self {
            began: (clock.now(), clock.monotonic()),
            clock,
            behind: Arc::default(),
        }
    }

    /// The time on the row, as far as this process knows.
    pub fn now(&self) -> DateTime<Utc> {
        self.counted() + TimeDelta::microseconds(self.behind.load(Ordering::Relaxed))
    }

    /// The time on the row, which was last seen at `seen_at`.
    pub fn now_after(&self, seen_at: DateTime<Utc>) -> DateTime<Utc> {
        let behind = (seen_at - self.counted()).num_microseconds().unwrap_or(0);
        self.behind.fetch_max(behind, Ordering::Relaxed);
        self.now()
    }

    /// An instant of the row on this process's calendar.
    pub fn here(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        self.clock.now() + (instant - self.now())
    }

    fn counted(&self) -> DateTime<Utc> {
        let (calendar, monotonic) = self.began;
        calendar + self.clock.monotonic().saturating_sub(monotonic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HandClock;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2030-05-01T{time}Z").parse().unwrap()
    }

    fn started(time: &str) -> (HandClock, RowClock) {
        let hand = HandClock::at(at(time));
        let clock = RowClock::new(Clock::Hand(hand.clone()));
        (hand, clock)
    }

    #[test]
    fn a_clock_that_is_right_is_left_alone() {
        let (hand, clock) = started("09:00:00");
        hand.advance(Duration::from_secs(5));
        assert_eq!(clock.now_after(at("09:00:00")), at("09:00:05"));
        assert_eq!(clock.here(at("09:00:10")), at("09:00:10"));
    }

    #[test]
    fn a_calendar_that_is_set_changes_nothing_on_the_row() {
        let (hand, clock) = started("09:00:00");
        for calendar in ["08:00:00", "11:00:00"] {
            hand.set(at(calendar));
            assert_eq!(clock.now_after(at("09:00:00")), at("09:00:00"));
        }
        hand.advance(Duration::from_secs(30));
        assert_eq!(clock.now_after(at("09:00:00")), at("09:00:30"));
        assert_eq!(clock.here(at("09:01:00")), at("11:01:00"));
    }

    #[test]
    fn two_workers_follow_the_clock_that_is_ahead() {
        let (early_hand, ahead) = started("11:00:00");
        let (late_hand, behind) = started("10:00:01");
        let seen_at = ahead.now_after(at("08:00:00"));
        assert_eq!(behind.now_after(seen_at), at("11:00:00"));
        early_hand.advance(Duration::from_secs(2));
        late_hand.advance(Duration::from_secs(2));
        assert_eq!(ahead.now_after(seen_at), at("11:00:02"));
        assert_eq!(behind.now_after(seen_at), at("11:00:02"));
    }
}
