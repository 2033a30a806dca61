//! Letters go out: each recipient gets one of their own, and what is not wanted any more does not leave.

use std::time::Duration;

use contract::delivery::{RunState, Trigger};
use contract::mailings::MailingStatus;
use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run::EndReasonWord;
use mail_parser::MessageParser;
use serde_json::json;

use crate::support::smtp_server::{Act, SmtpServer, Step};
use crate::support::{Client, TestApp};

const NOW: &str = "2030-05-01T06:00:00Z";

/// Anna has these recipients and a mailing to all of them that starts now.
pub async fn starting_now(app: &TestApp, names: &[&str]) -> (Client, i64) {
    let anna = app.member("anna").await;
    for name in names {
        anna.recipient(name).await;
    }
    let message = app.message(&anna, "Привет, {{ full_name }}").await;
    let once = json!({"starts_at": NOW, "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, once).await;
    (anna, mailing.id)
}

pub async fn status(owner: &Client, mailing: i64) -> MailingStatus {
    let read: contract::mailings::MailingView =
        owner.get(&format!("mailings/{mailing}")).await.json();
    read.status
}

#[actix_web::test]
async fn every_recipient_gets_one_letter_to_themselves_alone() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    assert_eq!(status(&anna, mailing).await, MailingStatus::Created);
    app.run_worker().await;

    let letters = server.letters();
    assert_eq!(letters.len(), 2);
    for name in ["boris", "vera"] {
        let address = format!("{name}@example.org");
        let [letter] = &server.letters_to(&address)[..] else {
            panic!("not one letter to {name}")
        };
        assert_eq!(letter.recipients, [address.as_str()]);
        let parsed = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(parsed.subject(), Some(format!("Привет, {name}").as_str()));
        let to: Vec<_> = parsed
            .to()
            .unwrap()
            .iter()
            .map(|to| to.address().unwrap())
            .collect();
        assert_eq!(to, [address.as_str()]);
        assert!(
            parsed
                .body_text(0)
                .unwrap()
                .contains(&format!("Здравствуйте, {name}!"))
        );
        assert!(
            parsed
                .body_html(0)
                .unwrap()
                .contains(&format!("Здравствуйте, {name}!"))
        );
        assert_eq!(
            parsed.reply_to().unwrap().first().unwrap().address(),
            Some("anna@golub.example")
        );
    }
    assert_eq!(app.states().await, [State::Sent, State::Sent]);
    let attempts = app.attempts().await;
    assert_eq!(attempts.len(), 2);
    assert!(
        attempts
            .iter()
            .all(|attempt| attempt.smtp_code == Some(250) && attempt.number == 1)
    );
    // A one-off without an end has nothing left to do.
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn many_letters_share_few_connections() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 700).await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(
        message,
        json!({"starts_at": NOW, "recurrence": {"kind": "once"}}),
    )
    .await;
    app.run_worker().await;
    assert_eq!(server.letters().len(), 700);
    let connections = server.connections();
    assert!(
        connections <= app.app.config.mail.connections,
        "{connections} connections"
    );
}

#[actix_web::test]
async fn a_letter_keeps_the_message_id_of_its_delivery() {
    let server = SmtpServer::start().await;
    server.once(Step::Rcpt, Act::Say("450 4.2.1 later"));
    let app = TestApp::sending_to(&server).await;
    starting_now(&app, &["boris"]).await;
    app.run_worker().await;
    let run = &app.runs().await[0];
    app.pass(Duration::from_secs(60));
    app.run_worker().await;
    let [letter] = &server.letters()[..] else {
        panic!("not one letter")
    };
    let parsed = MessageParser::default().parse(&letter.bytes).unwrap();
    let delivery = app.deliveries().await.remove(0);
    let expected = format!(
        "{}.{}.{:x}@localhost",
        run.id,
        delivery.id,
        run.started_at.timestamp_micros()
    );
    assert_eq!(parsed.message_id(), Some(expected.as_str()));
}

#[actix_web::test]
async fn a_paused_mailing_sends_nothing_until_it_is_resumed() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris"]).await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    assert_eq!(
        anna.act(&format!("mailings/{mailing}/pause")).await.status,
        200
    );
    app.drive(&mut worker).await;
    assert_eq!(app.states().await, [State::Queued]);
    assert_eq!(
        anna.act(&format!("mailings/{mailing}/resume")).await.status,
        200
    );
    app.drive(&mut worker).await;
    assert_eq!(app.states().await, [State::Sent]);
}

#[actix_web::test]
async fn stopping_takes_back_what_is_still_queued() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, mailing) = starting_now(&app, &["boris", "vera"]).await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    let stopped = anna
        .post(
            &format!("mailings/{mailing}/stop"),
            json!({"reason": "wrong price"}),
        )
        .await;
    assert_eq!(stopped.status, 200);
    app.drive(&mut worker).await;
    assert_eq!(server.letters().len(), 0);
    for delivery in app.deliveries().await {
        assert_eq!(
            (delivery.state, delivery.reason),
            (State::Skipped, Some(EndReasonWord::Stopped))
        );
    }
    assert_eq!(app.runs().await[0].finished_at, Some(app.app.clock.now()));
    assert_eq!(status(&anna, mailing).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn at_the_end_of_the_window_the_rest_is_skipped() {
    let server = SmtpServer::start().await;
    server.refuses("boris@example.org", "450 4.7.1 Greylisted");
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let window = json!({"starts_at": NOW, "ends_at": "2030-05-01T06:01:30Z", "recurrence": {"kind": "once"}});
    let mailing = anna.mailing(message, window).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued]);
    app.at("2030-05-01T06:01:30Z");
    app.run_worker().await;
    let delivery = app.deliveries().await.remove(0);
    assert_eq!(
        (delivery.state, delivery.reason),
        (State::Skipped, Some(EndReasonWord::WindowOver))
    );
    assert_eq!(status(&anna, mailing.id).await, MailingStatus::Completed);
}

#[actix_web::test]
async fn a_recipient_deleted_meanwhile_gets_nothing() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let vera = anna.recipient("vera").await;
    let message = app.message(&anna, "Hello").await;
    anna.mailing(
        message,
        json!({"starts_at": NOW, "recurrence": {"kind": "once"}}),
    )
    .await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    assert_eq!(anna.delete(&format!("recipients/{vera}")).await.status, 204);
    app.drive(&mut worker).await;
    assert_eq!(server.letters().len(), 1);
    let deliveries = app.deliveries().await;
    assert_eq!(deliveries[0].state, State::Sent);
    assert_eq!(deliveries[1].reason, Some(EndReasonWord::RecipientDeleted));
    assert_eq!(deliveries[1].email, "vera@example.org");
}

#[actix_web::test]
async fn a_blocked_owners_mailings_are_held_and_go_on_after() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let (anna, _) = starting_now(&app, &["boris"]).await;
    let mut worker = app.worker().await;
    worker.planner.pass().await.unwrap();
    app.block(anna.id, true).await;
    app.drive(&mut worker).await;
    assert_eq!(app.states().await, [State::Queued]);
    app.block(anna.id, false).await;
    app.drive(&mut worker).await;
    assert_eq!(app.states().await, [State::Sent]);
}

#[actix_web::test]
async fn sending_by_hand_works_before_the_start_and_again() {
    let server = SmtpServer::start().await;
    let app = TestApp::sending_to(&server).await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let mailing = anna.mailing(message, json!({})).await.id;
    let run: contract::delivery::RunView =
        anna.act(&format!("mailings/{mailing}/send")).await.json();
    assert_eq!(
        (run.trigger, run.state),
        (Trigger::Manual, RunState::Planning)
    );
    app.run_worker().await;
    assert_eq!(status(&anna, mailing).await, MailingStatus::Running);
    anna.act(&format!("mailings/{mailing}/send"))
        .await
        .json::<contract::delivery::RunView>();
    app.run_worker().await;
    assert_eq!(server.letters_to("boris@example.org").len(), 2);
}

#[actix_web::test]
async fn no_more_letters_are_begun_than_the_limit_allows() {
    let server = SmtpServer::start().await;
    // Every letter stays begun for as long as its answer is waited for.
    server.always(Step::Letter, Act::Hang);
    let url = server.url().parse().unwrap();
    let app = TestApp::with(|config| {
        config.mail.smtp_url = Some(url);
        config.mail.timeouts.accepted = Duration::from_millis(200);
        config.delivery.begun_limit = 5;
    })
    .await;
    let anna = app.member("anna").await;
    app.many_recipients(&anna, 15).await;
    let message = app.message(&anna, "Hello").await;
    let hold = json!({"starts_at": NOW, "recurrence": {"kind": "once"}, "on_unknown": "hold"});
    anna.mailing(message, hold).await;
    app.plan_only().await;
    let mut worker = app.worker().await;
    let mut pass = std::pin::pin!(worker.sender.pass());
    let mut most = 0;
    loop {
        tokio::select! {
            sent = &mut pass => {
                assert_eq!(sent.unwrap().tried, 15);
                break;
            }
            begun = app.begun() => most = most.max(begun),
        }
    }
    assert!((1..=5).contains(&most), "{most} were begun at once");
}
