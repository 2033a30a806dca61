//! Each way from one state to another.

use std::time::Duration;

use super::*;

const ME: i64 = 1;
const OTHER: i64 = 2;
const NONE: [i64; 0] = [];
const PATIENCE: Patience = Patience {
    wait: Duration::from_secs(30),
    longest: Duration::from_secs(600),
    refusals: 3,
};

fn at(time: &str) -> DateTime<Utc> {
    format!("2030-05-01T{time}Z").parse().unwrap()
}

fn trouble() -> Signs {
    Signs {
        trouble: Some("connecting: refused".to_owned()),
        ..Signs::default()
    }
}

fn accepted() -> Signs {
    Signs {
        accepted: 1,
        answered: 1,
        ..Signs::default()
    }
}

fn refused(ids: &[i64]) -> Signs {
    Signs {
        answered: ids.len() as u64,
        refused: ids.to_vec(),
        refusal: Some("550 no".to_owned()),
        ..Signs::default()
    }
}

impl Breaker {
    fn told(&mut self, by: i64, signs: &Signs, now: &str) -> Vec<i64> {
        self.hear(by, signs, &HashSet::new(), PATIENCE, at(now))
    }
}

/// Opened by what is given at 09:00:00.
fn opened_by(signs: &Signs) -> Breaker {
    let mut breaker = Breaker::new(at("08:00:00"));
    breaker.told(ME, signs, "09:00:00");
    assert_eq!(breaker.state, BreakerState::Open);
    breaker
}

#[test]
fn trouble_opens_it_and_time_gives_the_probe_to_one() {
    let mut breaker = opened_by(&trouble());
    assert_eq!(breaker.cause, Some(BreakerCause::Connection));
    assert_eq!(breaker.permission(false, at("09:00:29")), Permission::No);
    assert_eq!(breaker.permission(false, at("09:00:30")), Permission::Probe);
    breaker.probed_by(ME, at("09:00:30"));
    assert_eq!(breaker.state, BreakerState::HalfOpen);
    assert_eq!(breaker.permission(true, at("09:15:29")), Permission::No);
    assert_eq!(breaker.permission(true, at("09:15:30")), Permission::Probe);
    assert_eq!(breaker.permission(false, at("09:00:31")), Permission::Probe);
}

#[test]
fn what_worked_closes_it_and_forgets_the_openings() {
    for signs in [accepted(), refused(&[7])] {
        let mut breaker = opened_by(&trouble());
        breaker.probed_by(ME, at("09:00:30"));
        breaker.told(ME, &signs, "09:00:31");
        assert_eq!(breaker.state, BreakerState::Closed);
        assert_eq!((breaker.openings, breaker.trouble), (0, None));
    }
}

#[test]
fn each_try_that_fails_doubles_the_wait_up_to_the_longest() {
    let mut breaker = opened_by(&trouble());
    let mut waits = vec![];
    for _ in 0..6 {
        let now = breaker.retry_at.unwrap();
        breaker.probed_by(ME, now);
        breaker.hear(ME, &trouble(), &HashSet::new(), PATIENCE, now);
        waits.push((breaker.retry_at.unwrap() - now).num_seconds());
    }
    assert_eq!(waits, [60, 120, 240, 480, 600, 600]);
}

#[test]
fn who_does_not_try_it_neither_opens_nor_closes_it() {
    let mut breaker = opened_by(&trouble());
    let before = breaker.clone();
    breaker.told(OTHER, &trouble(), "09:00:10");
    breaker.told(OTHER, &accepted(), "09:00:11");
    assert_eq!(breaker, before);
    breaker.probed_by(ME, at("09:00:30"));
    let before = breaker.clone();
    breaker.told(OTHER, &trouble(), "09:00:31");
    breaker.told(OTHER, &accepted(), "09:00:32");
    assert_eq!(breaker, before);
}

#[test]
fn trouble_beside_letters_that_were_answered_opens_nothing() {
    let mut breaker = Breaker::new(at("08:00:00"));
    let signs = Signs {
        trouble: trouble().trouble,
        ..accepted()
    };
    breaker.told(ME, &signs, "09:00:00");
    assert_eq!(breaker.state, BreakerState::Closed);
}

#[test]
fn a_probe_without_a_letter_goes_to_the_next_at_once() {
    let mut breaker = opened_by(&trouble());
    breaker.probed_by(ME, at("09:00:30"));
    breaker.probe_given_back(OTHER, at("09:00:31"));
    assert_eq!(breaker.permission(true, at("09:00:31")), Permission::No);
    breaker.probe_given_back(ME, at("09:00:31"));
    assert_eq!(breaker.permission(false, at("09:00:31")), Permission::Probe);
    assert_eq!(breaker.openings, 1);
}

#[test]
fn a_streak_of_refusals_over_several_reports_opens_it_and_brings_its_letters_back() {
    let mut breaker = Breaker::new(at("08:00:00"));
    assert_eq!(breaker.told(ME, &refused(&[1]), "09:00:00"), NONE);
    assert_eq!(breaker.told(OTHER, &refused(&[2]), "09:00:01"), NONE);
    assert_eq!(breaker.state, BreakerState::Closed);
    assert_eq!(
        breaker.told(ME, &refused(&[3, 4]), "09:00:02"),
        [1, 2, 3, 4]
    );
    assert_eq!(breaker.cause, Some(BreakerCause::Refusals));
    assert!(breaker.trouble.as_deref().unwrap().contains("550 no"));
    // Letters that were on their way belong to it.
    assert_eq!(breaker.told(OTHER, &refused(&[5]), "09:00:03"), [5]);
}

#[test]
fn an_acceptance_ends_the_streak() {
    let mut breaker = Breaker::new(at("08:00:00"));
    breaker.told(ME, &refused(&[1, 2]), "09:00:00");
    let ended = Signs {
        accepted: 1,
        ..refused(&[3])
    };
    breaker.told(ME, &ended, "09:00:01");
    assert_eq!(breaker.refused, [3]);
    assert_eq!(breaker.state, BreakerState::Closed);
}

#[test]
fn after_refusals_only_an_acceptance_closes_it_whoever_got_it() {
    let mut breaker = opened_by(&refused(&[1, 2, 3]));
    breaker.probed_by(ME, at("09:00:30"));
    assert_eq!(breaker.told(ME, &refused(&[4]), "09:00:31"), [4]);
    assert_eq!(breaker.state, BreakerState::Open);
    assert_eq!(breaker.retry_at, Some(at("09:01:31")));
    assert_eq!(breaker.told(OTHER, &accepted(), "09:00:32"), NONE);
    assert_eq!(breaker.state, BreakerState::Closed);
}

#[test]
fn a_letter_that_came_back_and_is_refused_again_is_no_sign() {
    let mut breaker = Breaker::new(at("08:00:00"));
    let before = HashSet::from([1, 2, 3]);
    let signs = refused(&[1, 2, 3]);
    assert_eq!(
        breaker.hear(ME, &signs, &before, PATIENCE, at("09:00:00")),
        NONE
    );
    assert_eq!(breaker.state, BreakerState::Closed);
    assert!(breaker.refused.is_empty());
}

#[test]
fn a_server_that_refuses_on_and_on_is_believed_in_the_end() {
    let mut breaker = opened_by(&refused(&[1, 2, 3]));
    let mut tries = 0;
    while breaker.state != BreakerState::Closed {
        let now = breaker.retry_at.unwrap();
        breaker.probed_by(ME, now);
        breaker.hear(ME, &refused(&[4]), &HashSet::from([4]), PATIENCE, now);
        tries += 1;
    }
    assert_eq!(tries, BELIEVED_AFTER);
}
