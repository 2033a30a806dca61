//! What everyone reads: published articles, and nothing that tells of others.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::blog::{ArticleCard, ArticleState};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::answers::{Answer, Made, until};
use super::entity::article;
use super::entity::heading::{Column, Entity, Model};
use super::markdown::{self, Place};
use super::pictures::Pictures;
use super::slugs;
use super::sources::stands;
use crate::app::App;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::problem::ApiError;

/// How old the counted readings in an answer may be. Changes are seen at once, those by other processes within a
/// second.
pub const FRESH_FOR: TimeDelta = TimeDelta::seconds(5);

const SORTS: [Sort<Column>; 2] = [
    // Of what is published it is never null.
    Sort {
        word: "published_at",
        column: Column::PublishedAt,
    },
    Sort {
        word: "readings",
        column: Column::Readings,
    },
];

/// A page of published articles.
pub async fn list(app: &App, query: &ListQuery) -> Result<Arc<Answer>, ApiError> {
    let now = app.clock.now();
    let ListQuery {
        limit,
        after,
        search,
        sort,
        in_full: _,
    } = query;
    let key = serde_json::to_string(&(limit, after, search, sort)).map_err(ApiError::ours)?;
    let made = async {
        let db = app.database.read();
        let mut select = headings(now);
        if let Some(search) = search
            && let Some(found) = search::matches(Kind::Article, None, Column::Id, search)
        {
            select = select.filter(found);
        }
        let mut rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
        let articles = std::mem::take(&mut rows.rows);
        let page = rows.into_page(cards(db, articles).await?);
        Made::document(&page, 0, fresh_until(db, now).await?)
    };
    app.blog.answers.get(&key, now, made).await
}

/// A published article by its address.
pub async fn article(app: &App, address: &str) -> Result<Arc<Answer>, ApiError> {
    let now = app.clock.now();
    let made = async {
        let db = app.database.read();
        let id = slugs::article_id(db, address).await?;
        let published = article::Entity::find_by_id(id).filter(is_published(now));
        let article = published.one(db).await?.ok_or(ApiError::NotFound)?;
        let version = article.version;
        let pictures = Pictures::find(db, [article.picture_id]).await?;
        let picture = pictures.of(article.picture_id, &article.picture_alt);
        let html = markdown::rendered(app, article.body.clone(), Place::Page).await?;
        let published_at = article.published_at.unwrap_or(now);
        let view = article.view(published_at, html, picture);
        Ok(Made::document(&view, version, now + FRESH_FOR)?.of_article(id))
    };
    let key = format!("article/{address}");
    app.blog.answers.get(&key, now, made).await
}

/// What is published now, without the bodies.
pub fn headings(now: DateTime<Utc>) -> Select<Entity> {
    Entity::find().filter(is_published(now))
}

/// The heading of a published article.
pub async fn heading(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    address: &str,
) -> Result<Model, ApiError> {
    let id = slugs::article_id(db, address).await?;
    let heading = headings(now).filter(Column::Id.eq(id)).one(db).await?;
    heading.ok_or(ApiError::NotFound)
}

/// Whole articles, the latest first.
pub async fn latest(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<article::Model>, DbErr> {
    article::Entity::find()
        .filter(is_published(now))
        .order_by_desc(article::Column::PublishedAt)
        .order_by_desc(article::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub async fn cards(
    db: &impl ConnectionTrait,
    articles: Vec<Model>,
) -> Result<Vec<ArticleCard>, ApiError> {
    let pictures = Pictures::find(db, articles.iter().map(|row| row.picture_id)).await?;
    let cards = articles.into_iter().filter_map(|article| {
        let picture = pictures.of(article.picture_id, &article.picture_alt);
        let published_at = article.published_at?;
        Some(article.card(published_at, picture))
    });
    Ok(cards.collect())
}

/// For how long what is known now of all articles holds.
pub async fn fresh_until(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbErr> {
    Ok(until(now, FRESH_FOR, next_publication(db, now).await?))
}

/// When the next scheduled article appears.
pub async fn next_publication(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let next: Option<Option<DateTime<Utc>>> = Entity::find()
        .select_only()
        .column(Column::PublishedAt)
        .filter(stands(Column::PublishedAt, ArticleState::Scheduled, now))
        .order_by_asc(Column::PublishedAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(next.flatten())
}

fn is_published(now: DateTime<Utc>) -> Condition {
    stands(article::Column::PublishedAt, ArticleState::Published, now)
}
