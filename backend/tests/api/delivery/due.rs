//! What those who wait for a mailing on the command line go by: is there still something to do for it now?

use std::time::Duration;

use golub::delivery::ledger::due::is_anything_to_do;

use super::sending::starting_now;
use crate::support::TestApp;
use crate::support::smtp_server::SmtpServer;

async fn is_left(app: &TestApp, run_id: Option<i64>) -> bool {
    let db = app.app.database.read();
    is_anything_to_do(db, run_id, app.app.clock.now())
        .await
        .unwrap()
}

#[actix_web::test]
async fn there_is_something_to_do_from_the_start_of_a_run_to_its_end() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    assert!(!is_left(&app, None).await, "nothing has begun");
    starting_now(&app, &["boris"]).await;
    app.plan_only().await;
    let run = Some(app.runs().await[0].id);
    assert!(is_left(&app, run).await, "a letter is queued");
    assert!(!is_left(&app, run.map(|id| id + 1)).await, "of another run");
    let worker = app.worker().await;
    let held = app.claims(worker.presence.worker_id(), app.runs().await[0].id);
    assert_eq!(held.await.deliveries.len(), 1);
    assert!(is_left(&app, run).await, "a letter is being sent");
    worker.leave().await.unwrap();
    app.run_worker().await;
    assert!(!is_left(&app, None).await, "the run is finished");
}

#[actix_web::test]
async fn what_waits_or_is_held_back_is_nothing_to_do_now() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    assert!(!is_left(&app, None).await, "a retry waits for its time");
    app.pass(Duration::from_secs(3600));
    assert!(is_left(&app, None).await, "its time has come");
    anna.act(&format!("mailings/{mailing}/pause")).await.value();
    assert!(!is_left(&app, None).await, "the mailing is paused");
}
