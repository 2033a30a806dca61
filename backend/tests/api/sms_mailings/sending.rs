//! What becomes of each message: taken, refused, tried again, unknown; and who is skipped.

use std::time::Duration;

use contract::delivery::{
    AttemptView, Counts, DeliveryDetail, DeliveryState, EndReason, FailureClass, Outcome, RunState,
};
use contract::listing::Page;
use contract::mailings::{Channel, MailingStatus, MailingView};
use contract::recipients::RecipientView;
use golub::delivery::entity::delivery::State;
use serde_json::json;

use super::{BORIS, MARIA, asking, asking_for, deliveries, last_run, reachable, sent_now};
use crate::support::sms_server::{SmsAct, SmsServer};
use crate::support::{Client, TestApp};

async fn attempts(owner: &Client) -> Vec<AttemptView> {
    let page: Page<AttemptView> = owner.get("attempts?sort=at").await.json();
    page.items
}

#[actix_web::test]
async fn everybody_gets_an_sms_of_their_own_and_the_ledger_tells_of_it() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    reachable(&anna, "maria", MARIA).await;
    reachable(&anna, "boris", BORIS).await;
    let mailing = sent_now(&anna, "{{ full_name }}, 1 мая: {{ email }}", json!({})).await;
    app.run_worker().await;

    let maria = "maria, 1 мая: maria@example.org";
    assert_eq!(server.texts("79211234567"), [maria]);
    let boris = "boris, 1 мая: boris@example.org";
    assert_eq!(server.texts("79217654321"), [boris]);
    let run = last_run(&anna, mailing.id).await;
    assert_eq!((run.channel, run.state), (Channel::Sms, RunState::Finished));
    let done: MailingView = anna.get(&format!("mailings/{}", mailing.id)).await.json();
    assert_eq!(done.status, MailingStatus::Completed);

    let [first, second] = &deliveries(&anna, run.id).await[..] else {
        panic!("not two deliveries")
    };
    assert_eq!(
        (first.state, second.state),
        (DeliveryState::Sent, DeliveryState::Sent)
    );
    assert_eq!(first.recipient_phone.as_deref(), Some(MARIA));
    assert_eq!((first.smtp_code, first.attempts), (Some(100), 1));
    let told: DeliveryDetail = anna.get(&format!("deliveries/{}", first.id)).await.json();
    assert_eq!(told.sms_text.as_deref(), Some(maria));
    assert_eq!(told.message_id, "");
    for attempt in attempts(&anna).await {
        assert_eq!(attempt.outcome, Outcome::Succeeded);
        assert_eq!(attempt.server.as_deref(), Some("sms"));
        assert!(
            attempt.response.starts_with("OK 203005-"),
            "{}",
            attempt.response
        );
        assert!(
            [MARIA, BORIS]
                .map(Some)
                .contains(&attempt.recipient_phone.as_deref())
        );
    }
    let found = anna.get("attempts?search=7921123").await.value();
    assert_eq!(found["total"], 1);
}

#[actix_web::test]
async fn captured_messages_are_read_by_an_administrator() {
    // Where letters are captured, messages are too.
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let adam = app.admin("adam").await;
    reachable(&anna, "maria", MARIA).await;
    sent_now(&anna, "Привет, {{ full_name }}", json!({})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent]);
    let captured = adam.get("captured-mail").await.value();
    assert_eq!(captured["items"][0]["to"], MARIA);
}

#[actix_web::test]
async fn who_has_no_phone_is_skipped_when_the_run_is_planned() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let olga = anna.recipient("olga").await;
    reachable(&anna, "maria", MARIA).await;
    anna.recipient("petr").await;
    let mailing = sent_now(&anna, "Hi", json!({})).await;
    app.plan_only().await;
    let run = last_run(&anna, mailing.id).await;
    let counts = Counts {
        queued: 1,
        skipped: 2,
        ..Counts::default()
    };
    assert_eq!((run.counts, run.audience), (counts, Some(3)));
    // A phone that comes later is one of later runs.
    let path = format!("recipients/{olga}");
    anna.patch(&path, json!({"phone": BORIS})).await.value();
    app.run_worker().await;
    let skipped = deliveries(&anna, run.id).await;
    assert_eq!(skipped[0].state, DeliveryState::Skipped);
    assert_eq!(skipped[0].reason, Some(EndReason::NoPhone));
    assert_eq!(skipped[0].recipient_phone, None);
    assert_eq!(server.asked().len(), 1);
    assert_eq!(last_run(&anna, mailing.id).await.state, RunState::Finished);
    assert_eq!(attempts(&anna).await.len(), 1);
}

#[actix_web::test]
async fn a_run_in_which_nobody_has_a_phone_finishes_by_itself() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("olga").await;
    let mailing = sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    let run = last_run(&anna, mailing.id).await;
    assert_eq!((run.state, run.counts.skipped), (RunState::Finished, 1));
}

#[actix_web::test]
async fn a_number_that_is_refused_fails_and_the_others_get_theirs() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let maria = reachable(&anna, "maria", MARIA).await;
    reachable(&anna, "boris", BORIS).await;
    server.to("79211234567", SmsAct::Number(207));
    let mailing = sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    let run = last_run(&anna, mailing.id).await;
    let [refused, taken] = &deliveries(&anna, run.id).await[..] else {
        panic!("not two deliveries")
    };
    assert_eq!(refused.state, DeliveryState::Failed);
    assert_eq!(refused.class, Some(FailureClass::Permanent));
    assert_eq!(refused.response.as_deref(), Some("Код 207"));
    assert_eq!(taken.state, DeliveryState::Sent);
    app.pass(Duration::from_secs(24 * 3600));
    app.run_worker().await;
    assert_eq!(
        server.texts("79211234567").len(),
        1,
        "it is not tried again"
    );
    // Letters may still go to the address.
    let maria: RecipientView = anna.get(&format!("recipients/{maria}")).await.json();
    assert_eq!(maria.suppression, None);
}

#[actix_web::test]
async fn trouble_of_the_service_is_tried_again_with_the_text_the_run_began_with() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    reachable(&anna, "maria", MARIA).await;
    server.once(SmsAct::Number(220));
    server.once(SmsAct::Http(503, "{\"status_code\": 220}"));
    let mailing = sent_now(&anna, "First", json!({"ends_at": "2030-06-01T00:00:00Z"})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Queued]);
    let message = format!("messages/{}", mailing.message.unwrap().id);
    anna.patch(&message, json!({"sms_text": "Second"}))
        .await
        .value();
    for _ in 0..2 {
        app.pass(Duration::from_secs(3600));
        app.run_worker().await;
    }
    assert_eq!(app.states().await, [State::Sent]);
    assert_eq!(server.texts("79211234567"), ["First", "First", "First"]);
    let outcomes: Vec<(Outcome, Option<FailureClass>)> = attempts(&anna)
        .await
        .iter()
        .map(|attempt| (attempt.outcome, attempt.class))
        .collect();
    let transient = (Outcome::Failed, Some(FailureClass::Transient));
    let taken = (Outcome::Succeeded, None);
    assert_eq!(outcomes, [transient, transient, taken]);
}

#[actix_web::test]
async fn a_limit_of_a_number_is_left_alone_for_an_hour() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    reachable(&anna, "maria", MARIA).await;
    server.once(SmsAct::Number(231));
    sent_now(&anna, "Hi", json!({})).await;
    app.run_worker().await;
    let [delivery] = &app.deliveries().await[..] else {
        panic!("not one delivery")
    };
    assert_eq!(delivery.due_at, app.now() + Duration::from_secs(3600));
    app.pass(Duration::from_secs(3600));
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent]);
}

#[actix_web::test]
async fn an_answer_that_never_comes_makes_a_message_unknown() {
    for (on_unknown, state, sent) in [("hold", State::Unknown, 1), ("resend", State::Sent, 2)] {
        for act in [
            SmsAct::Hang,
            SmsAct::Close,
            SmsAct::Http(200, "<html>"),
            SmsAct::Http(500, "<html>"),
            SmsAct::Http(502, ""),
            SmsAct::Http(503, "{\"status_code\": 503}"),
            SmsAct::Http(504, ""),
            SmsAct::Http(408, ""),
            SmsAct::Http(499, ""),
        ] {
            let server = SmsServer::start().await;
            let app = TestApp::with(asking_for(&server, &act)).await;
            let anna = app.member("anna").await;
            reachable(&anna, "maria", MARIA).await;
            let shown = format!("{on_unknown} {act:?}");
            server.once(act);
            sent_now(&anna, "Hi", json!({"on_unknown": on_unknown})).await;
            app.run_worker().await;
            // Nothing was heard from there: it is left alone for a while.
            app.pass(Duration::from_secs(3600));
            app.run_worker().await;
            assert_eq!(app.states().await, [state], "{shown}");
            assert_eq!(server.texts("79211234567").len(), sent, "{shown}");
            assert_eq!(
                attempts(&anna).await[0].outcome,
                Outcome::Unknown,
                "{shown}"
            );
            assert_eq!(app.deliveries().await[0].possible_copies, 1, "{shown}");
        }
    }
}

#[actix_web::test]
async fn who_unsubscribed_or_is_gone_gets_none_and_a_refused_address_is_no_reason() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let maria = reachable(&anna, "maria", MARIA).await;
    let boris = reachable(&anna, "boris", BORIS).await;
    let zoe = reachable(&anna, "zoe", "+442079460958").await;
    app.unsubscribe(maria).await;
    app.suppress(zoe).await;
    let mailing = sent_now(&anna, "Hi", json!({})).await;
    app.plan_only().await;
    anna.delete(&format!("recipients/{boris}")).await;
    app.run_worker().await;
    let run = last_run(&anna, mailing.id).await;
    let told: Vec<_> = deliveries(&anna, run.id)
        .await
        .iter()
        .map(|delivery| (delivery.state, delivery.reason))
        .collect();
    let skipped = |reason| (DeliveryState::Skipped, Some(reason));
    let expected = [
        skipped(EndReason::Unsubscribed),
        skipped(EndReason::RecipientDeleted),
        (DeliveryState::Sent, None),
    ];
    assert_eq!(told, expected);
}

#[actix_web::test]
async fn what_failed_is_sent_again_when_somebody_asks() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let maria = reachable(&anna, "maria", MARIA).await;
    server.once(SmsAct::Number(202));
    let mailing = sent_now(&anna, "Hi", json!({"ends_at": "2030-06-01T00:00:00Z"})).await;
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Failed]);
    app.suppress(maria).await;
    let path = format!("mailings/{}/retry", mailing.id);
    let again = anna.post(&path, json!({})).await.value();
    assert_eq!(
        (&again["queued"], &again["left_out"]),
        (&json!(1), &json!(0))
    );
    app.run_worker().await;
    assert_eq!(app.states().await, [State::Sent]);
}
