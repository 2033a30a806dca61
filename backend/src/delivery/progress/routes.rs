//! The live progress of a mailing, as server-sent events.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::delivery::progress::Progress;
use utoipa_actix_web::service_config::ServiceConfig;

use super::viewer::Viewer;
use crate::app::App;
use crate::http::body::PathId;
use crate::http::guard::{Allowed, SeeMailings};
use crate::http::reply::Reply;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(watch);
}

/// Tells how the mailing's latest run gets on, as it happens.
///
/// Server-sent events named `progress`, each with the whole state: one at once, then one whenever something has
/// changed, at most one a second. A comment every 15 seconds shows that the connection lives. The stream ends after the run
/// has finished, with an event that says so, and when the caller may not read the mailing any more; a mailing that
/// has not run yet is told once. Where it ends otherwise, ask again.
#[utoipa::path(tag = "delivery", params(PathId), responses((status = 200, body = Progress, content_type = "text/event-stream")))]
#[get("/mailings/{id}/progress")]
async fn watch(allowed: Allowed<SeeMailings>, app: Data<App>, id: PathId) -> Reply {
    let viewer = Viewer::enter(app.as_ref().clone(), allowed.user, id.0).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // A compressed stream would be held back until there is enough of it, here and in a proxy.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(viewer.into_stream()))
}
