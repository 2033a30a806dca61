//! Every rule: month ends, leap days, defaults, starts that do not fit.

use contract::mailings::{Recurrence, Weekday};

use super::{at, calendar, daily, monthly, on_day, on_weekday, once, weekly};

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
