//! What the service told whom, as it stands in the queue, and the links in it.

use golub::accounts::entity as user;
use golub::accounts::find;
use golub::accounts::links::{self, entity as link};
use golub::notices::{Notice, entity as notice};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::PASSWORD;
use crate::support::TestApp;
use crate::support::client::Answer;

/// All notices, the first one first: to which address, and what.
pub async fn notices(app: &TestApp) -> Vec<(String, Notice)> {
    let rows = notice::Entity::find().order_by_asc(notice::Column::Id);
    let rows = rows.all(app.app.database.read()).await.unwrap();
    let told = rows.into_iter().map(|row| {
        let notice = serde_json::from_str(&row.subject).unwrap();
        (row.address, notice)
    });
    told.collect()
}

/// The last notice.
pub async fn last(app: &TestApp) -> (String, Notice) {
    notices(app).await.pop().unwrap()
}

/// The token of the link in the last notice.
pub async fn token(app: &TestApp) -> String {
    token_of(app, &last(app).await.1).await
}

pub async fn token_of(app: &TestApp, notice: &Notice) -> String {
    let id = match notice {
        Notice::ConfirmAddress { link_id }
        | Notice::SignUpAgain { link_id }
        | Notice::PasswordLink { link_id }
        | Notice::EmailChangePresent { link_id }
        | Notice::EmailChangeNew { link_id } => *link_id,
        other => panic!("there is no link in {other:?}"),
    };
    let link = link::Entity::find_by_id(id);
    let link = link.one(app.app.database.read()).await.unwrap().unwrap();
    links::token(&app.app.tokens, &link)
}

pub async fn account(app: &TestApp, email: &str) -> Option<user::Model> {
    find::by_email(app.app.database.read(), email)
        .await
        .unwrap()
}

pub async fn register(app: &TestApp, email: &str) -> Answer {
    register_with(app, email, PASSWORD).await
}

pub async fn register_with(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({
        "email": email, "password": password, "full_name": "Anna Sokolova",
        "language": "ru", "time_zone": "Europe/Moscow"
    });
    app.guest().post("auth/register", body).await
}

pub async fn confirm(app: &TestApp, token: &str) -> Answer {
    confirm_with(app, token, PASSWORD).await
}

pub async fn confirm_with(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "password": password});
    app.guest().post("auth/confirm", body).await
}

/// Asks for a link to a new password, and finds it as the worker does.
pub async fn reset_token(app: &TestApp, email: &str) -> Option<String> {
    let tx = app.app.database.write().await.unwrap();
    let found = golub::accounts::passwords::reset::resolve(&app.app, &tx, email).await;
    tx.commit().await.unwrap();
    let (_, link) = found.unwrap()?;
    Some(links::token(&app.app.tokens, &link))
}

/// Asks for the confirmation again, and finds it as the worker does.
pub async fn confirm_again(app: &TestApp, email: &str) -> Option<(links::Purpose, String)> {
    let tx = app.app.database.write().await.unwrap();
    let found = golub::accounts::sign_up::resolve_again(&app.app, &tx, email).await;
    tx.commit().await.unwrap();
    let (_, link) = found.unwrap()?;
    Some((link.purpose, links::token(&app.app.tokens, &link)))
}

pub async fn choose(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "password": password});
    app.guest().post("auth/password-reset/confirm", body).await
}

/// How often this was written into the audit log, and by whom the last time.
pub async fn acts(app: &TestApp, act: contract::audit::Act) -> Vec<golub::audit::entity::Model> {
    let rows = golub::audit::entity::Entity::find().order_by_asc(golub::audit::entity::Column::Id);
    let rows = rows.all(app.app.database.read()).await.unwrap();
    rows.into_iter()
        .filter(|row| contract::audit::Act::from(row.act) == act)
        .collect()
}
