//! The API's part about one's second factor.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::second_factor::{
    RecoveryCodes, SecondFactorSetup, SecondFactorStart, SecondFactorView,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::app::App;
use crate::http::body::Body;
use crate::http::guard::{InPerson, Proved, ProvedInPerson};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(read)
        .service(begin)
        .service(turn_on)
        .service(turn_off)
        .service(renew_recovery_codes);
}

/// Tells whether one's second factor is on.
#[utoipa::path(tag = "accounts", operation_id = "second_factor", responses((status = 200, body = SecondFactorView), (status = 403)))]
#[get("/me/second-factor")]
async fn read(in_person: InPerson, app: Data<App>) -> Reply {
    reply::ok(&service::view(&app, &in_person.0).await?)
}

/// Makes a secret for an app that shows codes.
///
/// It is not in force before a code made from it is given to `me/second-factor`, within ten minutes.
#[utoipa::path(
    tag = "accounts",
    operation_id = "set_up_second_factor",
    responses(
        (status = 200, body = SecondFactorSetup),
        (status = 403),
        (status = 409, description = "`second_factor_state`: it is on already.")
    )
)]
#[post("/me/second-factor/setup")]
async fn begin(proved: ProvedInPerson, app: Data<App>) -> Reply {
    reply::once(&service::begin(&app, &proved.0).await?)
}

/// Turns one's second factor on.
///
/// All one's other sessions end. The recovery codes are shown this one time.
#[utoipa::path(
    tag = "accounts",
    operation_id = "turn_on_second_factor",
    request_body = SecondFactorStart,
    responses(
        (status = 200, body = RecoveryCodes),
        (status = 403),
        (status = 409, description = "`second_factor_state`: it is on already."),
        (status = 429)
    )
)]
#[post("/me/second-factor")]
async fn turn_on(in_person: InPerson, app: Data<App>, start: Body<SecondFactorStart>) -> Reply {
    reply::once(&service::turn_on(&app, &in_person.0, start.0).await?)
}

/// Turns one's second factor off.
///
/// All one's other sessions end, and the recovery codes work no more.
#[utoipa::path(
    tag = "accounts",
    operation_id = "turn_off_second_factor",
    responses(
        (status = 204),
        (status = 403),
        (status = 409, description = "`second_factor_state`: it is not on, or this account must have one.")
    )
)]
#[delete("/me/second-factor")]
async fn turn_off(proved: Proved, app: Data<App>) -> Reply {
    service::turn_off(&app, &proved.0).await?;
    reply::no_content()
}

/// Makes new recovery codes.
///
/// Those from before work no more. The new ones are shown this one time.
#[utoipa::path(
    tag = "accounts",
    operation_id = "renew_recovery_codes",
    responses(
        (status = 200, body = RecoveryCodes),
        (status = 403),
        (status = 409, description = "`second_factor_state`: the second factor is not on.")
    )
)]
#[post("/me/second-factor/recovery-codes")]
async fn renew_recovery_codes(proved: Proved, app: Data<App>) -> Reply {
    reply::once(&service::renew_recovery_codes(&app, &proved.0).await?)
}
