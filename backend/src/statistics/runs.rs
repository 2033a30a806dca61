//! Runs one by one: those of a mailing in a period, and those that have finished while their mailing goes on.

use chrono::{DateTime, TimeDelta, Utc};
use contract::delivery::RunState;
use contract::listing::Page;
use contract::statistics::{ReportedStatus, RunStatistics};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::mailings;
use super::period::{Period, PeriodQuery};
use super::whose::{Whose, WhoseQuery};
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::database::stretch::Stretch;
use crate::delivery::entity::run::{Column, Entity, Model, RunStateWord};
use crate::delivery::reads::runs;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// Runs are started in the order of their ids.
const SORTS: [Sort<Column>; 1] = [Sort {
    word: "started_at",
    column: Column::Id,
}];

/// By so much the clocks of two workers may differ, and more.
const CLOCKS_APART: TimeDelta = TimeDelta::days(1);

/// Which runs to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RunsQuery {
    /// Only those that stand so.
    pub state: Option<RunState>,
    /// Only those of mailings that are completed (or deleted), or only those of mailings that are not.
    pub status: Option<ReportedStatus>,
    /// Only those of this mailing.
    pub mailing_id: Option<i64>,
}

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    whose: WhoseQuery,
    period: PeriodQuery,
    filter: RunsQuery,
) -> Result<Page<RunStatistics>, ApiError> {
    let db = app.database.read();
    let whose = Whose::asked(whose, user)?;
    let period = Period::asked(period)?;
    let RunsQuery {
        state,
        status,
        mailing_id,
    } = filter;
    let mut select = runs::without_bodies();
    if let Some(owner_id) = whose.owner_id() {
        select = select.filter(Column::OwnerId.eq(owner_id));
    }
    if let Some(state) = state {
        select = select.filter(Column::State.eq(RunStateWord::from(state)));
    }
    if let Some(status) = status {
        select = select.filter(mailings::stands(status, (Entity, Column::MailingId)));
    }
    if let Some(text) = &query.search
        && let Some(found) =
            search::matches(Kind::Mailing, whose.owner_id(), Column::MailingId, text)
    {
        select = select.filter(found);
    }
    let stretch = match (mailing_id, whose.owner_id()) {
        (Some(id), _) => Some(Stretch::of(Column::MailingId, id)),
        (None, Some(id)) => Some(Stretch::of(Column::OwnerId, id)),
        (None, None) => None,
    };
    let select = started_in(db, select, period).await?;
    let mut rows = keyset::page_of(db, stretch, select, query, &SORTS, Column::Id).await?;
    let items = views(db, std::mem::take(&mut rows.rows)).await?;
    Ok(rows.into_page(items))
}

/// Only those that were started in the period. Their ids are narrowed, too, so that no more runs are looked at than
/// were started around it.
async fn started_in(
    db: &impl ConnectionTrait,
    mut select: Select<Entity>,
    period: Period,
) -> Result<Select<Entity>, DbErr> {
    if let Some(from) = period.from() {
        let first = first_since(db, from - CLOCKS_APART).await?;
        select = select
            .filter(Column::Id.gte(first))
            .filter(Column::StartedAt.gte(from));
    }
    if let Some(to) = period.to() {
        let first = first_since(db, to + CLOCKS_APART).await?;
        select = select
            .filter(Column::Id.lt(first))
            .filter(Column::StartedAt.lt(to));
    }
    Ok(select)
}

/// The id from which on runs were started at this instant or later, found by halving; one behind the last if none was.
async fn first_since(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<i64, DbErr> {
    let id_and_start = || {
        Entity::find()
            .select_only()
            .columns([Column::Id, Column::StartedAt])
    };
    let last: Option<(i64, DateTime<Utc>)> = id_and_start()
        .order_by_desc(Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let (mut first, mut end) = (0, last.map_or(0, |(id, _)| id) + 1);
    while first < end {
        let middle = first + (end - first) / 2;
        let here: Option<(i64, DateTime<Utc>)> = id_and_start()
            .filter(Column::Id.gte(middle))
            .order_by_asc(Column::Id)
            .limit(1)
            .into_tuple()
            .one(db)
            .await?;
        match here {
            Some((id, started_at)) if started_at < at => first = id + 1,
            _ => end = middle,
        }
    }
    Ok(end)
}

async fn views(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<RunStatistics>, DbErr> {
    let owner_ids: Vec<i64> = rows.iter().map(|run| run.owner_id).collect();
    let owners = Owners::find(db, owner_ids.iter().copied()).await?;
    let views = runs::views(db, rows).await?;
    let with_owner = views.into_iter().zip(owner_ids);
    Ok(with_owner
        .map(|(run, owner_id)| RunStatistics {
            run,
            owner: owners.of(owner_id),
        })
        .collect())
}
