//! Keyset pages: the next page begins behind the last row of this one, so that each costs the same.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Utc};
use contract::checks;
use contract::listing::{DEFAULT_LIMIT, MAX_LIMIT, Page, SEARCH_LIMIT, TOTAL_CAP};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait, Query as SeaQuery, SimpleExpr};
use sea_orm::{
    ColumnTrait, ColumnType, Condition, ConnectionTrait, DbBackend, EntityTrait, IdenStatic,
    ModelTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::stretch::Stretch;
use crate::problem::ApiError;

/// Instants outside of these are not ours, and PostgreSQL cannot keep some of them.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// Rows of a page when all of a list is read.
const FULL_LIMIT: u64 = 500;

/// How a list is asked for. Each list documents the sorts it offers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Items per page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u64>,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Beginnings of words to look for.
    #[param(max_length = 1000, example = "maria")]
    pub search: Option<String>,
    /// A field's name, with `-` before it for descending.
    #[param(example = "-created_at")]
    pub sort: Option<String>,
    /// All of the list is read, page after page, to be written out: pages are larger, and nobody asks for the total.
    #[serde(skip)]
    #[param(ignore)]
    pub in_full: bool,
}

/// A sort that a list offers. The column must never be null.
#[derive(Clone, Copy, Debug)]
pub struct Sort<C> {
    pub word: &'static str,
    pub column: C,
}

/// A page of rows, not yet made into what is shown.
#[derive(Debug)]
pub struct Rows<M> {
    pub rows: Vec<M>,
    pub next: Option<String>,
    pub total: u64,
    pub total_capped: bool,
}

impl<M> Rows<M> {
    /// The page with each row as it is shown.
    pub fn map<T>(mut self, shown: impl FnMut(M) -> T) -> Page<T> {
        let items = std::mem::take(&mut self.rows).into_iter().map(shown);
        let items = items.collect();
        self.into_page(items)
    }

    /// The page with its items as they are shown, in the same order.
    pub fn into_page<T>(self, items: Vec<T>) -> Page<T> {
        let Self {
            rows: _,
            next,
            total,
            total_capped,
        } = self;
        Page {
            items,
            next,
            total,
            total_capped,
        }
    }
}

/// The place of a row in its list.
#[derive(Serialize, Deserialize)]
struct Cursor {
    sort: String,
    /// A number, an instant or a text, as the column has it.
    key: serde_json::Value,
    id: i64,
}

/// Reads one page of `select`. The first of `sorts` is used when none is asked for, newest (largest) first.
pub async fn page<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    query: &ListQuery,
    sorts: &[Sort<E::Column>],
    id: E::Column,
) -> Result<Rows<E::Model>, ApiError>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Sync,
{
    page_of(db, None, select, query, sorts, id).await
}

/// Reads one page of what `select` has within a stretch of an index.
pub async fn page_of<E>(
    db: &impl ConnectionTrait,
    stretch: Option<Stretch<E::Column>>,
    select: Select<E>,
    query: &ListQuery,
    sorts: &[Sort<E::Column>],
    id: E::Column,
) -> Result<Rows<E::Model>, ApiError>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Sync,
{
    let asked = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&asked) {
        return Err(wrong(
            "limit",
            FieldCode::OutOfRange,
            format!("must be 1 to {MAX_LIMIT}"),
        ));
    }
    let limit = if query.in_full { FULL_LIMIT } else { asked };
    let search = query.search.as_deref().unwrap_or_default();
    checks::not_too_long(search, SEARCH_LIMIT)
        .map_err(|error| FieldErrors::one("search", error))?;
    let default = format!("-{}", sorts.first().map_or("id", |sort| sort.word));
    let asked = query
        .sort
        .as_deref()
        .filter(|sort| !sort.is_empty())
        .unwrap_or(&default);
    let (word, order) = match asked.strip_prefix('-') {
        Some(word) => (word, Order::Desc),
        None => (asked, Order::Asc),
    };
    let Some(sort) = sorts.iter().find(|sort| sort.word == word) else {
        let words: Vec<&str> = sorts.iter().map(|sort| sort.word).collect();
        return Err(wrong(
            "sort",
            FieldCode::OutOfRange,
            format!("must be one of {}, with - for descending", words.join(", ")),
        ));
    };

    let after = query.after.as_deref().filter(|after| !after.is_empty());
    let cursor = after.map(|after| Cursor::read(after, asked)).transpose()?;
    let is_by_id = sort.column.as_str() == id.as_str();
    let walks = is_by_id && db.get_database_backend() == DbBackend::Postgres;
    let (all, rest) = match (stretch, &cursor) {
        (Some(stretch), cursor) if walks => {
            let last = cursor.as_ref().map(|cursor| cursor.id);
            let rest = stretch.walk(select.clone(), id, &order, last);
            (stretch.walk(select, id, &order, None), rest)
        }
        (stretch, cursor) => {
            let stretch = stretch.map(|stretch| stretch.condition());
            let all = select.filter(stretch.unwrap_or_else(Condition::all));
            let rest = match cursor {
                Some(cursor) => all.clone().filter(cursor.behind(sort.column, id, &order)?),
                None => all.clone(),
            };
            (all, rest)
        }
    };
    let mut rows = rest
        .order_by(sort.column, order.clone())
        .order_by(id, order)
        .limit(limit + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let shown = rows.len() as u64;
    let total = match (&cursor, more) {
        _ if query.in_full => 0,
        // These are all. Who counted them again could find others.
        (None, false) => shown,
        _ => Ord::max(count(db, &all, id).await?, shown),
    };
    let next = match rows.last() {
        Some(last) if more => Some(encode(last, asked, sort.column, id)?),
        _ => None,
    };
    Ok(Rows {
        rows,
        next,
        total: Ord::min(total, TOTAL_CAP),
        total_capped: total > TOTAL_CAP,
    })
}

/// An instant that a list is narrowed by, if it is one that can be kept.
pub fn instant(field: &str, instant: DateTime<Utc>) -> Result<DateTime<Utc>, ApiError> {
    if YEARS.contains(&instant.year()) {
        Ok(instant)
    } else {
        let message = "must be of the years 1 to 9999".to_owned();
        Err(wrong(field, FieldCode::OutOfRange, message))
    }
}

/// Counts no further than a page needs to tell. The ORM's own `count` would drop the limit.
async fn count<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: &Select<E>,
    id: E::Column,
) -> Result<u64, ApiError> {
    let ids = select
        .clone()
        .select_only()
        .column(id)
        .limit(TOTAL_CAP + 1)
        .into_query();
    let count = SeaQuery::select()
        .expr_as(Expr::cust("COUNT(*)"), "total")
        .from_subquery(ids, "counted")
        .to_owned();
    let row = db.query_one(&count).await?;
    let total: i64 = row.map_or(Ok(0), |row| row.try_get("", "total"))?;
    Ok(u64::try_from(total).unwrap_or(0))
}

impl Cursor {
    fn read(after: &str, asked: &str) -> Result<Self, ApiError> {
        let bytes = URL_SAFE_NO_PAD.decode(after).ok();
        let cursor: Option<Self> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        cursor
            .filter(|cursor| cursor.sort == asked)
            .ok_or_else(unreadable)
    }

    fn behind<C: ColumnTrait>(&self, key: C, id: C, order: &Order) -> Result<SimpleExpr, ApiError> {
        let value = key_value(&self.key, key.def().get_column_type()).ok_or_else(unreadable)?;
        let here = Expr::tuple([
            Expr::col(key.as_column_ref()),
            Expr::col(id.as_column_ref()),
        ]);
        let last = Expr::tuple([Expr::value(value), Expr::value(self.id)]);
        Ok(if *order == Order::Asc {
            here.gt(last)
        } else {
            here.lt(last)
        })
    }
}

fn unreadable() -> ApiError {
    let message = "is not the `next` of a page with this sort".to_owned();
    wrong("after", FieldCode::WrongType, message)
}

/// The key as its column has it. A cursor may have been made by hand: PostgreSQL refuses to compare a text with a
/// number, and takes no text with a NUL.
fn key_value(key: &serde_json::Value, column: &ColumnType) -> Option<Value> {
    match column {
        ColumnType::BigInteger => key.as_i64().map(Value::from),
        ColumnType::String(_) | ColumnType::Text => {
            let text = key.as_str().filter(|text| !text.contains('\0'))?;
            Some(text.into())
        }
        _ => {
            let instant: DateTime<Utc> = DateTime::deserialize(key).ok()?;
            YEARS.contains(&instant.year()).then(|| instant.into())
        }
    }
}

fn encode<M: ModelTrait>(
    row: &M,
    asked: &str,
    key: <M::Entity as EntityTrait>::Column,
    id: <M::Entity as EntityTrait>::Column,
) -> Result<String, ApiError> {
    let number = |value: Value| match value {
        Value::BigInt(Some(number)) => Ok(number),
        other => Err(ApiError::ours(format!(
            "a list is sorted by a column of unexpected type: {other:?}"
        ))),
    };
    let key = match row.get(key) {
        Value::String(Some(text)) => text.into(),
        Value::ChronoDateTimeUtc(Some(instant)) => {
            serde_json::to_value(instant).map_err(ApiError::ours)?
        }
        other => number(other)?.into(),
    };
    let cursor = Cursor {
        sort: asked.to_owned(),
        key,
        id: number(row.get(id))?,
    };
    let json = serde_json::to_vec(&cursor).map_err(ApiError::ours)?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

fn wrong(field: &str, code: FieldCode, message: String) -> ApiError {
    ApiError::Invalid(FieldErrors::one(field, FieldError::new(code, message)))
}
