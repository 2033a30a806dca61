//! Whatever is thrown at an operation, the answer is a clear problem document, and the fault is never ours.

mod asking;
mod bodies;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use serde_json::json;

use self::asking::{admin, ask, check, cursor, places, query_names, with_bodies};
use crate::openapi;
use crate::permissions::{Stage, rows};
use crate::support::TestApp;

#[actix_web::test]
async fn ids_that_are_none_are_not_found() {
    let stage = Stage::set().await;
    let hostile = [
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999",
        "1.5",
        "1e3",
        "x",
        "%00",
        "1%00",
        "%FF%FE",
        "..",
        "%2e%2e%2fsecret",
        "..%2f..%2fsecret",
        "1;2",
        "'",
        "%F0%9F%95%8A",
        "null",
        "1%0d%0aX-Evil:%201",
        &"9".repeat(3_000),
    ];
    let document = openapi::document(&stage.app).await;
    for (name, operation) in openapi::operations(&document) {
        let (method, path) = name.split_once(' ').unwrap();
        let Some(start) = path.find('{') else {
            continue;
        };
        let end = path.find('}').unwrap();
        let body = operation.get("requestBody").map(|_| json!({}));
        for id in hostile {
            let path = format!("{}{id}{}", &path[..start], &path[end + 1..]);
            let answer = ask(admin(&stage), method, &path, body.as_ref()).await;
            assert!(
                [404, 405, 422].contains(&answer.status),
                "{method} {path}: {} {}",
                answer.status,
                answer.text()
            );
            check(&name, &path, &answer);
        }
    }
}

#[actix_web::test]
async fn queries_that_make_no_sense_are_told_so() {
    let stage = Stage::set().await;
    let hostile = [
        "",
        "0",
        "-1",
        "201",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e9",
        "NaN",
        "%00",
        "a%00b",
        "%FF",
        "true",
        "null",
        "'%20OR%201=1--",
        "%25",
        "_",
        "%5C",
        "\u{1F54A}",
        "-",
        "-id",
        "0000-00-00T00:00:00Z",
        "2030-02-30T00:00:00Z",
        "%2B262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "e30",
        "bnVsbA",
        &cursor(json!({"sort": "-created_at", "key": "x", "id": 1})),
        &cursor(json!({"sort": "-created_at", "key": 1.5, "id": 1})),
        &cursor(json!({"sort": "email", "key": 7, "id": 1})),
        &cursor(json!({"sort": "email", "key": "a\u{0}", "id": 1})),
        &cursor(json!({"sort": "subject", "key": {}, "id": 1})),
        &cursor(json!({"sort": "next_run_at", "key": "+262142-12-31T23:59:59Z", "id": 1})),
        &cursor(json!({"sort": "next_run_at", "key": "-0500-12-31T23:59:59Z", "id": 1})),
        &cursor(json!({"sort": "-created_at", "key": 1, "id": null})),
        &"x".repeat(20_000),
    ];
    let document = openapi::document(&stage.app).await;
    for row in rows() {
        let path = stage.path(&row, admin(&stage)).await;
        for name in query_names(&document, row.operation) {
            for value in &hostile {
                let encoded: String = value.replace('\u{1F54A}', "%F0%9F%95%8A");
                for sort in [
                    "",
                    "&sort=email",
                    "&sort=subject",
                    "&sort=next_run_at",
                    "&sort=-created_at",
                ] {
                    if !sort.is_empty() && name != "after" {
                        continue;
                    }
                    let path = format!("{path}?{name}={encoded}{sort}");
                    let answer = ask(admin(&stage), "GET", &path, None).await;
                    check(row.operation, &path, &answer);
                }
            }
        }
    }
}

#[actix_web::test]
async fn fields_with_anything_in_them_are_never_our_fault() {
    let stage = Stage::set().await;
    let long = "x".repeat(300_000);
    let hostile = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e308),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}"),
        json!("a\u{0}b"),
        json!("\u{feff}\u{202e}x"),
        json!("\r\nBcc: x"),
        json!("\u{fffe}"),
        json!("{{"),
        json!("{{ full_name }} {{ x }}"),
        json!("'; DROP TABLE users; --"),
        json!("\u{1F54A}".repeat(500)),
        json!(long),
        json!([]),
        json!([null]),
        json!([[]]),
        json!({}),
        json!({"a": {"b": []}}),
        json!([i64::MAX, -1, 0]),
        json!("2030-02-30T00:00:00Z"),
        json!("+262142-12-31T23:59:59Z"),
        json!("-262143-01-01T00:00:00Z"),
        json!("0000-01-01T00:00:00Z"),
        json!("9999-12-31T23:59:59.999999999Z"),
        json!("2030-01-01T00:00:60Z"),
        json!("x@y"),
        json!("x@\u{5d0}a.example"),
        json!("Europe/\u{0}"),
        json!("../../etc/localtime"),
        json!({"kind": "monthly", "day": 255}),
        json!({"kind": "weekly", "weekdays": vec!["mon"; 10_000]}),
        json!({"recipient_ids": (0..20_000).collect::<Vec<i64>>()}),
        json!({"all": true, "recipient_ids": [1]}),
    ];
    for row in with_bodies() {
        let (method, _) = row.operation.split_once(' ').unwrap();
        let path = stage.path(&row, admin(&stage)).await;
        for place in places(&row.body) {
            for value in &hostile {
                let mut body = row.body.clone();
                *body.pointer_mut(&place).unwrap() = value.clone();
                let answer = ask(admin(&stage), method, &path, Some(&body)).await;
                let shown: String = value.to_string().chars().take(60).collect();
                check(row.operation, &format!("{place} = {shown}"), &answer);
                assert!(
                    answer.body.len() < 20_000,
                    "{} {place} = {shown}: a long answer",
                    row.operation
                );
            }
        }
    }
    assert_eq!(stage.app.guest().get("/health/ready").await.status, 200);
}

#[actix_web::test]
async fn headers_with_anything_in_them_are_never_our_fault() {
    let stage = Stage::set().await;
    let values: [&[u8]; 9] = [
        b"",
        b"\xff\xfe",
        b"\"",
        b"W/\"1\"",
        b"\"-1-x\"",
        b"99999999999999999999",
        b"*",
        b"Bearer \xf0\x9f",
        b"a=b; c=%00; golub_refresh=%",
    ];
    let names = [
        "authorization",
        "if-match",
        "if-none-match",
        "cookie",
        "accept",
        "accept-encoding",
        "x-forwarded-for",
        "user-agent",
        "content-length",
        "range",
        "idempotency-key",
    ];
    for row in rows() {
        // Signing in takes its time, signing out ends the session that asks, a test letter is really sent.
        if ["/login", "/logout", "/test"]
            .iter()
            .any(|slow| row.operation.ends_with(slow))
        {
            continue;
        }
        let (method, _) = row.operation.split_once(' ').unwrap();
        let path = stage.path(&row, admin(&stage)).await;
        for name in names {
            for value in values {
                let request = TestRequest::with_uri(&path).method(method.parse().unwrap());
                let request = match (row.body.is_null(), name) {
                    (true, "content-length") => continue,
                    (true, _) => request,
                    (false, _) => request.set_json(&row.body),
                };
                let header = HeaderValue::from_bytes(value).unwrap();
                let request = request.insert_header((HeaderName::from_static(name), header));
                let answer = admin(&stage).send(request).await;
                let sent = format!("{name}: {}", String::from_utf8_lossy(value));
                check(row.operation, &sent, &answer);
            }
        }
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_with_the_right_ones() {
    let app = TestApp::start().await;
    let guest = app.guest();
    for (method, path, allowed) in [
        ("PUT", "/api/v1/recipients", "GET, HEAD, POST"),
        ("POST", "/api/v1/recipients/7", "DELETE, GET, HEAD, PATCH"),
        ("DELETE", "/health/live", "GET, HEAD"),
        ("GET", "/api/v1/auth/login", "POST"),
        ("HEAD", "/api/v1/auth/login", "POST"),
        ("BREW", "/api/v1/me/owns", "GET, HEAD"),
    ] {
        let answer = ask(&guest, method, path, None).await;
        answer.refused(405, ErrorCode::MethodNotAllowed);
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
    }
    let asked = ask(&guest, "OPTIONS", "/api/v1/recipients", None).await;
    assert_eq!(
        (asked.status, asked.header("allow")),
        (204, "GET, HEAD, POST")
    );
}
