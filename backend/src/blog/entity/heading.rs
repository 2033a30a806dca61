//! The table of articles without their bodies: what lists, home and shared links show of them.

use chrono::{DateTime, Utc};
use contract::blog::pictures::PictureView;
use contract::blog::{ArticleCard, ArticleState, SourceCard};
use contract::listing::Owner;
use sea_orm::entity::prelude::*;

use super::article::{shown_readings, shown_summary};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blog_articles")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub author_id: i64,
    pub slug: String,
    pub title: String,
    pub title_key: String,
    pub summary: String,
    pub excerpt: String,
    pub picture_id: Option<i64>,
    pub picture_alt: String,
    pub published_at: Option<DateTimeUtc>,
    pub readings: i64,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What is said of it in a few words.
    pub fn shown_summary(&self) -> &str {
        shown_summary(&self.summary, &self.excerpt)
    }

    /// Of a published one.
    pub fn card(self, published_at: DateTime<Utc>, picture: Option<PictureView>) -> ArticleCard {
        let summary = self.shown_summary().to_owned();
        let Self {
            id,
            author_id: _,
            slug,
            title,
            title_key: _,
            summary: _,
            excerpt: _,
            picture_id: _,
            picture_alt: _,
            published_at: _,
            readings,
            version: _,
            created_at: _,
            updated_at: _,
        } = self;
        ArticleCard {
            id,
            slug,
            title,
            summary,
            picture,
            published_at,
            readings: shown_readings(readings),
        }
    }

    pub fn source_card(
        self,
        author: Owner,
        picture: Option<PictureView>,
        now: DateTime<Utc>,
    ) -> SourceCard {
        let summary = self.shown_summary().to_owned();
        let Self {
            id,
            author_id: _,
            slug,
            title,
            title_key: _,
            summary: _,
            excerpt: _,
            picture_id: _,
            picture_alt: _,
            published_at,
            readings,
            version: _,
            created_at,
            updated_at,
        } = self;
        SourceCard {
            id,
            slug,
            title,
            summary,
            picture,
            state: ArticleState::at(published_at, now),
            published_at,
            readings: shown_readings(readings),
            author,
            created_at,
            updated_at,
        }
    }
}
