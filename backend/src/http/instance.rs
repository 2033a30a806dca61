//! What anybody may know about the service.

use actix_web::{get, web::Data};
use contract::instance::InstanceView;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reply::{self, Reply};
use crate::app::App;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(instance);
}

/// Tells the service's name and what it offers.
#[utoipa::path(tag = "instance", security(()), responses((status = 200, body = InstanceView)))]
#[get("/instance")]
async fn instance(app: Data<App>) -> Reply {
    reply::ok(&InstanceView {
        name: app.config.instance.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        captures_mail: app.outbox().is_some(),
        sign_up: app.config.accounts.sign_up,
        sends_sms: app.sms.is_on(),
        attempt_log: app.config.instance.attempt_log,
    })
}
