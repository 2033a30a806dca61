//! Budgets against a plain recount of what was taken when.

use super::*;

fn at(time: &str) -> DateTime<Utc> {
    format!("2030-05-01T{time}Z").parse().unwrap()
}

fn per_hour(limit: u64) -> Limits {
    Limits {
        per_hour: Some(limit),
        ..Limits::default()
    }
}

#[test]
fn without_limits_all_is_given_and_nothing_noted() {
    let mut spent = Spent::nothing(at("09:00:00"));
    assert_eq!(
        spent.take(Limits::default(), 10_000, at("09:00:00")),
        10_000
    );
    assert_eq!(spent, Spent::nothing(at("09:00:00")));
    assert_eq!(spent.free_at(Limits::default(), at("09:00:00")), None);
}

#[test]
fn an_hour_is_used_up_and_comes_back() {
    let mut spent = Spent::nothing(at("09:00:00"));
    let limits = per_hour(100);
    assert_eq!(spent.take(limits, 70, at("09:00:30")), 70);
    assert_eq!(spent.take(limits, 70, at("09:10:00")), 30);
    assert_eq!(spent.take(limits, 70, at("09:59:59")), 0);
    let used = spent.used(limits, at("09:59:59"))[0];
    assert_eq!((used.used, used.limit), (100, 100));
    assert_eq!(used.free_at, Some(at("10:02:00")));
    assert_eq!(spent.take(limits, 100, at("10:01:59")), 0);
    assert_eq!(spent.take(limits, 100, at("10:02:00")), 70);
    assert_eq!(spent.free_at(limits, at("10:02:00")), Some(at("10:12:00")));
}

#[test]
fn no_hour_and_no_day_ever_gets_more_wherever_it_begins() {
    let limits = Limits {
        per_second: None,
        per_hour: Some(50),
        per_day: Some(400),
    };
    let mut now = at("00:00:00");
    let mut spent = Spent::nothing(now);
    let mut taken: Vec<(DateTime<Utc>, u64)> = Vec::new();
    // Three days in steps that fit no slot, asking for whatever is there.
    for step in 0..6_000u64 {
        let letters = spent.take(limits, 1 + step % 17, now);
        taken.push((now, letters));
        now += TimeDelta::milliseconds(41_000 + (step as i64 * 7_919) % 3_000);
    }
    for (window, limit) in [(TimeDelta::hours(1), 50), (TimeDelta::days(1), 400)] {
        let mut most = 0;
        for (place, (begins, _)) in taken.iter().enumerate() {
            let inside = taken[place..].iter();
            let sum: u64 = inside
                .take_while(|(instant, _)| *instant <= *begins + window)
                .map(|(_, letters)| letters)
                .sum();
            most = most.max(sum);
        }
        assert_eq!(most, limit, "in {window}");
    }
}

#[test]
fn what_is_given_back_can_be_taken_again() {
    let mut spent = Spent::nothing(at("09:00:00"));
    let limits = per_hour(100);
    assert_eq!(spent.take(limits, 100, at("09:00:59")), 100);
    spent.give_back(limits, 40, at("09:00:59"), at("09:01:02"));
    assert_eq!(spent.take(limits, 100, at("09:01:02")), 40);
    // Never more than was taken then.
    spent.give_back(limits, 1_000, at("09:00:59"), at("09:01:03"));
    assert_eq!(spent.take(limits, 1_000, at("09:01:03")), 60);
}

#[test]
fn a_second_is_paced_and_never_gets_more() {
    for rate in [1u64, 3, 10, 50, 999] {
        let limits = Limits {
            per_second: Some(rate),
            ..Limits::default()
        };
        let mut now = at("09:00:00");
        let mut spent = Spent::nothing(now);
        let mut taken: Vec<(DateTime<Utc>, u64)> = Vec::new();
        for _ in 0..2_000 {
            let letters = spent.take(limits, u64::MAX, now);
            assert!(letters <= burst(rate));
            taken.push((now, letters));
            now += TimeDelta::milliseconds(7);
        }
        let most = taken.iter().enumerate().map(|(place, (begins, _))| {
            let inside = taken[place..].iter();
            inside
                .take_while(|(instant, _)| *instant < *begins + SECOND)
                .map(|(_, letters)| letters)
                .sum::<u64>()
        });
        assert!(most.max().unwrap() <= rate, "{rate}");
        let all: u64 = taken.iter().map(|(_, letters)| letters).sum();
        assert!(all as f64 >= rate as f64 * 14.0 * 0.95, "{rate}: {all}");
    }
}

#[test]
fn time_that_was_not_used_comes_back() {
    let limits = Limits {
        per_second: Some(10),
        ..Limits::default()
    };
    let mut spent = Spent::nothing(at("09:00:00"));
    assert_eq!(spent.take(limits, 100, at("09:00:00")), 5);
    assert_eq!(spent.free_at, at("09:00:00.5"));
    spent.give_back(limits, 3, at("09:00:00"), at("09:00:00.1"));
    assert_eq!(spent.free_at, at("09:00:00.2"));
    spent.give_back(limits, 2, at("09:00:00"), at("09:00:00.1"));
    assert_eq!(spent.free_at, at("09:00:00.1"));
    assert_eq!(spent.take(limits, 100, at("09:00:00.1")), 5);
}

#[test]
fn a_limit_that_was_lowered_waits_for_what_was_sent() {
    let mut spent = Spent::nothing(at("09:00:00"));
    assert_eq!(spent.take(per_hour(100), 100, at("09:00:00")), 100);
    assert_eq!(spent.take(per_hour(10), 1, at("09:30:00")), 0);
    assert_eq!(
        spent.free_at(per_hour(10), at("09:30:00")),
        Some(at("10:02:00"))
    );
}
