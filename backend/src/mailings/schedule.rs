//! The calendar of a mailing: at which instants it is to run.
//!
//! A rule says which local dates have an occurrence; each stands at the local time of day that `starts_at` has in the
//! mailing's zone. Dates become instants as RFC 5545 3.3.5 has it: a local time that a clock change leaves out takes
//! the offset from before the gap, one that happens twice is its first. Only dates near the instant asked for are
//! looked at, so that it does not matter how long ago a mailing began.

mod rule;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};
use contract::mailings::Schedule;
use contract::problem::FieldErrors;

use rule::Rule;

use crate::zone;

/// The occurrences of one schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    zone: Tz,
    time_of_day: NaiveTime,
    rule: Rule,
}

/// A run that is due, and what comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The latest occurrence that has come: those missed before it do not run any more.
    pub planned_for: DateTime<Utc>,
    /// The first occurrence that has not.
    pub next: Option<DateTime<Utc>>,
}

impl Calendar {
    /// The calendar of a schedule whose dates and recurrence are checked already.
    pub fn new(schedule: &Schedule) -> Result<Self, FieldErrors> {
        let Schedule {
            starts_at,
            ends_at,
            time_zone,
            recurrence,
        } = schedule;
        recurrence.check()?;
        let zone = zone::named(time_zone).map_err(|error| FieldErrors::one("time_zone", error))?;
        let local_start = starts_at.with_timezone(&zone).naive_local();
        Ok(Self {
            starts_at: *starts_at,
            ends_at: *ends_at,
            zone,
            time_of_day: local_start.time(),
            rule: Rule::new(recurrence, local_start.date()),
        })
    }

    /// The first occurrence strictly after an instant.
    pub fn first_after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.occurrences_from(instant)
            .find(|occurrence| *occurrence > instant)
    }

    /// The latest occurrence not after an instant.
    pub fn latest_until(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let in_window = |occurrence: &DateTime<Utc>| {
            *occurrence >= self.starts_at
                && *occurrence <= instant
                && self.ends_at.is_none_or(|ends_at| *occurrence < ends_at)
        };
        if self.rule == Rule::Once {
            return Some(self.starts_at).filter(in_window);
        }
        let latest = self
            .ends_at
            .map_or(instant, |ends_at| ends_at.min(instant))
            .max(self.starts_at);
        let mut date = self.local_date(latest).checked_add_days(Days::new(2))?;
        for _ in 0..rule::LONGEST_WAIT {
            if self.rule.fits(date) {
                let occurrence = Some(self.instant_on(date)).filter(in_window);
                if occurrence.is_some() {
                    return occurrence;
                }
            }
            date = date.pred_opt()?;
        }
        None
    }

    /// The first occurrences, from `starts_at` on.
    pub fn preview(&self, count: usize) -> Vec<DateTime<Utc>> {
        self.occurrences_from(self.starts_at).take(count).collect()
    }

    /// When a mailing made now runs first: at once if an occurrence has come already, else at the first coming one.
    pub fn first_run_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_over(now) {
            return None;
        }
        self.latest_until(now).or_else(|| self.first_after(now))
    }

    /// What a mailing whose next run was set for `next_run_at` has to do now, if anything.
    pub fn due(&self, next_run_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Due> {
        if next_run_at > now || self.is_over(now) {
            return None;
        }
        let planned_for = self
            .latest_until(now)
            // New rules of a zone may have moved an occurrence since; one that has run must not come again.
            .filter(|latest| *latest >= next_run_at)
            .unwrap_or(next_run_at);
        Some(Due {
            planned_for,
            next: self.first_after(now),
        })
    }

    /// Nothing starts any more.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ends_at.is_some_and(|ends_at| ends_at <= now)
    }

    /// The occurrences from an instant on, in order, each once.
    fn occurrences_from(&self, instant: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> + '_ {
        let from = instant.max(self.starts_at);
        let once = (self.rule == Rule::Once && self.starts_at >= from).then_some(self.starts_at);
        let dates = match self.rule {
            Rule::Once => None,
            // A day early: the night's clock change may carry an occurrence past midnight.
            _ => self.local_date(from).checked_sub_days(Days::new(1)),
        };
        let repeated = dates
            .into_iter()
            .flat_map(|first| first.iter_days())
            .filter(|date| self.rule.fits(*date))
            .map(|date| self.instant_on(date))
            .skip_while(move |occurrence| *occurrence < from)
            // Where a zone skips a whole day, two dates give the same instant.
            .scan(None, |last, occurrence| {
                Some((last.replace(occurrence) != Some(occurrence)).then_some(occurrence))
            })
            .flatten();
        once.into_iter()
            .chain(repeated)
            .take_while(|occurrence| self.ends_at.is_none_or(|ends_at| *occurrence < ends_at))
    }

    fn local_date(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.zone).date_naive()
    }

    /// The instant at which a local date has the time of day.
    fn instant_on(&self, date: NaiveDate) -> DateTime<Utc> {
        let local = date.and_time(self.time_of_day);
        if let Some(instant) = self.zone.from_local_datetime(&local).earliest() {
            return instant.with_timezone(&Utc);
        }
        let offset_before = GapInfo::new(&local, &self.zone)
            .and_then(|gap| gap.begin)
            .map_or_else(
                || self.zone.offset_from_utc_datetime(&local).fix(),
                |(_, offset)| offset.fix(),
            );
        (local - offset_before).and_utc()
    }
}
