//! The users, mailings and messages that have had runs: the list of them, and one of them.

use std::collections::{BTreeSet, HashMap};

use contract::statistics::Figures;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select};

use super::period::Period;
use super::sums::{self, ItemKey, Target};
use super::whose::Whose;
use crate::database::keyset::{self, ListQuery, Rows, Sort};
use crate::delivery::entity::run_sum::{Column, Entity, Model, SumKind};
use crate::delivery::entity::{attempt_sum, letter_sum, run};
use crate::http::caller::CurrentUser;
use crate::mailings::service as mailings;
use crate::messages::service as messages;
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 1] = [Sort {
    word: "last_run_at",
    column: Column::LastRunAt,
}];

/// Those of a kind which these people have sent, and of which something was sent in the period.
pub fn of_kind(kind: SumKind, whose: Whose, period: Period) -> Select<Entity> {
    let mut select = Entity::find().filter(Column::Kind.eq(kind));
    if let Some(owner_id) = whose.owner_id() {
        select = select.filter(Column::OwnerId.eq(owner_id));
    }
    if !period.is_open() {
        let is_counted = Condition::any()
            .add(Expr::exists(letters(period)))
            .add(Expr::exists(attempts(period)));
        select = select.filter(is_counted);
    }
    select
}

/// A page of them, with the figures of each.
pub async fn page(
    db: &impl ConnectionTrait,
    select: Select<Entity>,
    query: &ListQuery,
    period: Period,
) -> Result<(Rows<Model>, HashMap<ItemKey, Figures>), ApiError> {
    let rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let Some(first) = rows.rows.first() else {
        return Ok((rows, HashMap::new()));
    };
    let ids: BTreeSet<i64> = rows.rows.iter().map(|row| row.item_id).collect();
    let ids = Vec::from_iter(ids);
    // Of several owners PostgreSQL would look for each with each of the things.
    let is_of_one = rows.rows.iter().all(|row| row.owner_id == first.owner_id);
    let owner_id = is_of_one.then_some(first.owner_id);
    let figures = sums::of_items(db, first.kind, &ids, owner_id, period).await?;
    Ok((rows, figures))
}

/// One mailing or message with what is summed up for it.
pub struct Item {
    /// One for each of those who have sent it; none before its first run.
    pub rows: Vec<Model>,
    pub target: Target,
}

/// One mailing or message, if these people have sent it, or this person may know of it at least.
pub async fn find(
    db: &impl ConnectionTrait,
    user: &CurrentUser,
    kind: SumKind,
    item_id: i64,
    whose: Whose,
) -> Result<Item, ApiError> {
    let rows = of_kind(kind, whose, Period::default())
        .filter(Column::ItemId.eq(item_id))
        .all(db)
        .await?;
    if rows.is_empty() {
        match kind {
            SumKind::Mailing => drop(mailings::find_visible(db, user, item_id).await?),
            SumKind::Message => drop(messages::find_visible(db, user, item_id).await?),
            SumKind::Service | SumKind::User => return Err(ApiError::NotFound),
        }
    }
    let target = Target {
        kind,
        item_id,
        owner_ids: rows.iter().map(|row| row.owner_id).collect(),
    };
    Ok(Item { rows, target })
}

/// Title and subject of the last runs of these.
pub async fn last_letters(
    db: &impl ConnectionTrait,
    rows: &[Model],
) -> Result<HashMap<i64, (String, String)>, DbErr> {
    let letters: Vec<(i64, String, String)> = run::Entity::find()
        .select_only()
        .columns([run::Column::Id, run::Column::Title, run::Column::Subject])
        .filter(run::Column::Id.is_in(rows.iter().map(|row| row.last_run_id)))
        .into_tuple()
        .all(db)
        .await?;
    let letters = letters.into_iter();
    Ok(letters
        .map(|(id, title, subject)| (id, (title, subject)))
        .collect())
}

/// The quarter stands right behind the thing in the key, so that this is one look for each.
fn letters(period: Period) -> SelectStatement {
    use letter_sum::{Column as Sum, Entity as Sums};
    let mut query = Query::select();
    query
        .expr(Expr::val(1))
        .from(Sums)
        .and_where(same((Sums, Sum::Kind), Column::Kind))
        .and_where(same((Sums, Sum::ItemId), Column::ItemId))
        .and_where(same((Sums, Sum::OwnerId), Column::OwnerId));
    for condition in period.of((Sums, Sum::Quarter)) {
        query.and_where(condition);
    }
    query.to_owned()
}

fn attempts(period: Period) -> SelectStatement {
    use attempt_sum::{Column as Sum, Entity as Sums};
    let mut query = Query::select();
    query
        .expr(Expr::val(1))
        .from(Sums)
        .and_where(same((Sums, Sum::Kind), Column::Kind))
        .and_where(same((Sums, Sum::ItemId), Column::ItemId))
        .and_where(same((Sums, Sum::OwnerId), Column::OwnerId));
    for condition in period.of((Sums, Sum::Quarter)) {
        query.and_where(condition);
    }
    query.to_owned()
}

fn same(sum: impl sea_orm::sea_query::IntoColumnRef, of: Column) -> SimpleExpr {
    Expr::col(sum).equals((Entity, of))
}
