//! The table of articles.

use chrono::{DateTime, Utc};
use contract::blog::pictures::PictureView;
use contract::blog::{ArticleSource, ArticleState, ArticleView, NewArticle};
use contract::listing::Owner;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blog_articles")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who wrote it first. Everyone who writes the blog may change it.
    pub author_id: i64,
    pub slug: String,
    /// By hand: it does not follow the title.
    pub slug_chosen: bool,
    pub title: String,
    /// Lower-cased, to sort by.
    pub title_key: String,
    pub summary: String,
    /// The beginning of the body, where no summary was written.
    pub excerpt: String,
    pub body: String,
    pub picture_id: Option<i64>,
    pub picture_alt: String,
    /// None: a draft. In the future: scheduled.
    pub published_at: Option<DateTimeUtc>,
    /// It was published once before its date was last changed.
    pub was_public: bool,
    pub readings: i64,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn state(&self, now: DateTime<Utc>) -> ArticleState {
        ArticleState::at(self.published_at, now)
    }

    /// Everyone could read it once: links to it may be anywhere.
    pub fn is_known(&self, now: DateTime<Utc>) -> bool {
        self.was_public || self.state(now) == ArticleState::Published
    }

    /// What is said of it in a few words.
    pub fn shown_summary(&self) -> &str {
        shown_summary(&self.summary, &self.excerpt)
    }

    /// Of a published one.
    pub fn view(
        self,
        published_at: DateTime<Utc>,
        body_html: String,
        picture: Option<PictureView>,
    ) -> ArticleView {
        let summary = self.shown_summary().to_owned();
        let Self {
            id,
            author_id: _,
            slug,
            slug_chosen: _,
            title,
            title_key: _,
            summary: _,
            excerpt: _,
            body: _,
            picture_id: _,
            picture_alt: _,
            published_at: _,
            was_public: _,
            readings,
            version: _,
            created_at: _,
            updated_at,
        } = self;
        ArticleView {
            id,
            slug,
            title,
            summary,
            body_html,
            picture,
            published_at,
            updated_at,
            readings: shown_readings(readings),
        }
    }

    pub fn source(
        self,
        author: Owner,
        picture: Option<PictureView>,
        now: DateTime<Utc>,
    ) -> ArticleSource {
        let (state, slug_known) = (self.state(now), self.is_known(now));
        let Self {
            id,
            author_id: _,
            slug,
            slug_chosen,
            title,
            title_key: _,
            summary,
            excerpt: _,
            body,
            picture_id: _,
            picture_alt: _,
            published_at,
            was_public: _,
            readings,
            version: _,
            created_at,
            updated_at,
        } = self;
        ArticleSource {
            id,
            slug,
            slug_chosen,
            slug_known,
            title,
            summary,
            body,
            picture,
            state,
            published_at,
            readings: shown_readings(readings),
            author,
            created_at,
            updated_at,
        }
    }

    /// What it would be made from again, for a change to go onto.
    pub fn as_new(&self) -> NewArticle {
        NewArticle {
            title: self.title.clone(),
            slug: if self.slug_chosen {
                self.slug.clone()
            } else {
                String::new()
            },
            summary: self.summary.clone(),
            body: self.body.clone(),
            picture_id: self.picture_id,
            picture_alt: self.picture_alt.clone(),
            published_at: self.published_at,
        }
    }
}

/// The beginning of the body stands in where no summary was written.
pub fn shown_summary<'a>(summary: &'a str, excerpt: &'a str) -> &'a str {
    if summary.is_empty() { excerpt } else { summary }
}

pub fn shown_readings(readings: i64) -> u64 {
    u64::try_from(readings).unwrap_or(0)
}
