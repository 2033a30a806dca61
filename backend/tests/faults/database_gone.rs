//! Fault 3: PostgreSQL goes away under a worker that lives on. What the worker knows it must not forget: nothing
//! becomes unknown, and nobody gets two.

use std::thread;
use std::time::Duration;

use crate::support::check::Ended;
use crate::support::proxy::Proxy;
use crate::support::scale::sized;
use crate::support::{Chance, Place, Postgres, Report, Settings, Sink, check};

#[test]
fn postgresql_stopped_in_mid_run() {
    let away = sized(Duration::from_secs(10), Duration::from_secs(3));
    let fault = format!("PostgreSQL stopped for {} s", away.as_secs());
    database_goes(&fault, 1, |postgres, sink, begun_limit| {
        postgres.stop();
        let before = sink.count();
        thread::sleep(away);
        let begun_without = sink.count() - before;
        postgres.begin();
        assert!(
            begun_without <= begun_limit,
            "{begun_without} letters left while nothing could be written down"
        );
    });
}

#[test]
fn postgresql_killed_in_mid_run() {
    database_goes("PostgreSQL killed", sized(5, 2), |postgres, _, _| {
        postgres.kill();
        postgres.begin();
    });
}

fn database_goes(fault: &str, times: usize, strike: impl Fn(&mut Postgres, &Sink, usize)) {
    let letters = sized(20_000, 2_000);
    let mut chance = Chance::new();
    let mut postgres = Postgres::start();
    let sink = Sink::start();
    let place = Place::on_postgres(Settings::sending_to(&sink), &postgres);
    let mut report = Report::begin(3, fault, place.engine_name()).seeded(chance.seed);
    let run = place.start_mailing(letters);
    let mut worker = place.worker();
    for moment in chance.spread(times, letters * 8 / 10) {
        worker.wait_for_letters(&sink, moment.max(letters / 20));
        strike(&mut postgres, &sink, place.begun_limit());
        report.blows += 1;
    }
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    let found = check(&place, &run, &[&sink], Ended::Yes)
        .at_most_unknown(0)
        .no_duplicates();
    report.end(&found);
}

/// Whether a commit was made is not known to the one who asked for it.
#[test]
fn connections_cut_around_commits() {
    let (letters, cuts) = sized((20_000, 100), (1_500, 15));
    let mut chance = Chance::new();
    let postgres = Postgres::start();
    let sink = Sink::start();
    let place = Place::on_postgres(Settings::sending_to(&sink), &postgres);
    let mut report = Report::begin(
        3,
        "database connections cut around COMMIT",
        place.engine_name(),
    )
    .seeded(chance.seed);
    let run = place.start_mailing(letters);
    let proxy = Proxy::to(postgres.port, chance.below(u64::MAX), cuts);
    let url = postgres
        .url
        .replace(&postgres.port.to_string(), &proxy.port.to_string());
    let mut worker = place.worker_with(&[("DATABASE_URL", &url)]);
    worker.wait_for_letters(&sink, 1);
    proxy.begin();
    place.wait_until_finished(&run, &mut [&mut worker]);
    report.blows = proxy.cuts();
    report.note(format!("{} of the commits were made", proxy.cuts_after()));
    worker.stop(Place::STOP);
    assert!(proxy.cuts() > 0, "nothing was cut");
    let found = check(&place, &run, &[&sink], Ended::Yes)
        .at_most_unknown(0)
        .no_duplicates();
    report.end(&found);
}
