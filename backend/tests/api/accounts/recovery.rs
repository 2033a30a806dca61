//! Getting in again by letter, and choosing another password by who knows the present one.

use std::time::Duration;

use contract::audit::Act;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::entity as user;
use golub::notices::Notice;
use serde_json::json;

use super::letters::{acts, choose, confirm, last, notices, register, reset_token, token};
use super::{PASSWORD, access, cookie, refresh, set, sign_in, with_anna};
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

const ANNA: &str = "anna@почта.рф";
const OTHER: &str = "quite another sentence";

async fn change(person: &Client, current: &str, password: &str) -> Answer {
    let body = json!({"current_password": current, "password": password});
    person.put("me/password", body).await
}

#[actix_web::test]
async fn a_password_chosen_by_letter_ends_all_sessions_and_tells_the_owner() {
    let app = with_anna().await;
    let old = sign_in(&app, ANNA, PASSWORD).await;
    let asked = json!({"email": "ANNA@xn--80a1acny.xn--p1ai"});
    assert_eq!(
        app.guest().post("auth/password-reset", asked).await.status,
        202
    );
    assert_eq!(last(&app).await.1, Notice::PasswordReset);
    let link = reset_token(&app, &last(&app).await.0).await.unwrap();

    let chosen = choose(&app, &link, OTHER).await;
    // It signs nobody in: a second factor would be asked for at the door.
    assert_eq!((chosen.status, chosen.text()), (204, ""));
    assert_eq!(chosen.header("set-cookie"), "");
    app.bearing(&access(&old))
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
    refresh(&app, &cookie(&old))
        .await
        .refused(401, ErrorCode::SignedOut);
    sign_in(&app, ANNA, PASSWORD)
        .await
        .refused(401, ErrorCode::WrongCredentials);
    assert_eq!(sign_in(&app, ANNA, OTHER).await.status, 200);
    let (address, notice) = last(&app).await;
    assert_eq!(address, ANNA);
    assert_eq!(
        notice,
        Notice::PasswordChanged {
            client: String::new(),
            api_tokens: 0,
        }
    );
    let written = acts(&app, Act::PasswordReset).await;
    assert_eq!(written.len(), 1);
    assert!(
        written[0].details.contains("\"1\""),
        "{}",
        written[0].details
    );
    choose(&app, &link, PASSWORD)
        .await
        .refused(410, ErrorCode::LinkExpired);
}

#[actix_web::test]
async fn the_link_works_for_an_hour_once_and_only_the_last_one() {
    let app = with_anna().await;
    let late = reset_token(&app, ANNA).await.unwrap();
    app.pass(Duration::from_secs(3600));
    choose(&app, &late, OTHER)
        .await
        .refused(410, ErrorCode::LinkExpired);
    let first = reset_token(&app, ANNA).await.unwrap();
    let second = reset_token(&app, ANNA).await.unwrap();
    choose(&app, &first, OTHER)
        .await
        .refused(410, ErrorCode::LinkExpired);
    app.pass(Duration::from_secs(3599));
    // A password that is not taken costs no link.
    for (password, code) in [
        ("short", FieldCode::TooShort),
        ("password12", FieldCode::TooWeak),
        ("Anna@почта.рф", FieldCode::TooWeak),
    ] {
        let answer = choose(&app, &second, password).await;
        answer.wrong_field("password", code);
    }
    let at_once = [choose(&app, &second, OTHER), choose(&app, &second, OTHER)];
    let mut answers: Vec<u16> = Vec::new();
    for answer in futures_util::future::join_all(at_once).await {
        answers.push(answer.status);
    }
    answers.sort_unstable();
    assert_eq!(answers, [204, 410]);
}

#[actix_web::test]
async fn a_link_is_found_for_confirmed_accounts_that_may_be_used_and_for_nobody_else() {
    let app = with_anna().await;
    register(&app, "waits@example.org").await;
    assert!(reset_token(&app, ANNA).await.is_some());
    for nobody in ["waits@example.org", "nobody@example.org", "no address"] {
        assert_eq!(reset_token(&app, nobody).await, None, "{nobody}");
    }
    set(&app, user::Column::BlockedAt, Some(app.app.clock.now())).await;
    assert_eq!(reset_token(&app, ANNA).await, None);
}

#[actix_web::test]
async fn whoever_asks_for_a_letter_is_told_only_what_is_wrong_with_the_address() {
    let app = TestApp::start().await;
    for path in ["auth/password-reset", "auth/confirm/resend"] {
        let answer = app.guest().post(path, json!({"email": "x"})).await;
        answer.wrong_field("email", FieldCode::NotAnAddress);
    }
    assert_eq!(notices(&app).await, []);
}

#[actix_web::test]
async fn who_knows_the_password_changes_it_and_stays_while_all_others_go() {
    let app = with_anna().await;
    let other = access(&sign_in(&app, ANNA, PASSWORD).await);
    let mine = app.bearing(&access(&sign_in(&app, ANNA, PASSWORD).await));
    let link = reset_token(&app, ANNA).await.unwrap();

    let wrong = change(&mine, OTHER, "a third and last one").await;
    wrong.wrong_field("current_password", FieldCode::WrongPassword);
    let weak = change(&mine, PASSWORD, "golubanna1").await;
    weak.wrong_field("password", FieldCode::TooWeak);
    let short = change(&mine, PASSWORD, "short").await;
    short.wrong_field("password", FieldCode::TooShort);
    assert_eq!(notices(&app).await, []);

    assert_eq!(change(&mine, PASSWORD, OTHER).await.status, 204);
    assert_eq!(mine.get("me").await.status, 200);
    app.bearing(&other)
        .get("me")
        .await
        .refused(401, ErrorCode::SignedOut);
    sign_in(&app, ANNA, PASSWORD)
        .await
        .refused(401, ErrorCode::WrongCredentials);
    assert_eq!(sign_in(&app, ANNA, OTHER).await.status, 200);
    let told = last(&app).await;
    assert_eq!(
        told,
        (
            ANNA.to_owned(),
            Notice::PasswordChanged {
                client: String::new(),
                api_tokens: 0,
            }
        )
    );
    assert_eq!(acts(&app, Act::PasswordChanged).await.len(), 1);
    choose(&app, &link, PASSWORD)
        .await
        .refused(410, ErrorCode::LinkExpired);
}

#[actix_web::test]
async fn the_present_password_is_not_found_out_by_trying() {
    let app = with_anna().await;
    let mine = app.bearing(&access(&sign_in(&app, ANNA, PASSWORD).await));
    for _ in 0..5 {
        let wrong = change(&mine, "not the password", OTHER).await;
        wrong.wrong_field("current_password", FieldCode::WrongPassword);
    }
    let wait = change(&mine, PASSWORD, OTHER).await;
    wait.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(wait.header("retry-after"), "60");
    app.pass(Duration::from_secs(60));
    assert_eq!(change(&mine, PASSWORD, OTHER).await.status, 204);
    // It was right: all tries are there again.
    let wrong = change(&mine, PASSWORD, OTHER).await;
    wrong.wrong_field("current_password", FieldCode::WrongPassword);
}

#[actix_web::test]
async fn choosing_a_password_confirms_an_address_that_was_not() {
    let app = TestApp::start().await;
    register(&app, "vera@example.org").await;
    let first = token(&app).await;
    register(&app, "vera@example.org").await;
    let again = token(&app).await;
    assert_eq!(choose(&app, &again, OTHER).await.status, 204);
    assert_eq!(sign_in(&app, "vera@example.org", OTHER).await.status, 200);
    confirm(&app, &first)
        .await
        .refused(410, ErrorCode::LinkExpired);
}
