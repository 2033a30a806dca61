//! Sums over the log of attempts.
//!
//! Where the filter asks what the counters know (run, mailing, owner, outcome, class), they are read from there:
//! whole hours, however long the log is, and also those whose attempts were pruned since. What the counters do not
//! know (an address, a code, one delivery, part of an hour) is counted in the log, as far as a list would count.
//! There only indexes are read where only failures were asked for.
//!
//! `letters` counts the letters that were accepted for the first time, so that the sums of two periods add up.

use chrono::{DateTime, TimeDelta, Utc};
use contract::delivery::{AttemptTotals, Outcome};
use contract::instance::AttemptLog;
use contract::listing::TOTAL_CAP;
use contract::permissions::Permission;
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait,
};

use super::super::entity::attempt::{self, OutcomeNumber};
use super::super::entity::attempt_count::{self, Column};
use super::super::entity::class::ClassNumber;
use super::super::entity::run;
use super::super::ledger::attempt_counts::hour_of;
use super::attempts::{AttemptFilter, AttemptSearch, wanted};
use super::shown;
use crate::app::App;
use crate::database::keyset;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// Of those that were accepted, the ones whose letter was not accepted before.
const FIRST_ACCEPTED: &str = "COUNT(CASE WHEN outcome = 0 AND (number = 1 OR NOT EXISTS (\
    SELECT 1 FROM attempts AS earlier WHERE earlier.delivery_id = counted.delivery_id \
    AND earlier.number < counted.number AND earlier.outcome = 0)) THEN 1 END)";
const NONE: &str = "CAST(0 AS BIGINT)";

#[derive(FromQueryResult)]
struct Sum {
    outcome: OutcomeNumber,
    count: i64,
    letters: i64,
}

pub async fn totals(
    app: &App,
    user: &CurrentUser,
    filter: &AttemptFilter,
    search: &AttemptSearch,
) -> Result<AttemptTotals, ApiError> {
    let from = filter.from.map(|at| keyset::instant("from", at));
    let to = filter.to.map(|at| keyset::instant("to", at));
    let (from, to) = (from.transpose()?, to.transpose()?);
    let is_searched = search
        .search
        .as_deref()
        .is_some_and(|text| !text.trim().is_empty());
    let only_in_log = is_searched || filter.code.is_some() || filter.delivery_id.is_some();
    let hours = Hours::within(from, to);
    if only_in_log || hours.is_empty() {
        return counted(app, user, filter, search).await;
    }
    let mut sums = of_hours(app, user, filter, hours).await?;
    for (from, to) in [(from, hours.from), (hours.to, to)] {
        if let (Some(from), Some(to)) = (from, to)
            && from < to
        {
            let edge = AttemptFilter {
                from: Some(from),
                to: Some(to),
                ..filter.clone()
            };
            sums = sums + counted(app, user, &edge, search).await?;
        }
    }
    Ok(sums)
}

/// The whole hours of a period; open where the period is.
#[derive(Clone, Copy)]
struct Hours {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

impl Hours {
    fn within(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Self {
        let next = |at: DateTime<Utc>| match hour_of(at) {
            hour if hour == at => at,
            hour => hour + TimeDelta::hours(1),
        };
        Self {
            from: from.map(next),
            to: to.map(hour_of),
        }
    }

    fn is_empty(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if from >= to)
    }
}

/// Sums from the counters.
async fn of_hours(
    app: &App,
    user: &CurrentUser,
    filter: &AttemptFilter,
    hours: Hours,
) -> Result<AttemptTotals, DbErr> {
    let AttemptFilter {
        outcome,
        mailing_id,
        run_id,
        delivery_id: _,
        owner_id,
        class,
        code: _,
        from: _,
        to: _,
    } = *filter;
    let confined = user.confined_to(Permission::SeeEverything);
    // An open log is everyone's to read.
    let confined = confined.filter(|_| app.config.instance.attempt_log == AttemptLog::Own);
    let mut select = attempt_count::Entity::find()
        .select_only()
        .column(Column::Outcome)
        // A sum of BIGINTs is NUMERIC on PostgreSQL.
        .expr_as(Expr::cust("CAST(SUM(count) AS BIGINT)"), "count")
        .expr_as(Expr::cust("CAST(SUM(letters) AS BIGINT)"), "letters")
        .group_by(Column::Outcome);
    let whose = [
        (run::Column::MailingId, mailing_id),
        (run::Column::OwnerId, owner_id),
        (run::Column::OwnerId, confined),
    ];
    if whose.iter().any(|(_, id)| id.is_some()) {
        let runs = whose
            .into_iter()
            .filter_map(|(column, id)| id.map(|id| column.eq(id)))
            .fold(run::Entity::find(), |runs, condition| {
                runs.filter(condition)
            });
        let runs = runs.select_only().column(run::Column::Id).into_query();
        select = select.filter(Column::RunId.in_subquery(runs));
    }
    if let Some(run_id) = run_id {
        select = select.filter(Column::RunId.eq(run_id));
    }
    if let Some(outcome) = outcome {
        select = select.filter(Column::Outcome.eq(OutcomeNumber::from(outcome)));
    }
    if let Some(class) = class {
        select = select.filter(Column::Class.eq(ClassNumber::from(class) as i16));
    }
    if let Some(from) = hours.from {
        select = select.filter(Column::Hour.gte(from));
    }
    if let Some(to) = hours.to {
        select = select.filter(Column::Hour.lt(to));
    }
    let sums = select.into_model().all(app.database.read()).await?;
    Ok(summed(sums))
}

/// Sums from the log itself, over no more attempts than a list counts.
async fn counted(
    app: &App,
    user: &CurrentUser,
    filter: &AttemptFilter,
    search: &AttemptSearch,
) -> Result<AttemptTotals, ApiError> {
    let may_be_accepted = !matches!(filter.outcome, Some(Outcome::Failed | Outcome::Unknown));
    let mut some = wanted(app, user, filter, search.search.as_deref())
        .await?
        .select_only()
        .column(attempt::Column::Outcome)
        .limit(TOTAL_CAP + 1);
    if may_be_accepted {
        some = some.columns([attempt::Column::DeliveryId, attempt::Column::Number]);
    }
    let db = app.database.read();
    let sums: Vec<Sum> = db
        .query_all(&by_outcome(some.into_query(), may_be_accepted))
        .await?
        .iter()
        .map(|row| Sum::from_query_result(row, ""))
        .collect::<Result<_, _>>()?;
    let totals = summed(sums);
    Ok(AttemptTotals {
        capped: totals.attempts > TOTAL_CAP,
        ..totals
    })
}

fn by_outcome(attempts: SelectStatement, may_be_accepted: bool) -> SelectStatement {
    let outcome = Alias::new("outcome");
    let letters = if may_be_accepted {
        FIRST_ACCEPTED
    } else {
        NONE
    };
    Query::select()
        .column(outcome.clone())
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .expr_as(Expr::cust(letters), "letters")
        .from_subquery(attempts, "counted")
        .group_by_col(outcome)
        .to_owned()
}

fn summed(sums: Vec<Sum>) -> AttemptTotals {
    let mut totals = AttemptTotals::default();
    for Sum {
        outcome,
        count,
        letters,
    } in sums
    {
        let count = shown(count);
        totals.attempts += count;
        totals.letters += shown(letters);
        match outcome.into() {
            Outcome::Succeeded => totals.succeeded += count,
            Outcome::Failed => totals.failed += count,
            Outcome::Unknown => totals.unknown += count,
        }
    }
    totals
}
