//! Fault 7: the clock of one worker of two jumps by an hour, in both directions.
//!
//! The real program reads the machine's clock, which a test must not turn. These two workers live in the test, each
//! with a clock that is set by hand, on one PostgreSQL.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use golub::app::App;
use golub::clock::{Clock, HandClock};
use golub::delivery::worker::Worker;
use tokio_util::sync::CancellationToken;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::sink::{Act, Stage};
use crate::support::wait::LONG;
use crate::support::{Place, Postgres, Report, Settings, Sink, check};

/// How often time goes on.
const TICK: Duration = Duration::from_millis(20);
/// Retries that an hour's jump has put off must come due.
const LATER: Duration = Duration::from_secs(3 * 3_600);

#[test]
fn a_clock_jumps_by_an_hour_in_both_directions() {
    let letters = sized(5_000, 1_000);
    let postgres = Postgres::start();
    let sink = Sink::start();
    let place = Place::on_postgres(Settings::sending_to(&sink), &postgres);
    let mut report = Report::begin(
        7,
        "one clock of two jumps by an hour, there and back",
        place.engine_name(),
    );
    let run = place.start_mailing(letters);
    // Some are refused for the moment, so that instants of retries are reckoned on both clocks.
    let refused = AtomicUsize::new(0);
    sink.behave(move |moment| {
        let is_some = moment.stage == Stage::Rcpt && moment.recipient.ends_with("7@example.org");
        if is_some && refused.fetch_add(1, Ordering::Relaxed) < letters / 10 {
            Act::Say(b"451 4.3.0 later\r\n".to_vec())
        } else {
            Act::Well
        }
    });
    let clocks = [HandClock::at(place.now()), HandClock::at(place.now())];
    let finished = |place: &Place| {
        place
            .standing(run.id)
            .is_ok_and(|standing| standing.state == "finished")
    };
    let stop = CancellationToken::new();
    let workers: Vec<_> = clocks
        .iter()
        .map(|clock| {
            let (config, clock, stop) = (place.config(), Clock::Hand(clock.clone()), stop.clone());
            std::thread::spawn(move || {
                actix_web::rt::System::new().block_on(async move {
                    let app = App::start(config, clock).await.unwrap();
                    let mut worker = Worker::enter(app, stop.clone()).await.unwrap();
                    while !stop.is_cancelled() {
                        worker.run_once().await.unwrap();
                        tokio::time::sleep(TICK).await;
                    }
                    worker.leave().await.unwrap();
                });
            })
        })
        .collect();
    let mut moved = (Instant::now(), 0);
    let mut must_move = || {
        if sink.count() != moved.1 {
            moved = (Instant::now(), sink.count());
        }
        assert!(
            moved.0.elapsed() < LONG,
            "{} letters, {:?}\n{}",
            moved.1,
            place.standing(run.id),
            place.unfinished(run.id)
        );
    };
    let moments = [letters / 8, letters / 4, letters / 2, letters * 5 / 8];
    let hour = TimeDelta::hours(1);
    for (moment, jump) in moments.into_iter().zip([hour, -hour, -hour, hour]) {
        while sink.count() < moment {
            must_move();
            pass_time(&clocks, TICK);
        }
        clocks[0].set(Clock::Hand(clocks[0].clone()).now() + jump);
        report.blows += 1;
    }
    while !finished(&place) {
        must_move();
        // What is due on either clock has been sent when nothing moves any more: then hours may pass.
        let before = sink.count();
        (0..50).for_each(|_| pass_time(&clocks, TICK));
        if sink.count() == before {
            // Nobody sleeps so long that the other one would take over: only the calendars go on.
            for clock in &clocks {
                clock.set(Clock::Hand(clock.clone()).now() + LATER);
            }
        }
    }
    stop.cancel();
    for worker in workers {
        worker.join().expect("the worker ends well");
    }
    let found = check(&place, &run, &[&sink], Ended::Yes)
        .at_most_unknown(0)
        .no_duplicates();
    report.end(&found);
}

fn pass_time(clocks: &[HandClock], tick: Duration) {
    std::thread::sleep(tick);
    for clock in clocks {
        clock.advance(tick);
    }
}
