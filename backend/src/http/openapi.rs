//! The OpenAPI document: made from the handlers, served as YAML, shown by Swagger UI.

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa::OpenApi;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_swagger_ui::SwaggerUi;

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
    security(("bearer" = [])),
    components(schemas(contract::problem::Problem)),
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
    pub fn new(mut document: utoipa::openapi::OpenApi) -> Self {
        document
            .paths
            .paths
            .values_mut()
            .flat_map(operations)
            .for_each(finish);
        Self { document }
    }

    /// The document as it stands in `openapi.yaml`.
    pub fn yaml(&self) -> Result<String, ApiError> {
        self.document.to_yaml().map_err(ApiError::ours)
    }
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

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

/// Adds what generators and validators demand and handlers need not repeat.
fn finish(operation: &mut Operation) {
    // Each feature has a `list` and a `create`; among all operations the names must differ.
    let tag = operation.tags.iter().flatten().next();
    if let (Some(tag), Some(name)) = (tag, &operation.operation_id) {
        operation.operation_id = Some(format!("{tag}_{name}"));
    }
    for (status, response) in &mut operation.responses.responses {
        let reason = StatusCode::from_bytes(status.as_bytes())
            .ok()
            .and_then(|status| status.canonical_reason());
        if let (RefOr::T(response), Some(reason)) = (response, reason)
            && response.description.is_empty()
        {
            response.description = reason.to_owned();
        }
    }
}
