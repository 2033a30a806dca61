//! Statistics, for reading and as files for a spreadsheet.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use contract::listing::Page;
use contract::statistics::{
    DailyStatistics, MailingStatistics, MailingStatisticsDetail, MessageStatistics,
    MessageStatisticsDetail, RunStatistics, Statistics, UserStatistics,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::daily::{self, DailyQuery};
use super::mailings::{self, MailingsQuery};
use super::period::PeriodQuery;
use super::runs::{self, RunsQuery};
use super::whose::WhoseQuery;
use super::{messages, totals, users};
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{PathId, Query};
use crate::http::csv::{self, FormatQuery, TableForm};
use crate::http::guard::{Allowed, SeeEverything, SeeMailings};
use crate::http::reply::Reply;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(read_totals)
        .service(read_daily)
        .service(list_mailings)
        .service(read_mailing)
        .service(list_runs)
        .service(list_messages)
        .service(read_message)
        .service(list_users);
}

/// Sums up what became of letters: by state, by outcome, and by the mail servers' answers.
///
/// One's own; everyone's, or those of one user, for managers and admins. As CSV: the answers.
#[utoipa::path(tag = "statistics", params(PeriodQuery, WhoseQuery, FormatQuery), responses((status = 200, content((Statistics = "application/json"), (String = "text/csv"))), (status = 403), (status = 404)))]
#[get("/statistics")]
async fn read_totals(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    period: Query<PeriodQuery>,
    whose: Query<WhoseQuery>,
) -> Reply {
    let totals = totals::totals(&app, &allowed.user, whose.0, period.0).await?;
    csv::whole(form, "answers", app.clock.now(), &totals, &totals.answers)
}

/// Sums up what became of letters, day by day as a time zone has its days.
///
/// Attempts from before statistics were kept are known by the hour only: in zones that are off by parts of an hour
/// they may stand on the day before.
#[utoipa::path(tag = "statistics", params(DailyQuery, WhoseQuery, FormatQuery), responses((status = 200, content((DailyStatistics = "application/json"), (String = "text/csv"))), (status = 403), (status = 404)))]
#[get("/statistics/daily")]
async fn read_daily(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    query: Query<DailyQuery>,
    whose: Query<WhoseQuery>,
) -> Reply {
    let daily = daily::daily(&app, &allowed.user, whose.0, &query.0).await?;
    csv::whole(form, "days", app.clock.now(), &daily, &daily.days)
}

/// Lists mailings that have run, each with what became of its letters.
///
/// With a period: those of which something was sent or tried in it. Deleted ones are among them; `search` finds those
/// that are still there. Completed ones are listed by `status=completed`; the runs of each by `mailings/{id}/runs`.
/// Sorts: `last_run_at` (the default, newest first), `id`
/// (by the first run; that is how a file has them if not asked otherwise, so that it misses none that runs meanwhile).
#[utoipa::path(tag = "statistics", params(ListQuery, MailingsQuery, PeriodQuery, WhoseQuery, FormatQuery), responses((status = 200, content((Page<MailingStatistics> = "application/json"), (String = "text/csv"))), (status = 403), (status = 404)))]
#[get("/statistics/mailings")]
async fn list_mailings(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    query: Query<ListQuery>,
    filter: Query<MailingsQuery>,
    period: Query<PeriodQuery>,
    whose: Query<WhoseQuery>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| {
        mailings::list(&app, &allowed.user, query, whose.0, period.0, filter.0).await
    };
    csv::list(form, "mailings", now, query.0, page).await
}

/// Sums up what became of one mailing's letters. It may be deleted since. As CSV: the answers.
#[utoipa::path(tag = "statistics", params(PathId, PeriodQuery, FormatQuery), responses((status = 200, content((MailingStatisticsDetail = "application/json"), (String = "text/csv")))))]
#[get("/statistics/mailings/{id}")]
async fn read_mailing(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    id: PathId,
    period: Query<PeriodQuery>,
    request: HttpRequest,
) -> Reply {
    let mailing = mailings::read(&app, &allowed.user, id.0, period.0).await?;
    let now = app.clock.now();
    csv::read(form, "answers", now, &request, &mailing, &mailing.answers)
}

/// Lists runs, the newest first, each with what became of its letters.
///
/// With a period: those that were started in it. Runs that have finished while their mailing goes on are listed by
/// `status=open&state=finished`. Runs of deleted mailings are among them; `search` finds those whose mailing is still
/// there, by its title. Sort: `started_at` (the default, newest first).
#[utoipa::path(tag = "statistics", params(ListQuery, RunsQuery, PeriodQuery, WhoseQuery, FormatQuery), responses((status = 200, content((Page<RunStatistics> = "application/json"), (String = "text/csv"))), (status = 403), (status = 404)))]
#[get("/statistics/runs")]
async fn list_runs(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    query: Query<ListQuery>,
    filter: Query<RunsQuery>,
    period: Query<PeriodQuery>,
    whose: Query<WhoseQuery>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| {
        runs::list(&app, &allowed.user, query, whose.0, period.0, filter.0).await
    };
    csv::list(form, "runs", now, query.0, page).await
}

/// Lists messages that were sent, by who has sent them, each with what became of its letters.
///
/// With a period: those of which something was sent or tried in it. Deleted ones are among them; `search` finds those
/// that are still there. Sorts: `last_run_at` (the default, newest first), `id`
/// (by the first run; that is how a file has them if not asked otherwise, so that it misses none that runs meanwhile).
#[utoipa::path(tag = "statistics", params(ListQuery, PeriodQuery, WhoseQuery, FormatQuery), responses((status = 200, content((Page<MessageStatistics> = "application/json"), (String = "text/csv"))), (status = 403), (status = 404)))]
#[get("/statistics/messages")]
async fn list_messages(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    query: Query<ListQuery>,
    period: Query<PeriodQuery>,
    whose: Query<WhoseQuery>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| {
        messages::list(&app, &allowed.user, query, whose.0, period.0).await
    };
    csv::list(form, "messages", now, query.0, page).await
}

/// Sums up what became of the letters of one message: of one's own, or of all who have sent it for those who see
/// everyone's. It may be deleted since. As CSV: the answers.
#[utoipa::path(tag = "statistics", params(PathId, PeriodQuery, WhoseQuery, FormatQuery), responses((status = 200, content((MessageStatisticsDetail = "application/json"), (String = "text/csv"))), (status = 403)))]
#[get("/statistics/messages/{id}")]
async fn read_message(
    allowed: Allowed<SeeMailings>,
    app: Data<App>,
    form: TableForm,
    id: PathId,
    period: Query<PeriodQuery>,
    whose: Query<WhoseQuery>,
    request: HttpRequest,
) -> Reply {
    let message = messages::read(&app, &allowed.user, id.0, whose.0, period.0).await?;
    let now = app.clock.now();
    csv::read(form, "answers", now, &request, &message, &message.answers)
}

/// Lists the users whose mailings have run, each with what became of their letters.
///
/// With a period: those of whom something was sent or tried in it. Sorts: `last_run_at` (the default, newest first), `id`
/// (by the first run; that is how a file has them if not asked otherwise, so that it misses none that runs meanwhile).
#[utoipa::path(tag = "statistics", params(ListQuery, PeriodQuery, FormatQuery), responses((status = 200, content((Page<UserStatistics> = "application/json"), (String = "text/csv"))), (status = 403)))]
#[get("/statistics/users")]
async fn list_users(
    _allowed: Allowed<SeeEverything>,
    app: Data<App>,
    form: TableForm,
    query: Query<ListQuery>,
    period: Query<PeriodQuery>,
) -> Reply {
    let now = app.clock.now();
    let page = async move |query: &ListQuery| users::list(&app, query, period.0).await;
    csv::list(form, "users", now, query.0, page).await
}
