//! The notices' part of the API.

use actix_web::get;
use actix_web::web::Data;
use contract::listing::Page;
use contract::notices::NoticeView;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reads::{self, NoticeQuery};
use crate::app::App;
use crate::http::body::Query;
use crate::http::guard::{Allowed, ReadAuditLog};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list);
}

/// Lists the service's own letters and SMS, the newest first.
///
/// What could not be sent says why: a refused address, or wrong settings of the mail server or the SMS service.
/// Texts are shown to nobody.
#[utoipa::path(
    tag = "notices",
    params(NoticeQuery),
    responses((status = 200, body = Page<NoticeView>), (status = 403))
)]
#[get("/notices")]
async fn list(_allowed: Allowed<ReadAuditLog>, app: Data<App>, query: Query<NoticeQuery>) -> Reply {
    reply::ok(&reads::list(&app, query.0).await?)
}
