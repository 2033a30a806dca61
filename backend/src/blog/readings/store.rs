//! Where readings are counted: rows that a visitor can have only once, and the day's secret.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use crate::accounts::tokens::random_bytes;
use crate::app::App;
use crate::blog::entity::{article, visit, visit_secret};
use crate::problem::ApiError;

/// So many visits are written in one transaction, some milliseconds long.
pub const AT_ONCE: usize = 500;
/// So many are deleted in one.
const FORGOTTEN_AT_ONCE: u64 = 2_000;

/// A visitor reads an article in some hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    pub hour: i64,
    pub article_id: i64,
    pub visitor: i64,
}

/// Adds to each article those visits that nobody has written yet; says how many.
pub async fn count(app: &App, visits: &[Visit]) -> Result<u64, ApiError> {
    // In one order: two processes that write the same at once shall not wait for each other.
    let mut visits = visits.to_vec();
    visits.sort_unstable();
    let tx = app.database.write().await?;
    let mut insert = Query::insert();
    insert.into_table(visit::Entity).columns([
        visit::Column::Hour,
        visit::Column::ArticleId,
        visit::Column::Visitor,
    ]);
    for visit in visits {
        let Visit {
            hour,
            article_id,
            visitor,
        } = visit;
        insert.values_panic([hour.into(), article_id.into(), visitor.into()]);
    }
    insert
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .returning_col(visit::Column::ArticleId);
    let mut new: BTreeMap<i64, i64> = BTreeMap::new();
    for row in tx.query_all(&insert).await? {
        *new.entry(row.try_get_by_index(0)?).or_default() += 1;
    }
    // In the order of the ids, for the same reason.
    for (article_id, count) in &new {
        article::Entity::update_many()
            .col_expr(
                article::Column::Readings,
                Expr::col(article::Column::Readings).add(*count),
            )
            .filter(article::Column::Id.eq(*article_id))
            .exec(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(new
        .values()
        .filter_map(|count| u64::try_from(*count).ok())
        .sum())
}

/// Deletes what is not needed any more: visits before the last hour, and the secrets of other days.
pub async fn forget(app: &App, hour: i64, day: i64) -> Result<(), ApiError> {
    let old = visit::Column::Hour.lt(hour - 1);
    let found = visit::Entity::find()
        .filter(old)
        .one(app.database.read())
        .await?;
    if found.is_some() {
        while forget_some(app, hour - 2).await? == FORGOTTEN_AT_ONCE {}
    }
    let former = visit_secret::Column::Day.lt(day);
    let found = visit_secret::Entity::find()
        .filter(former.clone())
        .one(app.database.read())
        .await?;
    if found.is_some() {
        let tx = app.database.write().await?;
        visit_secret::Entity::delete_many()
            .filter(former)
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The secret of a day: the one that another process made, or a new one.
pub async fn secret(app: &App, day: i64) -> Result<Vec<u8>, ApiError> {
    let tx = app.database.write().await?;
    let made = visit_secret::ActiveModel {
        day: Set(day),
        secret: Set(URL_SAFE_NO_PAD.encode(random_bytes()?)),
    };
    visit_secret::Entity::insert_many([made])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    let kept = visit_secret::Entity::find_by_id(day).one(&tx).await?;
    tx.commit().await?;
    let kept = kept.ok_or_else(|| ApiError::ours("the day's secret is not there"))?;
    URL_SAFE_NO_PAD.decode(kept.secret).map_err(ApiError::ours)
}

/// Deletes some visits of this hour and those before; says how many.
async fn forget_some(app: &App, hour: i64) -> Result<u64, DbErr> {
    let key = [
        visit::Column::Hour,
        visit::Column::ArticleId,
        visit::Column::Visitor,
    ];
    let some = Query::select()
        .columns(key)
        .from(visit::Entity)
        .and_where(Expr::col(visit::Column::Hour).lte(hour))
        .limit(FORGOTTEN_AT_ONCE)
        .to_owned();
    let delete = Query::delete()
        .from_table(visit::Entity)
        .and_where(Expr::tuple(key.map(Expr::col)).in_subquery(some))
        .to_owned();
    let tx = app.database.write().await?;
    let done = tx.execute(&delete).await?;
    tx.commit().await?;
    Ok(done.rows_affected())
}
