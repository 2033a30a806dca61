//! Signing up and confirming the address, without telling anybody which addresses there are.

use std::time::Duration;

use contract::audit::Act;
use contract::permissions::Role;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::entity as user;
use golub::accounts::links::Purpose;
use golub::notices::Notice;
use serde_json::json;

use super::letters::{
    account, acts, choose, confirm, confirm_again, confirm_with, last, notices, register,
    register_with, reset_token, token, token_of,
};
use super::{PASSWORD, access, cookie, refresh, set, sign_in, with_anna};
use crate::support::TestApp;

const ANNA: &str = "anna@почта.рф";
const VERA: &str = "vera@example.org";
const DAY: Duration = Duration::from_secs(24 * 3600);

#[actix_web::test]
async fn who_signs_up_gets_in_when_the_link_was_taken() {
    let app = TestApp::start().await;
    let answer = register(&app, " Vera@Example.org ").await;
    assert_eq!((answer.status, answer.text()), (202, ""));
    let vera = account(&app, "vera@example.org").await.unwrap();
    assert_eq!(
        (vera.email.as_str(), vera.confirmed_at),
        ("Vera@Example.org", None)
    );
    assert_eq!(Role::from(vera.role), Role::User);
    assert_eq!(vera.language, user::LanguageWord::Ru);
    assert_eq!(vera.time_zone, "Europe/Moscow");
    sign_in(&app, "vera@example.org", PASSWORD)
        .await
        .refused(403, ErrorCode::Unconfirmed);

    let token = token(&app).await;
    let confirmed = confirm(&app, &token).await;
    assert_eq!(confirmed.header("cache-control"), "no-store");
    assert_eq!(refresh(&app, &cookie(&confirmed)).await.status, 200);
    let access = access(&confirmed);
    let me = app.bearing(&access).get("me").await.value();
    assert_eq!(
        (&me["full_name"], &me["role"]),
        (&json!("Anna Sokolova"), &json!("user"))
    );
    let written = acts(&app, Act::SignedUp).await;
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].actor_id, Some(vera.id));
    assert_eq!(acts(&app, Act::SignedIn).await.len(), 1);
    confirm(&app, &token)
        .await
        .refused(410, ErrorCode::LinkExpired);
}

#[actix_web::test]
async fn every_address_is_answered_alike() {
    let app = with_anna().await;
    register(&app, "waits@example.org").await;
    let fresh = register(&app, "fresh@example.org").await;
    for email in [ANNA, "waits@example.org"] {
        let answer = register(&app, email).await;
        assert_eq!((answer.status, &answer.body), (202, &fresh.body), "{email}");
        let names = |answer: &crate::support::client::Answer| {
            let names = answer.headers.keys().map(ToString::to_string);
            names.collect::<std::collections::BTreeSet<String>>()
        };
        assert_eq!(names(&answer), names(&fresh), "{email}");
    }
    for email in [ANNA, "waits@example.org", "nobody@example.org"] {
        for path in ["auth/confirm/resend", "auth/password-reset"] {
            let answer = app.guest().post(path, json!({"email": email})).await;
            assert_eq!((answer.status, answer.text()), (202, ""), "{path} {email}");
        }
    }
}

#[actix_web::test]
async fn who_has_an_account_is_told_so_by_letter_and_nothing_changes() {
    let app = with_anna().await;
    let before = account(&app, ANNA).await.unwrap();
    register_with(&app, "ANNA@почта.рф", "quite another sentence").await;
    assert_eq!(last(&app).await, (ANNA.to_owned(), Notice::AlreadySignedUp));
    assert_eq!(account(&app, ANNA).await.unwrap(), before);

    // Also who is blocked: nobody else shall learn of it.
    set(&app, user::Column::BlockedAt, Some(app.app.clock.now())).await;
    register(&app, ANNA).await;
    assert_eq!(notices(&app).await.len(), 2);
    assert_eq!(last(&app).await.1, Notice::AlreadySignedUp);
}

#[actix_web::test]
async fn nobody_gets_into_an_account_that_they_signed_up_for_with_an_address_of_another() {
    let app = TestApp::start().await;
    // Somebody signs up with Vera's address before Vera does.
    register_with(&app, "vera@example.org", "the thief knows this one").await;
    let first = token(&app).await;
    register_with(&app, "vera@example.org", "quite another sentence").await;
    let (address, notice) = last(&app).await;
    assert_eq!(address, "vera@example.org");
    assert!(matches!(notice, Notice::SignUpAgain { .. }));
    // The link that would have let the first password in works no more, and no other is to be had.
    confirm(&app, &first)
        .await
        .refused(410, ErrorCode::LinkExpired);
    // Also when the link to choose a password by has expired unused.
    app.pass(DAY);
    let (purpose, again) = confirm_again(&app, "vera@example.org").await.unwrap();
    assert_eq!(purpose, Purpose::Password);
    confirm(&app, &again)
        .await
        .refused(410, ErrorCode::LinkExpired);

    assert_eq!(choose(&app, &again, PASSWORD).await.status, 204);
    assert_eq!(acts(&app, Act::SignedUp).await.len(), 1);
    for wrong in ["the thief knows this one", "quite another sentence"] {
        sign_in(&app, "vera@example.org", wrong)
            .await
            .refused(401, ErrorCode::WrongCredentials);
    }
    assert_eq!(
        sign_in(&app, "vera@example.org", PASSWORD).await.status,
        200
    );
}

#[actix_web::test]
async fn whoever_opens_a_letter_that_they_never_asked_for_gives_nobody_an_account() {
    let app = TestApp::start().await;
    register_with(&app, VERA, "the thief knows this one").await;
    let link = token(&app).await;
    // Vera, or a mail scanner that runs what it opens.
    let unsaid = json!({"token": link});
    let answer = app.guest().post("auth/confirm", unsaid).await;
    answer.wrong_field("password", FieldCode::Required);
    for (password, code) in [
        ("", FieldCode::Required),
        (PASSWORD, FieldCode::WrongPassword),
        ("the thief knows this on", FieldCode::WrongPassword),
    ] {
        let answer = confirm_with(&app, &link, password).await;
        answer.wrong_field("password", code);
    }
    assert_eq!(account(&app, VERA).await.unwrap().confirmed_at, None);
    sign_in(&app, VERA, "the thief knows this one")
        .await
        .refused(403, ErrorCode::Unconfirmed);

    // She wants the account after all, and signs up: whoever was first is out.
    register(&app, VERA).await;
    let choice = token(&app).await;
    assert_eq!(choose(&app, &choice, PASSWORD).await.status, 204);
    confirm_with(&app, &link, "the thief knows this one")
        .await
        .refused(410, ErrorCode::LinkExpired);
    sign_in(&app, VERA, "the thief knows this one")
        .await
        .refused(401, ErrorCode::WrongCredentials);
    assert_eq!(sign_in(&app, VERA, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn a_wrong_password_costs_no_link_but_a_try() {
    let app = TestApp::start().await;
    register(&app, VERA).await;
    let link = token(&app).await;
    for _ in 0..10 {
        let wrong = confirm_with(&app, &link, "not the password").await;
        wrong.wrong_field("password", FieldCode::WrongPassword);
    }
    let wait = confirm(&app, &link).await;
    wait.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(wait.header("retry-after"), "60");
    app.pass(Duration::from_secs(60));
    assert_eq!(confirm(&app, &link).await.status, 200);
    // It was right: all tries are there again.
    for _ in 0..10 {
        let wrong = sign_in(&app, VERA, "not the password").await;
        wrong.refused(401, ErrorCode::WrongCredentials);
    }
}

#[actix_web::test]
async fn of_two_who_confirm_at_once_one_is_signed_in() {
    let app = TestApp::start().await;
    register(&app, VERA).await;
    let link = token(&app).await;
    let at_once = [confirm(&app, &link), confirm(&app, &link)];
    let answers = futures_util::future::join_all(at_once).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
    assert_eq!(acts(&app, Act::SignedUp).await.len(), 1);
}

#[actix_web::test]
async fn who_is_blocked_before_they_have_confirmed_stays_out() {
    let app = TestApp::start().await;
    register(&app, VERA).await;
    let link = token(&app).await;
    let vera = account(&app, VERA).await.unwrap();
    app.block(vera.id, true).await;
    confirm_with(&app, &link, "not the password")
        .await
        .wrong_field("password", FieldCode::WrongPassword);
    confirm(&app, &link).await.refused(403, ErrorCode::Blocked);
    app.block(vera.id, false).await;
    assert_eq!(confirm(&app, &link).await.status, 200);
}

#[actix_web::test]
async fn a_confirmation_works_for_a_day_and_can_be_asked_for_again() {
    let app = TestApp::start().await;
    register(&app, "vera@example.org").await;
    let late = token(&app).await;
    app.pass(DAY);
    confirm(&app, &late)
        .await
        .refused(410, ErrorCode::LinkExpired);

    let asked = json!({"email": "VERA@example.org"});
    let answer = app.guest().post("auth/confirm/resend", asked).await;
    assert_eq!(answer.status, 202);
    let (address, notice) = last(&app).await;
    assert_eq!(
        (address.as_str(), notice),
        ("VERA@example.org", Notice::ConfirmAddressAgain)
    );
    let (purpose, again) = confirm_again(&app, "VERA@example.org").await.unwrap();
    assert_eq!(purpose, Purpose::Confirm);
    app.pass(DAY - Duration::from_secs(1));
    assert_eq!(confirm(&app, &again).await.status, 200);
    assert_eq!(confirm_again(&app, "vera@example.org").await, None);
    assert_eq!(confirm_again(&app, "nobody@example.org").await, None);
}

#[actix_web::test]
async fn a_link_opens_only_what_it_was_made_for_and_only_as_it_was_made() {
    let app = with_anna().await;
    register(&app, "vera@example.org").await;
    let link = token(&app).await;
    let (id, proof) = link.split_once('.').unwrap();
    let other_id = format!("{}.{proof}", id.parse::<i64>().unwrap() + 1);
    for tampered in [
        "",
        ".",
        id,
        &format!("{id}."),
        &format!("{id}.{}", &proof[1..]),
        &format!("{id}.{proof}A"),
        &format!("-{link}"),
        &other_id,
    ] {
        confirm(&app, tampered)
            .await
            .refused(410, ErrorCode::LinkExpired);
    }
    choose(&app, &link, PASSWORD)
        .await
        .refused(410, ErrorCode::LinkExpired);
    let body = json!({"token": link});
    app.guest()
        .post("auth/email-change", body)
        .await
        .refused(410, ErrorCode::LinkExpired);
    let reset = reset_token(&app, ANNA).await.unwrap();
    confirm(&app, &reset)
        .await
        .refused(410, ErrorCode::LinkExpired);
    // All that did not use it up.
    assert_eq!(confirm(&app, &link).await.status, 200);
}

#[actix_web::test]
async fn what_is_wrong_with_a_registration_is_told_at_its_field() {
    let app = TestApp::start().await;
    let cases = [
        (json!({"email": "vera"}), "email", FieldCode::NotAnAddress),
        (
            json!({"password": "short"}),
            "password",
            FieldCode::TooShort,
        ),
        (
            json!({"password": "x".repeat(129)}),
            "password",
            FieldCode::TooLong,
        ),
        (
            json!({"password": "qwertyuiop"}),
            "password",
            FieldCode::TooWeak,
        ),
        (
            json!({"password": "vera@example.org"}),
            "password",
            FieldCode::TooWeak,
        ),
        (
            json!({"full_name": "a\r\nb"}),
            "full_name",
            FieldCode::ControlCharacter,
        ),
        (
            json!({"time_zone": "Mars/Olympus"}),
            "time_zone",
            FieldCode::UnknownZone,
        ),
        (json!({"role": "admin"}), "role", FieldCode::UnknownField),
    ];
    for (change, field, code) in cases {
        let mut body = json!({"email": "vera@example.org", "password": PASSWORD});
        let fields = body.as_object_mut().unwrap();
        fields.extend(change.as_object().unwrap().clone());
        let answer = app.guest().post("auth/register", body).await;
        answer.wrong_field(field, code);
    }
    assert_eq!(notices(&app).await, []);
}

#[actix_web::test]
async fn two_who_sign_up_with_one_address_at_once_make_one_account() {
    let app = TestApp::start().await;
    let both = [
        register(&app, "vera@example.org"),
        register(&app, "vera@example.org"),
    ];
    for answer in futures_util::future::join_all(both).await {
        assert_eq!(answer.status, 202);
    }
    let told = notices(&app).await;
    assert!(matches!(told[0].1, Notice::ConfirmAddress { .. }));
    assert!(matches!(told[1].1, Notice::SignUpAgain { .. }));
    assert_eq!(told.len(), 2);
    let again = token_of(&app, &told[1].1).await;
    assert_eq!(choose(&app, &again, PASSWORD).await.status, 204);
}
