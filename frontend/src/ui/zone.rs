//! Clocks on the wall: from a date and a time in a zone to the instant that is meant, and back.
//!
//! The zones' rules are those of the browser (`Intl`), so that no copy of them has to be downloaded. What to do
//! at clock changes is decided here, as the service does (RFC 5545, 3.3.5).

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

/// What the clocks of a zone show at an instant; without such a zone, what those in UTC show.
pub fn local(instant: DateTime<Utc>, zone: &str) -> NaiveDateTime {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    set("timeZone", zone);
    set("hourCycle", "h23");
    set("year", "numeric");
    for name in ["month", "day", "hour", "minute", "second"] {
        set(name, "2-digit");
    }
    let date = Date::new(&JsValue::from_f64(instant.timestamp_millis() as f64));
    // Swedes write dates the way programs do: 2026-11-20 09:00:00.
    let written: String = date.to_locale_string("sv-SE", &options).into();
    NaiveDateTime::parse_from_str(&written, "%Y-%m-%d %H:%M:%S")
        .unwrap_or_else(|_| instant.naive_utc())
}

/// The instant at which the clocks of a zone show this.
pub fn instant(shown: NaiveDateTime, zone: &str) -> DateTime<Utc> {
    instant_by(shown, |instant| local(instant, zone) - instant.naive_utc())
}

/// The instant at which a day begins in a zone.
pub fn midnight(day: NaiveDate, zone: &str) -> DateTime<Utc> {
    instant(day.and_time(chrono::NaiveTime::MIN), zone)
}

/// A time that the clocks skip takes the offset before the change; of one shown twice the first is meant.
fn instant_by(
    shown: NaiveDateTime,
    offset_at: impl Fn(DateTime<Utc>) -> Duration,
) -> DateTime<Utc> {
    let near = shown.and_utc();
    // No zone is further than 14 hours from UTC, so the change, if there is one, lies between these two.
    let before = offset_at(near - Duration::hours(24));
    let after = offset_at(near + Duration::hours(24));
    let fits = |offset: Duration| offset_at(near - offset) == offset;
    if !fits(before) && fits(after) {
        near - after
    } else {
        near - before
    }
}

/// A zone's name as people read it: "America/New York".
pub fn shown(zone: &str) -> String {
    zone.replace('_', " ")
}

/// The zones that the browser knows, in the order of their names.
pub fn all() -> Vec<String> {
    let supported: Option<Function> = Reflect::get(&intl(), &"supportedValuesOf".into())
        .ok()
        .and_then(|found| found.dyn_into().ok());
    let listed = supported
        .and_then(|list| list.call1(&JsValue::UNDEFINED, &"timeZone".into()).ok())
        .map(|names| Array::from(&names));
    let names = listed.iter().flat_map(Array::iter);
    let mut zones: Vec<String> = names.filter_map(|name| name.as_string()).collect();
    if !zones.iter().any(|zone| zone == "UTC") {
        zones.push("UTC".to_owned());
    }
    zones
}

fn intl() -> JsValue {
    Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or(JsValue::UNDEFINED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a date and a time")
    }

    /// Berlin in 2026: an hour ahead, two from 29 March to 25 October, both at 01:00 UTC.
    fn berlin(instant: DateTime<Utc>) -> Duration {
        let summer = at("2026-03-29 01:00")..at("2026-10-25 01:00");
        Duration::hours(if summer.contains(&instant.naive_utc()) {
            2
        } else {
            1
        })
    }

    /// New York in 2026: five hours behind, four from 8 March 07:00 to 1 November 06:00 UTC.
    fn new_york(instant: DateTime<Utc>) -> Duration {
        let summer = at("2026-03-08 07:00")..at("2026-11-01 06:00");
        Duration::hours(if summer.contains(&instant.naive_utc()) {
            -4
        } else {
            -5
        })
    }

    #[test]
    fn berlin_through_the_year() {
        let cases = [
            ("2026-01-15 09:00", "2026-01-15 08:00"),
            ("2026-07-15 09:00", "2026-07-15 07:00"),
            ("2026-03-29 01:59", "2026-03-29 00:59"),
            // Skipped: the offset before the change, so that it is an hour later on the clock.
            ("2026-03-29 02:30", "2026-03-29 01:30"),
            ("2026-03-29 03:00", "2026-03-29 01:00"),
            ("2026-10-25 01:59", "2026-10-24 23:59"),
            // Shown twice: the first.
            ("2026-10-25 02:30", "2026-10-25 00:30"),
            ("2026-10-25 03:00", "2026-10-25 02:00"),
        ];
        for (shown, instant) in cases {
            assert_eq!(
                instant_by(at(shown), berlin).naive_utc(),
                at(instant),
                "{shown}"
            );
        }
    }

    #[test]
    fn new_york_through_the_year() {
        let cases = [
            ("2026-03-08 01:30", "2026-03-08 06:30"),
            ("2026-03-08 02:30", "2026-03-08 07:30"),
            ("2026-03-08 03:30", "2026-03-08 07:30"),
            ("2026-11-01 00:59", "2026-11-01 04:59"),
            ("2026-11-01 01:30", "2026-11-01 05:30"),
            ("2026-11-01 02:00", "2026-11-01 07:00"),
        ];
        for (shown, instant) in cases {
            assert_eq!(
                instant_by(at(shown), new_york).naive_utc(),
                at(instant),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_zone_without_changes() {
        let kolkata = |_| Duration::minutes(330);
        assert_eq!(
            instant_by(at("2026-05-01 09:00"), kolkata).naive_utc(),
            at("2026-05-01 03:30")
        );
    }
}
