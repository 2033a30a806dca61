//! The part of the API for one's own password and address.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post, put};
use contract::accounts::password::PasswordChange;
use contract::accounts::profile::{EmailChange, EmailChangeView};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{email_change, own_password};
use crate::app::App;
use crate::http::body::Body;
use crate::http::guard::{InPerson, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(change_password)
        .service(change_email)
        .service(email_change_under_way)
        .service(give_up_email_change);
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
    own_password::change(&app, &person.0, change.0).await?;
    reply::no_content()
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
    let change = email_change::ask(&app, &proved.0, change.0).await?;
    Ok(HttpResponse::Accepted()
        .insert_header(("Cache-Control", "no-store"))
        .json(change))
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
