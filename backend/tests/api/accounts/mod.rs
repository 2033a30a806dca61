//! Accounts: what the tests of each part share.

mod api_tokens;
mod at_once;
mod avatar;
mod deletion;
mod doors;
mod email_change;
mod letters;
mod limits;
mod making;
mod phone;
mod profile;
pub mod records;
mod recovery;
mod second_factor;
mod sessions;
mod signing_in;
mod signing_up;
mod strength;
mod sweeping;
mod token_ends;
mod users;
mod users_admin;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use contract::accounts::{AccessToken, Language};
use contract::permissions::Role;
use golub::accounts::entity as user;
use golub::accounts::make::{self, NewUser};
use golub::config::Secret;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::support::client::Answer;
use crate::support::{Client, TestApp};

pub const PASSWORD: &str = "correct horse battery";

pub async fn with_anna() -> TestApp {
    let app = TestApp::start().await;
    create_anna(&app).await;
    app
}

pub async fn create_anna(app: &TestApp) {
    let anna = NewUser {
        email: "anna@почта.рф".to_owned(),
        ..boris()
    };
    make::create_user(&app.app, anna).await.unwrap();
}

pub fn boris() -> NewUser {
    NewUser {
        email: "boris@example.org".to_owned(),
        full_name: "Boris".to_owned(),
        role: Role::User,
        password: Some(Secret::new(PASSWORD)),
        language: Language::Ru,
        time_zone: "Europe/Moscow".to_owned(),
        city: String::new(),
    }
}

pub async fn anna(app: &TestApp) -> user::Model {
    user::Entity::find()
        .one(app.app.database.read())
        .await
        .unwrap()
        .unwrap()
}

pub async fn set(
    app: &TestApp,
    column: user::Column,
    instant: Option<chrono::DateTime<chrono::Utc>>,
) {
    let tx = app.app.database.write().await.unwrap();
    user::Entity::update_many()
        .col_expr(column, Expr::value(instant))
        .filter(user::Column::Id.gt(0))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.guest()
        .post("auth/login", json!({"email": email, "password": password}))
        .await
}

pub fn access(answer: &Answer) -> String {
    answer.json::<AccessToken>().access_token
}

#[track_caller]
pub fn cookie(answer: &Answer) -> Cookie<'static> {
    Cookie::parse(answer.header("set-cookie").to_owned()).unwrap()
}

pub async fn refresh(app: &TestApp, cookie: &Cookie<'static>) -> Answer {
    with_cookie(app, "/api/v1/auth/refresh", cookie).await
}

pub async fn with_cookie(app: &TestApp, path: &str, cookie: &Cookie<'static>) -> Answer {
    let guest: Client = app.guest();
    guest
        .send(TestRequest::post().uri(path).cookie(cookie.clone()))
        .await
}
