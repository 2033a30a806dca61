//! Passwords in the API: weighed, changed, and chosen anew where one is forgotten.

use actix_web::web::Data;
use actix_web::{post, put};
use contract::accounts::password::{PasswordChange, PasswordStrength, PasswordToWeigh};
use contract::accounts::sign_up::{KnownBy, PasswordReset};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{change, reset, strength};
use crate::accounts::limits;
use crate::accounts::links::letters;
use crate::app::App;
use crate::config::Secret;
use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::guard::InPerson;
use crate::http::reply::{self, Reply};
use crate::notices::Notice;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(forgot_password)
        .service(reset_password)
        .service(weigh_password)
        .service(change_password);
}

/// Asks for a link to choose a new password by.
///
/// The answer is the same for every address; a letter goes only to one that has an account.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = KnownBy,
    responses(
        (status = 202, description = "Heard."),
        (status = 429, description = "Too often, from here or for this address; `Retry-After` says how long to wait.")
    )
)]
#[post("/auth/password-reset")]
async fn forgot_password(app: Data<App>, client: Client, known_by: Body<KnownBy>) -> Reply {
    let notice = Notice::PasswordReset;
    letters::ask(&app, known_by.0, &client, limits::RESET, &notice).await?;
    reply::accepted()
}

/// Chooses a password by the link of a letter.
///
/// All sessions of the account end, and its API tokens are deleted; an address that was not confirmed is confirmed by it. It signs nobody in: where a
/// second factor is on, signing in still asks for it.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = PasswordReset,
    responses(
        (status = 204, description = "Chosen: sign in with it."),
        (status = 410, description = "`link_expired`: the link was used, has expired, or was never given."),
        (status = 422, description = "The password is too short, too long or `too_weak`; the link still works.")
    )
)]
#[post("/auth/password-reset/confirm")]
async fn reset_password(app: Data<App>, client: Client, reset: Body<PasswordReset>) -> Reply {
    reset::choose(&app, reset.0, &client).await?;
    reply::no_content()
}

/// Weighs a password, while a person types it. It is kept nowhere.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = PasswordToWeigh,
    responses(
        (status = 200, body = PasswordStrength),
        (status = 429, description = "Too often; `Retry-After` says how long to wait.")
    )
)]
#[post("/auth/password-strength")]
async fn weigh_password(app: Data<App>, client: Client, weighed: Body<PasswordToWeigh>) -> Reply {
    limits::by_client(&app, limits::STRENGTH_CLIENT, &client).await?;
    let words = strength::words(
        &app.config.instance.name,
        &weighed.0.email,
        &weighed.0.full_name,
    );
    let strength = app
        .passwords
        .weigh(Secret::new(weighed.0.password), words)
        .await?;
    reply::once(&strength)
}

/// Changes one's own password.
///
/// All other sessions end, and the owner is told by letter. API tokens stay; the letter says how many still work.
#[utoipa::path(
    tag = "accounts",
    request_body = PasswordChange,
    responses(
        (status = 204),
        (status = 403, description = "`session_required`: not by an API token."),
        (status = 422, description = "`wrong_password` at `current_password`, or the new one is too short, too long or `too_weak`."),
        (status = 429, description = "Too often; `Retry-After` says how long to wait.")
    )
)]
#[put("/me/password")]
async fn change_password(person: InPerson, app: Data<App>, change: Body<PasswordChange>) -> Reply {
    change::change(&app, &person.0, change.0).await?;
    reply::no_content()
}
