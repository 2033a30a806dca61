//! Figures by mailing, also of those that were deleted.

use std::collections::HashMap;

use contract::listing::Page;
use contract::statistics::{Figures, MailingStatistics, MailingStatisticsDetail, ReportedStatus};
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::items::{self, Item, Span};
use super::period::{Period, PeriodQuery};
use super::sums::{self, ItemKey};
use super::whose::{Whose, WhoseQuery};
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::database::search::{self, Kind};
use crate::delivery::entity::run_sum::{Column, Entity, Model, SumKind};
use crate::http::caller::CurrentUser;
use crate::mailings::entity::{self as mailing, StatusWord};
use crate::mailings::service as mailings;
use crate::problem::ApiError;

/// Which mailings to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MailingsQuery {
    /// Only those that are completed (or deleted), or only those that are not.
    pub status: Option<ReportedStatus>,
}

pub async fn list(
    app: &App,
    user: &CurrentUser,
    query: &ListQuery,
    whose: WhoseQuery,
    period: PeriodQuery,
    filter: MailingsQuery,
) -> Result<Page<MailingStatistics>, ApiError> {
    let whose = Whose::asked(whose, user)?;
    let period = Period::asked(period)?;
    let db = &app.database.snapshot().await?;
    let mut select = items::of_kind(SumKind::Mailing, whose, period);
    if let Some(status) = filter.status {
        select = select.filter(stands(status, (Entity, Column::ItemId)));
    }
    if let Some(text) = &query.search
        && let Some(found) = search::matches(Kind::Mailing, whose.owner_id(), Column::ItemId, text)
    {
        select = select.filter(found);
    }
    let (mut rows, figures) = items::page(db, select, query, period).await?;
    let items = views(db, std::mem::take(&mut rows.rows), &figures).await?;
    Ok(rows.into_page(items))
}

/// A condition: the mailing with this id is completed or deleted, or it is not.
pub fn stands(status: ReportedStatus, mailing_id: impl IntoColumnRef) -> SimpleExpr {
    let open = Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .and_where(mailing::Column::Status.ne(StatusWord::Completed))
        .to_owned();
    let mailing_id = Expr::col(mailing_id);
    match status {
        ReportedStatus::Open => mailing_id.in_subquery(open),
        ReportedStatus::Completed => mailing_id.not_in_subquery(open),
    }
}

pub async fn read(
    app: &App,
    user: &CurrentUser,
    id: i64,
    period: PeriodQuery,
) -> Result<MailingStatisticsDetail, ApiError> {
    let period = Period::asked(period)?;
    let whose = Whose::asked(WhoseQuery::default(), user)?;
    let db = &app.database.snapshot().await?;
    let Item { rows, target } = items::find(db, user, SumKind::Mailing, id, whose).await?;
    let (sums, answers) = sums::of(db, &target, period).await?;
    let mailing = match rows.into_iter().next() {
        Some(row) => {
            let figures = HashMap::from([((row.item_id, row.owner_id), sums)]);
            let views = views(db, vec![row], &figures).await?;
            views.into_iter().next().ok_or(ApiError::NotFound)?
        }
        None => without_runs(db, user, id).await?,
    };
    Ok(MailingStatisticsDetail { mailing, answers })
}

/// A mailing that has not run yet.
async fn without_runs(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    id: i64,
) -> Result<MailingStatistics, ApiError> {
    let mailing = mailings::find_visible(db, user, id).await?;
    let owners = Owners::find(db, [mailing.owner_id]).await?;
    Ok(MailingStatistics {
        mailing_id: id,
        title: mailing.title,
        status: Some(mailing.status.into()),
        completed_at: mailing.completed_at,
        owner: owners.of(mailing.owner_id),
        runs: 0,
        first_run_at: None,
        last_run_at: None,
        figures: Figures::default(),
    })
}

async fn views(
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
    figures: &HashMap<ItemKey, Figures>,
) -> Result<Vec<MailingStatistics>, DbErr> {
    let owners = Owners::find(db, rows.iter().map(|row| row.owner_id)).await?;
    let mut letters = items::last_letters(db, &rows).await?;
    let there: Vec<mailing::Model> = mailing::Entity::find()
        .filter(mailing::Column::Id.is_in(rows.iter().map(|row| row.item_id)))
        .all(db)
        .await?;
    let mut there: HashMap<i64, mailing::Model> = there
        .into_iter()
        .map(|mailing| (mailing.id, mailing))
        .collect();
    let view = |row: Model| {
        let Span { runs, first, last } = Span::from(&row);
        let mailing = there.remove(&row.item_id);
        let status = mailing.as_ref().map(|mailing| mailing.status.into());
        let completed_at = mailing.as_ref().and_then(|mailing| mailing.completed_at);
        let title = mailing.map_or_else(
            || letters.remove(&row.last_run_id).unwrap_or_default().0,
            |mailing| mailing.title,
        );
        MailingStatistics {
            mailing_id: row.item_id,
            title,
            status,
            completed_at,
            owner: owners.of(row.owner_id),
            runs,
            first_run_at: Some(first),
            last_run_at: Some(last),
            figures: figures
                .get(&(row.item_id, row.owner_id))
                .copied()
                .unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
