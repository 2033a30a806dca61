//! The rule of a recurrence: which local dates have an occurrence.

use chrono::{Datelike, NaiveDate, Weekday, WeekdaySet};
use contract::mailings::Recurrence;

/// A fourth Friday may be 35 days after the one before; a few more are looked at for the sake of clock changes.
pub const LONGEST_WAIT: u64 = 35 + 4;

/// What a recurrence asks of a local date.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// On no date: its one occurrence is `starts_at` itself.
    Once,
    Daily,
    Weekly(WeekdaySet),
    /// The day of the month; in a shorter month its last day.
    MonthlyByDay(u32),
    MonthlyByWeek(Week, Weekday),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Week {
    Nth(u32),
    Last,
}

impl Rule {
    /// The rule of a recurrence; what it leaves open is taken from the local date of `starts_at`.
    pub fn new(recurrence: &Recurrence, starts_on: NaiveDate) -> Self {
        match recurrence {
            Recurrence::Once => Self::Once,
            Recurrence::Daily => Self::Daily,
            Recurrence::Weekly { weekdays } if weekdays.is_empty() => {
                Self::Weekly(WeekdaySet::single(starts_on.weekday()))
            }
            Recurrence::Weekly { weekdays } => {
                Self::Weekly(weekdays.iter().copied().map(Weekday::from).collect())
            }
            Recurrence::Monthly {
                day: _,
                week: Some(week),
                weekday: Some(weekday),
            } => {
                let week = u32::try_from(*week).map_or(Week::Last, Week::Nth);
                Self::MonthlyByWeek(week, (*weekday).into())
            }
            Recurrence::Monthly {
                day,
                week: _,
                weekday: _,
            } => Self::MonthlyByDay(day.map_or(starts_on.day(), u32::from)),
        }
    }

    pub fn fits(&self, date: NaiveDate) -> bool {
        match self {
            Self::Once => false,
            Self::Daily => true,
            Self::Weekly(weekdays) => weekdays.contains(date.weekday()),
            Self::MonthlyByDay(day) => date.day() == (*day).min(days_in_month(date)),
            Self::MonthlyByWeek(week, weekday) => {
                date.weekday() == *weekday
                    && match week {
                        Week::Nth(week) => date.day0() / 7 + 1 == *week,
                        Week::Last => date.day() + 7 > days_in_month(date),
                    }
            }
        }
    }
}

fn days_in_month(date: NaiveDate) -> u32 {
    u32::from(date.num_days_in_month())
}
