//! Other people's accounts in the API, for administrators. Their programs reach users alone, never staff.

use actix_web::web::Data;
use actix_web::{delete, patch, post};
use contract::accounts::users::{NewUserAccount, UserChange, UserDetail};
use utoipa_actix_web::service_config::ServiceConfig;

use super::overseer::Overseer;
use crate::accounts::deletion;
use crate::accounts::users;
use crate::app::App;
use crate::http::body::{Body, PathId};
use crate::http::guard::{Allowed, ManageUsers};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;
use crate::idempotency::IdempotencyKey;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create)
        .service(change)
        .service(delete)
        .service(send_password_link)
        .service(end_sessions);
}

/// Makes a user.
///
/// The address counts as confirmed. The person is sent a link by which they choose a password.
#[utoipa::path(
    tag = "users",
    params(IdempotencyKey),
    request_body = NewUserAccount,
    responses((status = 201, body = UserDetail), (status = 403, description = "`session_required`: no API token makes staff."), (status = 409, description = "There is a user with this address."))
)]
#[post("/users")]
async fn create(
    allowed: Allowed<ManageUsers>,
    app: Data<App>,
    key: IdempotencyKey,
    new: Body<NewUserAccount>,
) -> Reply {
    let once = key.once(allowed.user.id, "users", &new.0, app.clock.now())?;
    let by = Overseer::from(&allowed.user);
    let (user, version) = users::create::create(&app, &by, new.0, once).await?;
    reply::created("users", user.user.id, &user, version)
}

/// Changes a user: what is not given stays.
///
/// A new address works at once; the former one is told, all sessions of the account end, and its API tokens are
/// deleted. Who is given a role that may less is signed out everywhere. One's own role and address are not changed here.
#[utoipa::path(
    tag = "users",
    params(PathId, IfMatch),
    request_body = UserChange,
    responses(
        (status = 200, body = UserDetail),
        (status = 403, description = "`session_required`: no API token changes staff, or makes it."),
        (status = 409, description = "`taken`: another user has this address; `own_account`; or `last_admin`.")
    )
)]
#[patch("/users/{id}")]
async fn change(
    allowed: Allowed<ManageUsers>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
    change: Body<UserChange>,
) -> Reply {
    let by = Overseer::from(&allowed.user);
    let (user, version) = users::change::change(&app, &by, id.0, change.0, if_match).await?;
    reply::changed(&user, version)
}

/// Deletes a user and all that is theirs.
///
/// They are out at once, and nothing more of theirs is sent. Recipients, messages and mailings go soon after; counts
/// of what was sent stay, without anybody's name.
#[utoipa::path(
    tag = "users",
    params(PathId, IfMatch),
    responses(
        (status = 204),
        (status = 403, description = "`session_required`: no API token deletes staff."),
        (status = 409, description = "`own_account`, or `last_admin`.")
    )
)]
#[delete("/users/{id}")]
async fn delete(
    allowed: Allowed<ManageUsers>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
) -> Reply {
    let by = Overseer::from(&allowed.user);
    deletion::delete_user(&app, &by, id.0, if_match).await?;
    reply::no_content()
}

/// Sends a user a link by which they choose a new password, or their first one.
#[utoipa::path(
    tag = "users",
    params(PathId),
    responses((status = 204), (status = 403, description = "`session_required`: no API token sends it to staff."))
)]
#[post("/users/{id}/password-link")]
async fn send_password_link(allowed: Allowed<ManageUsers>, app: Data<App>, id: PathId) -> Reply {
    users::password_link::send(&app, &Overseer::from(&allowed.user), id.0).await?;
    reply::no_content()
}

/// Signs a user out everywhere.
///
/// All their sessions end, and their API tokens are deleted; they are told by letter if there were any.
#[utoipa::path(
    tag = "users",
    params(PathId),
    responses((status = 204), (status = 403, description = "`session_required`: no API token signs staff out."))
)]
#[delete("/users/{id}/sessions")]
async fn end_sessions(allowed: Allowed<ManageUsers>, app: Data<App>, id: PathId) -> Reply {
    users::end_sessions::end(&app, &Overseer::from(&allowed.user), id.0).await?;
    reply::no_content()
}
