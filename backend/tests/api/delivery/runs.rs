//! When runs start, what they take with them, and how they follow each other.

use contract::problem::ErrorCode;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::{EndReasonWord, RunStateWord};
use serde_json::json;

use crate::support::TestApp;
use crate::support::smtp_server::SmtpServer;

#[actix_web::test]
async fn an_occurrence_waits_for_first_tries_and_supersedes_retries() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    app.at("2030-05-02T06:00:00Z");
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();

    // Nothing of the first run was tried when the second occurrence falls due.
    app.at("2030-05-03T06:00:00Z");
    worker.planner.pass().await.unwrap();
    assert_eq!(app.runs().await.len(), 1);
    anna.act(&format!("mailings/{mailing}/send"))
        .await
        .refused(409, ErrorCode::RunInProgress);

    worker.sender.pass().await.unwrap();
    assert_eq!(app.states().await, [State::Queued]);
    server.recovers();
    app.drive(&mut worker).await;
    let deliveries = app.deliveries().await;
    assert_eq!(
        (deliveries[0].state, deliveries[0].reason),
        (State::Skipped, Some(EndReasonWord::Superseded))
    );
    assert_eq!(deliveries[1].state, State::Sent);
}

#[actix_web::test]
async fn a_run_keeps_the_message_and_the_audience_it_started_with() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    let boris = anna.recipient("boris").await;
    let vera = anna.recipient("vera").await;
    let message = app.message(&anna, "First").await;
    let mailing = anna
        .mailing(message, json!({"audience": {"recipient_ids": [boris]}}))
        .await
        .id;
    anna.act(&format!("mailings/{mailing}/send")).await.value();
    let other = app.message(&anna, "Second").await;
    let change = json!({"message_id": other, "audience": {"recipient_ids": [vera]}});
    assert_eq!(
        anna.patch(&format!("mailings/{mailing}"), change)
            .await
            .status,
        200
    );
    let late = anna.recipient("late").await;
    assert!(late > vera);
    app.run_worker().await;
    assert_eq!(app.runs().await[0].subject, "First");
    let [delivery] = &app.deliveries().await[..] else {
        panic!("not one delivery")
    };
    assert_eq!(delivery.email, "boris@example.org");

    anna.act(&format!("mailings/{mailing}/send")).await.value();
    app.run_worker().await;
    assert_eq!(app.deliveries().await[1].email, "vera@example.org");
}

#[actix_web::test]
async fn an_audience_is_known_only_when_it_is_written_down_whole() {
    let server = SmtpServer::start().await;
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.delivery.plan_step = 3;
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 125).await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    anna.act(&format!("mailings/{mailing}/send")).await.value();
    let worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    let run = app.runs().await.remove(0);
    assert_eq!((run.state, run.audience), (RunStateWord::Planning, None));
    // The planner dies in the middle; whoever comes next goes on from there.
    drop(worker);
    anna.recipient("too-late").await;
    if app.app.database.engine() == golub::database::Engine::Postgres {
        app.pass(app.app.config.worker.takeover_after);
    }
    app.run_worker().await;
    let run = app.runs().await.remove(0);
    assert_eq!(
        (run.state, run.audience),
        (RunStateWord::Finished, Some(125))
    );
    assert_eq!(server.letters().len(), 125);
}

#[actix_web::test]
async fn a_mailing_to_nobody_finishes_its_run_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    anna.act(&format!("mailings/{mailing}/send")).await.value();
    app.run_worker().await;
    let run = app.runs().await.remove(0);
    assert_eq!((run.state, run.audience), (RunStateWord::Finished, Some(0)));
}

#[actix_web::test]
async fn occurrences_missed_through_a_block_are_not_made_up() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(message, json!({})).await;
    app.block(anna.id, true).await;
    app.at("2030-05-04T12:00:00Z");
    app.run_worker().await;
    app.block(anna.id, false).await;
    app.run_worker().await;
    assert_eq!(app.runs().await.len(), 0);
    app.at("2030-05-05T06:00:00Z");
    app.run_worker().await;
    assert_eq!(app.runs().await.len(), 1);
}
