//! The captured mail's part of the API.

use actix_web::get;
use actix_web::web::{Data, Path};
use contract::delivery::{CapturedLetter, CapturedLetterDetail};
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::service::{self, CapturedQuery};
use crate::app::App;
use crate::http::body::Query;
use crate::http::guard::{Allowed, ReadCapturedMail};
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(read);
}

/// Lists captured letters and SMS, the newest first.
///
/// An SMS has a phone number as its `to`, and no HTML. 404 where both are sent and not captured.
#[utoipa::path(
    tag = "captured_mail",
    params(CapturedQuery),
    responses((status = 200, body = Page<CapturedLetter>), (status = 403), (status = 404))
)]
#[get("/captured-mail")]
async fn list(
    _allowed: Allowed<ReadCapturedMail>,
    app: Data<App>,
    query: Query<CapturedQuery>,
) -> Reply {
    reply::ok(&service::list(&app, query.0).await?)
}

/// Opens a captured letter.
///
/// Each opening gives a new one-time link to the letter's HTML.
#[utoipa::path(
    tag = "captured_mail",
    params(("id" = String, Path, description = "The name of the letter's file.")),
    responses((status = 200, body = CapturedLetterDetail), (status = 403), (status = 404))
)]
#[get("/captured-mail/{id}")]
async fn read(_allowed: Allowed<ReadCapturedMail>, app: Data<App>, id: Path<String>) -> Reply {
    reply::ok(&service::read(&app, id.into_inner()).await?)
}
