//! Articles as those who write the blog see them: all of them, with what they are written in.

use chrono::{DateTime, Utc};
use contract::blog::{ArticleState, ArticleTotals, SourceCard};
use contract::listing::Page;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::article;
use super::entity::heading::{Column, Entity};
use super::pictures::Pictures;
use super::service::Versioned;
use super::slugs;
use crate::accounts::owners::Owners;
use crate::app::App;
use crate::database::count;
use crate::database::keyset::{self, ListQuery, Sort};
use crate::database::search::{self, Kind};
use crate::problem::ApiError;

const SORTS: [Sort<Column>; 4] = [
    Sort {
        word: "updated_at",
        column: Column::UpdatedAt,
    },
    // Ids are given in the order of creation.
    Sort {
        word: "created_at",
        column: Column::Id,
    },
    Sort {
        word: "title",
        column: Column::TitleKey,
    },
    Sort {
        word: "readings",
        column: Column::Readings,
    },
];

/// Which articles to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SourceFilter {
    /// Only those that stand so.
    pub state: Option<ArticleState>,
    /// Only those that this person wrote first.
    pub author_id: Option<i64>,
}

pub async fn list(
    app: &App,
    query: &ListQuery,
    filter: &SourceFilter,
) -> Result<Page<SourceCard>, ApiError> {
    let (db, now) = (app.database.read(), app.clock.now());
    let SourceFilter { state, author_id } = *filter;
    let mut select = Entity::find();
    if let Some(state) = state {
        select = select.filter(stands(Column::PublishedAt, state, now));
    }
    if let Some(author_id) = author_id {
        select = select.filter(Column::AuthorId.eq(author_id));
    }
    if let Some(search) = &query.search
        && let Some(found) = search::matches(Kind::Article, author_id, Column::Id, search)
    {
        select = select.filter(found);
    }
    let rows = keyset::page(db, select, query, &SORTS, Column::Id).await?;
    let authors = Owners::find(db, rows.rows.iter().map(|row| row.author_id)).await?;
    let pictures = Pictures::find(db, rows.rows.iter().map(|row| row.picture_id)).await?;
    Ok(rows.map(|row| {
        let picture = pictures.of(row.picture_id, &row.picture_alt);
        let author = authors.of(row.author_id);
        row.source_card(author, picture, now)
    }))
}

pub async fn totals(app: &App) -> Result<ArticleTotals, ApiError> {
    let (db, now) = (app.database.read(), app.clock.now());
    let of = async |state| {
        let articles = Entity::find().filter(stands(Column::PublishedAt, state, now));
        count::exact(db, articles).await
    };
    let drafts = of(ArticleState::Draft).await?;
    let scheduled = of(ArticleState::Scheduled).await?;
    let published = of(ArticleState::Published).await?;
    Ok(ArticleTotals {
        all: drafts + scheduled + published,
        drafts,
        scheduled,
        published,
    })
}

pub async fn read(app: &App, address: &str) -> Result<Versioned, ApiError> {
    let db = app.database.read();
    let id = slugs::article_id(db, address).await?;
    let article = article::Entity::find_by_id(id).one(db).await?;
    view(db, article.ok_or(ApiError::NotFound)?, app.clock.now()).await
}

/// The article with its version.
pub async fn view(
    db: &impl ConnectionTrait,
    article: article::Model,
    now: DateTime<Utc>,
) -> Result<Versioned, ApiError> {
    let authors = Owners::find(db, [article.author_id]).await?;
    let pictures = Pictures::find(db, [article.picture_id]).await?;
    let picture = pictures.of(article.picture_id, &article.picture_alt);
    let (author, version) = (authors.of(article.author_id), article.version);
    Ok((article.source(author, picture, now), version))
}

/// A condition: what was published at this column's instant stands so now.
pub fn stands(at: impl ColumnTrait, state: ArticleState, now: DateTime<Utc>) -> Condition {
    Condition::all().add(match state {
        ArticleState::Draft => at.is_null(),
        ArticleState::Scheduled => at.gt(now),
        ArticleState::Published => at.lte(now),
    })
}
