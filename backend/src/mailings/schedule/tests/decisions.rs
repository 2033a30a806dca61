//! Windows, first runs, missed slots, unknown zones.

use contract::problem::FieldCode;

use super::{at, calendar, daily, ending, monthly, on_day, once, schedule};
use crate::mailings::schedule::{Calendar, Due};

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
