//! The users, mailings and messages that have had runs: the list of them, and one of them.

use std::collections::{BTreeSet, HashMap};

use contract::statistics::Figures;
use sea_orm::sea_query::{
    Condition, Expr, ExprTrait, Query, SelectStatement, SimpleExpr, UnionType,
};
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

/// Quarters in thirteen weeks.
const SHORT: i64 = 13 * 7 * 24 * 4;

const SORTS: [Sort<Column>; 2] = [
    Sort {
        word: "last_run_at",
        column: Column::LastRunAt,
    },
    Sort {
        word: "id",
        column: Column::Id,
    },
];

/// Those of a kind which these people have sent, and of which something was sent in the period.
pub fn of_kind(kind: SumKind, whose: Whose, period: Period) -> Select<Entity> {
    let mut select = Entity::find().filter(Column::Kind.eq(kind));
    if let Some(owner_id) = whose.owner_id() {
        select = select.filter(Column::OwnerId.eq(owner_id));
    }
    if period.is_open() {
        return select;
    }
    // Everyone's of some weeks are found by when they were; of years, or of one person, each is asked for.
    if whose == Whose::Everyones && period.length() <= SHORT {
        let key = [Column::ItemId, Column::OwnerId].map(|column| Expr::col((Entity, column)));
        let counted = within(kind, period);
        return select.filter(Expr::tuple(key).in_subquery(counted));
    }
    let is_counted = Condition::any()
        .add(Expr::exists(letters(period)))
        .add(Expr::exists(attempts(period)));
    select.filter(is_counted)
}

/// A page of them, with the figures of each.
pub async fn page(
    db: &impl ConnectionTrait,
    select: Select<Entity>,
    query: &ListQuery,
    period: Period,
) -> Result<(Rows<Model>, HashMap<ItemKey, Figures>), ApiError> {
    let mut query = query.clone();
    if query.in_full && query.sort.is_none() {
        // What runs again while a file is written must not move past where it has been read to.
        query.sort = Some("-id".to_owned());
    }
    let rows = keyset::page(db, select, &query, &SORTS, Column::Id).await?;
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

/// What was sent or tried within a period.
fn within(kind: SumKind, period: Period) -> SelectStatement {
    use {attempt_sum::Column as Attempt, letter_sum::Column as Letter};
    let mut attempts = Query::select();
    attempts
        .columns([Attempt::ItemId, Attempt::OwnerId])
        .from(attempt_sum::Entity)
        .and_where(Attempt::Kind.eq(kind as i16));
    for condition in period.of((attempt_sum::Entity, Attempt::Quarter)) {
        attempts.and_where(condition);
    }
    let mut query = Query::select();
    query
        .columns([Letter::ItemId, Letter::OwnerId])
        .from(letter_sum::Entity)
        .and_where(Letter::Kind.eq(kind as i16));
    for condition in period.of((letter_sum::Entity, Letter::Quarter)) {
        query.and_where(condition);
    }
    query.union(UnionType::All, attempts).to_owned()
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
