//! Another address: both say yes, or nothing changes.

use std::time::Duration;

use contract::audit::Act;
use contract::permissions::Role;
use contract::problem::{ErrorCode, FieldCode};
use golub::accounts::sweep;
use golub::notices::Notice;
use serde_json::json;

use super::letters::{account, acts, choose, last, notices, reset_token, token_of};
use super::{PASSWORD, access, sign_in, with_anna};
use crate::support::client::Answer;
use crate::support::{Client, TestApp};

const ANNA: &str = "anna@почта.рф";
const NEW: &str = "Anna@Example.org";

/// Anna, signed in by her password.
async fn signed_in() -> (TestApp, Client) {
    let app = with_anna().await;
    let anna = app.bearing(&access(&sign_in(&app, ANNA, PASSWORD).await));
    (app, anna)
}

async fn ask(person: &Client, email: &str) -> Answer {
    person.post("me/email", json!({"email": email})).await
}

/// The tokens of the last two letters: to the present address, to the new one.
async fn both(app: &TestApp) -> (String, String) {
    let told = notices(app).await;
    let [.., (_, present), (_, new)] = told.as_slice() else {
        panic!("two letters");
    };
    (token_of(app, present).await, token_of(app, new).await)
}

async fn confirm(app: &TestApp, token: &str) -> Answer {
    let body = json!({"token": token});
    app.guest().post("auth/email-change", body).await
}

#[actix_web::test]
async fn an_address_changes_when_both_have_said_yes() {
    let (app, anna) = signed_in().await;
    anna.get("me/email").await.refused(404, ErrorCode::NotFound);
    let asked = ask(&anna, NEW).await;
    let begun = json!({"email": NEW, "present_confirmed": false, "new_confirmed": false});
    assert_eq!((asked.status, asked.value()), (202, begun.clone()));
    assert_eq!(anna.get("me/email").await.value(), begun);
    let told = notices(&app).await;
    let to: Vec<&str> = told.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(to, [ANNA, NEW]);

    let reset = reset_token(&app, ANNA).await.unwrap();
    let (present, new) = both(&app).await;
    let half = confirm(&app, &new).await;
    let half_way = json!({"email": NEW, "present_confirmed": false, "new_confirmed": true});
    assert_eq!((half.status, half.value()), (200, half_way));
    assert_eq!(account(&app, NEW).await, None);
    confirm(&app, &new)
        .await
        .refused(410, ErrorCode::LinkExpired);
    let done = confirm(&app, &present).await;
    assert_eq!(done.value()["present_confirmed"], true);
    confirm(&app, &present)
        .await
        .refused(410, ErrorCode::LinkExpired);

    assert_eq!(anna.get("me").await.value()["email"], NEW);
    anna.get("me/email").await.refused(404, ErrorCode::NotFound);
    sign_in(&app, ANNA, PASSWORD)
        .await
        .refused(401, ErrorCode::WrongCredentials);
    assert_eq!(sign_in(&app, NEW, PASSWORD).await.status, 200);
    let changed = Notice::EmailChanged {
        email: NEW.to_owned(),
    };
    assert_eq!(last(&app).await, (ANNA.to_owned(), changed));
    let written = acts(&app, Act::EmailChanged).await;
    assert!(written[0].details.contains(ANNA) && written[0].details.contains(NEW));
    // A link that was sent to the former address opens nothing any more.
    choose(&app, &reset, "quite another sentence")
        .await
        .refused(410, ErrorCode::LinkExpired);
    // The account is found by what it is called now.
    let boss = app.admin("boss").await;
    for (search, found) in [("anna@example", 1), ("anna@почта", 0)] {
        let path =
            format!("users?search={search}").replace("почта", "%D0%BF%D0%BE%D1%87%D1%82%D0%B0");
        assert_eq!(boss.get(&path).await.value()["total"], found, "{search}");
    }
}

#[actix_web::test]
async fn the_second_link_may_come_first_and_both_at_once() {
    let (app, anna) = signed_in().await;
    ask(&anna, NEW).await;
    let (present, new) = both(&app).await;
    let answers = futures_util::future::join(confirm(&app, &present), confirm(&app, &new)).await;
    assert_eq!((answers.0.status, answers.1.status), (200, 200));
    assert_eq!(anna.get("me").await.value()["email"], NEW);
}

#[actix_web::test]
async fn whether_the_new_address_has_an_account_is_told_to_that_account_alone() {
    let (app, anna) = signed_in().await;
    let boris = app.member("boris").await;
    let free = ask(&anna, NEW).await;
    let taken = ask(&anna, "Boris@golub.example").await;
    assert_eq!(
        (taken.status, taken.value()["new_confirmed"].clone()),
        (free.status, json!(false))
    );
    let told = notices(&app).await;
    assert_eq!(told.len(), 4);
    assert_eq!(told[3], (boris.email.clone(), Notice::AlreadySignedUp));
    let present = token_of(&app, &told[2].1).await;
    assert_eq!(confirm(&app, &present).await.status, 200);
    assert_eq!(anna.get("me").await.value()["email"], ANNA);
    assert_eq!(
        account(&app, "boris@golub.example").await.unwrap().id,
        boris.id
    );
}

#[actix_web::test]
async fn where_somebody_was_quicker_with_the_address_nothing_changes() {
    let (app, anna) = signed_in().await;
    ask(&anna, "boris@golub.example").await;
    let (present, new) = both(&app).await;
    app.member("boris").await;
    assert_eq!(confirm(&app, &present).await.status, 200);
    confirm(&app, &new).await.refused(409, ErrorCode::Taken);
    assert_eq!(anna.get("me").await.value()["email"], ANNA);
}

#[actix_web::test]
async fn a_change_can_be_given_up_begun_anew_and_runs_out() {
    let (app, anna) = signed_in().await;
    ask(&anna, NEW).await;
    let (present, new) = both(&app).await;
    assert_eq!(anna.delete("me/email").await.status, 204);
    assert_eq!(anna.delete("me/email").await.status, 204);
    for token in [&present, &new] {
        confirm(&app, token)
            .await
            .refused(410, ErrorCode::LinkExpired);
    }

    ask(&anna, NEW).await;
    let (first, _) = both(&app).await;
    ask(&anna, "other@example.org").await;
    confirm(&app, &first)
        .await
        .refused(410, ErrorCode::LinkExpired);
    let (present, new) = both(&app).await;
    assert_eq!(
        confirm(&app, &present).await.value()["email"],
        "other@example.org"
    );
    app.pass(Duration::from_secs(24 * 3600));
    confirm(&app, &new)
        .await
        .refused(410, ErrorCode::LinkExpired);
    sweep::pass(&app.app).await.unwrap();
    assert_eq!(account(&app, ANNA).await.unwrap().email, ANNA);
}

#[actix_web::test]
async fn a_password_chosen_by_letter_gives_up_the_change_that_somebody_else_began() {
    let (app, anna) = signed_in().await;
    ask(&anna, "thief@example.org").await;
    let (_, new) = both(&app).await;
    let link = reset_token(&app, ANNA).await.unwrap();
    assert_eq!(
        choose(&app, &link, "quite another sentence").await.status,
        204
    );
    confirm(&app, &new)
        .await
        .refused(410, ErrorCode::LinkExpired);
}

#[actix_web::test]
async fn only_an_address_of_an_allowed_domain_is_taken_but_from_staff() {
    let app = TestApp::with(|config| {
        config.accounts.allowed_domains = vec!["golub.example".to_owned()];
    })
    .await;
    let anna = app.member("anna").await;
    ask(&anna, "anna@example.org")
        .await
        .wrong_field("email", FieldCode::DomainNotAllowed);
    ask(&anna, "anna")
        .await
        .wrong_field("email", FieldCode::NotAnAddress);
    ask(&anna, "ANNA@golub.example")
        .await
        .wrong_field("email", FieldCode::Taken);
    assert_eq!(ask(&anna, "sokolova@golub.example").await.status, 202);
    let manager = app.person("dmitry", Role::Manager).await;
    assert_eq!(ask(&manager, "dmitry@example.org").await.status, 202);
}

#[actix_web::test]
async fn strangers_are_not_written_to_without_end() {
    let (app, anna) = signed_in().await;
    for number in 0..5 {
        assert_eq!(
            ask(&anna, &format!("r{number}@example.org")).await.status,
            202
        );
    }
    let wait = ask(&anna, NEW).await;
    wait.refused(429, ErrorCode::TooManyRequests);
    assert_eq!(wait.header("retry-after"), "600");
    app.pass(Duration::from_secs(600));
    // Her access token has run out meanwhile.
    let anna = app.bearing(&access(&sign_in(&app, ANNA, PASSWORD).await));
    assert_eq!(ask(&anna, NEW).await.status, 202);
}
