//! Times of day across clock changes: gaps, hours that happen twice, a day that a country left out.

use super::{at, calendar, daily, monthly, weekly};

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
