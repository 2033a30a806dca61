//! Is the process alive, and can it serve? For orchestrators and load balancers.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use utoipa_actix_web::service_config::ServiceConfig;

use super::reply::{self, Reply};
use crate::app::App;
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
#[utoipa::path(tag = "health", security(()), responses((status = 204), (status = 503, description = "The database does not answer, or its schema is not as expected.")))]
#[get("/health/ready")]
async fn ready(app: Data<App>) -> Reply {
    match app.database.is_migrated().await {
        Ok(true) => reply::no_content(),
        Ok(false) => Err(ApiError::Unavailable("migrations are pending".to_owned())),
        Err(error) => Err(ApiError::Unavailable(error.to_string())),
    }
}
