//! What cannot go to one person fails for them alone: it tells nothing about the service, and holds up nobody.

use contract::delivery::{FailureClass, RunState};
use contract::mail_servers::BreakerState;
use golub::delivery::entity::delivery::State;
use serde_json::json;

use super::{
    BORIS, MARIA, asking, deliveries, last_run, many_reachable, reachable, sent_now, servers,
};
use crate::support::TestApp;
use crate::support::sms_server::{SmsAct, SmsServer};

#[actix_web::test]
async fn texts_that_cannot_be_sent_hold_up_nobody() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
    many_reachable(&anna, 25).await;
    // As it is written it fits into eight parts, and with no name in it does.
    let longest = format!("{}{{{{ full_name }}}}", "ж".repeat(67 * 8));
    let mailing = sent_now(&anna, &longest, json!({})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed; 25]);
    assert!(server.asked().is_empty());
    let sms = servers(&adam).await.sms.unwrap();
    assert_eq!(sms.state, BreakerState::Closed);
    let run = last_run(&anna, mailing.id).await;
    assert_eq!(run.state, RunState::Finished);
    let failed = &deliveries(&anna, run.id).await[0];
    assert_eq!(failed.class, Some(FailureClass::Permanent));
    let words = "filled in, the SMS takes 9 parts; 8 are the most";
    assert_eq!(failed.response.as_deref(), Some(words));
}

#[actix_web::test]
async fn a_text_that_is_empty_for_somebody_fails_for_them_alone() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let nameless = json!({"email": "who@example.org", "phone": BORIS});
    anna.post("recipients", nameless).await.value();
    reachable(&anna, "maria", MARIA).await;
    let mailing = sent_now(&anna, "{{ full_name }}", json!({})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed, State::Sent]);
    let run = last_run(&anna, mailing.id).await;
    let failed = &deliveries(&anna, run.id).await[0];
    let words = "filled in, the SMS is empty";
    assert_eq!(failed.response.as_deref(), Some(words));
    assert_eq!(server.texts("79211234567"), ["maria"]);
    assert_eq!(server.asked().len(), 1);
}

#[actix_web::test]
async fn a_number_whose_operator_does_not_know_the_sender_keeps_no_run_from_finishing() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let (anna, adam) = (app.member("anna").await, app.admin("adam").await);
    many_reachable(&anna, 9).await;
    server.to("79210000000", SmsAct::Number(204));
    let mailing = sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    let mut states = app.states().await;
    assert_eq!(states.remove(0), State::Failed);
    assert_eq!(states, [State::Sent; 8]);
    assert_eq!(last_run(&anna, mailing.id).await.state, RunState::Finished);
    let sms = servers(&adam).await.sms.unwrap();
    assert_eq!(sms.state, BreakerState::Closed);
}
