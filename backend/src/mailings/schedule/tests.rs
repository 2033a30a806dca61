//! Month ends, leap days, clock changes and missed slots, and the calendar against a slow walk.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use contract::mailings::{Recurrence, Schedule, Weekday};
use contract::problem::FieldCode;

use super::{Calendar, Due};

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

#[test]
fn the_first_occurrences_of_every_rule() {
    let table: &[(&str, &str, &str, Recurrence, &[&str])] = &[
        (
            "once is its start",
            "2026-11-21T09:00:00Z",
            "Europe/Moscow",
            once(),
            &["2026-11-21T09:00:00Z"],
        ),
        (
            "daily",
            "2026-12-30T06:00:00Z",
            "Europe/Moscow",
            daily(),
            &[
                "2026-12-30T06:00:00Z",
                "2026-12-31T06:00:00Z",
                "2027-01-01T06:00:00Z",
            ],
        ),
        (
            "half-hour zone, local day other than that of UTC",
            "2026-11-21T19:00:00Z", // Sunday 00:30 in Kolkata
            "Asia/Kolkata",
            weekly(&[]),
            &[
                "2026-11-21T19:00:00Z",
                "2026-11-28T19:00:00Z",
                "2026-12-05T19:00:00Z",
            ],
        ),
        (
            "the start counts only if it fits",
            "2026-11-21T06:00:00Z", // a Saturday
            "Europe/Moscow",
            weekly(&[Weekday::Fri, Weekday::Mon, Weekday::Mon]),
            &[
                "2026-11-23T06:00:00Z",
                "2026-11-27T06:00:00Z",
                "2026-11-30T06:00:00Z",
            ],
        ),
        (
            "the 31st falls on the last day of a short month",
            "2027-01-31T12:00:00Z",
            "Etc/UTC",
            monthly(),
            &[
                "2027-01-31T12:00:00Z",
                "2027-02-28T12:00:00Z",
                "2027-03-31T12:00:00Z",
                "2027-04-30T12:00:00Z",
            ],
        ),
        (
            "the 30th in a leap year's February",
            "2028-01-30T12:00:00Z",
            "Etc/UTC",
            on_day(30),
            &[
                "2028-01-30T12:00:00Z",
                "2028-02-29T12:00:00Z",
                "2028-03-30T12:00:00Z",
            ],
        ),
        (
            "the 29th in a year without one",
            "2027-01-29T12:00:00Z",
            "Etc/UTC",
            on_day(29),
            &[
                "2027-01-29T12:00:00Z",
                "2027-02-28T12:00:00Z",
                "2027-03-29T12:00:00Z",
            ],
        ),
        (
            "no leap day in 2100",
            "2100-01-31T12:00:00Z",
            "Etc/UTC",
            on_day(31),
            &["2100-01-31T12:00:00Z", "2100-02-28T12:00:00Z"],
        ),
        (
            "a chosen day before that of the start waits for the next month",
            "2026-11-21T06:00:00Z",
            "Europe/Moscow",
            on_day(1),
            &["2026-12-01T06:00:00Z", "2027-01-01T06:00:00Z"],
        ),
        (
            "the day is the local one",
            "2026-11-30T22:00:00Z", // 1 December, 01:00 in Moscow
            "Europe/Moscow",
            monthly(),
            &["2026-11-30T22:00:00Z", "2026-12-31T22:00:00Z"],
        ),
        (
            "the second Tuesday",
            "2026-11-10T06:00:00Z",
            "Europe/Moscow",
            on_weekday(2, Weekday::Tue),
            &[
                "2026-11-10T06:00:00Z",
                "2026-12-08T06:00:00Z",
                "2027-01-12T06:00:00Z",
            ],
        ),
        (
            "the last Friday, the fourth or the fifth",
            "2026-11-01T06:00:00Z",
            "Europe/Moscow",
            on_weekday(-1, Weekday::Fri),
            &[
                "2026-11-27T06:00:00Z",
                "2026-12-25T06:00:00Z",
                "2027-01-29T06:00:00Z",
                "2027-02-26T06:00:00Z",
            ],
        ),
    ];
    for (name, starts_at, zone, recurrence, expected) in table {
        let expected: Vec<_> = expected.iter().map(|text| at(text)).collect();
        let shown = calendar(starts_at, zone, recurrence.clone()).preview(expected.len());
        assert_eq!(shown, expected, "{name}");
    }
}

#[test]
fn once_has_one_occurrence_however_many_are_asked_for() {
    let calendar = calendar("2026-11-21T09:00:00Z", "Europe/Moscow", once());
    assert_eq!(calendar.preview(10), [at("2026-11-21T09:00:00Z")]);
    assert_eq!(calendar.first_after(at("2026-11-21T09:00:00Z")), None);
    assert_eq!(calendar.latest_until(at("2026-11-21T08:59:59Z")), None);
}

#[test]
fn times_of_day_hold_across_clock_changes() {
    let table: &[(&str, &str, &str, &[&str])] = &[
        (
            "09:00 in Berlin stays 09:00 in spring",
            "2026-03-28T08:00:00Z",
            "Europe/Berlin",
            &[
                "2026-03-28T08:00:00Z",
                "2026-03-29T07:00:00Z",
                "2026-03-30T07:00:00Z",
            ],
        ),
        (
            "02:30 is left out in Berlin on 29 March: 03:30 summer time",
            "2026-03-28T01:30:00Z",
            "Europe/Berlin",
            &[
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z",
            ],
        ),
        (
            "02:30 happens twice in Berlin on 25 October: the first, in summer time",
            "2026-10-24T00:30:00Z",
            "Europe/Berlin",
            &[
                "2026-10-24T00:30:00Z",
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z",
            ],
        ),
        (
            "the second 02:30 does not count as that day's occurrence",
            "2026-10-25T01:30:00Z",
            "Europe/Berlin",
            &["2026-10-26T01:30:00Z"],
        ),
        (
            "02:30 is left out in New York on 8 March",
            "2026-03-07T07:30:00Z",
            "America/New_York",
            &[
                "2026-03-07T07:30:00Z",
                "2026-03-08T07:30:00Z",
                "2026-03-09T06:30:00Z",
            ],
        ),
        (
            "01:30 happens twice in New York on 1 November",
            "2026-10-31T05:30:00Z",
            "America/New_York",
            &[
                "2026-10-31T05:30:00Z",
                "2026-11-01T05:30:00Z",
                "2026-11-02T06:30:00Z",
            ],
        ),
        (
            "no midnight in Sao Paulo on 4 November 2018",
            "2018-11-03T03:00:00Z",
            "America/Sao_Paulo",
            &[
                "2018-11-03T03:00:00Z",
                "2018-11-04T03:00:00Z",
                "2018-11-05T02:00:00Z",
            ],
        ),
        (
            "no 00:30 in Cairo on 24 April 2026",
            "2026-04-22T22:30:00Z",
            "Africa/Cairo",
            &[
                "2026-04-22T22:30:00Z",
                "2026-04-23T22:30:00Z",
                "2026-04-24T21:30:00Z",
            ],
        ),
        (
            "half an hour is left out on Lord Howe Island",
            "2026-10-02T15:45:00Z",
            "Australia/Lord_Howe",
            &[
                "2026-10-02T15:45:00Z",
                "2026-10-03T15:45:00Z",
                "2026-10-04T15:15:00Z",
            ],
        ),
        (
            "Kolkata changes no clocks",
            "2026-03-28T03:30:00Z",
            "Asia/Kolkata",
            &["2026-03-28T03:30:00Z", "2026-03-29T03:30:00Z"],
        ),
        (
            "Samoa left out a whole day: its occurrence is the next day's, and runs once",
            "2011-12-29T19:00:00Z",
            "Pacific/Apia",
            &[
                "2011-12-29T19:00:00Z",
                "2011-12-30T19:00:00Z",
                "2011-12-31T19:00:00Z",
            ],
        ),
    ];
    for (name, starts_at, zone, expected) in table {
        let expected: Vec<_> = expected.iter().map(|text| at(text)).collect();
        let shown = calendar(starts_at, zone, daily()).preview(expected.len());
        assert_eq!(shown, expected, "{name}");
    }
}

#[test]
fn a_weekly_and_a_monthly_rule_keep_their_time_of_day_too() {
    let sundays = calendar("2026-03-22T01:30:00Z", "Europe/Berlin", weekly(&[]));
    let expected = [
        at("2026-03-22T01:30:00Z"),
        at("2026-03-29T01:30:00Z"),
        at("2026-04-05T00:30:00Z"),
    ];
    assert_eq!(sundays.preview(3), expected);
    let eighths = calendar("2026-02-08T07:30:00Z", "America/New_York", monthly());
    let expected = [
        at("2026-02-08T07:30:00Z"),
        at("2026-03-08T07:30:00Z"),
        at("2026-04-08T06:30:00Z"),
    ];
    assert_eq!(eighths.preview(3), expected);
}

#[test]
fn nothing_occurs_at_the_end_or_after_it() {
    let calendar = ending(
        "2026-11-21T06:00:00Z",
        "2026-11-23T06:00:00Z",
        "Europe/Moscow",
        daily(),
    );
    let both = [at("2026-11-21T06:00:00Z"), at("2026-11-22T06:00:00Z")];
    assert_eq!(calendar.preview(10), both);
    assert_eq!(calendar.first_after(both[1]), None);
    assert_eq!(
        calendar.latest_until(at("2030-01-01T00:00:00Z")),
        Some(both[1])
    );
    let longer = ending(
        "2026-11-21T06:00:00Z",
        "2026-11-23T06:00:00.000001Z",
        "Europe/Moscow",
        daily(),
    );
    assert_eq!(longer.preview(10).len(), 3);
}

#[test]
fn a_window_may_hold_no_occurrence() {
    let calendar = ending(
        "2026-11-21T06:00:00Z",
        "2026-11-22T06:00:00Z",
        "Europe/Moscow",
        on_day(1),
    );
    assert!(calendar.preview(10).is_empty());
    assert_eq!(calendar.first_run_at(at("2026-11-21T07:00:00Z")), None);
    assert_eq!(calendar.latest_until(at("2026-12-21T07:00:00Z")), None);
}

#[test]
fn a_new_mailing_runs_at_once_when_an_occurrence_has_come() {
    let calendar = calendar("2026-11-02T06:00:00Z", "Europe/Moscow", daily());
    let ahead = calendar.first_run_at(at("2026-11-01T00:00:00Z"));
    assert_eq!(ahead, Some(at("2026-11-02T06:00:00Z")));
    let at_its_start = calendar.first_run_at(at("2026-11-02T06:00:00Z"));
    assert_eq!(at_its_start, Some(at("2026-11-02T06:00:00Z")));
    let late = calendar.first_run_at(at("2026-11-21T07:00:00Z"));
    assert_eq!(late, Some(at("2026-11-21T06:00:00Z")));
}

#[test]
fn a_new_mailing_waits_when_no_occurrence_lies_behind_it() {
    let calendar = calendar("2026-11-21T06:00:00Z", "Europe/Moscow", on_day(1));
    let first = calendar.first_run_at(at("2026-11-22T00:00:00Z"));
    assert_eq!(first, Some(at("2026-12-01T06:00:00Z")));
}

#[test]
fn missed_slots_give_one_run() {
    let calendar = calendar("2026-11-02T06:00:00Z", "Europe/Moscow", daily());
    let first = at("2026-11-02T06:00:00Z");
    assert_eq!(calendar.due(first, at("2026-11-02T05:59:59Z")), None);
    assert_eq!(
        calendar.due(first, first),
        Some(Due {
            planned_for: first,
            next: Some(at("2026-11-03T06:00:00Z")),
        })
    );
    assert_eq!(
        calendar.due(first, at("2026-11-09T05:00:00Z")),
        Some(Due {
            planned_for: at("2026-11-08T06:00:00Z"),
            next: Some(at("2026-11-09T06:00:00Z")),
        })
    );
}

#[test]
fn nothing_is_due_once_the_window_is_over() {
    let calendar = ending(
        "2026-11-21T06:00:00Z",
        "2026-11-21T07:00:00Z",
        "Europe/Moscow",
        once(),
    );
    let start = at("2026-11-21T06:00:00Z");
    assert!(calendar.due(start, at("2026-11-21T06:59:59Z")).is_some());
    assert_eq!(calendar.due(start, at("2026-11-21T07:00:00Z")), None);
    assert_eq!(calendar.first_run_at(at("2026-11-21T07:00:00Z")), None);
}

#[test]
fn an_occurrence_that_new_zone_rules_moved_runs_as_it_was_set() {
    let calendar = calendar("2026-11-02T06:00:00Z", "Europe/Moscow", daily());
    let set_for = at("2026-11-09T05:00:00Z");
    assert_eq!(
        calendar.due(set_for, set_for),
        Some(Due {
            planned_for: set_for,
            next: Some(at("2026-11-09T06:00:00Z")),
        })
    );
}

#[test]
fn a_zone_must_be_known() {
    for name in ["Mars/Olympus", "", "+03:00", "europe moscow"] {
        let refused = Calendar::new(&schedule("2026-11-21T06:00:00Z", name, daily()));
        let errors = refused.unwrap_err();
        assert_eq!(errors.of("time_zone")[0].code, FieldCode::UnknownZone);
    }
}

#[test]
fn an_old_mailing_is_looked_up_as_quickly_as_a_new_one() {
    let monthly = calendar("2000-01-31T12:00:00Z", "Europe/Berlin", monthly());
    let now = at("2199-06-15T00:00:00Z");
    // A walk from the start would make these some 70 million steps.
    for _ in 0..1_000 {
        assert!(monthly.latest_until(now).is_some());
        assert!(monthly.first_after(now).is_some());
    }
}

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
