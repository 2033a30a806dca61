//! What is asked, and what an answer has to be.

use actix_web::test::TestRequest;
use contract::problem::Problem;
use serde_json::{Value, json};

use crate::openapi;
use crate::permissions::{Row, Stage, rows};
use crate::support::Client;
use crate::support::client::Answer;

/// An admin gets past every guard.
pub(super) fn admin(stage: &Stage) -> &Client {
    &stage.people[3]
}

/// The operations that take a body, with one that is right.
pub(super) fn with_bodies() -> Vec<Row> {
    let mut rows: Vec<Row> = rows()
        .into_iter()
        .filter(|row| !row.body.is_null())
        .collect();
    let list = rows
        .iter()
        .position(|row| row.operation == "POST /api/v1/recipients")
        .unwrap();
    let mut mailing = rows[list].clone();
    mailing.operation = "POST /api/v1/mailings";
    mailing.body = json!({
        "title": "x", "message_id": 1, "audience": {"recipient_ids": [1]}, "channel": "email",
        "starts_at": "2030-06-01T09:00:00Z", "ends_at": "2031-06-01T09:00:00Z", "time_zone": "Europe/Moscow",
        "recurrence": {"kind": "monthly", "week": -1, "weekday": "mon"}, "on_unknown": "hold"
    });
    rows.push(mailing.clone());
    mailing.operation = "POST /api/v1/mailings/preview-runs";
    mailing.body = json!({
        "starts_at": "2030-06-01T09:00:00Z", "ends_at": null, "time_zone": "Europe/Moscow", "count": 3,
        "recurrence": {"kind": "weekly", "weekdays": ["mon"]}
    });
    rows.push(mailing);
    rows
}

/// Every place in a body, as JSON pointers.
pub(super) fn places(body: &Value) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match body {
        Value::Object(object) => object
            .iter()
            .map(|(name, value)| (name.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(number, value)| (number.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    let mut places = Vec::new();
    for (name, value) in inside {
        places.push(format!("/{name}"));
        places.extend(
            self::places(value)
                .into_iter()
                .map(|place| format!("/{name}{place}")),
        );
    }
    places
}

pub(super) fn query_names(document: &Value, operation: &str) -> Vec<String> {
    let operations = openapi::operations(document);
    let (_, operation) = operations
        .into_iter()
        .find(|(name, _)| name == operation)
        .unwrap();
    let parameters = operation["parameters"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let in_query = parameters
        .iter()
        .filter(|parameter| parameter["in"] == "query");
    in_query
        .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
        .collect()
}

pub(super) fn cursor(value: Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

pub(super) async fn ask(caller: &Client, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let request = TestRequest::with_uri(path).method(method.parse().unwrap());
    let request = match body {
        Some(body) => request.set_json(body),
        None => request,
    };
    caller.send(request).await
}

/// Not our fault, and if it is refused, refused with a problem document.
#[track_caller]
pub(super) fn check(operation: &str, sent: &str, answer: &Answer) {
    let sent: String = sent.chars().take(200).collect();
    assert!(
        answer.status < 500,
        "{operation} {sent}: {} {}",
        answer.status,
        answer.text()
    );
    if answer.status >= 400 && answer.status != 406 {
        let problem: Result<Problem, _> = serde_json::from_slice(&answer.body);
        assert!(
            problem.is_ok(),
            "{operation} {sent}: {} {}",
            answer.status,
            answer.text()
        );
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{operation} {sent}"
        );
    }
}
