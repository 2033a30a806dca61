//! Creating once, however often it is asked for.

use actix_web::test::TestRequest;
use contract::problem::FieldCode;
use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::make::mailing;
use crate::support::{Client, TestApp};

async fn create(person: &Client, path: &str, key: &str, body: &Value) -> Answer {
    let request = TestRequest::post().uri(&format!("/api/v1/{path}"));
    person
        .send(
            request
                .insert_header(("Idempotency-Key", key))
                .set_json(body),
        )
        .await
}

#[actix_web::test]
async fn the_same_request_with_the_same_key_creates_one_thing() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let bodies = [
        ("recipients", json!({"email": "vera@example.org"})),
        ("messages", json!({"subject": "Hello", "body": "Hi"})),
        ("mailings", mailing(message, json!({}))),
    ];
    for (path, body) in bodies {
        let before = anna.get(path).await.value()["total"].as_u64().unwrap();
        let first = create(&anna, path, "k-1", &body).await;
        let again = create(&anna, path, "k-1", &body).await;
        assert_eq!((first.status, again.status), (201, 201), "{}", again.text());
        assert_eq!(first.id(), again.id());
        assert_eq!(anna.get(path).await.value()["total"], before + 1, "{path}");
    }
}

#[actix_web::test]
async fn a_mailing_made_before_is_told_even_when_its_window_is_over() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("boris").await;
    let message = app.message(&anna, "Hello").await;
    let body = mailing(message, json!({"ends_at": "2030-05-02T07:00:00Z"}));
    let first = create(&anna, "mailings", "k-1", &body).await;
    app.at("2030-05-02T05:00:00Z");
    assert_eq!(
        create(&anna, "mailings", "k-1", &body).await.id(),
        first.id()
    );
}

#[actix_web::test]
async fn another_body_under_the_same_key_is_refused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    create(
        &anna,
        "recipients",
        "k-1",
        &json!({"email": "vera@example.org"}),
    )
    .await
    .id();
    let other = create(
        &anna,
        "recipients",
        "k-1",
        &json!({"email": "galina@example.org"}),
    )
    .await;
    other.wrong_field("Idempotency-Key", FieldCode::OutOfRange);
    assert_eq!(anna.get("recipients").await.value()["total"], 1);
}

#[actix_web::test]
async fn keys_are_a_persons_own_and_hold_for_a_day() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let body = json!({"email": "vera@example.org"});
    let annas = create(&anna, "recipients", "k-1", &body).await.id();
    assert_ne!(create(&boris, "recipients", "k-1", &body).await.id(), annas);
    app.at("2030-05-02T06:00:00Z");
    assert_eq!(create(&anna, "recipients", "k-1", &body).await.status, 409);
}

#[actix_web::test]
async fn a_refused_creation_leaves_its_key_free() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.recipient("vera").await;
    let taken = create(
        &anna,
        "recipients",
        "k-1",
        &json!({"email": "vera@example.org"}),
    )
    .await;
    assert_eq!(taken.status, 409);
    let free = create(
        &anna,
        "recipients",
        "k-1",
        &json!({"email": "galina@example.org"}),
    )
    .await;
    assert_eq!(free.status, 201);
}

#[actix_web::test]
async fn of_two_at_once_one_creates() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let body = json!({"subject": "Hello", "body": "Hi"});
    let (one, two) = tokio::join!(
        create(&anna, "messages", "k-1", &body),
        create(&anna, "messages", "k-1", &body)
    );
    assert_eq!(one.id(), two.id());
}

#[actix_web::test]
async fn a_key_too_long_or_empty_is_refused() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    for key in [String::new(), "k".repeat(256)] {
        let answer = create(
            &anna,
            "recipients",
            &key,
            &json!({"email": "vera@example.org"}),
        )
        .await;
        answer.wrong_field("Idempotency-Key", FieldCode::OutOfRange);
    }
}
