//! The end of one's own account in the API.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get};
use contract::accounts::profile::GoesWithAccount;
use utoipa_actix_web::service_config::ServiceConfig;

use super::owns;
use crate::accounts::deletion;
use crate::accounts::sessions::cookie;
use crate::app::App;
use crate::http::guard::{Allowed, KeepOwnProfile, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(owned).service(delete);
}

/// Counts what would go with one's account.
#[utoipa::path(tag = "accounts", responses((status = 200, body = GoesWithAccount), (status = 403)))]
#[get("/me/owns")]
async fn owned(allowed: Allowed<KeepOwnProfile>, app: Data<App>) -> Reply {
    reply::ok(&owns::of(app.database.read(), allowed.user.id).await?)
}

/// Deletes one's own account and all that is one's own.
///
/// One is out at once, and nothing more is sent. Counts of what was sent stay, without anybody's name.
#[utoipa::path(
    tag = "accounts",
    responses(
        (status = 204),
        (status = 403, description = "`proof_required`, or `session_required`."),
        (status = 409, description = "`last_admin`: the service would be left without an administrator.")
    )
)]
#[delete("/me")]
async fn delete(proved: Proved, app: Data<App>) -> Reply {
    deletion::delete_own(&app, &proved.0).await?;
    Ok(HttpResponse::NoContent()
        .cookie(cookie::forget(&app.config))
        .finish())
}
