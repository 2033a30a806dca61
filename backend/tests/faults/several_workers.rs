//! Fault 2: several workers on one PostgreSQL, killed in turn.

use std::thread;
use std::time::Duration;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::wait::LONG;
use crate::support::{Chance, Golub, Place, Postgres, Report, Settings, Sink, check, wait_until};

#[test]
fn two_workers_killed_in_turn() {
    killed_in_turn(2);
}

#[test]
fn four_workers_killed_in_turn() {
    killed_in_turn(4);
}

fn killed_in_turn(count: usize) {
    let (letters, kills) = sized((20_000, 12), (2_000, 4));
    let mut chance = Chance::new();
    let postgres = Postgres::start();
    let sink = Sink::start();
    let settings = Settings::sending_to(&sink).with("worker.takeover_after", "12s");
    let place = Place::on_postgres(settings, &postgres);
    let fault = format!("{count} workers killed in turn");
    let mut report = Report::begin(2, &fault, place.engine_name()).seeded(chance.seed);
    let run = place.start_mailing(letters);
    let mut workers: Vec<Golub> = (0..count).map(|_| place.worker()).collect();
    for (turn, moment) in chance
        .spread(kills, letters * 9 / 10)
        .into_iter()
        .enumerate()
    {
        wait_until("letters to arrive before a kill", LONG, || {
            workers.iter_mut().for_each(Golub::must_live);
            match sink.count() {
                arrived if arrived >= moment => Ok(()),
                arrived => Err(format!("{arrived} of {moment}\n{}", place.logs())),
            }
        });
        thread::sleep(chance.up_to(Duration::from_millis(20)));
        let next = place.worker();
        let victim = std::mem::replace(&mut workers[turn % count], next);
        victim.kill();
    }
    report.blows = kills;
    place.wait_until_finished(&run, &mut workers.iter_mut().collect::<Vec<_>>());
    for worker in workers {
        worker.stop(Place::STOP);
    }
    let found =
        check(&place, &run, &[&sink], Ended::Yes).at_most_unknown(kills * place.begun_limit());
    report.end(&found);
}
