//! Fault 1: the worker is killed at random moments of one run, again and again.

use std::thread;
use std::time::Duration;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::{Chance, Place, Postgres, Report, Settings, Sink, check};

#[test]
fn killed_at_random_moments_of_a_run_on_sqlite() {
    let sink = Sink::start();
    let place = Place::on_sqlite(Settings::sending_to(&sink));
    kill_again_and_again(&place, &sink);
}

#[test]
fn killed_at_random_moments_of_a_run_on_postgresql() {
    let postgres = Postgres::start();
    let sink = Sink::start();
    let settings = Settings::sending_to(&sink).with("worker.takeover_after", "2s");
    let place = Place::on_postgres(settings, &postgres);
    kill_again_and_again(&place, &sink);
}

fn kill_again_and_again(place: &Place, sink: &Sink) {
    let (letters, kills) = sized((20_000, 30), (2_000, 6));
    let mut chance = Chance::new();
    let mut report = Report::begin(1, "worker killed at random moments", place.engine_name())
        .seeded(chance.seed);
    let run = place.start_mailing(letters);
    // Some while the run is being planned or the program starts, the others anywhere on the way.
    let (early, late) = (kills / 6, kills - kills / 6);
    for _ in 0..early {
        let worker = place.worker();
        thread::sleep(chance.up_to(Duration::from_millis(1_000)));
        worker.kill();
    }
    for moment in chance.spread(late, letters * 98 / 100) {
        let mut worker = place.worker();
        worker.wait_for_letters(sink, moment);
        thread::sleep(chance.up_to(Duration::from_millis(20)));
        worker.kill();
    }
    report.blows = kills;
    let mut worker = place.worker();
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    let found =
        check(place, &run, &[sink], Ended::Yes).at_most_unknown(kills * place.begun_limit());
    report.end(&found);
}
