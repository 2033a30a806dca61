//! The audit log's part of the API. It is read; nothing writes to it but the acts themselves.

use actix_web::get;
use actix_web::web::Data;
use contract::audit::AuditEntryView;
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::service::{self, AuditFilter, AuditPage, OwnAuditFilter};
use crate::app::App;
use crate::http::body::Query;
use crate::http::guard::{Allowed, KeepOwnProfile, ReadAuditLog};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(list_own);
}

/// Tells who did what to whom, the newest first.
///
/// Every act of staff upon somebody else's things, sign-ins, and changes of roles, passwords and the like. Entries
/// are kept for good, with the names of their time.
#[utoipa::path(tag = "audit", params(AuditPage, AuditFilter), responses((status = 200, body = Page<AuditEntryView>), (status = 403)))]
#[get("/audit-log")]
async fn list(
    _allowed: Allowed<ReadAuditLog>,
    app: Data<App>,
    page: Query<AuditPage>,
    filter: Query<AuditFilter>,
) -> Reply {
    reply::ok(&service::list(&app, page.0, &filter.0).await?)
}

/// Tells what was done to your account and to what is yours, the newest first.
///
/// What staff did, and your own sign-ins, password changes and the like. From where others did something is not
/// told.
#[utoipa::path(tag = "audit", params(AuditPage, OwnAuditFilter), responses((status = 200, body = Page<AuditEntryView>), (status = 403)))]
#[get("/me/audit-log")]
async fn list_own(
    allowed: Allowed<KeepOwnProfile>,
    app: Data<App>,
    page: Query<AuditPage>,
    filter: Query<OwnAuditFilter>,
) -> Reply {
    reply::ok(&service::list_own(&app, &allowed.user, page.0, &filter.0).await?)
}
