//! The recipients' part of the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, delete, get, patch, post};
use contract::listing::Page;
use contract::recipients::{NewRecipient, RecipientChange, RecipientView};
use contract::timeline::TimelineItem;
use utoipa_actix_web::service_config::ServiceConfig;

use super::service::{self, RecipientFilter};
use super::suppression;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::delivery::reads::timeline;
use crate::http::body::{Body, PathId, Query};
use crate::http::guard::{Allowed, KeepOwnMailings, SeeMailings};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;
use crate::idempotency::IdempotencyKey;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(read)
        .service(change)
        .service(delete)
        .service(lift_suppression)
        .service(read_timeline);
}

/// Lists recipients.
///
/// One's own; everyone's for managers and admins. `search` looks at the beginnings of the address, of the
/// words of the name, and of the phone. Sorts: `created_at` (the default, newest first), `email`, `full_name`.
#[utoipa::path(tag = "recipients", params(ListQuery, RecipientFilter), responses((status = 200, body = Page<RecipientView>)))]
#[get("/recipients")]
async fn list(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    query: Query<ListQuery>,
    filter: Query<RecipientFilter>,
) -> Reply {
    reply::ok(&service::list(&app, &allowed.user, &query.0, &filter.0).await?)
}

/// Adds a recipient of one's own.
#[utoipa::path(
    tag = "recipients",
    params(IdempotencyKey),
    request_body = NewRecipient,
    responses((status = 201, body = RecipientView), (status = 403), (status = 409, description = "You have a recipient with this address."))
)]
#[post("/recipients")]
async fn create(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    key: IdempotencyKey,
    new: Body<NewRecipient>,
) -> Reply {
    let once = key.once(allowed.user.id, "recipients", &new.0, app.clock.now())?;
    let (recipient, version) = service::create(&app, &allowed.user, new.0, once).await?;
    reply::created("recipients", recipient.id, &recipient, version)
}

/// Reads one recipient.
#[utoipa::path(tag = "recipients", params(PathId), responses((status = 200, body = RecipientView)))]
#[get("/recipients/{id}")]
async fn read(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: HttpRequest,
) -> Reply {
    let (recipient, version) = service::read(&app, &allowed.user, id.0).await?;
    reply::read(&request, &recipient, version)
}

/// Changes a recipient: what is not given stays.
///
/// Letters already planned keep the address they were planned with.
#[utoipa::path(
    tag = "recipients",
    params(PathId, IfMatch),
    request_body = RecipientChange,
    responses((status = 200, body = RecipientView), (status = 403), (status = 409, description = "Another recipient has this address."))
)]
#[patch("/recipients/{id}")]
async fn change(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
    change: Body<RecipientChange>,
) -> Reply {
    let (recipient, version) =
        service::change(&app, &allowed.user, id.0, change.0, if_match).await?;
    reply::changed(&recipient, version)
}

/// Deletes a recipient.
///
/// The recipient leaves all audiences, and letters not yet sent are skipped. Past letters stay in the reports.
#[utoipa::path(tag = "recipients", params(PathId, IfMatch), responses((status = 204), (status = 403)))]
#[delete("/recipients/{id}")]
async fn delete(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
) -> Reply {
    service::delete(&app, &allowed.user, id.0, if_match).await?;
    reply::no_content()
}

/// Lets letters go to a recipient's address again.
///
/// A mail server has refused it for good, so that nothing more was sent there. What was skipped meanwhile stays so.
#[utoipa::path(
    tag = "recipients",
    params(PathId),
    responses((status = 204), (status = 403), (status = 404, description = "The recipient is not suppressed."))
)]
#[delete("/recipients/{id}/suppression")]
async fn lift_suppression(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    suppression::lift(&app, &allowed.user, id.0).await?;
    reply::no_content()
}

/// Tells what happened to a recipient, the newest first.
///
/// Each letter with all its tries, and between them what became of the address. `limit` counts the letters. Sort:
/// `at` (the default, newest first).
#[utoipa::path(tag = "recipients", params(PathId, ListQuery), responses((status = 200, body = Page<TimelineItem>)))]
#[get("/recipients/{id}/timeline")]
async fn read_timeline(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    query: Query<ListQuery>,
) -> Reply {
    reply::ok(&timeline::of_recipient(&app, &allowed.user, id.0, &query.0).await?)
}
