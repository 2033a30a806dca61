//! The mail servers' part of the API.

use actix_web::get;
use actix_web::web::Data;
use contract::mail_servers::MailServerList;
use contract::permissions::Permission;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reads;
use crate::app::App;
use crate::http::guard::{Allowed, SeeMailings};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list);
}

/// Tells how the mail servers stand.
///
/// Where one does not work, letters wait or go over others. The SMS service, where one is set up, stands beside. The details are for those who may see everything.
#[utoipa::path(
    tag = "mail_servers",
    responses((status = 200, body = MailServerList), (status = 403))
)]
#[get("/mail-servers")]
async fn list(allowed: Allowed<SeeMailings>, app: Data<App>) -> Reply {
    let sees_everything = allowed.user.may(Permission::SeeEverything);
    reply::ok(&reads::list(&app, sees_everything).await?)
}
