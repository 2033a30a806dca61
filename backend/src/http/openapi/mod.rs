//! The OpenAPI document: made from the handlers, served as YAML, shown by Swagger UI.

mod complete;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_swagger_ui::SwaggerUi;

use super::methods::Methods;
use super::reply::Reply;
use crate::problem::ApiError;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Golub",
        description = "Recipients, messages, scheduled mailings, and a ledger that tells what became of every letter.\n\n\
            Errors are RFC 9457 problem documents with a stable `code`. Lists are pages: give `next` as `after` for the next one.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This service")),
    tags(
        (name = "accounts", description = "Signing in and who one is"),
        (name = "users", description = "Other people's accounts, for managers and administrators"),
        (name = "recipients", description = "The people one writes to"),
        (name = "messages", description = "What is written once and sent to many"),
        (name = "mailings", description = "A message to an audience, once or again and again"),
        (name = "delivery", description = "Runs, deliveries and attempts: what became of every letter"),
        (name = "statistics", description = "What became of letters, summed up"),
        (name = "mail_servers", description = "Those who take the letters: whether they work, and how much they may be given"),
        (name = "blog", description = "Articles: read by everyone, written by content managers"),
        (name = "home", description = "What everybody may know of the service"),
        (name = "audit", description = "Who did what to whom"),
        (name = "notices", description = "The service's own letters and SMS: what became of them"),
        (name = "instance", description = "The service itself"),
        (name = "health", description = "For orchestrators and load balancers")
    ),
    security(("bearer" = [])),
    components(schemas(
        contract::problem::Problem,
        contract::accounts::users::UserState,
        contract::statistics::ReportedStatus,
        contract::statistics::Scope,
        super::csv::Separator,
        super::csv::TableFormat
    )),
    modifiers(&Bearer)
)]
pub struct Document;

/// Declares how one signs in.
struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The finished document of this service.
#[derive(Clone)]
pub struct Served {
    document: utoipa::openapi::OpenApi,
}

impl Served {
    pub fn new(document: utoipa::openapi::OpenApi) -> Self {
        Self {
            document: complete::complete(document),
        }
    }

    /// Which path takes which methods.
    pub(super) fn methods(&self) -> Methods {
        Methods::of(&self.document)
    }

    /// The document as it stands in `openapi.yaml`.
    pub fn yaml(&self) -> Result<String, ApiError> {
        self.document.to_yaml().map_err(ApiError::ours)
    }
}

/// The API's description, as it stands in `openapi.yaml`.
pub fn served() -> Served {
    super::described().1
}

pub fn routes(config: &mut ServiceConfig, served: &Served) {
    config
        .app_data(Data::new(served.clone()))
        .service(yaml)
        .service(
            SwaggerUi::new("/api/docs/{_:.*}").url("/api/openapi.json", served.document.clone()),
        );
}

#[get("/api/openapi.yaml")]
async fn yaml(served: Data<Served>) -> Reply {
    Ok(HttpResponse::Ok()
        .content_type("application/yaml")
        .body(served.yaml()?))
}
