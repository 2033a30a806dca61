//! The company's blog: four articles that were read, one that is coming, and one that is being written.

use chrono::{DateTime, TimeDelta, Utc};
use contract::blog::NewArticle;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::article_texts::{ARTICLES, Text, Writer};
use super::people::{Staff, Who};
use crate::app::App;
use crate::blog::entity::article;
use crate::blog::pictures;
use crate::blog::pictures::name::PictureName;
use crate::blog::pictures::used::InBody;
use crate::blog::service;
use crate::files::pictures::NotAPicture;
use crate::problem::ApiError;

/// The pictures of the articles, whose files are there.
pub struct Pictures(Vec<Option<PictureName>>);

/// Draws the pictures, which takes a while.
pub async fn prepare(app: &App) -> Result<Pictures, ApiError> {
    let mut names = Vec::new();
    for text in &ARTICLES {
        let Some(picture) = &text.picture else {
            names.push(None);
            continue;
        };
        let drawn = app.pictures.for_web(picture.drawing.png()?.into()).await?;
        let drawn = drawn.map_err(|NotAPicture| ApiError::ours("the demo draws no pictures"))?;
        names.push(Some(pictures::keep(app, drawn).await?));
    }
    Ok(Pictures(names))
}

pub async fn insert(
    tx: &impl ConnectionTrait,
    staff: &Staff,
    pictures: Pictures,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    for (text, picture) in ARTICLES.iter().zip(pictures.0) {
        let Text {
            writer,
            slug,
            title,
            summary,
            body,
            picture: shown,
            published,
            readings,
        } = text;
        let author = match writer {
            Writer::Vera => staff.admin(),
            Writer::Emily => staff.of(Who::Emily),
        };
        let published_at = published.map(|days| now + TimeDelta::days(days));
        // What is coming was written yesterday.
        let written_at =
            published_at.unwrap_or(now).min(now - TimeDelta::days(1)) - TimeDelta::hours(3);
        let picture_id = match &picture {
            Some(name) => Some(pictures::insert(tx, name, author.id, written_at).await?),
            None => None,
        };
        let new = NewArticle {
            title: (*title).to_owned(),
            slug: (*slug).to_owned(),
            summary: (*summary).to_owned(),
            body: (*body).to_owned(),
            picture_id,
            picture_alt: shown.as_ref().map_or("", |shown| shown.alt).to_owned(),
            published_at,
        };
        // Their pictures stand above them, none in a body.
        let article =
            service::insert(tx, author.id, new.check()?, &InBody::default(), written_at).await?;
        article::Entity::update_many()
            .col_expr(article::Column::Readings, Expr::value(*readings))
            .filter(article::Column::Id.eq(article.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
