//! The calendar in tables: rules, clock changes, decisions; and against a slow walk.

mod clocks;
mod decisions;
mod rules;
mod slow_walk;

use chrono::{DateTime, Utc};
use contract::mailings::{Recurrence, Schedule, Weekday};

use super::Calendar;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect(text)
}

fn once() -> Recurrence {
    Recurrence::Once
}

fn daily() -> Recurrence {
    Recurrence::Daily
}

fn weekly(weekdays: &[Weekday]) -> Recurrence {
    Recurrence::Weekly {
        weekdays: weekdays.to_vec(),
    }
}

fn monthly() -> Recurrence {
    Recurrence::Monthly {
        day: None,
        week: None,
        weekday: None,
    }
}

fn on_day(day: u8) -> Recurrence {
    Recurrence::Monthly {
        day: Some(day),
        week: None,
        weekday: None,
    }
}

fn on_weekday(week: i8, weekday: Weekday) -> Recurrence {
    Recurrence::Monthly {
        day: None,
        week: Some(week),
        weekday: Some(weekday),
    }
}

fn schedule(starts_at: &str, time_zone: &str, recurrence: Recurrence) -> Schedule {
    Schedule {
        starts_at: at(starts_at),
        ends_at: None,
        time_zone: time_zone.to_owned(),
        recurrence,
    }
}

fn calendar(starts_at: &str, time_zone: &str, recurrence: Recurrence) -> Calendar {
    Calendar::new(&schedule(starts_at, time_zone, recurrence)).unwrap()
}

fn ending(starts_at: &str, ends_at: &str, time_zone: &str, recurrence: Recurrence) -> Calendar {
    let schedule = Schedule {
        ends_at: Some(at(ends_at)),
        ..schedule(starts_at, time_zone, recurrence)
    };
    Calendar::new(&schedule).unwrap()
}
