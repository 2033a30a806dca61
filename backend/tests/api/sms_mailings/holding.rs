//! Wrong settings, an empty account and a service that is away hold messages back: nothing is tried, and nothing lost.

use std::time::Duration;

use contract::mail_servers::{BreakerCause, BreakerState, ReadinessView};
use golub::config::SmsTransport;
use golub::delivery::entity::delivery::State;
use serde_json::json;

use super::{asking, asking_for, many_reachable, sent_now, servers};
use crate::support::TestApp;
use crate::support::sms_server::{SmsAct, SmsServer};

/// Longer than a service is left alone.
const LONG: Duration = Duration::from_secs(3600);

#[actix_web::test]
async fn what_is_wrong_with_the_account_holds_the_run_and_costs_no_attempt() {
    // A wrong key, no money, a sender's name that was not agreed, a day's limit, an address that is not let in.
    for code in [200, 201, 204, 206, 221, 300] {
        let server = SmsServer::start().await;
        let app = TestApp::with(asking(&server)).await;
        let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
        many_reachable(&anna, 9).await;
        server.always(SmsAct::Whole(code));
        sent_now(&anna, "Hi", json!({})).await;
        app.run_worker().await;
        assert_eq!(app.states().await, [State::Queued; 9], "{code}");
        assert!(app.attempts().await.is_empty(), "{code}");
        let asked = server.asked().len();
        assert!(
            asked <= 4,
            "{asked} were shown to a service that takes none"
        );

        let sms = servers(&adam).await.sms.unwrap();
        assert_eq!((sms.name.as_str(), sms.state), ("sms", BreakerState::Open));
        let details = sms.details.unwrap();
        assert_eq!(details.cause, Some(BreakerCause::Connection));
        assert_eq!(details.trouble.unwrap(), format!("{code} Код {code}"));
        assert_eq!(servers(&anna).await.sms.unwrap().details, None);
        let ready: ReadinessView = app.guest().get("/health/ready").await.json();
        assert_eq!(ready.sms, Some(BreakerState::Open));
        assert_eq!((ready.mail_servers.closed, ready.mail_servers.open), (1, 0));

        // As long as it is not mended, one message tries it, after longer and longer waits.
        app.pass(LONG);
        app.run_worker().await;
        assert_eq!(server.asked().len(), asked + 1);
        assert!(app.attempts().await.is_empty());
        server.always(None);
        app.pass(LONG);
        app.run_worker().await;
        assert_eq!(app.states().await, [State::Sent; 9], "{code}");
        assert_eq!(app.attempts().await.len(), 9);
        assert_eq!(
            servers(&adam).await.sms.unwrap().state,
            BreakerState::Closed
        );
    }
}

#[actix_web::test]
async fn a_service_that_cannot_be_reached_is_waited_for() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    many_reachable(&anna, 3).await;
    drop(server);
    sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued; 3]);
    assert!(app.attempts().await.is_empty());
    let server = SmsServer::start().await;
    let other = app.another_process_with(asking(&server)).await;
    other.pass(LONG);
    other.run_worker().await;
    assert_eq!(other.states().await, [State::Sent; 3]);
}

#[actix_web::test]
async fn an_address_that_is_no_sms_service_gets_no_messages() {
    for status in [302, 401, 404] {
        let server = SmsServer::start().await;
        let app = TestApp::with(asking(&server)).await;
        let anna = app.member("anna").await;
        many_reachable(&anna, 2).await;
        server.always(SmsAct::Http(status, "<html>"));
        sent_now(&anna, "Hi", json!({})).await;
        app.run_worker().await;
        assert_eq!(app.states().await, [State::Queued; 2], "{status}");
        assert!(app.attempts().await.is_empty(), "{status}");
    }
}

#[actix_web::test]
async fn a_service_that_answers_nothing_of_use_is_left_alone() {
    for act in [
        SmsAct::Http(200, "<html>"),
        SmsAct::Http(502, ""),
        SmsAct::Close,
        SmsAct::Hang,
    ] {
        let shown = format!("{act:?}");
        let server = SmsServer::start().await;
        let app = TestApp::with(asking_for(&server, &act)).await;
        let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
        many_reachable(&anna, 20).await;
        server.always(act);
        sent_now(&anna, "Hi", json!({})).await;
        app.run_worker().await;
        let asked = server.asked().len();
        assert!(asked <= 4, "{shown}: {asked} were given to it");
        let sms = servers(&adam).await.sms.unwrap();
        assert_eq!(sms.state, BreakerState::Open, "{shown}");
        let cause = sms.details.unwrap().cause;
        assert_eq!(cause, Some(BreakerCause::Connection), "{shown}");
        assert_eq!(app.states().await, [State::Queued; 20], "{shown}");

        server.always(None);
        app.pass(LONG);
        app.run_worker().await;
        assert_eq!(app.states().await, [State::Sent; 20], "{shown}");
        // Each that may have come twice is told of as such.
        assert_eq!(server.asked().len(), 20 + asked, "{shown}");
        let copies = app.deliveries().await;
        let copies: i64 = copies.iter().map(|sent| sent.possible_copies).sum();
        assert_eq!(copies, asked as i64, "{shown}");
    }
}

#[actix_web::test]
async fn one_message_without_an_answer_holds_up_no_others() {
    let server = SmsServer::start().await;
    let app = TestApp::with(|config| {
        server.settings(config);
        // The others are answered within it, on a busy machine too.
        config.sms.timeout = Duration::from_secs(3);
    })
    .await;
    let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
    many_reachable(&anna, 9).await;
    server.to("79210000000", SmsAct::Hang);
    sent_now(&anna, "Hi", json!({"on_unknown": "hold"})).await;
    app.run_worker().await;
    let mut states = app.states().await;
    assert_eq!(states.remove(0), State::Unknown);
    assert_eq!(states, [State::Sent; 8]);
    let sms = servers(&adam).await.sms.unwrap();
    assert_eq!(sms.state, BreakerState::Closed);
}

#[actix_web::test]
async fn a_service_that_is_turned_off_keeps_messages_waiting_and_says_so() {
    let app = TestApp::start().await;
    let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
    many_reachable(&anna, 2).await;
    sent_now(&anna, "Hi", json!({})).await;
    let off = app
        .another_process_with(|config| config.sms.transport = Some(SmsTransport::Off))
        .await;
    let there = off.meeting(&adam);
    assert_eq!(servers(&there).await.sms, None);
    off.run_worker().await;
    assert_eq!(off.states().await, [State::Queued; 2]);
    let trouble = servers(&there).await.sms.unwrap().details.unwrap().trouble;
    assert!(trouble.unwrap().contains("sms.transport is off"));
    app.pass(LONG);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 2]);
}

#[actix_web::test]
async fn a_streak_of_refusals_is_not_believed_at_once() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
    many_reachable(&anna, 25).await;
    // The sender's name is known to no operator.
    server.always(SmsAct::Number(204));
    sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    let sms = servers(&adam).await.sms.unwrap();
    assert_eq!(sms.details.unwrap().cause, Some(BreakerCause::Refusals));
    let states = app.states().await;
    assert!(
        states.iter().all(|state| *state == State::Queued),
        "{states:?}"
    );
    server.always(None);
    app.pass(LONG);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 25]);
}

#[actix_web::test]
async fn an_outbox_that_cannot_be_written_holds_messages_and_costs_no_attempt() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    many_reachable(&anna, 2).await;
    sent_now(&anna, "Hi", json!({})).await;
    // A file stands where the folder should be.
    let outbox = app.app.config.data.join("outbox");
    std::fs::write(&outbox, "").unwrap();
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued; 2]);
    assert!(app.attempts().await.is_empty());
    std::fs::remove_file(&outbox).unwrap();
    app.pass(LONG);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 2]);
}

#[actix_web::test]
async fn no_more_are_sent_than_the_budget_has() {
    let server = SmsServer::start().await;
    let app = TestApp::with(|config| {
        asking(&server)(config);
        config.sms.per_day = Some(3);
    })
    .await;
    let anna = app.member("anna").await;
    many_reachable(&anna, 5).await;
    sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    assert_eq!(server.asked().len(), 3);
    app.pass(LONG * 26);
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent; 5]);
}

#[actix_web::test]
async fn a_mailing_that_is_paused_or_stopped_sends_nothing_more() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    many_reachable(&anna, 2).await;
    let mailing = sent_now(&anna, "Hi", json!({"ends_at": "2030-06-01T00:00:00Z"})).await;
    app.plan_only().await;
    let path = format!("mailings/{}", mailing.id);
    anna.act(&format!("{path}/pause")).await.value();
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued; 2]);
    anna.act(&format!("{path}/stop")).await.value();
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Skipped; 2]);
    assert!(server.asked().is_empty());
}
