//! Letters and SMS side by side: neither waits for the other, and workers that die leave both in order.

use std::time::Duration;

use golub::delivery::entity::delivery::State;
use golub::delivery::entity::run;
use golub::mailings::entity::ChannelWord;
use serde_json::json;

use super::{BORIS, MARIA, asking, reachable, sent_now};
use crate::support::TestApp;
use crate::support::sms_server::{SmsAct, SmsServer};

async fn states_of(app: &TestApp, channel: ChannelWord) -> Vec<State> {
    let runs: Vec<run::Model> = app.runs().await;
    let run = runs.into_iter().find(|run| run.channel == channel).unwrap();
    let deliveries = app.deliveries().await.into_iter();
    deliveries
        .filter(|delivery| delivery.run_id == run.id)
        .map(|delivery| delivery.state)
        .collect()
}

/// A service to which both a mailing of letters and one by SMS are due, planned and not sent.
async fn both_due(server: &SmsServer) -> TestApp {
    let app = TestApp::with(|config| {
        asking(server)(config);
        config.sms.timeout = Duration::from_secs(600);
        config.sms.connections = 1;
    })
    .await;
    let anna = app.member("anna").await;
    reachable(&anna, "maria", MARIA).await;
    reachable(&anna, "boris", BORIS).await;
    sent_now(&anna, "Hi", json!({})).await;
    sent_now(&anna, "Hi", json!({"channel": "email"})).await;
    app.plan_only().await;
    app
}

#[actix_web::test]
async fn letters_go_on_while_the_sms_service_hangs() {
    let server = SmsServer::start().await;
    server.always(SmsAct::Hang);
    let app = both_due(&server).await;
    let mut worker = app.worker().await;
    {
        let mut sms = std::pin::pin!(worker.sms_sender.pass());
        tokio::select! {
            _ = &mut sms => panic!("the service has answered"),
            () = server.is_asked() => {}
        }
        tokio::select! {
            _ = &mut sms => panic!("the service has answered"),
            sent = worker.sender.pass() => assert_eq!(sent.unwrap().tried, 2),
        }
        assert_eq!(states_of(&app, ChannelWord::Email).await, [State::Sent; 2]);
        // Of two messages one is on its way, over the one connection.
        assert_eq!(app.begun().await, 1);
    }
    // Dropped in the middle: what was begun may have been sent.
    server.always(None);
    drop(worker);
    let mut next = app.worker().await;
    for _ in 0..2 {
        app.drive(&mut next).await;
        app.pass(Duration::from_secs(3600));
    }
    app.drive(&mut next).await;
    next.leave().await.unwrap();
    assert_eq!(states_of(&app, ChannelWord::Sms).await, [State::Sent; 2]);
    let copies = app.deliveries().await.into_iter();
    let copies = copies.map(|delivery| delivery.possible_copies);
    assert_eq!(copies.sum::<i64>(), 1);
}

#[actix_web::test]
async fn sms_go_on_while_no_letter_can_leave() {
    let server = SmsServer::start().await;
    let app = TestApp::with(|config| {
        asking(&server)(config);
        // Nobody listens there.
        config.mail.smtp_url = Some("smtp://127.0.0.1:9?tls=none".parse().unwrap());
    })
    .await;
    let anna = app.member("anna").await;
    reachable(&anna, "maria", MARIA).await;
    sent_now(&anna, "Hi", json!({})).await;
    sent_now(&anna, "Hi", json!({"channel": "email"})).await;
    app.run_worker().await;
    assert_eq!(states_of(&app, ChannelWord::Email).await, [State::Queued]);
    assert_eq!(states_of(&app, ChannelWord::Sms).await, [State::Sent]);
}

#[actix_web::test]
async fn a_run_of_sms_is_sent_alone_where_it_alone_is_asked_for() {
    let server = SmsServer::start().await;
    let app = both_due(&server).await;
    let runs = app.runs().await;
    let by_sms = runs.iter().find(|run| run.channel == ChannelWord::Sms);
    let mut worker = app.worker().await;
    worker.run_only(by_sms.unwrap().id).await.unwrap();
    worker.leave().await.unwrap();
    assert_eq!(states_of(&app, ChannelWord::Sms).await, [State::Sent; 2]);
    assert_eq!(
        states_of(&app, ChannelWord::Email).await,
        [State::Queued; 2]
    );
}
