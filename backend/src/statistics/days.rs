//! The days of a zone as they are: 23, 24 or 25 hours long, as its clocks have it.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

use super::period::first_not_before;

/// A day, in instants and in quarters of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub first: i64,
    /// The first quarter of the next day.
    pub end: i64,
}

/// The days from one date to another, both among them.
pub fn days(zone: Tz, first: NaiveDate, last: NaiveDate) -> Vec<Day> {
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let from = begin_of(zone, date);
            let next = date.checked_add_days(Days::new(1));
            let to = next.map_or(from, |next| begin_of(zone, next));
            Day {
                date,
                from,
                to,
                first: first_not_before(from),
                end: first_not_before(to),
            }
        })
        .collect()
}

/// Days of one length, one after another: the day of each of their quarters is found by counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Which of the days begins it.
    pub number: i64,
    pub first: i64,
    pub end: i64,
    /// Quarters in each day.
    pub length: i64,
}

/// The days as few stretches: a new one begins where the clocks change.
pub fn stretches(days: &[Day]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (number, day) in (0..).zip(days) {
        let length = day.end - day.first;
        let goes_on = |last: &&mut Stretch| {
            let next = last.number + (last.end - last.first) / last.length;
            (last.length, last.end, next) == (length, day.first, number)
        };
        match stretches.last_mut().filter(goes_on) {
            Some(last) => last.end = day.end,
            // Where a date was left out altogether, its day has no quarters.
            None if length <= 0 => {}
            None => stretches.push(Stretch {
                number,
                first: day.first,
                end: day.end,
                length,
            }),
        }
    }
    stretches
}

/// The first instant of a local date. Where the clocks go forward at midnight, that is when they have gone.
fn begin_of(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    if let Some(begin) = zone.from_local_datetime(&midnight).earliest() {
        return begin.with_timezone(&Utc);
    }
    let gap = GapInfo::new(&midnight, &zone).and_then(|gap| gap.end);
    gap.map_or_else(|| midnight.and_utc(), |end| end.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours(zone: Tz, day: &str) -> (String, i64) {
        let days = days(zone, date(day), date(day));
        let [day] = &days[..] else { panic!("{days:?}") };
        assert_eq!(day.end - day.first, (day.to - day.from).num_minutes() / 15);
        (day.from.to_rfc3339(), (day.to - day.from).num_hours())
    }

    #[test]
    fn a_day_is_as_long_as_the_clocks_of_its_zone_make_it() {
        use chrono_tz::{Africa, America, Asia, Australia, Europe};
        let cases = [
            (
                Europe::Moscow,
                "2030-03-31",
                "2030-03-30T21:00:00+00:00",
                24,
            ),
            (
                Europe::Berlin,
                "2030-03-31",
                "2030-03-30T23:00:00+00:00",
                23,
            ),
            (
                Europe::Berlin,
                "2030-10-27",
                "2030-10-26T22:00:00+00:00",
                25,
            ),
            (Asia::Kolkata, "2030-05-01", "2030-04-30T18:30:00+00:00", 24),
            (
                Asia::Kathmandu,
                "2030-05-01",
                "2030-04-30T18:15:00+00:00",
                24,
            ),
            // Midnight is left out: the day begins at one o'clock.
            (
                America::Sao_Paulo,
                "2018-11-04",
                "2018-11-04T03:00:00+00:00",
                23,
            ),
            (Africa::Cairo, "2024-04-26", "2024-04-25T22:00:00+00:00", 23),
            // The hour before midnight comes twice.
            (
                America::Sao_Paulo,
                "2018-02-17",
                "2018-02-17T02:00:00+00:00",
                25,
            ),
            // By half an hour.
            (
                Australia::Lord_Howe,
                "2030-10-06",
                "2030-10-05T13:30:00+00:00",
                23,
            ),
        ];
        for (zone, day, from, length) in cases {
            assert_eq!(hours(zone, day), (from.to_owned(), length), "{zone} {day}");
        }
    }

    #[test]
    fn days_follow_on_each_other() {
        let zone = chrono_tz::Europe::Berlin;
        let days = days(zone, date("2030-10-20"), date("2030-11-03"));
        assert_eq!(days.len(), 15);
        for pair in days.windows(2) {
            assert_eq!((pair[0].to, pair[0].end), (pair[1].from, pair[1].first));
        }
    }

    #[test]
    fn days_make_stretches_between_changes_of_the_clocks() {
        let of = |zone: Tz, first: &str, last: &str| -> Vec<(i64, i64, i64)> {
            let days = days(zone, date(first), date(last));
            let told = |stretch: Stretch| {
                let count = (stretch.end - stretch.first) / stretch.length;
                (stretch.number, stretch.length, count)
            };
            stretches(&days).into_iter().map(told).collect()
        };
        assert_eq!(of(Tz::UTC, "2030-01-01", "2030-12-31"), [(0, 96, 365)]);
        assert_eq!(
            of(Tz::Europe__Berlin, "2030-03-01", "2030-10-31"),
            [
                (0, 96, 30),
                (30, 92, 1),
                (31, 96, 209),
                (240, 100, 1),
                (241, 96, 4)
            ]
        );
        // Samoa left the 30th out.
        assert_eq!(
            of(Tz::Pacific__Apia, "2011-12-28", "2012-01-01"),
            [(0, 96, 2), (3, 96, 2)]
        );
    }
}
