//! The users, mailings and messages that have had runs: the list of them, and one of them.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use contract::statistics::Figures;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, UnionType};
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
        let counted = LETTERS
            .within(kind, period)
            .union(UnionType::All, ATTEMPTS.within(kind, period))
            .to_owned();
        return select.filter(Expr::tuple(key).in_subquery(counted));
    }
    let is_counted = Condition::any()
        .add(Expr::exists(LETTERS.of_row(period)))
        .add(Expr::exists(ATTEMPTS.of_row(period)));
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

/// A table of sums, by the columns that tell of what they are and of when.
struct Sums<E: EntityTrait> {
    table: E,
    kind: E::Column,
    item_id: E::Column,
    owner_id: E::Column,
    quarter: E::Column,
}

const LETTERS: Sums<letter_sum::Entity> = Sums {
    table: letter_sum::Entity,
    kind: letter_sum::Column::Kind,
    item_id: letter_sum::Column::ItemId,
    owner_id: letter_sum::Column::OwnerId,
    quarter: letter_sum::Column::Quarter,
};

const ATTEMPTS: Sums<attempt_sum::Entity> = Sums {
    table: attempt_sum::Entity,
    kind: attempt_sum::Column::Kind,
    item_id: attempt_sum::Column::ItemId,
    owner_id: attempt_sum::Column::OwnerId,
    quarter: attempt_sum::Column::Quarter,
};

impl<E: EntityTrait> Sums<E> {
    /// Those of a kind of which something was counted within a period.
    fn within(&self, kind: SumKind, period: Period) -> SelectStatement {
        let mut query = Query::select();
        query
            .columns([self.item_id, self.owner_id])
            .from(self.table)
            .and_where(self.kind.eq(kind as i16));
        for condition in period.of((self.table, self.quarter)) {
            query.and_where(condition);
        }
        query
    }

    /// What was counted of a row within a period. The quarter stands right behind the thing in the key, so that this
    /// is one look for each.
    fn of_row(&self, period: Period) -> SelectStatement {
        let same = |sum, of| Expr::col((self.table, sum)).equals((Entity, of));
        let mut query = Query::select();
        query
            .expr(Expr::val(1))
            .from(self.table)
            .and_where(same(self.kind, Column::Kind))
            .and_where(same(self.item_id, Column::ItemId))
            .and_where(same(self.owner_id, Column::OwnerId));
        for condition in period.of((self.table, self.quarter)) {
            query.and_where(condition);
        }
        query
    }
}

/// How often something ran, and when.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub runs: u64,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
}

impl From<&Model> for Span {
    fn from(row: &Model) -> Self {
        let Model {
            id: _,
            kind: _,
            item_id: _,
            owner_id: _,
            runs,
            first_run_at,
            last_run_at,
            last_run_id: _,
        } = row;
        Self {
            runs: u64::try_from(*runs).unwrap_or(0),
            first: *first_run_at,
            last: *last_run_at,
        }
    }
}
