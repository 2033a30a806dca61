//! Signing in with codes: each works once, for a short while, and may be tried only so often.

use std::time::Duration;

use contract::accounts::second_factor::{RecoveryCodes, SecondFactorView};
use contract::audit::Act;
use contract::problem::ErrorCode;
use golub::accounts::links;
use golub::accounts::passwords::reset;
use golub::notices::Notice;
use serde_json::json;

use super::super::{access, cookie};
use super::{Phone, set_up, sign_in, start, turned_on};
use crate::support::TestApp;
use crate::support::app::PASSWORD;

#[actix_web::test]
async fn signing_in_takes_the_password_and_a_code() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, _) = turned_on(&app, &anna).await;
    for none in [None, Some(""), Some("  ")] {
        let answer = sign_in(&app, &anna, none).await;
        answer.refused(401, ErrorCode::SecondFactorRequired);
        assert_eq!(answer.header("set-cookie"), "");
    }
    let wrong = sign_in(&app, &anna, Some(&phone.code_in(3_000))).await;
    wrong.refused(401, ErrorCode::WrongCode);
    assert_eq!(wrong.header("set-cookie"), "");
    // Whoever does not know the password learns nothing of the second factor.
    let login = json!({"email": anna.email, "password": "not the password", "code": phone.code()});
    app.guest()
        .post("auth/login", login)
        .await
        .refused(401, ErrorCode::WrongCredentials);

    let typed = phone.code();
    let typed = format!(" {} {} ", &typed[..3], &typed[3..]);
    let answer = sign_in(&app, &anna, Some(&typed)).await;
    assert_eq!(app.bearing(&access(&answer)).get("me").await.status, 200);
    assert!(!cookie(&answer).value().is_empty());
    assert_eq!(
        app.acts_upon(anna.id).await,
        [Act::SecondFactorOn, Act::SecondFactorFailed, Act::SignedIn]
    );
}

#[actix_web::test]
async fn a_code_works_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let setup = set_up(&anna).await;
    let phone = Phone::with(&app, &setup);
    let first = phone.code();
    let on = anna.post("me/second-factor", start(&setup, &first)).await;
    assert_eq!(on.status, 200);
    // Also the one that turned it on.
    sign_in(&app, &anna, Some(&first))
        .await
        .refused(401, ErrorCode::WrongCode);
    app.pass(Duration::from_secs(30));
    let second = phone.code();
    assert_eq!(sign_in(&app, &anna, Some(&second)).await.status, 200);
    sign_in(&app, &anna, Some(&second))
        .await
        .refused(401, ErrorCode::WrongCode);
    // Nor does an earlier one that was not used.
    app.pass(Duration::from_secs(60));
    assert_eq!(sign_in(&app, &anna, Some(&phone.code())).await.status, 200);
    sign_in(&app, &anna, Some(&phone.code_in(-30)))
        .await
        .refused(401, ErrorCode::WrongCode);
}

#[actix_web::test]
async fn of_two_who_come_at_once_with_the_same_code_one_gets_in() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, recovery) = turned_on(&app, &anna).await;
    for code in [phone.code(), recovery[0].clone()] {
        let (one, other) = futures_util::future::join(
            sign_in(&app, &anna, Some(&code)),
            sign_in(&app, &anna, Some(&code)),
        )
        .await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401], "{code}");
    }
}

#[actix_web::test]
async fn a_code_may_be_late_by_one_step_and_never_early() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, _) = turned_on(&app, &anna).await;
    app.pass(Duration::from_secs(120));
    for (seconds, status) in [(30, 401), (-60, 401), (-30, 200), (0, 200)] {
        let answer = sign_in(&app, &anna, Some(&phone.code_in(seconds))).await;
        assert_eq!(answer.status, status, "{seconds}");
    }
}

#[actix_web::test]
async fn a_recovery_code_signs_in_once_however_it_is_typed() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (_, codes) = turned_on(&app, &anna).await;
    let typed = [
        codes[0].clone(),
        codes[1].to_lowercase(),
        format!(" {} ", codes[2].replace('-', " ")),
    ];
    for (number, code) in typed.iter().enumerate() {
        assert_eq!(sign_in(&app, &anna, Some(code)).await.status, 200, "{code}");
        sign_in(&app, &anna, Some(&codes[number]))
            .await
            .refused(401, ErrorCode::WrongCode);
    }
    let boris = app.member("boris").await;
    let (_, others) = turned_on(&app, &boris).await;
    sign_in(&app, &anna, Some(&others[0]))
        .await
        .refused(401, ErrorCode::WrongCode);

    let view: SecondFactorView = anna.get("me/second-factor").await.json();
    assert_eq!(view.recovery_codes_left, 7);
    let used: Vec<Notice> = app.notices_to(anna.id).await.split_off(1);
    let left = [9, 8, 7].map(|left| Notice::RecoveryCodeUsed {
        client: String::new(),
        left,
    });
    assert_eq!(used, left);
    let acts = app.acts_upon(anna.id).await;
    let used = acts.iter().filter(|act| **act == Act::RecoveryCodeUsed);
    assert_eq!(used.count(), 3);
}

#[actix_web::test]
async fn new_recovery_codes_take_the_place_of_the_old_ones() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    anna.act("me/second-factor/recovery-codes")
        .await
        .refused(409, ErrorCode::SecondFactorState);
    let (_, old) = turned_on(&app, &anna).await;
    let RecoveryCodes { codes } = anna.act("me/second-factor/recovery-codes").await.json();
    assert_eq!(codes.len(), 10);
    sign_in(&app, &anna, Some(&old[0]))
        .await
        .refused(401, ErrorCode::WrongCode);
    assert_eq!(sign_in(&app, &anna, Some(&codes[0])).await.status, 200);
    let acts = app.acts_upon(anna.id).await;
    assert!(acts.contains(&Act::RecoveryCodesRenewed));
}

#[actix_web::test]
async fn codes_are_tried_only_so_often() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, recovery) = turned_on(&app, &anna).await;
    for wrong in ["000000", "AAAAA", "x", "1234567", "-"] {
        sign_in(&app, &anna, Some(wrong))
            .await
            .refused(401, ErrorCode::WrongCode);
    }
    for right in [&phone.code(), &recovery[0]] {
        let refused = sign_in(&app, &anna, Some(right)).await;
        refused.refused(429, ErrorCode::TooManyRequests);
        assert_eq!(refused.header("retry-after"), "900");
    }
    // One try in a quarter of an hour, also for who knows the password.
    app.pass(Duration::from_secs(900));
    sign_in(&app, &anna, Some("000000"))
        .await
        .refused(401, ErrorCode::WrongCode);
    sign_in(&app, &anna, Some(&phone.code()))
        .await
        .refused(429, ErrorCode::TooManyRequests);
    app.pass(Duration::from_secs(900));
    assert_eq!(sign_in(&app, &anna, Some(&phone.code())).await.status, 200);
}

#[actix_web::test]
async fn the_password_alone_gives_no_try_back() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, _) = turned_on(&app, &anna).await;
    for _ in 0..10 {
        sign_in(&app, &anna, None)
            .await
            .refused(401, ErrorCode::SecondFactorRequired);
    }
    sign_in(&app, &anna, Some(&phone.code()))
        .await
        .refused(429, ErrorCode::TooManyRequests);
    app.pass(Duration::from_secs(60));
    assert_eq!(sign_in(&app, &anna, Some(&phone.code())).await.status, 200);
    // The whole of it does.
    sign_in(&app, &anna, None)
        .await
        .refused(401, ErrorCode::SecondFactorRequired);
}

#[actix_web::test]
async fn a_password_chosen_by_letter_leaves_the_second_factor_in_place() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, _) = turned_on(&app, &anna).await;
    let tx = app.app.database.write().await.unwrap();
    let link = reset::resolve(&app.app, &tx, &anna.email).await;
    let (_, link) = link.unwrap().unwrap();
    tx.commit().await.unwrap();
    let chosen = "another correct horse battery";
    let reset = json!({"token": links::token(&app.app.tokens, &link), "password": chosen});
    let done = app.guest().post("auth/password-reset/confirm", reset).await;
    assert_eq!(done.status, 204);
    let mut login = json!({"email": anna.email, "password": chosen});
    app.guest()
        .post("auth/login", &login)
        .await
        .refused(401, ErrorCode::SecondFactorRequired);
    login["code"] = json!(phone.code());
    assert_eq!(app.guest().post("auth/login", login).await.status, 200);
}

#[actix_web::test]
async fn to_prove_who_one_is_takes_a_code_too() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let (phone, recovery) = turned_on(&app, &anna).await;
    anna.post("auth/prove", json!({"password": PASSWORD}))
        .await
        .refused(401, ErrorCode::SecondFactorRequired);
    let wrong = json!({"password": PASSWORD, "code": "000000"});
    anna.post("auth/prove", wrong)
        .await
        .refused(401, ErrorCode::WrongCode);
    let right = json!({"password": PASSWORD, "code": phone.code()});
    let answer = anna.post("auth/prove", &right).await;
    let anna = app.bearing(&access(&answer));
    anna.post("auth/prove", right)
        .await
        .refused(401, ErrorCode::WrongCode);
    let recovery = json!({"password": PASSWORD, "code": recovery[0]});
    assert_eq!(anna.post("auth/prove", recovery).await.status, 200);
}
