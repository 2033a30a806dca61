//! Is the process alive, and can it serve? For orchestrators and load balancers.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::mail_servers::ReadinessView;
use sea_orm::DbErr;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reply::{self, Reply};
use crate::app::App;
use crate::mail_servers;
use crate::problem::ApiError;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(live).service(ready);
}

/// The process answers.
#[utoipa::path(tag = "health", security(()), responses((status = 204)))]
#[get("/health/live")]
async fn live() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// The process can serve: its database answers and has the expected schema.
///
/// It can serve without a mail server that works: letters wait then, and the answer says so.
#[utoipa::path(tag = "health", security(()), responses((status = 200, body = ReadinessView), (status = 503, description = "The database does not answer, or its schema is not as expected.")))]
#[get("/health/ready")]
async fn ready(app: Data<App>) -> Reply {
    let unavailable = |error: DbErr| ApiError::Unavailable(error.to_string());
    if !app.database.is_migrated().await.map_err(unavailable)? {
        return Err(ApiError::Unavailable("migrations are pending".to_owned()));
    }
    let mail_servers = mail_servers::count_breakers(app.database.read(), &app.mail_servers)
        .await
        .map_err(unavailable)?;
    let sms = mail_servers::sms_service(&app).await.map_err(unavailable)?;
    reply::once(&ReadinessView { mail_servers, sms })
}
