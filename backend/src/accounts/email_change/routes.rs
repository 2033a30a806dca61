//! The change of one's own address in the API.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::profile::{EmailChange, EmailChangeView};
use contract::accounts::sign_up::LinkToken;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::email_change;
use crate::app::App;
use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::guard::{InPerson, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(change_email)
        .service(email_change_under_way)
        .service(give_up_email_change)
        .service(confirm_email);
}

/// Asks for another address.
///
/// A link goes to the present address and one to the new; the change is made when both were taken. Whether the new
/// address has an account already, the answer does not tell.
#[utoipa::path(
    tag = "accounts",
    request_body = EmailChange,
    responses(
        (status = 202, description = "Both letters are on their way.", body = EmailChangeView),
        (status = 403, description = "`proof_required`, or `session_required`."),
        (status = 429, description = "Too often; `Retry-After` says how long to wait.")
    )
)]
#[post("/me/email")]
async fn change_email(proved: Proved, app: Data<App>, change: Body<EmailChange>) -> Reply {
    reply::accepted_with(&email_change::ask(&app, &proved.0, change.0).await?)
}

/// Tells how far the change of one's address has come.
#[utoipa::path(
    tag = "accounts",
    responses(
        (status = 200, body = EmailChangeView),
        (status = 403, description = "`session_required`: not by an API token."),
        (status = 404, description = "None is under way.")
    )
)]
#[get("/me/email")]
async fn email_change_under_way(person: InPerson, app: Data<App>) -> Reply {
    reply::ok(&email_change::read(&app, &person.0).await?)
}

/// Gives up the change of one's address, if one is under way.
#[utoipa::path(
    tag = "accounts",
    responses((status = 204), (status = 403, description = "`session_required`: not by an API token."))
)]
#[delete("/me/email")]
async fn give_up_email_change(person: InPerson, app: Data<App>) -> Reply {
    email_change::give_up(&app, &person.0).await?;
    reply::no_content()
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
