//! What becomes of letters that were not accepted.

use std::time::Duration;

use contract::delivery::{EndReason, FailureClass};
use contract::mailings::MailingStatus;
use golub::delivery::entity::attempt::OutcomeNumber;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use serde_json::json;

use super::sending::{starting_now, status};
use crate::support::TestApp;
use crate::support::smtp_server::{Act, SmtpServer, Step, nobody};

const A_MINUTE: Duration = Duration::from_secs(60);

#[actix_web::test]
async fn a_refused_address_is_not_tried_again() {
    let server = SmtpServer::start().await;
    server.refuses("gone@example.org", "550 5.1.1 No such user");
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["gone", "boris"]).await;
    app.run_worker().await;
    app.pass(A_MINUTE * 600);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed, State::Sent]);
    let refused = app
        .attempts()
        .await
        .into_iter()
        .find(|attempt| attempt.email == "gone@example.org")
        .unwrap();
    assert_eq!(
        (
            refused.number,
            refused.smtp_code,
            refused.enhanced_code.as_deref()
        ),
        (1, Some(550), Some("5.1.1"))
    );
    assert!(
        refused.response.contains("No such user"),
        "{}",
        refused.response
    );
}

#[actix_web::test]
async fn a_temporary_refusal_is_tried_again_along_the_schedule() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    assert_eq!(app.attempts().await.len(), 1);
    app.run_worker().await;
    assert_eq!(app.attempts().await.len(), 1, "the retry is not due yet");
    assert_eq!(status(&anna, mailing).await, MailingStatus::Running);
    server.recovers();
    app.pass(A_MINUTE);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent]);
    assert_eq!(app.attempts().await.len(), 2);
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn when_the_schedule_is_over_the_letter_has_failed() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris"]).await;
    for _ in 0..10 {
        app.run_worker().await;
        app.pass(A_MINUTE * 60 * 12);
    }
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(
        (delivery.state, delivery.reason),
        (State::Failed, Some(EndReasonWord::GaveUp))
    );
    assert_eq!(
        app.attempts().await.len(),
        app.app.config.delivery.retry_after.len() + 1
    );
}

#[actix_web::test]
async fn a_retry_comes_when_the_server_asked_for_it() {
    let server = SmtpServer::start().await;
    server.refuses(
        "boris@example.org",
        "450 4.7.1 Greylisted, try again in 10 minutes",
    );
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let due_at = app.deliveries().await.remove(0).due_at;
    assert_eq!(due_at, app.now() + A_MINUTE * 10);
    server.recovers();
    app.pass(A_MINUTE * 9);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued]);
    app.pass(A_MINUTE);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent]);
}

#[actix_web::test]
async fn a_retry_that_the_window_leaves_no_room_for_fails_at_once() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let window = json!({
        "starts_at": "2030-05-01T06:00:00Z", "ends_at": "2030-05-01T06:01:00Z", "recurrence": {"kind": "once"}
    });
    anna.mailing(message, window).await;
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(
        (delivery.state, delivery.reason),
        (State::Failed, Some(EndReasonWord::Expired))
    );
    assert_eq!(app.attempts().await.len(), 1);
    let read = format!("deliveries/{}", delivery.id);
    let read: contract::delivery::DeliveryDetail = anna.get(&read).await.json();
    assert_eq!(read.delivery.reason, Some(EndReason::Expired));
    assert_eq!(read.delivery.class, Some(FailureClass::Transient));
}

#[actix_web::test]
async fn a_server_that_cannot_be_reached_burns_no_attempt() {
    let nobody = nobody();
    let url = nobody.url.parse().unwrap();
    let app = TestApp::with(|config| config.mail.smtp_url = Some(url)).await;
    starting_now(&app, &["boris", "vera"]).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued, State::Queued]);
    assert_eq!(app.attempts().await.len(), 0);
    let words: Vec<String> = app
        .deliveries()
        .await
        .into_iter()
        .filter_map(|delivery| delivery.response)
        .collect();
    assert!(!words.is_empty(), "nobody is told why it waits");
}

#[actix_web::test]
async fn a_server_that_comes_back_gets_what_waited() {
    let server = SmtpServer::start().await;
    server.always(
        Step::Greeting,
        Act::SayAndClose("421 4.3.2 Closing for now"),
    );
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris"]).await;
    let mut worker = app.worker().await;
    app.drive(&mut worker).await;
    server.recovers();
    app.drive(&mut worker).await;
    assert_eq!(server.letters().len(), 0, "it is left alone for a while");
    app.pass(app.app.config.delivery.unreachable_for);
    app.drive(&mut worker).await;
    assert_eq!(app.states().await, [State::Sent]);
    let attempts = app.attempts().await;
    assert_eq!((attempts.len(), attempts[0].number), (1, 1));
}

#[actix_web::test]
async fn an_answer_lost_after_the_dot_is_unknown_and_resent_once() {
    let server = SmtpServer::start().await;
    server.once(Step::Letter, Act::Close);
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!((delivery.state, delivery.possible_copies), (State::Sent, 1));
    let outcomes: Vec<_> = app
        .attempts()
        .await
        .iter()
        .map(|attempt| attempt.outcome)
        .collect();
    assert_eq!(outcomes, [OutcomeNumber::Unknown, OutcomeNumber::Succeeded]);
}

#[actix_web::test]
async fn a_letter_lost_twice_stays_unknown() {
    let server = SmtpServer::start().await;
    server.always(Step::Letter, Act::Hang);
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.mail.timeouts.accepted = Duration::from_millis(300);
    })
    .await;
    starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!((delivery.state, delivery.attempts), (State::Unknown, 2));
}

#[actix_web::test]
async fn a_mailing_that_holds_unknown_letters_does_not_resend() {
    let server = SmtpServer::start().await;
    server.always(Step::Letter, Act::Close);
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let hold = json!({"starts_at": "2030-05-01T06:00:00Z", "recurrence": {"kind": "once"}, "on_unknown": "hold"});
    anna.mailing(message, hold).await;
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!((delivery.state, delivery.attempts), (State::Unknown, 1));
}
