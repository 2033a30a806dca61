//! What anybody may know about the service.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG};
use actix_web::{HttpRequest, HttpResponse, get, web::Data, web::Path};
use contract::instance::InstanceView;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::http::reply::{self, PUBLIC_FOR_GOOD, Reply};
use crate::http::version;
use crate::problem::ApiError;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(instance).service(theme).service(logo);
}

/// A changed colour is seen within minutes, and nobody waits for it each time.
const FOR_MINUTES: &str = "public, max-age=300";
/// An SVG that is opened by itself is a document: it may have styles in it, and runs nothing.
const SHOWN_ONLY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";

/// Tells the service's name and what it offers.
#[utoipa::path(tag = "instance", security(()), responses((status = 200, body = InstanceView)))]
#[get("/instance")]
async fn instance(app: Data<App>) -> Reply {
    reply::ok(&InstanceView {
        name: app.config.instance.name.clone(),
        logo_url: app.instance.logo.as_ref().map(super::Logo::url),
        accent: app.instance.palette.light.fill.to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        captures_mail: app.outbox().is_some(),
        sign_up: app.config.accounts.sign_up,
        sends_sms: app.sms.is_on(),
        attempt_log: app.config.instance.attempt_log,
    })
}

/// Gives the accent colour as a style sheet.
///
/// It sets CSS variables for a light and a dark page, of which each is readable on the page's grounds.
#[utoipa::path(
    tag = "instance",
    security(()),
    responses(
        (status = 200, content_type = "text/css", body = String),
        (status = 304, description = "It is the one whose `ETag` you gave."),
    )
)]
#[get("/instance/theme.css")]
async fn theme(app: Data<App>, request: HttpRequest) -> Reply {
    let theme = &app.instance.theme;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((ETAG, theme.tag.as_str()))
        .insert_header((CACHE_CONTROL, FOR_MINUTES));
    if version::is_known(&request, &theme.tag) {
        return Ok(response
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish());
    }
    Ok(response
        .content_type("text/css; charset=utf-8")
        .body(theme.css.clone()))
}

/// Gives the logo, under the name that `logo_url` told.
#[utoipa::path(
    tag = "instance",
    security(()),
    params(("id" = String, Path, description = "The logo's name.")),
    responses(
        (status = 200, content_type = "image/svg+xml", body = String),
        (status = 404),
    )
)]
#[get("/instance/logo/{id}")]
async fn logo(app: Data<App>, id: Path<String>) -> Reply {
    let asked = app.instance.logo.as_ref();
    let logo = asked
        .filter(|logo| logo.name == *id)
        .ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(logo.content_type)
        // Its name is made of its bytes.
        .insert_header((CACHE_CONTROL, PUBLIC_FOR_GOOD))
        .insert_header((CONTENT_SECURITY_POLICY, SHOWN_ONLY))
        .body(logo.bytes.clone()))
}
