//! Fault 9: one mail server of two is down. The other one takes all letters, and the first its part again when it
//! is back.

use std::time::Duration;

use crate::support::check::Ended;
use crate::support::scale::sized;
use crate::support::sink::{Act, Stage};
use crate::support::wait::LONG;
use crate::support::{Place, Postgres, Report, Settings, Sink, check, wait_until};

#[test]
fn one_mail_server_of_two_is_down_on_sqlite() {
    let sinks = [Sink::start(), Sink::start()];
    let place = Place::on_sqlite(settings(&sinks));
    one_is_down(&place, &sinks);
}

#[test]
fn one_mail_server_of_two_is_down_on_postgresql() {
    let postgres = Postgres::start();
    let sinks = [Sink::start(), Sink::start()];
    let place = Place::on_postgres(settings(&sinks), &postgres);
    one_is_down(&place, &sinks);
}

fn settings(sinks: &[Sink; 2]) -> Settings {
    let [a, b] = sinks.each_ref().map(Sink::url);
    Settings::sending_to(&sinks[0])
        .without("mail.smtp_url")
        .with_raw(
            "mail.servers",
            &format!("[{{ name = 'a', url = '{a}' }}, {{ name = 'b', url = '{b}' }}]"),
        )
        // The run is not over before a server that is back has been asked again.
        .with("mail.breaker.wait", "200ms")
        .with("mail.breaker.longest", "400ms")
}

fn one_is_down(place: &Place, sinks: &[Sink; 2]) {
    let letters = sized(20_000, 2_000);
    let mut report = Report::begin(9, "one mail server of two is down", place.engine_name());
    let [steady, failing] = sinks;
    let count = || steady.count() + failing.count();
    // Answers take a moment, so that the run is not over before the server is back.
    let slow = |stage| match stage {
        Stage::Dot => Act::Drip(Duration::from_millis(1)),
        _ => Act::Well,
    };
    for sink in sinks {
        sink.behave(move |moment| slow(moment.stage));
    }
    let run = place.start_mailing(letters);
    let mut worker = place.worker();
    let mut wait_for = |what: &str, is_so: &dyn Fn() -> bool| {
        wait_until(what, LONG, || {
            worker.must_live();
            is_so()
                .then_some(())
                .ok_or_else(|| format!("{steady:?} {failing:?}\n{}", worker.log()))
        });
    };
    wait_for("both to be given letters", &|| {
        steady.count() > letters / 20 && failing.count() > letters / 20
    });
    failing.behave(|_| Act::Close);
    report.blows += 1;
    let (before, here) = (failing.count(), count());
    wait_for("the other one to take over", &|| {
        count() > here + letters / 5
    });
    let while_down = failing.count() - before;
    assert_eq!(while_down, 0, "a server that is down has accepted letters");
    failing.behave(move |moment| slow(moment.stage));
    wait_for("the first to be given letters again", &|| {
        failing.count() > before + letters / 20
    });
    place.wait_until_finished(&run, &mut [&mut worker]);
    worker.stop(Place::STOP);
    report.note(format!(
        "{} letters over one, {} over the other",
        steady.count(),
        failing.count()
    ));
    // The server has closed upon some letters after their last dot: those nobody knows about.
    let found =
        check(place, &run, &[steady, failing], Ended::Yes).at_most_unknown(place.begun_limit());
    report.end(&found.no_duplicates());
}
