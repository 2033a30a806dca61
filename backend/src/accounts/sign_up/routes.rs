//! The part of the API for those who have no account yet.

use actix_web::post;
use actix_web::web::Data;
use contract::accounts::AccessToken;
use contract::accounts::sign_up::{Confirmation, KnownBy, Registration};
use utoipa_actix_web::service_config::ServiceConfig;

use super::confirmation;
use crate::accounts::limits::CONFIRM_AGAIN;
use crate::accounts::links::letters;
use crate::accounts::sessions::routes::signed_in;
use crate::accounts::sign_up;
use crate::app::App;
use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::reply::{self, Reply};
use crate::notices::Notice;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(register)
        .service(confirm_address)
        .service(confirm_again);
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
    letters::ask(&app, known_by.0, &client, CONFIRM_AGAIN, &notice).await?;
    reply::accepted()
}
