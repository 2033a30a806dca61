//! Two who do something about one account at the same time.

use std::pin::pin;

use contract::accounts::api_tokens::MadeApiToken;
use contract::problem::ErrorCode;
use futures_util::future::maybe_done;
use golub::accounts::api_tokens::entity as api_token;
use golub::accounts::deletion::sweep::sweep_pass;
use golub::accounts::entity as user;
use golub::accounts::invitations::entity as invitation;
use golub::accounts::links::entity as link;
use golub::accounts::sessions::entity as session;
use golub::database::Engine;
use golub::mailings::entity as mailing;
use golub::notices::Notice;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QuerySelect, Set};
use serde_json::json;

use super::letters::{account, last, notices, register, register_with, token_of};
use super::{PASSWORD, anna, cookie, refresh, sign_in, with_anna};
use crate::support::TestApp;
use crate::support::cutting::{meeting, until_waiting};

const ANNA: &str = "anna@почта.рф";
const VERA: &str = "vera@example.org";

#[actix_web::test]
async fn who_confirms_keeps_the_password_while_somebody_signs_up_again() {
    let app = TestApp::start().await;
    register(&app, VERA).await;
    let tx = app.app.database.write().await.unwrap();
    link::Entity::delete_many().exec(&tx).await.unwrap();
    let confirmed = user::ActiveModel {
        id: Set(account(&app, VERA).await.unwrap().id),
        confirmed_at: Set(Some(app.now())),
        ..Default::default()
    };
    confirmed.update(&tx).await.unwrap();
    let again = register_with(&app, VERA, "quite another battery");
    assert_eq!(meeting(&app, tx, again).await.status, 202);
    assert_eq!(last(&app).await.1, Notice::AlreadySignedUp);
    assert_eq!(sign_in(&app, VERA, PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn a_session_is_renewed_before_all_are_ended_or_not_at_all() {
    let app = with_anna().await;
    if app.app.database.engine() == Engine::Sqlite {
        // There nobody waits with something half done.
        return;
    }
    let cookie = cookie(&sign_in(&app, ANNA, PASSWORD).await);
    let _pause = app.kept.pause();
    let tx = app.app.database.write().await.unwrap();
    let touched = "UPDATE users SET version = version + 1";
    tx.execute_unprepared(touched).await.unwrap();
    let mut renewing = pin!(maybe_done(refresh(&app, &cookie)));
    until_waiting(&app, 1, renewing.as_mut()).await;
    session::Entity::delete_many().exec(&tx).await.unwrap();
    tx.commit().await.unwrap();
    renewing.as_mut().await;
    let renewed = renewing.take_output().unwrap();
    renewed.refused(401, ErrorCode::SignedOut);
}

#[actix_web::test]
async fn of_two_changes_of_address_that_are_asked_for_at_once_one_is_under_way() {
    let app = TestApp::start().await;
    if app.app.database.engine() == Engine::Sqlite {
        return;
    }
    let anna = app.member("anna").await;
    let _pause = app.kept.pause();
    let tx = app.app.database.write().await.unwrap();
    let held = user::Entity::find_by_id(anna.id).lock_exclusive();
    held.one(&tx).await.unwrap().unwrap();
    let ask = |email| anna.post("me/email", json!({"email": email}));
    let mut one = pin!(maybe_done(ask("one@example.org")));
    until_waiting(&app, 1, one.as_mut()).await;
    let mut other = pin!(maybe_done(ask("other@example.org")));
    until_waiting(&app, 2, other.as_mut()).await;
    tx.commit().await.unwrap();
    tokio::join!(one.as_mut(), other.as_mut());
    for asked in [one.take_output(), other.take_output()] {
        assert_eq!(asked.unwrap().status, 202);
    }
    let links = link::Entity::find().count(app.app.database.read());
    assert_eq!(links.await.unwrap(), 2);
}

#[actix_web::test]
async fn a_new_address_makes_a_version_of_its_own() {
    let app = with_anna().await;
    let before = anna(&app).await;
    let caller = app.signed_in(before.id, before.email).await;
    let new = json!({"email": VERA});
    caller.post("me/email", new).await.value();
    let told = notices(&app).await;
    let mut tokens = Vec::new();
    for (_, notice) in &told[told.len() - 2..] {
        tokens.push(token_of(&app, notice).await);
    }
    let confirm = async |token: &str| {
        let body = json!({"token": token});
        app.guest().post("auth/email-change", body).await.status
    };
    assert_eq!(confirm(&tokens[0]).await, 200);
    let tx = app.app.database.write().await.unwrap();
    let touched = "UPDATE users SET version = version + 1";
    tx.execute_unprepared(touched).await.unwrap();
    assert_eq!(meeting(&app, tx, confirm(&tokens[1])).await, 200);
    assert_eq!(anna(&app).await.version, before.version + 2);
}

#[actix_web::test]
async fn an_invitation_that_is_used_up_at_the_same_moment_is_given_anew() {
    let app = TestApp::start().await;
    let admin = app.admin("boss").await;
    let invited = json!({"email": VERA});
    admin.post("users/invitations", &invited).await.value();
    let tx = app.app.database.write().await.unwrap();
    let all = invitation::Entity::delete_many();
    all.exec(&tx).await.unwrap();
    let again = admin.post("users/invitations", &invited);
    assert_eq!(meeting(&app, tx, again).await.status, 201);
}

#[actix_web::test]
async fn of_two_who_delete_a_token_at_once_one_did() {
    let app = TestApp::start().await;
    let anna = app.member("anna").await;
    let new = json!({"name": "Shop", "scopes": ["see_mailings"]});
    let made: MadeApiToken = anna.post("me/tokens", new).await.json();
    let tx = app.app.database.write().await.unwrap();
    let deleted = api_token::Entity::delete_by_id(made.view.id);
    deleted.exec(&tx).await.unwrap();
    let path = format!("me/tokens/{}", made.view.id);
    let late = meeting(&app, tx, anna.delete(&path)).await;
    late.refused(404, ErrorCode::NotFound);
}

#[actix_web::test]
async fn who_chooses_another_message_keeps_it_while_its_former_owner_is_swept_away() {
    let app = TestApp::start().await;
    let (anna, tom) = (app.member("anna").await, app.member("tom").await);
    let shared = app.shared_message(&anna, "Autumn").await;
    let own = app.message(&tom, "Winter").await;
    let id = tom.mailing(shared, json!({})).await.id;
    assert_eq!(anna.delete("me").await.status, 204);
    let tx = app.app.database.write().await.unwrap();
    let changed = mailing::ActiveModel {
        id: Set(id),
        message_id: Set(Some(own)),
        ..Default::default()
    };
    changed.update(&tx).await.unwrap();
    meeting(&app, tx, sweep_pass(&app.app)).await.unwrap();
    let read = tom.get(&format!("mailings/{id}")).await.value();
    assert_eq!(read["message"]["id"], own);
    assert_eq!(tom.get("messages").await.value()["total"], 1);
}
