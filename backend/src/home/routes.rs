//! Home's part of the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use contract::home::HomeView;
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::app::App;
use crate::http::guard::Anyone;
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(home);
}

/// Tells what everybody may know of the service.
///
/// Figures of the whole service and three published articles, chosen at random. Both may be a minute old.
#[utoipa::path(
    tag = "home",
    security(()),
    responses(
        (status = 200, body = HomeView),
        (status = 304, description = "You have it already.")
    )
)]
#[get("/home")]
async fn home(_anyone: Anyone, app: Data<App>, request: HttpRequest) -> Reply {
    let answer = service::home(&app).await?;
    reply::public(&request, "application/json", &answer.body)
}
