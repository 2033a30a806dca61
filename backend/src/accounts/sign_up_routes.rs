//! The part of the API for those who have no account yet, or cannot get into theirs.

use actix_web::post;
use actix_web::web::Data;
use contract::accounts::AccessToken;
use contract::accounts::password::{PasswordStrength, PasswordToWeigh};
use contract::accounts::profile::EmailChangeView;
use contract::accounts::sign_up::{Confirmation, KnownBy, LinkToken, PasswordReset, Registration};
use utoipa_actix_web::service_config::ServiceConfig;

use super::routes::signed_in;
use super::sessions::Client;
use super::{confirmation, email_change, letters, limits, password_reset, sign_up, strength};
use crate::app::App;
use crate::config::Secret;
use crate::http::body::Body;
use crate::http::reply::{self, Reply};
use crate::notices::Notice;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(register)
        .service(confirm_address)
        .service(confirm_again)
        .service(forgot_password)
        .service(reset_password)
        .service(weigh_password)
        .service(confirm_email);
}

/// Signs up.
///
/// The account can be used when the link in the letter was taken, with the password. The answer is the same for every address: what
/// there is to know, the letter tells to whom the address belongs. Where sign-up is by invitation, only invited
/// addresses get a letter.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = Registration,
    responses(
        (status = 202, description = "Heard. The letter says how it goes on."),
        (status = 403, description = "`sign_up_closed`: administrators make accounts here."),
        (status = 429, description = "Too often, from here or for this address; `Retry-After` says how long to wait.")
    )
)]
#[post("/auth/register")]
async fn register(app: Data<App>, client: Client, registration: Body<Registration>) -> Reply {
    sign_up::register(&app, registration.0, &client).await?;
    reply::accepted()
}

/// Confirms the address of an account, and signs in.
///
/// It takes the link of the letter and the password that was chosen when signing up: the link alone would give the
/// account to whoever signed up with an address of somebody else. The answer is that of `auth/login`. Whose password it
/// is not signs up again, and is sent a link to choose one.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = Confirmation,
    responses(
        (status = 200, description = "Confirmed, and signed in.", body = AccessToken),
        (status = 401, description = "`wrong_credentials`: the account was changed at this moment."),
        (status = 403, description = "`blocked`, told to who knows the password."),
        (status = 410, description = "`link_expired`: the link was used, has expired, or was never given."),
        (status = 422, description = "`wrong_password` at `password`; the link still works."),
        (status = 429, description = "Too often; `Retry-After` says how long to wait.")
    )
)]
#[post("/auth/confirm")]
async fn confirm_address(
    app: Data<App>,
    client: Client,
    confirmation: Body<Confirmation>,
) -> Reply {
    signed_in(
        &app,
        confirmation::confirm(&app, confirmation.0, client).await?,
    )
}

/// Asks for the confirmation letter again.
///
/// The answer is the same for every address; a letter goes only to one that waits to be confirmed.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = KnownBy,
    responses(
        (status = 202, description = "Heard."),
        (status = 429, description = "Too often, from here or for this address; `Retry-After` says how long to wait.")
    )
)]
#[post("/auth/confirm/resend")]
async fn confirm_again(app: Data<App>, client: Client, known_by: Body<KnownBy>) -> Reply {
    let notice = Notice::ConfirmAddressAgain;
    letters::ask(&app, known_by.0, &client, limits::CONFIRM_AGAIN, &notice).await?;
    reply::accepted()
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
    password_reset::choose(&app, reset.0, &client).await?;
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

/// Takes the link of one of the two letters about a change of address.
///
/// The change is made when both links were taken, the one sent to the present address and the one sent to the new.
#[utoipa::path(
    tag = "accounts",
    security(()),
    request_body = LinkToken,
    responses(
        (status = 200, body = EmailChangeView),
        (status = 409, description = "`taken`: meanwhile another account has the new address."),
        (status = 410, description = "`link_expired`: the link was used, has expired, or was never given.")
    )
)]
#[post("/auth/email-change")]
async fn confirm_email(app: Data<App>, client: Client, link: Body<LinkToken>) -> Reply {
    reply::once(&email_change::confirm(&app, &link.0.token, &client).await?)
}
