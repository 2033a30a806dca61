//! How many letters a server may be given now: pure, on the row's own time.
//!
//! The hour is counted in slots of a minute and the day in slots of a quarter. A slot counts until the last of its
//! letters is older than that, and for one slot more, since a letter leaves a little after its token was taken.
//! A server that takes N an hour so gets N in any hour, wherever it begins, and a few percent less in the long run.
//! In a second letters are paced: who takes tokens has paid with time, half a second at most, before anybody gets
//! more.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use contract::mail_servers::BudgetPeriod;
use serde::{Deserialize, Serialize};

/// The most letters in a second, an hour and a day; none for as many as there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub per_second: Option<u64>,
    pub per_hour: Option<u64>,
    pub per_day: Option<u64>,
}

/// What was taken, as it stands on the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Before that nobody gets more: what was taken last is paid by then.
    pub free_at: DateTime<Utc>,
    pub minutes: Slots,
    pub quarters: Slots,
}

/// Letters by slot of time; slots are numbered from 1970 on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slots(BTreeMap<i64, u64>);

/// One of the limits, and how much of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    pub per: BudgetPeriod,
    pub limit: u64,
    pub used: u64,
    /// When there is room again, if there is none.
    pub free_at: Option<DateTime<Utc>>,
}

/// Nobody takes more than this much time's worth at once.
const BURST: TimeDelta = TimeDelta::milliseconds(500);
const SECOND: TimeDelta = TimeDelta::seconds(1);

/// How a sliding window is counted.
#[derive(Clone, Copy, Debug)]
struct Window {
    slot: TimeDelta,
    /// A letter counts for so many slots after its own.
    slots: i64,
}

const HOUR: Window = Window {
    slot: TimeDelta::minutes(1),
    slots: 61,
};
const DAY: Window = Window {
    slot: TimeDelta::minutes(15),
    slots: 97,
};

impl Limits {
    pub fn is_unlimited(&self) -> bool {
        *self == Self::default()
    }
}

impl Spent {
    pub fn nothing(now: DateTime<Utc>) -> Self {
        Self {
            free_at: now,
            minutes: Slots::default(),
            quarters: Slots::default(),
        }
    }

    /// Takes tokens for at most so many letters; says for how many.
    pub fn take(&mut self, limits: Limits, wanted: u64, now: DateTime<Utc>) -> u64 {
        let Limits {
            per_second,
            per_hour,
            per_day,
        } = limits;
        let paced = match per_second {
            Some(_) if now < self.free_at => 0,
            Some(rate) => burst(rate),
            None => u64::MAX,
        };
        let in_hour = per_hour.map_or(u64::MAX, |limit| self.minutes.room(HOUR, limit, now));
        let in_day = per_day.map_or(u64::MAX, |limit| self.quarters.room(DAY, limit, now));
        let taken = [wanted, paced, in_hour, in_day]
            .into_iter()
            .fold(u64::MAX, Ord::min);
        if taken > 0 {
            if let Some(rate) = per_second {
                self.free_at = now + time_of(taken, rate);
            }
            if per_hour.is_some() {
                self.minutes.add(HOUR, taken, now);
            }
            if per_day.is_some() {
                self.quarters.add(DAY, taken, now);
            }
        }
        taken
    }

    /// Gives tokens back that were taken at that time. The time that they were to be paid with comes back too, as
    /// far as it has not passed.
    pub fn give_back(
        &mut self,
        limits: Limits,
        letters: u64,
        taken_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        if let Some(rate) = limits.per_second {
            let unpaid = self.free_at - time_of(letters, rate);
            self.free_at = Ord::min(self.free_at, Ord::max(unpaid, now));
        }
        self.minutes.remove(HOUR, letters, taken_at);
        self.quarters.remove(DAY, letters, taken_at);
    }

    /// How the limits are used.
    pub fn used(&self, limits: Limits, now: DateTime<Utc>) -> Vec<Used> {
        let Limits {
            per_second,
            per_hour,
            per_day,
        } = limits;
        let second = per_second.map(|limit| {
            let unpaid = Ord::max(self.free_at - now, TimeDelta::zero());
            let micros = unpaid.num_microseconds().unwrap_or(0).unsigned_abs();
            Used {
                per: BudgetPeriod::Second,
                limit,
                used: Ord::min(limit, micros.saturating_mul(limit).div_ceil(1_000_000)),
                free_at: (now < self.free_at).then_some(self.free_at),
            }
        });
        let hour = per_hour.map(|limit| self.minutes.used(HOUR, BudgetPeriod::Hour, limit, now));
        let day = per_day.map(|limit| self.quarters.used(DAY, BudgetPeriod::Day, limit, now));
        [second, hour, day].into_iter().flatten().collect()
    }

    /// When all limits have room, if one of them has none now.
    pub fn free_at(&self, limits: Limits, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let used = self.used(limits, now).into_iter();
        used.filter_map(|used| used.free_at).max()
    }
}

impl Slots {
    fn room(&self, window: Window, limit: u64, now: DateTime<Utc>) -> u64 {
        limit.saturating_sub(self.sum(window, now))
    }

    fn sum(&self, window: Window, now: DateTime<Utc>) -> u64 {
        let first = window.slot_of(now) - window.slots;
        self.0.range(first..).map(|(_, letters)| letters).sum()
    }

    fn add(&mut self, window: Window, letters: u64, now: DateTime<Utc>) {
        let slot = window.slot_of(now);
        self.0.retain(|old, _| *old >= slot - window.slots);
        *self.0.entry(slot).or_default() += letters;
    }

    fn remove(&mut self, window: Window, letters: u64, taken_at: DateTime<Utc>) {
        if let Some(taken) = self.0.get_mut(&window.slot_of(taken_at)) {
            *taken = taken.saturating_sub(letters);
        }
    }

    fn used(&self, window: Window, per: BudgetPeriod, limit: u64, now: DateTime<Utc>) -> Used {
        let used = self.sum(window, now);
        let mut left = used;
        let mut free_at = None;
        let first = window.slot_of(now) - window.slots;
        for (slot, letters) in self.0.range(first..) {
            if left < limit {
                break;
            }
            left -= letters;
            free_at = window.end_of(*slot);
        }
        Used {
            per,
            limit,
            used,
            free_at,
        }
    }
}

impl Window {
    fn slot_of(self, instant: DateTime<Utc>) -> i64 {
        instant.timestamp().div_euclid(self.slot.num_seconds())
    }

    /// When letters of this slot count no more.
    fn end_of(self, slot: i64) -> Option<DateTime<Utc>> {
        let seconds = (slot + self.slots + 1) * self.slot.num_seconds();
        DateTime::from_timestamp(seconds, 0)
    }
}

/// As many letters as may go at once at this rate: one at least.
fn burst(rate: u64) -> u64 {
    let part = BURST.num_milliseconds().unsigned_abs();
    Ord::max(1, rate.saturating_mul(part) / 1_000)
}

/// The time that so many letters take at this rate, rounded up.
fn time_of(letters: u64, rate: u64) -> TimeDelta {
    let second = SECOND.num_microseconds().unwrap_or(i64::MAX).unsigned_abs();
    let micros = letters.saturating_mul(second).div_ceil(Ord::max(1, rate));
    TimeDelta::microseconds(i64::try_from(micros).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
