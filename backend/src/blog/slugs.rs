//! Addresses of articles: each leads to one article, and those under which it could once be read still do.

use contract::blog::slug;
use sea_orm::sea_query::{Query, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Set};

use super::entity::{article, former_slug};
use crate::problem::{ApiError, Taken as _};

/// More articles of one title than this are given up.
const NUMBERED_LIMIT: u64 = 1_000;

/// The id of the article that an address leads to: by the slug it has, by one it had, or by its id. Whether the
/// article may be known about is for the caller to say.
pub async fn article_id(db: &impl ConnectionTrait, address: &str) -> Result<i64, ApiError> {
    let id: Option<i64> = address.parse().ok();
    if let Some(id) = id.filter(|id| id.to_string() == address) {
        return Ok(id);
    }
    // Whatever else it is, it was never one; and PostgreSQL takes no text with a NUL.
    if slug::check(address).is_err() {
        return Err(ApiError::NotFound);
    }
    let former = Query::select()
        .column(former_slug::Column::ArticleId)
        .from(former_slug::Entity)
        .and_where(former_slug::Column::Slug.eq(address))
        .to_owned();
    // One statement: an article may be going back to an address that it had.
    let either = Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::Slug.eq(address))
        .union(UnionType::All, former)
        .to_owned();
    let row = db.query_one(&either).await?;
    Ok(row.ok_or(ApiError::NotFound)?.try_get_by_index(0)?)
}

/// A slug that no other article has or had: the chosen one, or one made from the title.
pub async fn free(
    tx: &impl ConnectionTrait,
    chosen: &str,
    title: &str,
    article_id: Option<i64>,
) -> Result<String, ApiError> {
    if !chosen.is_empty() {
        return if is_taken(tx, chosen, article_id).await? {
            Err(ApiError::Taken("slug"))
        } else {
            Ok(chosen.to_owned())
        };
    }
    let plain = slug::from_title(title);
    if !is_taken(tx, &plain, article_id).await? {
        return Ok(plain);
    }
    for number in 2..NUMBERED_LIMIT {
        let numbered = slug::numbered(&plain, number);
        if !is_taken(tx, &numbered, article_id).await? {
            return Ok(numbered);
        }
    }
    Err(ApiError::Taken("slug"))
}

/// Lets an address that readers know lead on to the article's new one.
pub async fn lead_on(
    tx: &impl ConnectionTrait,
    article_id: i64,
    before: &str,
    now: &str,
) -> Result<(), ApiError> {
    former_slug::Entity::delete_by_id(now).exec(tx).await?;
    let former = former_slug::ActiveModel {
        slug: Set(before.to_owned()),
        article_id: Set(article_id),
    };
    former_slug::Entity::insert(former)
        .exec_without_returning(tx)
        .await
        .taken("slug")?;
    Ok(())
}

async fn is_taken(
    tx: &impl ConnectionTrait,
    slug: &str,
    article_id: Option<i64>,
) -> Result<bool, DbErr> {
    // No article has this id.
    let own = article_id.unwrap_or(-1);
    let current = article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::Slug.eq(slug))
        .filter(article::Column::Id.ne(own))
        .into_tuple::<i64>();
    if current.one(tx).await?.is_some() {
        return Ok(true);
    }
    let former =
        former_slug::Entity::find_by_id(slug).filter(former_slug::Column::ArticleId.ne(own));
    Ok(former.one(tx).await?.is_some())
}
