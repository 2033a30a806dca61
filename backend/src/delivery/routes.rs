//! The ledger's part of the API: runs, deliveries and attempts, for reading alone.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use contract::delivery::{AttemptTotals, AttemptView, DeliveryDetail, DeliveryView, RunView};
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::reads::attempts::{self, AttemptFilter, AttemptSearch};
use super::reads::deliveries::{self, DeliveryFilter};
use super::reads::runs::{self, RunFilter};
use super::reads::totals;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{PathId, Query};
use crate::http::csv::{self, FormatQuery, TableForm};
use crate::http::guard::{Allowed, SeeMailings};
use crate::http::reply::{self, Reply};

/// Nobody changes the ledger by hand: the digest alone tells one reading from the next.
const UNVERSIONED: i64 = 0;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_runs)
        .service(read_run)
        .service(list_deliveries)
        .service(read_delivery)
        .service(list_attempts)
        .service(sum_attempts);
}

/// Lists a mailing's runs, the newest first.
///
/// A deleted mailing's runs can still be read. Sorts: `started_at` (the default), `planned_for`.
#[utoipa::path(tag = "delivery", params(PathId, ListQuery, RunFilter, FormatQuery), responses((status = 200, content((Page<RunView> = "application/json"), (String = "text/csv")))))]
#[get("/mailings/{id}/runs")]
async fn list_runs(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    id: PathId,
    query: Query<ListQuery>,
    filter: Query<RunFilter>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| {
        runs::of_mailing(&app, &allowed.user, id.0, query, filter.0).await
    };
    csv::list(form, "runs", now, query.0, page).await
}

/// Reads one run, with its deliveries counted by state.
#[utoipa::path(tag = "delivery", params(PathId), responses((status = 200, body = RunView)))]
#[get("/runs/{id}")]
async fn read_run(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: HttpRequest,
) -> Reply {
    let run = runs::read(&app, &allowed.user, id.0).await?;
    reply::read(&request, &run, UNVERSIONED)
}

/// Lists a run's deliveries.
///
/// `search` looks at the beginnings of the address that letters went to and, of recipients that are still there, of
/// the address and the words of the name as they are now. Sort: `id` (the default, descending). The deliveries of a
/// run with `pruned_at` are deleted, its counts are not.
#[utoipa::path(tag = "delivery", params(PathId, ListQuery, DeliveryFilter, FormatQuery), responses((status = 200, content((Page<DeliveryView> = "application/json"), (String = "text/csv")))))]
#[get("/runs/{id}/deliveries")]
async fn list_deliveries(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    id: PathId,
    query: Query<ListQuery>,
    filter: Query<DeliveryFilter>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| {
        deliveries::of_run(&app, &allowed.user, id.0, query, &filter.0).await
    };
    csv::list(form, "deliveries", now, query.0, page).await
}

/// Reads one delivery with all its tries.
#[utoipa::path(tag = "delivery", params(PathId), responses((status = 200, body = DeliveryDetail)))]
#[get("/deliveries/{id}")]
async fn read_delivery(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    id: PathId,
    request: HttpRequest,
) -> Reply {
    let delivery = deliveries::read(&app, &allowed.user, id.0).await?;
    reply::read(&request, &delivery, UNVERSIONED)
}

/// Lists attempts, the newest first.
///
/// One's own; everyone's for managers and admins, and for all where the instance opens the log: then what it tells
/// of others' recipients is masked. `search` looks for recipients as in a run's deliveries, among one's own alone if
/// others' are masked. Sort: `at` (the default, newest first).
#[utoipa::path(tag = "delivery", params(ListQuery, AttemptFilter, FormatQuery), responses((status = 200, content((Page<AttemptView> = "application/json"), (String = "text/csv")))))]
#[get("/attempts")]
async fn list_attempts(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    query: Query<ListQuery>,
    filter: Query<AttemptFilter>,
) -> Reply {
    let now = app.clock.now();
    let page =
        async move |query: &ListQuery| attempts::list(&app, &allowed.user, query, &filter.0).await;
    csv::list(form, "attempts", now, query.0, page).await
}

/// Sums up the attempts that the same filters leave.
///
/// Also those that were pruned since, but for `search`, `code`, `delivery_id` and the parts of hours at the ends of a
/// period: these are counted in the log, up to 10,000; beyond, `capped` is true.
#[utoipa::path(tag = "delivery", params(AttemptFilter, AttemptSearch), responses((status = 200, body = AttemptTotals)))]
#[get("/attempts/totals")]
async fn sum_attempts(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    filter: Query<AttemptFilter>,
    search: Query<AttemptSearch>,
) -> Reply {
    reply::ok(&totals::totals(&app, &allowed.user, &filter.0, &search.0).await?)
}
