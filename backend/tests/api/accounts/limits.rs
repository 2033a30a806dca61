//! How often one may try, by a clock set by hand.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::test::TestRequest;
use contract::problem::ErrorCode;
use golub::limits::{self, entity as limit};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::letters::{choose, notices, reset_token};
use super::{PASSWORD, create_anna, with_anna};
use crate::support::TestApp;
use crate::support::client::Answer;

const ANNA: &str = "anna@почта.рф";
const MINUTE: Duration = Duration::from_secs(60);

/// Asks from this client.
async fn from(app: &TestApp, client: &str, path: &str, body: Value) -> Answer {
    let address: SocketAddr = if client.contains(':') {
        format!("[{client}]:4711").parse().unwrap()
    } else {
        format!("{client}:4711").parse().unwrap()
    };
    let request = TestRequest::post()
        .uri(&format!("/api/v1/{path}"))
        .peer_addr(address)
        .set_json(body);
    app.guest().send(request).await
}

async fn sign_in(app: &TestApp, client: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    from(app, client, "auth/login", body).await
}

#[track_caller]
fn waits(answer: &Answer, seconds: u64) {
    answer.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn one_address_is_tried_ten_times_and_then_once_a_minute_from_wherever() {
    let app = with_anna().await;
    for (number, spelling) in [ANNA, "ANNA@xn--80a1acny.xn--p1ai"]
        .repeat(5)
        .iter()
        .enumerate()
    {
        let wrong = sign_in(&app, &format!("203.0.113.{number}"), spelling, "wrong").await;
        wrong.refused(401, ErrorCode::WrongCredentials);
    }
    // The right password too: else the answer would tell which one it is.
    waits(&sign_in(&app, "203.0.113.99", ANNA, PASSWORD).await, 60);
    app.pass(MINUTE - Duration::from_secs(1));
    waits(&sign_in(&app, "203.0.113.99", ANNA, PASSWORD).await, 1);
    app.pass(Duration::from_secs(1));
    assert_eq!(
        sign_in(&app, "203.0.113.99", ANNA, PASSWORD).await.status,
        200
    );
    // It was right: all tries are there again.
    for _ in 0..10 {
        let wrong = sign_in(&app, "203.0.113.99", ANNA, "wrong").await;
        wrong.refused(401, ErrorCode::WrongCredentials);
    }
    waits(&sign_in(&app, "203.0.113.99", ANNA, "wrong").await, 60);
}

#[actix_web::test]
async fn an_address_without_an_account_is_limited_just_so() {
    let app = TestApp::start().await;
    for nobody in ["nobody@example.org", "no address at all"] {
        for number in 0..10 {
            let client = format!("203.0.113.{number}");
            let wrong = sign_in(&app, &client, nobody, "wrong").await;
            wrong.refused(401, ErrorCode::WrongCredentials);
        }
        waits(&sign_in(&app, "203.0.113.99", nobody, "wrong").await, 60);
    }
}

#[actix_web::test]
async fn one_client_tries_twenty_addresses_and_then_one_in_three_seconds() {
    let app = with_anna().await;
    for number in 0..20 {
        // Each of its addresses is the same client's.
        let client = format!("2001:db8:1:2::{number:x}");
        let wrong = sign_in(&app, &client, &format!("a{number}@example.org"), "wrong").await;
        wrong.refused(401, ErrorCode::WrongCredentials);
    }
    waits(
        &sign_in(&app, "2001:db8:1:2:ffff::1", "b@example.org", "wrong").await,
        3,
    );
    let neighbour = sign_in(&app, "2001:db8:1:3::1", "b@example.org", "wrong").await;
    neighbour.refused(401, ErrorCode::WrongCredentials);
    app.pass(Duration::from_secs(3));
    // What is right costs nothing, but gives no more back than it took: nobody refills it by their own account.
    for _ in 0..5 {
        assert_eq!(
            sign_in(&app, "2001:db8:1:2::1", ANNA, PASSWORD)
                .await
                .status,
            200
        );
    }
    let wrong = sign_in(&app, "2001:db8:1:2::1", "c@example.org", "wrong").await;
    wrong.refused(401, ErrorCode::WrongCredentials);
    waits(
        &sign_in(&app, "2001:db8:1:2::1", "c@example.org", "wrong").await,
        3,
    );
}

#[actix_web::test]
async fn who_cannot_sign_in_for_the_tries_of_others_gets_in_by_letter() {
    let app = with_anna().await;
    for number in 0..10 {
        sign_in(&app, &format!("203.0.113.{number}"), ANNA, "wrong").await;
    }
    waits(&sign_in(&app, "198.51.100.7", ANNA, PASSWORD).await, 60);
    let link = reset_token(&app, ANNA).await.unwrap();
    assert_eq!(
        choose(&app, &link, "quite another sentence").await.status,
        204
    );
    let in_again = sign_in(&app, "198.51.100.7", ANNA, "quite another sentence").await;
    assert_eq!(in_again.status, 200);
}

#[actix_web::test]
async fn one_address_is_written_to_three_times_and_then_once_in_ten_minutes() {
    let app = with_anna().await;
    for path in [
        "auth/register",
        "auth/confirm/resend",
        "auth/password-reset",
    ] {
        let body = |email: &str| match path {
            "auth/register" => json!({"email": email, "password": PASSWORD}),
            _ => json!({"email": email}),
        };
        // Whether it has an account makes no difference.
        for email in [ANNA, "nobody@example.org"] {
            let before = notices(&app).await.len();
            for number in 0..3 {
                let client = format!("203.0.113.{number}");
                assert_eq!(from(&app, &client, path, body(email)).await.status, 202);
            }
            waits(&from(&app, "203.0.113.99", path, body(email)).await, 600);
            assert_eq!(notices(&app).await.len(), before + 3, "{path} {email}");
        }
        app.pass(10 * MINUTE);
        assert_eq!(
            from(&app, "203.0.113.99", path, body(ANNA)).await.status,
            202
        );
        app.pass(60 * MINUTE);
    }
}

#[actix_web::test]
async fn one_client_asks_for_ten_letters_and_then_one_a_minute() {
    let app = TestApp::start().await;
    for path in ["auth/register", "auth/password-reset"] {
        let ask = async |client: &str, number: usize| {
            let email = format!("a{number}@example.org");
            let body = match path {
                "auth/register" => json!({"email": email, "password": PASSWORD}),
                _ => json!({"email": email}),
            };
            from(&app, client, path, body).await
        };
        for number in 0..10 {
            assert_eq!(ask("203.0.113.7", number).await.status, 202);
        }
        waits(&ask("203.0.113.7", 10).await, 60);
        assert_eq!(ask("203.0.113.8", 10).await.status, 202);
        app.pass(MINUTE);
        assert_eq!(ask("203.0.113.7", 11).await.status, 202);
        waits(&ask("203.0.113.7", 12).await, 60);
        app.pass(60 * MINUTE);
    }
}

#[actix_web::test]
async fn a_registration_that_is_refused_takes_none_of_the_addresss_tries() {
    let app = TestApp::start().await;
    let ask = async |password: &str| {
        let body = json!({"email": "vera@example.org", "password": password});
        from(&app, "203.0.113.7", "auth/register", body)
            .await
            .status
    };
    for _ in 0..5 {
        assert_eq!(ask("password12").await, 422);
    }
    assert_eq!(ask(PASSWORD).await, 202);
}

#[actix_web::test]
async fn passwords_are_weighed_as_fast_as_one_types_but_not_without_end() {
    let app = TestApp::start().await;
    let weigh = async || {
        let body = json!({"password": "correct horse battery"});
        from(&app, "203.0.113.7", "auth/password-strength", body).await
    };
    for _ in 0..60 {
        assert_eq!(weigh().await.status, 200);
    }
    waits(&weigh().await, 1);
    app.pass(Duration::from_millis(500));
    assert_eq!(weigh().await.status, 200);
}

#[actix_web::test]
async fn limits_hold_in_all_processes_and_leave_nothing_behind() {
    let app = TestApp::start().await;
    create_anna(&app).await;
    for _ in 0..10 {
        sign_in(&app, "203.0.113.7", ANNA, "wrong").await;
    }
    let other = app.another_process().await;
    waits(&sign_in(&other, "203.0.113.8", ANNA, PASSWORD).await, 60);
    let kept = async || {
        limit::Entity::find()
            .count(app.app.database.read())
            .await
            .unwrap()
    };
    let rows = limit::Entity::find()
        .all(app.app.database.read())
        .await
        .unwrap();
    assert!(
        rows.iter()
            .all(|row| !row.key.contains("anna") && !row.key.contains("203"))
    );
    assert!(kept().await > 0);
    app.pass(10 * MINUTE);
    limits::sweep(&app.app).await.unwrap();
    assert_eq!(kept().await, 0);
}
