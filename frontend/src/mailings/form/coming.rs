//! Which runs to ask the service for while a schedule is being chosen.

use chrono::{DateTime, Duration, Utc};
use contract::mailings::{PREVIEW_LIMIT, Recurrence, Schedule};

use super::draft::Clocks;
use crate::mailings::schedule_words::explicit;

/// How many coming runs are shown.
pub const SHOWN: u64 = 6;

/// The schedule to ask about and how many of its runs; none when nothing can come.
///
/// The service tells runs from the start on. Of a mailing that began long ago those behind us would be all that it
/// tells, so it is asked as if the mailing began with its next time of day.
pub fn asked(
    schedule: &Schedule,
    is_new: bool,
    now: DateTime<Utc>,
    clocks: Clocks,
) -> Option<(Schedule, u64)> {
    let behind = now - schedule.starts_at;
    if behind < Duration::zero() || schedule.recurrence == Recurrence::Once {
        return Some((schedule.clone(), SHOWN));
    }
    if is_new {
        // Whatever is behind us happens at once, as one run; so it has to be known whether anything is.
        let count = if behind < Duration::days(1) {
            SHOWN + 1
        } else {
            PREVIEW_LIMIT
        };
        return Some((schedule.clone(), count));
    }
    let zone = schedule.time_zone.as_str();
    let start = (clocks.local)(schedule.starts_at, zone);
    let today = (clocks.local)(now, zone).date();
    let mut next = (clocks.instant)(today.and_time(start.time()), zone);
    if next <= now {
        next = (clocks.instant)(today.succ_opt()?.and_time(start.time()), zone);
    }
    if schedule.ends_at.is_some_and(|end| end <= next) {
        return None;
    }
    let recurrence = explicit(&schedule.recurrence, start);
    let from_now = Schedule {
        starts_at: next,
        recurrence,
        ..schedule.clone()
    };
    Some((from_now, SHOWN))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use contract::mailings::Weekday;

    use super::*;

    const UTC: Clocks = Clocks {
        local: |instant, _| instant.naive_utc(),
        instant: |shown, _| shown.and_utc(),
    };

    fn at(text: &str) -> DateTime<Utc> {
        let shown = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M");
        shown.expect("a date and a time").and_utc()
    }

    fn weekly(starts_at: &str) -> Schedule {
        Schedule {
            starts_at: at(starts_at),
            ends_at: Some(at("2026-12-31 00:00")),
            time_zone: "UTC".to_owned(),
            recurrence: Recurrence::Weekly {
                weekdays: Vec::new(),
            },
        }
    }

    #[test]
    fn what_lies_ahead_is_asked_as_it_is() {
        let ahead = weekly("2026-11-23 09:00");
        let now = at("2026-11-21 12:00");
        assert_eq!(asked(&ahead, false, now, UTC), Some((ahead.clone(), SHOWN)));
        let (_, count) = asked(&weekly("2026-11-01 09:00"), true, now, UTC).expect("runs");
        assert_eq!(count, PREVIEW_LIMIT);
    }

    #[test]
    fn a_mailing_that_began_long_ago_is_asked_from_now_on() {
        // It began on a Thursday.
        let old = weekly("2026-01-01 09:00");
        let (from_now, _) = asked(&old, false, at("2026-11-21 12:00"), UTC).expect("runs");
        assert_eq!(from_now.starts_at, at("2026-11-22 09:00"));
        let thursdays = Recurrence::Weekly {
            weekdays: vec![Weekday::Thu],
        };
        assert_eq!(from_now.recurrence, thursdays);
        assert_eq!(asked(&old, false, at("2026-12-30 12:00"), UTC), None);
    }
}
