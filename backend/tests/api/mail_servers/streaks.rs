//! A streak of refusals: the letters come back, the suppressions are undone, the counters agree.

use std::time::Duration;

use contract::mail_servers::{BreakerCause, BreakerState};
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::RunStateWord;
use golub::recipients::entity as recipient;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{a_worker, refusing, standing, tell};
use crate::delivery::sending::starting_now;
use crate::support::TestApp;
use crate::support::smtp_server::SmtpServer;

/// A service whose server refuses three addresses; three refusals in a row are a streak.
async fn refused_by(server: &SmtpServer) -> TestApp {
    for name in ["boris", "vera", "gleb"] {
        let address = format!("{name}@example.org");
        server.refuses(&address, "550 5.1.1 No relaying for you");
    }
    let url = server.url().parse().unwrap();
    TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.mail.breaker.refusals = 3;
    })
    .await
}

/// What is planned is sent, and nothing is finished.
async fn sends(app: &TestApp) {
    let mut worker = app.worker().await;
    while !worker.planner.pass().await.unwrap().is_idle() {}
    worker.sender.pass().await.unwrap();
    worker.leave().await.unwrap();
}

async fn suppressed(app: &TestApp) -> u64 {
    let suppressed =
        recipient::Entity::find().filter(recipient::Column::SuppressedAt.is_not_null());
    suppressed.count(app.app.database.read()).await.unwrap()
}

async fn all_deliveries(app: &TestApp) -> Vec<i64> {
    let deliveries = app.deliveries().await;
    deliveries.iter().map(|delivery| delivery.id).collect()
}

#[actix_web::test]
async fn letters_of_a_streak_come_back_and_nobody_stays_suppressed() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera", "gleb"]).await;
    sends(&app).await;
    let me = a_worker(&app).await;
    let told = tell(&app, me, &refusing(&all_deliveries(&app).await)).await;
    assert_eq!(told.state, BreakerState::Open);
    assert_eq!(told.cause, Some(BreakerCause::Refusals));
    assert!(told.trouble.unwrap().contains("in a row"));
    assert_eq!(app.states().await, [State::Queued; 3]);
    assert_eq!(suppressed(&app).await, 0);
    assert_eq!(app.attempts().await.len(), 3, "the log forgets nothing");
    app.sums_agree().await;

    server.recovers();
    app.pass(Duration::from_secs(30));
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 3]);
}

#[actix_web::test]
async fn who_is_refused_again_after_that_stays_refused() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera", "gleb"]).await;
    sends(&app).await;
    let me = a_worker(&app).await;
    let all = all_deliveries(&app).await;
    tell(&app, me, &refusing(&all)).await;
    assert_eq!(
        tell(&app, me, &super::accepted()).await.state,
        BreakerState::Closed
    );
    app.pass(Duration::from_secs(30));
    sends(&app).await;
    let told = tell(&app, me, &refusing(&all)).await;
    assert_eq!(
        (told.state, told.refused_in_a_row),
        (BreakerState::Closed, 0)
    );
    assert_eq!(app.states().await, [State::Failed; 3]);
    assert_eq!(suppressed(&app).await, 3);
}

#[actix_web::test]
async fn fewer_refusals_than_a_streak_leave_the_letters_failed() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera"]).await;
    sends(&app).await;
    let me = a_worker(&app).await;
    let told = tell(&app, me, &refusing(&all_deliveries(&app).await)).await;
    assert_eq!(
        (told.state, told.refused_in_a_row),
        (BreakerState::Closed, 2)
    );
    assert_eq!(app.states().await, [State::Failed; 2]);
    assert_eq!(suppressed(&app).await, 2);
}

#[actix_web::test]
async fn a_run_that_has_finished_stays_finished_but_nobody_stays_suppressed() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    let me = a_worker(&app).await;
    tell(&app, me, &refusing(&all_deliveries(&app).await)).await;
    assert_eq!(app.runs().await[0].state, RunStateWord::Finished);
    let told = tell(&app, me, &refusing(&[1_000])).await;
    assert_eq!(told.state, BreakerState::Open);
    assert_eq!(app.states().await, [State::Failed; 2]);
    assert_eq!(suppressed(&app).await, 0);
    app.sums_agree().await;
    assert_eq!(standing(&app).await.refused_in_a_row, 0);
}

#[actix_web::test]
async fn the_worker_itself_notices_a_streak_and_tries_again_with_one_letter() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera", "gleb"]).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued; 3]);
    assert_eq!(suppressed(&app).await, 0);
    assert_eq!(standing(&app).await.state, BreakerState::Open);
    app.run_worker().await;
    assert_eq!(
        app.attempts().await.len(),
        3,
        "it is left alone for a while"
    );

    app.pass(Duration::from_secs(30));
    app.run_worker().await;
    assert_eq!(app.attempts().await.len(), 4, "one letter tries it");
    assert_eq!(app.states().await, [State::Queued; 3]);
    server.recovers();
    app.pass(Duration::from_secs(60));
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 3]);
    assert_eq!(standing(&app).await.state, BreakerState::Closed);
}

#[actix_web::test]
async fn a_list_of_dead_addresses_ends_failed_and_suppressed() {
    let server = SmtpServer::start().await;
    let app = refused_by(&server).await;
    starting_now(&app, &["boris", "vera", "gleb"]).await;
    for _ in 0..12 {
        app.run_worker().await;
        app.pass(Duration::from_secs(600));
    }
    assert_eq!(app.states().await, [State::Failed; 3]);
    assert_eq!(suppressed(&app).await, 3);
    assert_eq!(standing(&app).await.state, BreakerState::Closed);
}
