//! The API's part about one's API tokens. No token manages tokens: all of it takes a session.

use actix_web::web::Data;
use actix_web::{delete, get, post};
use contract::accounts::api_tokens::{ApiTokenView, MadeApiToken, NewApiToken};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::app::App;
use crate::http::body::{Body, PathId};
use crate::http::guard::{InPerson, Proved};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(make).service(delete);
}

/// Lists one's API tokens.
///
/// The newest come first.
#[utoipa::path(tag = "accounts", operation_id = "api_tokens", responses((status = 200, body = [ApiTokenView]), (status = 403)))]
#[get("/me/tokens")]
async fn list(in_person: InPerson, app: Data<App>) -> Reply {
    reply::ok(&service::list(&app, &in_person.0).await?)
}

/// Makes an API token.
///
/// The answer shows it this one time. The owner is told by letter that there is one more.
#[utoipa::path(
    tag = "accounts",
    operation_id = "make_api_token",
    request_body = NewApiToken,
    responses((status = 201, body = MadeApiToken), (status = 403))
)]
#[post("/me/tokens")]
async fn make(proved: Proved, app: Data<App>, new: Body<NewApiToken>) -> Reply {
    let made = service::make(&app, &proved.0, new.0).await?;
    reply::made_once("me/tokens", made.view.id, &made)
}

/// Deletes an API token.
///
/// It opens nothing any more.
#[utoipa::path(tag = "accounts", operation_id = "delete_api_token", params(PathId), responses((status = 204), (status = 403)))]
#[delete("/me/tokens/{id}")]
async fn delete(proved: Proved, app: Data<App>, id: PathId) -> Reply {
    service::delete(&app, &proved.0, id.0).await?;
    reply::no_content()
}
