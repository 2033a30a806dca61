//! The mailings' part of the API.

use actix_web::web::Data;
use actix_web::{HttpRequest, delete, get, patch, post};
use contract::delivery::{RunView, Trigger};
use contract::listing::Page;
use contract::mailings::{
    AudiencePreview, Instants, MailingChange, MailingView, NewMailing, PreviewAudience,
    PreviewRuns, Retried, RetryMailing, StopMailing,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::acts;
use super::change::change as change_mailing;
use super::send_again::send_again;
use super::service::{self, MailingFilter};
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{Body, OptionalBody, PathId, Query};
use crate::http::guard::{Allowed, KeepOwnMailings, SeeMailings, SendMailings, StopMailings};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;
use crate::idempotency::IdempotencyKey;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(preview_runs)
        .service(preview_audience)
        .service(read)
        .service(change)
        .service(delete)
        .service(send)
        .service(pause)
        .service(resume)
        .service(stop)
        .service(retry)
        .service(duplicate);
}

/// Lists mailings.
///
/// One's own; everyone's for managers and admins. `search` looks at the beginnings of the words of the title.
/// Sorts: `created_at` (the default, newest first), `title`, `next_run_at` (those without a next run come last).
#[utoipa::path(tag = "mailings", params(ListQuery, MailingFilter), responses((status = 200, body = Page<MailingView>)))]
#[get("/mailings")]
async fn list(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    query: Query<ListQuery>,
    filter: Query<MailingFilter>,
) -> Reply {
    reply::ok(&service::list(&app, &allowed.user, &query.0, &filter.0).await?)
}

/// Plans a mailing.
///
/// If an occurrence has come already since `starts_at`, one run starts within two seconds; after that only coming
/// ones. A window that is over is refused.
#[utoipa::path(
    tag = "mailings",
    params(IdempotencyKey),
    request_body = NewMailing,
    responses((status = 201, body = MailingView), (status = 403))
)]
#[post("/mailings")]
async fn create(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    key: IdempotencyKey,
    new: Body<NewMailing>,
) -> Reply {
    let once = key.once(allowed.user.id, "mailings", &new.0, app.clock.now())?;
    let (mailing, version) = service::create(&app, &allowed.user, new.0, once).await?;
    reply::created("mailings", mailing.id, &mailing, version)
}

/// Tells when a mailing with this schedule would run.
///
/// The first occurrences from `starts_at` on. Nothing is saved.
#[utoipa::path(tag = "mailings", request_body = PreviewRuns, responses((status = 200, body = Instants)))]
#[post("/mailings/preview-runs")]
async fn preview_runs(
    _allowed: Allowed<SeeMailings>,
    app: Data<App>,
    asked: Body<PreviewRuns>,
) -> Reply {
    reply::ok(&service::preview_runs(asked.0, app.clock.now())?)
}

/// Tells whom a mailing to this audience would reach now.
///
/// How many recipients it has, and how many of them have no phone. Nothing is saved.
#[utoipa::path(tag = "mailings", request_body = PreviewAudience, responses((status = 200, body = AudiencePreview)))]
#[post("/mailings/preview-audience")]
async fn preview_audience(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    asked: Body<PreviewAudience>,
) -> Reply {
    reply::ok(&service::preview_audience(&app, &allowed.user, asked.0).await?)
}

/// Reads one mailing.
#[utoipa::path(tag = "mailings", params(PathId), responses((status = 200, body = MailingView)))]
#[get("/mailings/{id}")]
async fn read(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: HttpRequest,
) -> Reply {
    let (mailing, version) = service::read(&app, &allowed.user, id.0).await?;
    reply::read(&request, &mailing, version)
}

/// Changes a mailing: what is not given stays.
///
/// Runs that have started keep what they started with. A new schedule counts from now: one that has not run yet is
/// planned as if it were just made, one that has runs at coming occurrences only. A completed mailing is final.
#[utoipa::path(
    tag = "mailings",
    params(PathId, IfMatch),
    request_body = MailingChange,
    responses((status = 200, body = MailingView), (status = 403), (status = 409, description = "The mailing is completed."))
)]
#[patch("/mailings/{id}")]
async fn change(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
    change: Body<MailingChange>,
) -> Reply {
    let (mailing, version) = change_mailing(&app, &allowed.user, id.0, change.0, if_match).await?;
    reply::changed(&mailing, version)
}

/// Deletes a mailing.
///
/// What is still queued is skipped. Past runs and their letters stay in the reports.
#[utoipa::path(tag = "mailings", params(PathId, IfMatch), responses((status = 204), (status = 403)))]
#[delete("/mailings/{id}")]
async fn delete(
    allowed: Allowed<KeepOwnMailings>,
    app: Data<App>,
    id: PathId,
    if_match: IfMatch,
) -> Reply {
    service::delete(&app, &allowed.user, id.0, if_match).await?;
    reply::no_content()
}

/// Sends a mailing now.
///
/// Also again, and also somebody else's for managers and admins. Letters of the latest run that wait for a retry
/// are given up for the new run.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    responses(
        (status = 201, body = RunView),
        (status = 409, description = "The mailing is completed or paused, its owner is blocked, or its latest run has letters that were never tried.")
    )
)]
#[post("/mailings/{id}/send")]
async fn send(allowed: Allowed<SendMailings>, app: Data<App>, id: PathId) -> Reply {
    // Whose mailing one may send is decided where it is looked up: one's own, or anybody's.
    let run = acts::send(&app, &allowed.user, id.0, Trigger::Manual).await?;
    reply::created("runs", run.id, &run, 0)
}

/// Holds a mailing back.
///
/// Nothing more of it is sent until it is resumed.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    responses((status = 200, body = MailingView), (status = 403), (status = 409, description = "The mailing is completed or paused."))
)]
#[post("/mailings/{id}/pause")]
async fn pause(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    let (mailing, version) = acts::pause(&app, &allowed.user, id.0).await?;
    reply::changed(&mailing, version)
}

/// Lets a paused mailing go on.
///
/// Occurrences that it missed meanwhile are not made up.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    responses((status = 200, body = MailingView), (status = 403), (status = 409, description = "The mailing is completed, or not paused."))
)]
#[post("/mailings/{id}/resume")]
async fn resume(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    let (mailing, version) = acts::resume(&app, &allowed.user, id.0).await?;
    reply::changed(&mailing, version)
}

/// Stops a mailing for good.
///
/// It becomes completed, what is still queued is skipped, and who stopped it and why is kept. Managers and admins
/// may stop anybody's.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    request_body = StopMailing,
    responses((status = 200, body = MailingView), (status = 409, description = "The mailing is completed."))
)]
#[post("/mailings/{id}/stop")]
async fn stop(
    allowed: Allowed<StopMailings>,
    app: Data<App>,
    id: PathId,
    body: OptionalBody<StopMailing>,
) -> Reply {
    // Whose mailing one may stop is decided where it is looked up: one's own, or anybody's.
    let (mailing, version) = acts::stop(&app, &allowed.user, id.0, body.0).await?;
    reply::changed(&mailing, version)
}

/// Sends again what failed of a mailing's latest run.
///
/// Also after the mailing is completed, unless it was stopped or its window is over: the run goes on, the mailing
/// stays completed. Tries are counted on; the schedule of retries begins anew. Letters that may have arrived are sent
/// again only if `unknown` says so. Managers and admins may do so with anybody's.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    request_body = RetryMailing,
    responses(
        (status = 200, body = Retried),
        (status = 409, description = "The mailing is stopped, paused or its window is over, its owner is blocked, or a later run has begun.")
    )
)]
#[post("/mailings/{id}/retry")]
async fn retry(
    allowed: Allowed<SendMailings>,
    app: Data<App>,
    id: PathId,
    body: OptionalBody<RetryMailing>,
) -> Reply {
    // Whose mailing one may send is decided where it is looked up: one's own, or anybody's.
    reply::ok(&send_again(&app, &allowed.user, id.0, body.0).await?)
}

/// Makes a copy of a mailing.
///
/// The copy is paused, so that nothing of it is sent before it was looked at. An end that has passed is left out.
#[utoipa::path(
    tag = "mailings",
    params(PathId),
    responses((status = 201, body = MailingView), (status = 403))
)]
#[post("/mailings/{id}/duplicate")]
async fn duplicate(allowed: Allowed<KeepOwnMailings>, app: Data<App>, id: PathId) -> Reply {
    let (mailing, version) = acts::duplicate(&app, &allowed.user, id.0).await?;
    reply::created("mailings", mailing.id, &mailing, version)
}
