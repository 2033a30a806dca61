//! Fault 8: a large mailing does not hold up small ones.

use std::time::{Duration, Instant};

use crate::support::check::Ended;
use crate::support::place::Run;
use crate::support::scale::sized;
use crate::support::wait::LONG;
use crate::support::{Place, Postgres, Report, Settings, Sink, check, wait_until};

const SMALL: usize = 5;
/// So many small ones, one after the other: one alone may meet the machine at a bad moment.
const SMALL_ONES: usize = 5;
/// From its start until its last letter has arrived.
const LIMIT: Duration = Duration::from_secs(2);
/// On a machine where a small one alone takes longer: so many times that long.
const SLOWER: u32 = 3;

#[test]
fn a_small_mailing_beside_a_large_one_on_sqlite() {
    let sink = Sink::start();
    let place = Place::on_sqlite(settings(&sink));
    small_beside_large(&place, &sink);
}

#[test]
fn a_small_mailing_beside_a_large_one_on_postgresql() {
    let postgres = Postgres::start();
    let sink = Sink::start();
    let place = Place::on_postgres(settings(&sink), &postgres);
    small_beside_large(&place, &sink);
}

/// As it comes: how often it is looked is part of what is measured.
fn settings(sink: &Sink) -> Settings {
    Settings::sending_to(sink).with("worker.every", "1s")
}

fn small_beside_large(place: &Place, sink: &Sink) {
    let letters = sized(200_000, 60_000);
    let fault = format!("a mailing of {letters} beside one of {SMALL}");
    let mut report = Report::begin(8, &fault, place.engine_name());
    let mut worker = place.worker();
    let mut small_runs = Vec::new();
    let mut small = || {
        let (run, took) = small_one(place, sink);
        small_runs.push(run);
        took
    };
    let mut alone: Vec<Duration> = (0..SMALL_ONES).map(|_| small()).collect();
    let large = place.start_mailing(letters);
    worker.wait_for_letters(sink, letters / 100);
    let mut times: Vec<Duration> = (0..SMALL_ONES).map(|_| small()).collect();
    let arrived = sink
        .accepted()
        .iter()
        .filter(|letter| letter.run_id == large.id)
        .count();
    assert!(
        arrived < letters,
        "the large mailing was out before the small ones: nothing was measured"
    );
    report.blows = SMALL_ONES;
    // What is stopped while it is being planned has no letters for those it had not come to.
    wait_until("the large mailing to be planned", LONG, || {
        match place.standing(large.id) {
            Ok(standing) if standing.audience.is_some() => Ok(()),
            _ => Err(format!("{} letters", sink.count())),
        }
    });
    place.stop_mailing(&large);
    for run in small_runs.iter().chain([&large]) {
        place.wait_until_finished(run, &mut [&mut worker]);
    }
    worker.stop(Place::STOP);
    alone.sort_unstable();
    times.sort_unstable();
    let (median, worst) = (times[SMALL_ONES / 2], times[SMALL_ONES - 1]);
    report.note(format!(
        "out after {:.1} s (median of {SMALL_ONES}), {:.1} s at worst; the large one was stopped then",
        median.as_secs_f64(),
        worst.as_secs_f64()
    ));
    let mut found = check(place, &large, &[sink], Ended::Yes);
    for run in &small_runs {
        found = found.and(check(place, run, &[sink], Ended::Yes));
    }
    report.end(&found.at_most_unknown(0).no_duplicates());
    let limit = Ord::max(LIMIT, alone[SMALL_ONES / 2] * SLOWER);
    assert!(
        median < limit,
        "the small mailings took {times:?}, the limit is {limit:?}"
    );
}

/// A mailing of its own to a few people, and how long it took until all had their letter.
fn small_one(place: &Place, sink: &Sink) -> (Run, Duration) {
    let owner = place.new_owner(SMALL);
    let begun = Instant::now();
    let run = place.start_mailing_of(owner);
    wait_until("the small mailing to arrive", LONG, || {
        let all = sink.accepted();
        let count = all
            .iter()
            .rev()
            .filter(|letter| letter.run_id == run.id)
            .count();
        if count >= SMALL {
            Ok(())
        } else {
            Err(format!("{count} letters\n{}", place.logs()))
        }
    });
    (run, begun.elapsed())
}
