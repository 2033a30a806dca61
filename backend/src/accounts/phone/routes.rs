//! The phone check's part of the API.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::MeView;
use contract::accounts::phone::{NewPhone, PhoneCheckView, PhoneCode};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::phone;
use crate::accounts::profile::me;
use crate::app::App;
use crate::http::body::Body;
use crate::http::guard::{Allowed, KeepOwnProfile, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(begin)
        .service(under_way)
        .service(confirm)
        .service(remove);
}

/// Sends a code to a phone number.
///
/// The number becomes the account's when the code comes back within ten minutes (`me/phone/confirm`). A check that
/// was under way ends. Codes are limited to one a minute, and five a day for a person and for a number. 404 where
/// the service sends no SMS (`sends_sms` of `instance`).
#[utoipa::path(
    tag = "accounts",
    request_body = NewPhone,
    responses(
        (status = 202, body = PhoneCheckView, description = "The code is on its way."),
        (status = 404),
        (status = 422),
        (status = 429, description = "`too_many_requests`: wait for as many seconds as `Retry-After` says.")
    )
)]
#[post("/me/phone")]
async fn begin(proved: Proved, app: Data<App>, new: Body<NewPhone>) -> Reply {
    reply::accepted_with(&phone::begin(&app, &proved.0, new.0).await?)
}

/// Tells of the check that is under way.
#[utoipa::path(tag = "accounts", responses((status = 200, body = PhoneCheckView), (status = 404)))]
#[get("/me/phone")]
async fn under_way(allowed: Allowed<KeepOwnProfile>, app: Data<App>) -> Reply {
    reply::ok(&phone::under_way(&app, &allowed.user).await?)
}

/// Takes the code that came by SMS.
///
/// A wrong one is a 422 whose `limit` says how many more may be given; after the last of them the check has ended.
#[utoipa::path(
    tag = "accounts",
    request_body = PhoneCode,
    responses(
        (status = 200, body = MeView),
        (status = 409, description = "`no_phone_check`: there is none, or it has ended."),
        (status = 422)
    )
)]
#[post("/me/phone/confirm")]
async fn confirm(allowed: Allowed<KeepOwnProfile>, app: Data<App>, code: Body<PhoneCode>) -> Reply {
    phone::confirm(&app, &allowed.user, code.0).await?;
    let (me, version) = me::read(&app, &allowed.user).await?;
    reply::changed(&me, version)
}

/// Takes the phone number off the account, and ends a check that is under way.
#[utoipa::path(tag = "accounts", responses((status = 204)))]
#[delete("/me/phone")]
async fn remove(proved: Proved, app: Data<App>) -> Reply {
    phone::remove(&app, &proved.0).await?;
    reply::no_content()
}
