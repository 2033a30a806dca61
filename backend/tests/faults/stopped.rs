//! Fault 6: a worker is told to stop in mid-run, or put to sleep for so long that another one takes over.

use std::time::Duration;

use sea_orm::FromQueryResult;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::sink::{Act, Stage};
use crate::support::wait::LONG;
use crate::support::{Chance, Place, Postgres, Report, Settings, Sink, check, wait_until};

/// Nobody waits longer for a database that is away: nine seconds, and room for a busy machine.
const IN_VAIN: Duration = Duration::from_secs(20);

#[test]
fn told_to_stop_in_mid_run_on_sqlite() {
    let sink = Sink::start();
    let place = Place::on_sqlite(Settings::sending_to(&sink));
    told_to_stop(&place, &sink);
}

#[test]
fn told_to_stop_in_mid_run_on_postgresql() {
    let postgres = Postgres::start();
    let sink = Sink::start();
    let place = Place::on_postgres(Settings::sending_to(&sink), &postgres);
    told_to_stop(&place, &sink);
}

fn told_to_stop(place: &Place, sink: &Sink) {
    let (letters, stops) = sized((20_000, 10), (2_000, 3));
    let mut chance = Chance::new();
    let mut report =
        Report::begin(6, "SIGTERM in mid-run", place.engine_name()).seeded(chance.seed);
    // Answers take a moment, so that there is always something in flight.
    sink.behave(|moment| match moment.stage {
        Stage::Dot => Act::Drip(Duration::from_micros(200)),
        _ => Act::Well,
    });
    let run = place.start_mailing(letters);
    let mut longest = Duration::ZERO;
    for moment in chance.spread(stops, letters * 9 / 10) {
        // The one before may have sent more than until this moment; this one must be in the middle of sending too.
        let arrived = sink.count();
        if arrived == letters {
            break;
        }
        let mut worker = place.worker();
        worker.wait_for_letters(sink, Ord::max(moment, arrived) + 1);
        let (status, took) = worker.stop(Place::STOP);
        assert!(
            status.success(),
            "it ended with {status}:\n{}",
            place.logs()
        );
        longest = Ord::max(longest, took);
        report.blows += 1;
        let left = check(place, &run, &[sink], Ended::No);
        let sending = left.by_state.get(&1).copied().unwrap_or(0);
        assert_eq!(sending, 0, "letters are still held after an orderly stop");
    }
    report.note(format!("longest stop {:.1} s", longest.as_secs_f64()));
    let mut worker = place.worker();
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    let found = check(place, &run, &[sink], Ended::Yes)
        .at_most_unknown(0)
        .no_duplicates();
    report.end(&found);
}

/// Nobody waits for a database that may never come back: what could not be written down is settled later.
#[test]
fn told_to_stop_while_the_database_is_away() {
    let letters = sized(10_000, 1_000);
    let mut postgres = Postgres::start();
    let sink = Sink::start();
    let settings = Settings::sending_to(&sink).with("worker.takeover_after", "6s");
    let place = Place::on_postgres(settings, &postgres);
    let fault = "SIGTERM while PostgreSQL is away";
    let mut report = Report::begin(6, fault, place.engine_name());
    let run = place.start_mailing(letters);
    let mut worker = place.worker();
    worker.wait_for_letters(&sink, letters / 4);
    postgres.stop();
    let (status, took) = worker.stop(Place::STOP);
    report.blows += 1;
    report.note(format!("stopped after {:.1} s", took.as_secs_f64()));
    assert!(!status.success(), "it must not say that all is well");
    assert!(took < IN_VAIN, "it took {took:?}");
    postgres.begin();
    let mut worker = place.worker();
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    let found = check(&place, &run, &[&sink], Ended::Yes).at_most_unknown(place.begun_limit());
    report.end(&found);
}

/// It wakes when another worker has taken its letters over: what it had not begun it must not send.
#[test]
fn put_to_sleep_until_another_worker_takes_over() {
    let (letters, sleeps) = sized((10_000, 3), (3_000, 1));
    let mut chance = Chance::new();
    let postgres = Postgres::start();
    let sink = Sink::start();
    let settings = Settings::sending_to(&sink).with("worker.takeover_after", "6s");
    let place = Place::on_postgres(settings, &postgres);
    let mut report = Report::begin(
        6,
        "SIGSTOP past takeover, then SIGCONT",
        place.engine_name(),
    )
    .seeded(chance.seed);
    // The other one must not be done with everything before it takes over.
    sink.behave(|moment| match moment.stage {
        Stage::Dot => Act::Drip(Duration::from_millis(3)),
        _ => Act::Well,
    });
    let run = place.start_mailing(letters);
    let mut asleep = place.worker();
    for moment in chance.spread(sleeps, letters / 2) {
        asleep.wait_for_letters(&sink, moment + 1);
        let sleeper = workers(&place);
        asleep.signal("STOP");
        let other = place.worker();
        wait_until("the other worker to take over", LONG, || {
            let left = workers(&place);
            let is_taken_over = sleeper.iter().all(|id| !left.contains(id));
            is_taken_over.then_some(()).ok_or_else(|| other.log())
        });
        asleep.signal("CONT");
        report.blows += 1;
        wait_until("the sleeper to go on as a new worker", LONG, || {
            let is_back = workers(&place).len() == 2;
            is_back.then_some(()).ok_or_else(|| place.logs())
        });
        let woken = std::mem::replace(&mut asleep, other);
        woken.stop(Place::STOP);
    }
    place.wait_until_finished(&run, &mut [&mut asleep]);
    asleep.stop(Place::STOP);
    let found =
        check(&place, &run, &[&sink], Ended::Yes).at_most_unknown(sleeps * place.begun_limit());
    report.end(&found);
}

fn workers(place: &Place) -> Vec<i64> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let rows: Vec<Id> = place
        .rows("SELECT id FROM workers WHERE id > $1", 0)
        .unwrap();
    rows.into_iter().map(|row| row.id).collect()
}
