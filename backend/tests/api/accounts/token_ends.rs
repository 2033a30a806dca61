//! API tokens end with whatever shows that somebody else may have had the account, and their owner hears of each.

use contract::accounts::api_tokens::{MadeApiToken, NewApiToken};
use contract::audit::Act;
use contract::permissions::{Permission, Role};
use contract::problem::ErrorCode;
use golub::accounts::api_tokens::service;
use golub::accounts::entity as user;
use golub::accounts::second_factor::service as second_factor;
use golub::accounts::users::overseer::Overseer;
use golub::http::caller::{CurrentUser, Via};
use golub::notices::Notice;
use golub::problem::ApiError;
use sea_orm::{ActiveModelTrait, Set};
use serde_json::json;

use super::letters::{choose, reset_token};
use super::records::entries;
use super::{PASSWORD, access, sign_in};
use crate::support::{Client, TestApp};

const OTHER: &str = "quite another sentence";

/// A program that uses the API in the person's name.
async fn program(app: &TestApp, person: &Client) -> Client {
    let new = json!({"name": "Shop", "scopes": ["see_mailings"]});
    let made: MadeApiToken = person.post("me/tokens", new).await.json();
    let program = app.bearing(&made.token);
    assert_eq!(program.get("me").await.status, 200);
    program
}

fn made() -> Notice {
    Notice::ApiTokenMade {
        name: "Shop".to_owned(),
        client: String::new(),
    }
}

#[actix_web::test]
async fn a_new_token_is_told_to_its_owner() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    program(&app, &anna).await;
    assert_eq!(app.notices_to(anna.id).await, [made()]);
}

#[actix_web::test]
async fn a_password_chosen_by_letter_deletes_api_tokens_and_their_owner_is_told() {
    let app = TestApp::start().await;
    let (anna, boris) = (app.member("anna").await, app.member("boris").await);
    let (first, second) = (program(&app, &anna).await, program(&app, &anna).await);
    let others = program(&app, &boris).await;
    let link = reset_token(&app, &anna.email).await.unwrap();
    choose(&app, &link, "short").await;
    assert_eq!(first.get("me").await.status, 200);
    assert_eq!(choose(&app, &link, OTHER).await.status, 204);
    for program in [&first, &second] {
        program.get("me").await.refused(401, ErrorCode::SignedOut);
    }
    assert_eq!(others.get("me").await.status, 200);
    let changed = Notice::PasswordChanged {
        client: String::new(),
        api_tokens: 0,
    };
    let deleted = Notice::ApiTokensDeleted { count: 2 };
    let told = app.notices_to(anna.id).await;
    assert_eq!(told, [made(), made(), changed, deleted]);
    let acts = app.acts_upon(anna.id).await;
    let (deleted, reset) = (Act::ApiTokenDeleted, Act::PasswordReset);
    assert_eq!(acts[2..], [deleted, deleted, reset]);
}

#[actix_web::test]
async fn who_changes_their_own_password_keeps_api_tokens_and_reads_how_many_work() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let program = program(&app, &anna).await;
    let expiring =
        json!({"name": "Old", "scopes": ["see_mailings"], "expires_at": "2030-05-01T07:00:00Z"});
    anna.post("me/tokens", expiring).await.value();
    app.at("2030-05-01T07:00:00Z");
    let anna_again = app.bearing(&access(&sign_in(&app, &anna.email, PASSWORD).await));
    let change = json!({"current_password": PASSWORD, "password": OTHER});
    assert_eq!(anna_again.put("me/password", change).await.status, 204);
    assert_eq!(anna_again.delete("me/sessions").await.status, 204);
    assert_eq!(program.get("me").await.status, 200);
    let told = app.notices_to(anna.id).await;
    let changed = Notice::PasswordChanged {
        client: String::new(),
        api_tokens: 1,
    };
    assert_eq!(told.last(), Some(&changed));
}

#[actix_web::test]
async fn an_administrator_who_ends_sessions_deletes_api_tokens_too() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin("vera").await, app.member("anna").await);
    let program = program(&app, &anna).await;
    let path = format!("users/{}/sessions", anna.id);
    assert_eq!(admin.delete(&path).await.status, 204);
    program.get("me").await.refused(401, ErrorCode::SignedOut);
    let deleted = entries(&app).await.into_iter();
    let deleted: Vec<_> = deleted
        .filter(|entry| Act::from(entry.act) == Act::ApiTokenDeleted)
        .collect();
    assert_eq!(deleted[0].actor_id, Some(admin.id));
    assert_eq!(deleted[0].owner_id, Some(anna.id));
    assert_eq!(deleted[0].item_title, "Shop");
    let told = app.notices_to(anna.id).await;
    assert_eq!(told[1..], [Notice::ApiTokensDeleted { count: 1 }]);
    // There is nothing left to tell of.
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(app.notices_to(anna.id).await.len(), 2);
}

#[actix_web::test]
async fn with_an_address_that_an_administrator_gives_sessions_and_api_tokens_end() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin("vera").await, app.member("anna").await);
    let program = program(&app, &anna).await;
    let path = format!("users/{}", anna.id);
    let renamed = admin.patch(&path, json!({"full_name": "Anna S"})).await;
    assert_eq!(renamed.status, 200);
    assert_eq!(program.get("me").await.status, 200);
    let moved = json!({"email": "anna.s@golub.example"});
    assert_eq!(admin.patch(&path, moved).await.status, 200);
    for gone in [&anna, &program] {
        gone.get("me").await.refused(401, ErrorCode::SignedOut);
    }
    let told = super::letters::notices(&app).await;
    let deleted = Notice::ApiTokensDeleted { count: 1 };
    assert!(told.contains(&("anna.s@golub.example".to_owned(), deleted)));
}

#[actix_web::test]
async fn a_second_factor_that_is_taken_off_takes_api_tokens_with_it() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let program = program(&app, &anna).await;
    let tx = app.app.database.write().await.unwrap();
    let on = user::ActiveModel {
        id: Set(anna.id),
        second_factor_nonce: Set(Some("nobody knows what this makes".to_owned())),
        ..Default::default()
    };
    on.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let by = Overseer::command_line();
    second_factor::reset(&app.app, &by, anna.id).await.unwrap();
    program.get("me").await.refused(401, ErrorCode::SignedOut);
    let told = app.notices_to(anna.id).await;
    assert_eq!(told.last(), Some(&Notice::ApiTokensDeleted { count: 1 }));
}

#[actix_web::test]
async fn a_session_that_has_ended_meanwhile_makes_no_token() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let session = app.session(anna.id).await;
    let caller = CurrentUser {
        id: anna.id,
        email: anna.email.clone(),
        full_name: String::new(),
        role: Role::User,
        via: Via::Session {
            id: session.id,
            proved_at: None,
            proved: true,
        },
        client: String::new(),
        must_set_up: false,
    };
    let new = || NewApiToken {
        name: "Shop".to_owned(),
        scopes: vec![Permission::SeeMailings],
        expires_at: None,
    };
    service::make(&app.app, &caller, new()).await.unwrap();
    // It was let in, and then the password was chosen anew.
    let link = reset_token(&app, &anna.email).await.unwrap();
    assert_eq!(choose(&app, &link, OTHER).await.status, 204);
    let late = service::make(&app.app, &caller, new()).await;
    assert!(matches!(late, Err(ApiError::SignedOut)), "{late:?}");
}
