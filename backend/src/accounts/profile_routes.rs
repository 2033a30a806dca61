//! The profile's part of the API.

use actix_web::patch;
use actix_web::web::Data;
use contract::accounts::MeView;
use contract::accounts::profile::ProfileChange;
use utoipa_actix_web::service_config::ServiceConfig;

use super::profile;
use crate::app::App;
use crate::http::body::Body;
use crate::http::guard::{Allowed, KeepOwnProfile};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(change_profile);
}

/// Changes what you tell of yourself: what is not given stays.
#[utoipa::path(
    tag = "accounts",
    params(IfMatch),
    request_body = ProfileChange,
    responses((status = 200, body = MeView), (status = 403))
)]
#[patch("/me")]
async fn change_profile(
    allowed: Allowed<KeepOwnProfile>,
    app: Data<App>,
    if_match: IfMatch,
    change: Body<ProfileChange>,
) -> Reply {
    let (me, version) = profile::change(&app, &allowed.user, change.0, if_match).await?;
    reply::changed(&me, version)
}
