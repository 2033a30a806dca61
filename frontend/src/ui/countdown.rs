//! Seconds that run down to an instant, such as until something may be asked for again.

use chrono::{DateTime, Utc};
use yew::prelude::*;

use super::time::now;
use super::use_every;

/// How many seconds are left until then; the component is drawn again with each of them.
#[hook]
pub fn use_countdown(until: Option<DateTime<Utc>>) -> u64 {
    let redraw = use_force_update();
    let left = until.map_or(0, |until| seconds_left(until, now()));
    use_every(
        1_000,
        left > 0,
        Callback::from(move |()| redraw.force_update()),
    );
    left
}

/// A begun second counts: at 0 it is time.
fn seconds_left(until: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    let milliseconds = (until - now).num_milliseconds();
    u64::try_from(milliseconds).unwrap_or(0).div_ceil(1_000)
}

/// `0:42`
pub fn as_clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + milliseconds).expect("a time in range")
    }

    #[test]
    fn a_begun_second_counts_and_what_has_passed_is_nothing() {
        assert_eq!(seconds_left(at(60_000), at(0)), 60);
        assert_eq!(seconds_left(at(60_000), at(59_001)), 1);
        assert_eq!(seconds_left(at(60_000), at(60_000)), 0);
        assert_eq!(seconds_left(at(0), at(5_000)), 0);
    }

    #[test]
    fn seconds_are_shown_as_a_clock() {
        assert_eq!(as_clock(60), "1:00");
        assert_eq!(as_clock(42), "0:42");
        assert_eq!(as_clock(3_605), "60:05");
    }
}
