//! `golub user`, as whoever runs the service uses it.

use std::process::Output;

use contract::accounts::users::{UserState, UserView};
use contract::audit::Act;
use contract::notices::NoticeKind;
use contract::problem::ErrorCode;
use golub::accounts::entity as account;
use golub::clock::Clock;
use golub::notices::entity as notice;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use super::{golub, run};
use crate::accounts::records::{acts, entries};
use crate::support::TestApp;
use crate::support::app::PASSWORD;
use crate::support::smtp_server::SmtpServer;

/// Runs `golub user` to its end.
async fn user(app: &TestApp, arguments: &[&str]) -> Output {
    let server = SmtpServer::start().await;
    let arguments = [&["user"], arguments].concat();
    run(golub(app, &server, &arguments)).await
}

#[track_caller]
fn said(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// It was refused in words, and nothing was said as if it had been done.
#[track_caller]
fn refused(output: &Output, words: &str) {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(words), "{told}");
    assert!(output.stdout.is_empty(), "{output:?}");
}

#[actix_web::test]
async fn accounts_are_listed_as_a_table_and_as_json() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let boris = app.manager("boris").await;
    app.block(anna.id, true).await;

    let table = said(&user(&app, &["list"]).await);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines.len(), 3, "{table}");
    let (anna_id, boris_id) = (anna.id.to_string(), boris.id.to_string());
    assert_eq!(
        lines[1],
        [&boris_id, &boris.email, "manager", "active", "never"]
    );
    assert_eq!(
        lines[2],
        [&anna_id, &anna.email, "user", "blocked", "never"]
    );

    let managers = said(&user(&app, &["list", "--role", "manager", "--json"]).await);
    let managers: Vec<UserView> = serde_json::from_str(&managers).unwrap();
    assert_eq!(managers.len(), 1);
    assert_eq!(
        (managers[0].id, managers[0].state()),
        (boris.id, UserState::Active)
    );
    let found = said(&user(&app, &["list", "--search", "ann"]).await);
    assert!(
        found.contains(&anna.email) && !found.contains(&boris.email),
        "{found}"
    );
}

#[actix_web::test]
async fn a_role_is_given_and_the_last_administrator_keeps_theirs() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let set_role = async |email: &str, role: &str| user(&app, &["set-role", email, role]).await;
    let given = said(&set_role(&anna.email, "admin").await);
    assert!(given.contains("admin") && !given.contains("out"), "{given}");
    assert_eq!(anna.get("users").await.status, 200);
    refused(
        &set_role(&anna.email, "manager").await,
        "without an administrator",
    );
    app.admin("vera").await;
    let taken = said(&set_role("ANNA@golub.example", "manager").await);
    assert!(taken.contains("signed out everywhere"), "{taken}");
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    refused(
        &set_role("nobody@golub.example", "user").await,
        "no account with the address",
    );
    let unknown = set_role(&anna.email, "king").await;
    assert_eq!(unknown.status.code(), Some(64), "{unknown:?}");
    assert_eq!(acts(&app).await, [Act::RoleChanged; 2]);
    let entry = entries(&app).await.remove(0);
    assert_eq!(
        (entry.actor_id, entry.actor_name.as_str()),
        (None, "command line")
    );
}

#[actix_web::test]
async fn people_are_blocked_and_unblocked() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let blocked = user(&app, &["block", &anna.email, "--reason", "Spam"]).await;
    assert!(said(&blocked).contains("is blocked"));
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    let empty = user(&app, &["block", &anna.email, "--reason", " "]).await;
    refused(&empty, "reason: must not be empty");
    let none = user(&app, &["block", &anna.email]).await;
    assert_eq!(none.status.code(), Some(64), "{none:?}");
    said(&user(&app, &["unblock", &anna.email]).await);
    assert_eq!(acts(&app).await, [Act::UserBlocked, Act::UserUnblocked]);
}

#[actix_web::test]
async fn a_link_to_a_new_password_is_printed_or_sent_and_never_a_password() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    // The command reads the real clock.
    app.clock.set(Clock::system().now());
    let sent = said(&user(&app, &["reset-password", &anna.email, "--mail"]).await);
    assert!(!sent.contains("token"), "{sent}");
    let notices = notice::Entity::find().all(app.app.database.read()).await;
    let [notice] = &notices.unwrap()[..] else {
        panic!("not one notice")
    };
    assert_eq!(NoticeKind::from(notice.kind), NoticeKind::PasswordLink);
    let printed = said(&user(&app, &["reset-password", &anna.email]).await);
    let token = printed
        .trim()
        .rsplit_once("/reset-password?token=")
        .unwrap();
    assert!(token.1.len() > 20, "{printed}");
    assert_eq!(acts(&app).await, [Act::PasswordLinkSent; 2]);
}

#[actix_web::test]
async fn a_lost_second_factor_is_taken_off_and_its_person_is_told() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let none = user(&app, &["reset-second-factor", &anna.email]).await;
    refused(&none, "second factor");
    let tx = app.app.database.write().await.unwrap();
    let on = account::ActiveModel {
        id: Set(anna.id),
        second_factor_nonce: Set(Some("nobody knows what this makes".to_owned())),
        ..Default::default()
    };
    on.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let login = json!({"email": anna.email, "password": PASSWORD});
    app.guest()
        .post("auth/login", &login)
        .await
        .refused(401, ErrorCode::SecondFactorRequired);

    said(&user(&app, &["reset-second-factor", &anna.email]).await);
    anna.get("me").await.refused(401, ErrorCode::SignedOut);
    assert_eq!(app.guest().post("auth/login", login).await.status, 200);
    let notices = notice::Entity::find().all(app.app.database.read()).await;
    let kinds: Vec<NoticeKind> = notices.unwrap().iter().map(|row| row.kind.into()).collect();
    assert_eq!(kinds, [NoticeKind::SecondFactorOff]);
    assert_eq!(acts(&app).await, [Act::SecondFactorOff, Act::SignedIn]);
}
