//! The calendar against one that looks at every date and every offset.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use contract::mailings::{Recurrence, Schedule, Weekday};

use super::{at, daily, monthly, on_day, on_weekday, weekly};
use crate::mailings::schedule::Calendar;

#[test]
fn the_calendar_agrees_with_a_slow_walk() {
    let zones = [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "America/Sao_Paulo",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Pyongyang",
        "Europe/Moscow",
        "America/Caracas",
    ];
    let weekdays = Weekday::ALL;
    let mut chance = Chance(20261121);
    for round in 0..150 {
        let zone = zones[chance.below(zones.len() as u64) as usize];
        let weekday = weekdays[chance.below(7) as usize];
        let recurrence = match chance.below(5) {
            0 => daily(),
            1 => weekly(&[weekday, weekdays[chance.below(7) as usize]]),
            2 => on_day(chance.below(31) as u8 + 1),
            3 => on_weekday([1, 2, 3, 4, -1][chance.below(5) as usize], weekday),
            _ => monthly(),
        };
        // Quarters of an hour from 2005 to 2030; most clock changes of these zones are at such instants.
        let starts_at =
            at("2005-01-01T00:00:00Z") + Duration::minutes(15 * chance.below(25 * 365 * 96) as i64);
        let ends_at = starts_at + Duration::minutes(15 * chance.below(300 * 96) as i64 + 15);
        let schedule = Schedule {
            starts_at,
            ends_at: Some(ends_at),
            time_zone: zone.to_owned(),
            recurrence,
        };
        let slow = slow_walk(&schedule);
        let calendar = Calendar::new(&schedule).unwrap();
        assert_eq!(calendar.preview(1_000), slow, "round {round}: {schedule:?}");
        for _ in 0..50 {
            let instant =
                starts_at + Duration::minutes(15 * (chance.below(340 * 96) as i64) - 1_440);
            let after = slow.iter().find(|occurrence| **occurrence > instant);
            assert_eq!(
                calendar.first_after(instant).as_ref(),
                after,
                "{instant} {schedule:?}"
            );
            let until = slow.iter().rfind(|occurrence| **occurrence <= instant);
            assert_eq!(
                calendar.latest_until(instant).as_ref(),
                until,
                "{instant} {schedule:?}"
            );
        }
    }
}

/// Goes through every date of the window, and for each through every offset there could be.
fn slow_walk(schedule: &Schedule) -> Vec<DateTime<Utc>> {
    let zone: Tz = schedule.time_zone.parse().unwrap();
    let ends_at = schedule.ends_at.unwrap();
    let start = schedule.starts_at.with_timezone(&zone).naive_local();
    let mut occurrences: Vec<_> = (-2..330)
        .map(|days| start.date() + Duration::days(days))
        .filter(|date| fits(&schedule.recurrence, *date, start.date()))
        .map(|date| instant_of(zone, date.and_time(start.time())))
        .filter(|instant| *instant >= schedule.starts_at && *instant < ends_at)
        .collect();
    occurrences.dedup();
    occurrences
}

fn instant_of(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // The first instant, in steps of a quarter of an hour, whose clock shows that time; else, in a gap, the offset
    // of the last instant whose clock shows less.
    let instants = || {
        let first = local.and_utc() - Duration::hours(15);
        (0..32 * 4).map(move |quarters| first + Duration::minutes(15 * quarters))
    };
    let clock = |instant: DateTime<Utc>| zone.from_utc_datetime(&instant.naive_utc()).naive_local();
    instants()
        .find(|instant| clock(*instant) == local)
        .unwrap_or_else(|| {
            let before = instants()
                .take_while(|instant| clock(*instant) < local)
                .last()
                .unwrap();
            before + (local - clock(before))
        })
}

fn fits(recurrence: &Recurrence, date: NaiveDate, starts_on: NaiveDate) -> bool {
    let last_of_month = (date.day()..=31)
        .filter_map(|day| date.with_day(day))
        .next_back()
        .unwrap();
    match recurrence {
        Recurrence::Once => date == starts_on,
        Recurrence::Daily => true,
        Recurrence::Weekly { weekdays } => weekdays
            .iter()
            .any(|weekday| date.weekday() == chrono::Weekday::from(*weekday)),
        Recurrence::Monthly {
            week: Some(week),
            weekday: Some(weekday),
            ..
        } => {
            let same: Vec<_> = (1..=31)
                .filter_map(|day| date.with_day(day))
                .filter(|other| other.weekday() == chrono::Weekday::from(*weekday))
                .collect();
            let chosen = match week {
                -1 => same.last(),
                nth => same.get(*nth as usize - 1),
            };
            chosen == Some(&date)
        }
        Recurrence::Monthly { day, .. } => {
            let day = day.map_or(starts_on.day(), u32::from);
            date == date.with_day(day).unwrap_or(last_of_month)
        }
    }
}

/// A small generator of numbers, the same in every run (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
