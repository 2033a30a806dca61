//! Keyset pages: the next page begins behind the last row of this one, so that each costs the same.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contract::listing::{DEFAULT_LIMIT, MAX_LIMIT, Page, TOTAL_CAP};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, Value,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::problem::ApiError;

/// How a list is asked for. Each list documents the sorts it offers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Items per page: 1 to 200, 50 if not given.
    pub limit: Option<u64>,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Beginnings of words to look for.
    pub search: Option<String>,
    /// A field's name, with `-` before it for descending.
    pub sort: Option<String>,
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
    key: Key,
    id: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(i64),
    Instant(DateTime<Utc>),
    Text(String),
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
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(wrong(
            "limit",
            FieldCode::OutOfRange,
            format!("must be 1 to {MAX_LIMIT}"),
        ));
    }
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

    let total = select.clone().limit(TOTAL_CAP + 1).count(db).await?;
    let mut select = select;
    if let Some(after) = query.after.as_deref().filter(|after| !after.is_empty()) {
        select = select.filter(behind(after, asked, sort.column, id, &order)?);
    }
    let mut rows = select
        .order_by(sort.column, order.clone())
        .order_by(id, order)
        .limit(limit + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
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

fn behind<C: ColumnTrait>(
    after: &str,
    asked: &str,
    key: C,
    id: C,
    order: &Order,
) -> Result<SimpleExpr, ApiError> {
    let unreadable = || {
        wrong(
            "after",
            FieldCode::WrongType,
            "is not the `next` of a page with this sort".to_owned(),
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(after).map_err(|_| unreadable())?;
    let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    if cursor.sort != asked {
        return Err(unreadable());
    }
    let value: Value = match cursor.key {
        Key::Number(number) => number.into(),
        Key::Instant(instant) => instant.into(),
        Key::Text(text) => text.into(),
    };
    let here = Expr::tuple([
        Expr::col(key.as_column_ref()),
        Expr::col(id.as_column_ref()),
    ]);
    let last = Expr::tuple([Expr::value(value), Expr::value(cursor.id)]);
    Ok(if *order == Order::Asc {
        here.gt(last)
    } else {
        here.lt(last)
    })
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
        Value::String(Some(text)) => Key::Text(text),
        Value::ChronoDateTimeUtc(Some(instant)) => Key::Instant(instant),
        other => Key::Number(number(other)?),
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
