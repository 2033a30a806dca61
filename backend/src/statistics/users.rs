//! Figures by user, for those who see everyone's.

use contract::listing::Page;
use contract::statistics::UserStatistics;
use sea_orm::QueryFilter;

use super::items;
use super::period::{Period, PeriodQuery};
use super::whose::Whose;
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::database::search::{self, Kind};
use crate::delivery::entity::run_sum::{Column, Model, SumKind};
use crate::problem::ApiError;

pub async fn list(
    app: &App,
    query: &ListQuery,
    period: PeriodQuery,
) -> Result<Page<UserStatistics>, ApiError> {
    let period = Period::asked(period)?;
    let db = &app.database.snapshot().await?;
    let mut select = items::of_kind(SumKind::User, Whose::Everyones, period);
    if let Some(text) = &query.search
        && let Some(found) = search::matches(Kind::User, None, Column::ItemId, text)
    {
        select = select.filter(found);
    }
    let (rows, figures) = items::page(db, select, query, period).await?;
    let owners = Owners::find(db, rows.rows.iter().map(|row| row.owner_id)).await?;
    Ok(rows.map(|row| {
        let Model {
            id: _,
            kind: _,
            item_id,
            owner_id,
            runs,
            first_run_at,
            last_run_at,
            last_run_id: _,
        } = row;
        UserStatistics {
            user: owners.of(owner_id),
            runs: u64::try_from(runs).unwrap_or(0),
            first_run_at,
            last_run_at,
            figures: figures
                .get(&(item_id, owner_id))
                .copied()
                .unwrap_or_default(),
        }
    }))
}
