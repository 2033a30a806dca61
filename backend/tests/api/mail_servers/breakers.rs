//! A breaker on the row: others see it, one worker tries it, and no death and no clock keeps it open.

use std::time::Duration;

use contract::mail_servers::{BreakerCause, BreakerState};

use super::{
    a_worker, accepted, ask, dies, letters, own, return_untried, standing, tell, unreachable,
};
use crate::support::TestApp;
use golub::mail_servers::Signs;

const WAIT: Duration = Duration::from_secs(30);

async fn start() -> TestApp {
    TestApp::with(own(|_| {})).await
}

#[actix_web::test]
async fn a_server_that_works_gives_what_is_wanted_and_has_no_row() {
    let app = start().await;
    let me = a_worker(&app).await;
    assert_eq!(letters(&app, me, 10_000).await, 10_000);
    let told = tell(&app, me, &accepted()).await;
    assert_eq!((told.state, told.since), (BreakerState::Closed, None));
    assert!(told.may_ask(app.app.clock.now()));
}

#[actix_web::test]
async fn what_one_worker_met_keeps_the_others_away_too() {
    let app = start().await;
    let other = app.another_process_with(own(|_| {})).await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    let told = tell(&app, me, &unreachable()).await;
    assert_eq!(told.state, BreakerState::Open);
    assert_eq!(told.cause, Some(BreakerCause::Connection));
    assert_eq!(
        told.trouble.as_deref(),
        Some("connecting: Connection refused")
    );
    assert_eq!(told.retry_at, Some(app.app.clock.now() + WAIT));
    assert!(!told.may_ask(app.app.clock.now()));
    assert_eq!(ask(&app, me, 5).await, None);
    assert_eq!(ask(&other, you, 5).await, None);
}

#[actix_web::test]
async fn of_two_workers_one_wins_the_probe_and_its_success_lets_both_go_on() {
    let app = start().await;
    let other = app.another_process_with(own(|_| {})).await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    other.pass(WAIT);
    let (mine, yours) = tokio::join!(ask(&app, me, 9), ask(&other, you, 9));
    let (prober, granted) = match (mine, yours) {
        (Some(granted), None) => (me, granted),
        (None, Some(granted)) => (you, granted),
        both => panic!("{both:?}"),
    };
    assert_eq!((granted.letters, granted.is_probe), (1, true));
    assert_eq!(standing(&app).await.state, BreakerState::HalfOpen);
    assert_eq!(ask(&app, prober, 9).await, None, "one letter is enough");
    let told = tell(&app, prober, &accepted()).await;
    assert_eq!((told.state, told.trouble), (BreakerState::Closed, None));
    assert_eq!(letters(&app, me, 9).await, 9);
    assert_eq!(letters(&other, you, 9).await, 9);
}

#[actix_web::test]
async fn a_probe_that_fails_waits_twice_as_long_also_after_a_restart() {
    let app = start().await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    let app = app.another_process_with(own(|_| {})).await;
    assert_eq!(ask(&app, me, 9).await, None);
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
}

#[actix_web::test]
async fn a_probe_that_nothing_is_heard_of_is_another_workers_after_a_while() {
    let app = start().await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
    app.pass(Duration::from_secs(14 * 60));
    assert_eq!(ask(&app, you, 9).await, None);
    app.pass(Duration::from_secs(60));
    assert!(standing(&app).await.may_ask(app.app.clock.now()));
    assert!(ask(&app, you, 9).await.unwrap().is_probe);
}

#[actix_web::test]
async fn a_probe_without_an_answer_has_failed() {
    let app = start().await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
    let silence = Signs {
        silence: Some("the connection was closed before an answer".to_owned()),
        ..Signs::default()
    };
    assert_eq!(
        tell(&app, me, &silence).await.state,
        BreakerState::Open,
        "it is tried again later, not never"
    );
}

#[actix_web::test]
async fn a_worker_that_died_with_the_probe_blocks_nobody() {
    let app = start().await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
    app.pass(WAIT * 10);
    assert_eq!(ask(&app, you, 9).await, None, "it lives and tries");
    dies(&app, me).await;
    assert!(standing(&app).await.may_ask(app.app.clock.now()));
    assert!(ask(&app, you, 9).await.unwrap().is_probe);
    assert_eq!(
        tell(&app, you, &accepted()).await.state,
        BreakerState::Closed
    );
}

#[actix_web::test]
async fn a_probe_for_which_there_was_no_letter_is_the_next_ones() {
    let app = start().await;
    let (me, you) = (a_worker(&app).await, a_worker(&app).await);
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    let probe = ask(&app, me, 9).await.unwrap();
    return_untried(&app, me, probe).await;
    assert!(ask(&app, you, 9).await.unwrap().is_probe);
}

#[actix_web::test]
async fn a_transaction_that_fails_leaves_the_breaker_as_it_was() {
    let app = start().await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    app.pass(WAIT);
    let tx = app.app.database.write().await.unwrap();
    let granted = golub::mail_servers::grant(&tx, super::first(&app), me, 9).await;
    assert!(granted.unwrap().unwrap().is_probe);
    tx.rollback().await.unwrap();
    assert_eq!(standing(&app).await.state, BreakerState::Open);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
}

#[actix_web::test]
async fn a_clock_that_jumps_back_by_an_hour_keeps_nothing_open_for_an_hour() {
    let app = start().await;
    let me = a_worker(&app).await;
    tell(&app, me, &unreachable()).await;
    app.at("2030-05-01T05:00:00Z");
    assert_eq!(ask(&app, me, 9).await, None);
    let told = standing(&app).await;
    assert_eq!(told.retry_at, Some(app.app.clock.now() + WAIT));
    app.pass(WAIT);
    assert!(ask(&app, me, 9).await.unwrap().is_probe);
}
