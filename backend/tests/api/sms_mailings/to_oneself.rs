//! The SMS text of a message, sent to oneself.

use std::time::Duration;

use contract::messages::TestSmsResult;
use contract::problem::{ErrorCode, FieldCode};
use golub::config::SmsTransport;
use serde_json::json;

use super::{MARIA, asking, message};
use crate::support::client::Answer;
use crate::support::sms_server::{SmsAct, SmsServer};
use crate::support::{Client, TestApp};

async fn test(person: &Client, message_id: i64) -> Answer {
    person.act(&format!("messages/{message_id}/test-sms")).await
}

#[actix_web::test]
async fn a_test_sms_goes_to_ones_own_phone() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    app.has_phone(&anna, MARIA).await;
    let id = message(&anna, "{{ full_name }}, привет").await;
    let result: TestSmsResult = test(&anna, id).await.json();
    assert_eq!((result.phone.as_str(), result.accepted), (MARIA, true));
    assert_eq!((result.code, result.length.parts), (Some(100), 1));
    assert_eq!(server.texts("79211234567"), ["anna, привет"]);
    assert!(app.attempts().await.is_empty(), "it is no delivery");

    // One that is shared may be tried by others, to their own phones.
    let boris = app.member("boris").await;
    app.has_phone(&boris, "+79217654321").await;
    test(&boris, id).await.refused(404, ErrorCode::NotFound);
    let path = format!("messages/{id}");
    anna.patch(&path, json!({"shared": true})).await.value();
    test(&boris, id).await.value();
    assert_eq!(server.texts("79217654321"), ["boris, привет"]);
}

#[actix_web::test]
async fn what_the_service_says_is_told() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    app.has_phone(&anna, MARIA).await;
    let id = message(&anna, "Hi").await;
    server.once(SmsAct::Number(207));
    let refused: TestSmsResult = test(&anna, id).await.json();
    assert_eq!((refused.accepted, refused.code), (false, Some(207)));
    assert_eq!(refused.response, "Код 207");
    server.once(SmsAct::Http(502, ""));
    let lost: TestSmsResult = test(&anna, id).await.json();
    assert_eq!((lost.accepted, lost.code), (false, None));
    assert!(lost.response.contains("HTTP 502"), "{}", lost.response);
}

#[actix_web::test]
async fn without_a_text_a_checked_phone_or_a_service_there_is_no_test_sms() {
    let server = SmsServer::start().await;
    let app = TestApp::with(asking(&server)).await;
    let anna = app.member("anna").await;
    let id = message(&anna, "Hi").await;
    test(&anna, id).await.refused(409, ErrorCode::NoPhone);
    let for_letters = app.message(&anna, "Letters only").await;
    let answer = test(&anna, for_letters).await;
    answer.wrong_field("sms_text", FieldCode::NoSmsText);
    app.has_phone(&anna, MARIA).await;
    anna.delete("me/phone").await;
    test(&anna, id).await.refused(409, ErrorCode::NoPhone);
    assert!(server.asked().is_empty());

    app.has_phone(&anna, MARIA).await;
    let off = app
        .another_process_with(|config| config.sms.transport = Some(SmsTransport::Off))
        .await;
    let answer = test(&off.meeting(&anna), id).await;
    answer.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn five_are_sent_at_once_and_then_one_in_ten_minutes() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    app.has_phone(&anna, MARIA).await;
    let id = message(&anna, "Hi").await;
    for _ in 0..5 {
        test(&anna, id).await.value();
    }
    let answer = test(&anna, id).await;
    answer.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(answer.header("retry-after"), "600");
    app.pass(Duration::from_secs(600));
    test(&anna, id).await.value();
    test(&anna, id)
        .await
        .refused(429, ErrorCode::TooManyRequests);
}
