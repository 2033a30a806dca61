//! The API's edge: how a request becomes a call, and an answer a document.
//!
//! A request passes, in this order: [`headers`], [`head`], [`compressed_tags`], [`cors`], compression, [`problems`],
//! the session look-up ([`caller`]), the guard and the inputs of its handler. Guards are synchronous and come first,
//! so that nobody learns from a body's errors what they may not do.

pub mod body;
pub mod caller;
pub mod client;
mod compressed_tags;
mod compression;
mod cors;
pub mod csv;
pub mod guard;
pub mod head;
pub mod headers;
pub mod health;
pub mod kept_body;
mod methods;
pub mod openapi;
mod problems;
pub mod reply;
pub mod site;
pub mod version;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use utoipa::OpenApi as _;
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::service_config::ServiceConfig;

use self::methods::Methods;
use crate::accounts;
use crate::app::App;
use crate::audit;
use crate::blog;
use crate::captured_mail;
use crate::delivery;
use crate::home;
use crate::instance;
use crate::mail_servers;
use crate::mailings;
use crate::messages;
use crate::metrics;
use crate::notices;
use crate::problem::ApiError;
use crate::recipients;
use crate::statistics;

/// The whole service, ready for a server or for a test without a socket.
pub fn build_app(
    app: App,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let (service, served) = described();
    // Of two `wrap`s the later one sees a request first.
    service
        .app_data(web::Data::new(app))
        .app_data(web::Data::new(served.methods()))
        .app_data(web::PathConfig::default().error_handler(|_, _| ApiError::NotFound.into()))
        .configure(|config| openapi::routes(config, &served))
        .configure(metrics::routes::routes)
        .default_service(web::to(page_or_nothing_here))
        .wrap(from_fn(caller::identify))
        .wrap(from_fn(problems::tell))
        .wrap(Compress::default())
        .wrap(from_fn(cors::share))
        .wrap(from_fn(compressed_tags::tell_apart))
        .wrap(from_fn(head::as_get))
        .wrap(from_fn(headers::protect))
}

/// Every operation, and their description.
fn described() -> (
    actix_web::App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse,
            Error = Error,
            InitError = (),
        >,
    >,
    openapi::Served,
) {
    let (service, document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(openapi::Document::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(operations))
        .configure(health::routes)
        .split_for_parts();
    (service, openapi::Served::new(document))
}

/// Every operation of `/api/v1`.
fn operations(config: &mut ServiceConfig<'_>) {
    config
        // Asked for by everyone, most of all; paths are tried in this order.
        .configure(home::routes::routes)
        .configure(blog::routes::routes)
        .configure(instance::routes::routes)
        .configure(accounts::routes::routes)
        .configure(recipients::routes::routes)
        .configure(recipients::unsubscribing_routes::routes)
        .configure(messages::routes::routes)
        .configure(mailings::routes::routes)
        .configure(delivery::routes::routes)
        .configure(delivery::progress::routes::routes)
        .configure(statistics::routes::routes)
        .configure(captured_mail::routes::routes)
        .configure(mail_servers::routes::routes)
        .configure(audit::routes::routes)
        .configure(notices::routes::routes)
        .default_service(web::to(nothing_here));
}

/// What no operation answers: another method than the path takes, or no path at all.
async fn nothing_here(
    request: HttpRequest,
    methods: web::Data<Methods>,
) -> Result<HttpResponse, ApiError> {
    match methods.allowed(request.path()) {
        Some(allowed) if request.method() == Method::OPTIONS => Ok(HttpResponse::NoContent()
            .insert_header((ALLOW, allowed))
            .finish()),
        Some(allowed) => Err(ApiError::MethodNotAllowed(allowed)),
        None => Err(ApiError::NotFound),
    }
}

/// The same outside of `/api/v1`, where the page has its paths.
async fn page_or_nothing_here(
    request: HttpRequest,
    app: web::Data<App>,
    methods: web::Data<Methods>,
) -> Result<HttpResponse, ApiError> {
    match nothing_here(request.clone(), methods).await {
        Err(ApiError::NotFound) => site::page_or_nothing(&request, &app).await,
        answer => answer,
    }
}
