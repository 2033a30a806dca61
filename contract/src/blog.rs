//! The blog: articles, written in Markdown by content managers, read by everyone.
//!
//! Anybody reads `GET blog/articles` and `GET blog/articles/{slug}`: what is published, and nothing else. Who writes
//! the blog lists everything by `GET blog/sources` (with `GET blog/sources/totals`), opens one by
//! `GET blog/articles/{slug}/source`, and keeps it by `POST blog/articles`, `PATCH` and `DELETE blog/articles/{slug}`
//! and `POST blog/articles/{slug}/publish`; in these `{slug}` may also be the article's id. Whether an article is a
//! draft, scheduled or published follows from its `published_at` alone.

pub mod pictures;
pub mod slug;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::pictures::PictureView;
use crate::checks;
use crate::listing::Owner;
use crate::problem::{FieldCode, FieldError, FieldErrors};

pub const TITLE_LIMIT: u64 = 200;
pub const SUMMARY_LIMIT: u64 = 500;
/// In characters of Markdown.
pub const BODY_LIMIT: u64 = 200_000;

/// Where an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleState {
    /// Only who writes the blog sees it.
    Draft,
    /// It appears by itself at `published_at`.
    Scheduled,
    /// Everyone may read it.
    Published,
}

impl ArticleState {
    pub const ALL: [ArticleState; 3] = [
        ArticleState::Draft,
        ArticleState::Scheduled,
        ArticleState::Published,
    ];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            ArticleState::Draft => "draft",
            ArticleState::Scheduled => "scheduled",
            ArticleState::Published => "published",
        }
    }

    /// Where an article with this publication date stands now.
    pub fn at(published_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match published_at {
            None => ArticleState::Draft,
            Some(at) if at > now => ArticleState::Scheduled,
            Some(_) => ArticleState::Published,
        }
    }
}

/// A published article in a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct ArticleCard {
    pub id: i64,
    /// Its place in the address: `/blog/{slug}`.
    #[schema(example = "kak-varit-kofe")]
    pub slug: String,
    #[schema(example = "Как варить кофе")]
    pub title: String,
    /// Plain text; the beginning of the body where none was written.
    pub summary: String,
    pub picture: Option<PictureView>,
    pub published_at: DateTime<Utc>,
    /// How often it was read: each visitor counts once an hour.
    pub readings: u64,
}

/// A published article.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct ArticleView {
    pub id: i64,
    /// The one it has now; another than was asked for, where it had that before.
    #[schema(example = "kak-varit-kofe")]
    pub slug: String,
    pub title: String,
    /// Plain text; the beginning of the body where none was written.
    pub summary: String,
    /// The body as HTML that is safe to show in a page: sanitised, without styles, its headings below the title's.
    #[schema(example = "<p>…</p>")]
    pub body_html: String,
    pub picture: Option<PictureView>,
    pub published_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// How often it was read: each visitor counts once an hour.
    pub readings: u64,
}

/// An article in the list of who writes the blog.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct SourceCard {
    pub id: i64,
    pub slug: String,
    pub title: String,
    /// Plain text; the beginning of the body where none was written.
    pub summary: String,
    pub picture: Option<PictureView>,
    pub state: ArticleState,
    pub published_at: Option<DateTime<Utc>>,
    pub readings: u64,
    /// Who wrote it first. Of an account that was deleted only the id is known.
    pub author: Owner,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// An article as who writes the blog opens it. Its `ETag` goes into `If-Match` of a change.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct ArticleSource {
    pub id: i64,
    pub slug: String,
    /// The slug was chosen by hand and does not follow the title.
    pub slug_chosen: bool,
    /// Readers know the slug: from now on it changes by hand alone.
    pub slug_known: bool,
    pub title: String,
    /// As it was written; empty where the beginning of the body stands in.
    pub summary: String,
    /// Markdown.
    pub body: String,
    pub picture: Option<PictureView>,
    pub state: ArticleState,
    /// None: a draft. In the future: scheduled.
    pub published_at: Option<DateTime<Utc>>,
    pub readings: u64,
    /// Who wrote it first. Of an account that was deleted only the id is known.
    pub author: Owner,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How many articles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct ArticleTotals {
    pub all: u64,
    pub drafts: u64,
    pub scheduled: u64,
    pub published: u64,
}

/// A new article: a draft, unless it has a publication date.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    #[schema(example = "Как варить кофе")]
    pub title: String,
    /// Its place in the address; empty: made from the title, until it is published.
    #[serde(default)]
    #[schema(example = "kak-varit-kofe")]
    pub slug: String,
    /// Plain text; empty: the beginning of the body stands in.
    #[serde(default)]
    pub summary: String,
    /// Markdown, with tables, footnotes, code and a safe part of HTML. Pictures are those that were given to
    /// `POST blog/pictures`; others become links.
    #[serde(default)]
    #[schema(example = "Вода — **98 %** чашки.")]
    pub body: String,
    /// The picture above it, by its id.
    #[serde(default)]
    pub picture_id: Option<i64>,
    /// What is to be seen on it, in words; empty: it is decoration.
    #[serde(default)]
    pub picture_alt: String,
    /// None: a draft. In the future: it appears by itself then.
    #[serde(default)]
    pub published_at: Option<DateTime<Utc>>,
}

impl NewArticle {
    /// The article with its texts trimmed, or what is wrong with it.
    pub fn check(&self) -> Result<NewArticle, FieldErrors> {
        let Self {
            title,
            slug,
            summary,
            body,
            picture_id,
            picture_alt,
            published_at,
        } = self;
        let mut errors = FieldErrors::default();
        let title = errors.keep("title", checks::line(title, TITLE_LIMIT));
        let slug = errors.keep("slug", slug::check(slug));
        let summary = errors.keep("summary", checks::optional_line(summary, SUMMARY_LIMIT));
        let body = errors.keep("body", body_text(body, published_at.is_some()));
        let alt = checks::optional_line(picture_alt, pictures::ALT_LIMIT);
        let picture_alt = errors.keep("picture_alt", alt);
        errors.keep("published_at", date(*published_at));
        match (title, slug, summary, body, picture_alt) {
            (Some(title), Some(slug), Some(summary), Some(body), Some(picture_alt))
                if errors.is_empty() =>
            {
                Ok(NewArticle {
                    title,
                    slug,
                    summary,
                    body,
                    picture_id: *picture_id,
                    picture_alt,
                    published_at: *published_at,
                })
            }
            _ => Err(errors),
        }
    }
}

/// Instants outside of these cannot be kept.
fn date(at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, FieldError> {
    match at {
        Some(at) if !(1..=9999).contains(&at.year()) => {
            let message = "must be of the years 1 to 9999";
            Err(FieldError::new(FieldCode::OutOfRange, message))
        }
        at => Ok(at),
    }
}

/// A draft may have nothing to say yet.
fn body_text(raw: &str, is_for_readers: bool) -> Result<String, FieldError> {
    let body = checks::text(raw, BODY_LIMIT)?;
    if is_for_readers && body.trim().is_empty() {
        let message = "must not be empty in an article that is to be published";
        return Err(FieldError::new(FieldCode::Required, message));
    }
    Ok(body)
}

/// A change: what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Another address; links to the one it had while it was published still lead to it. Empty: made from the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `null` takes the picture away.
    #[serde(
        default,
        deserialize_with = "checks::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub picture_id: Option<Option<i64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture_alt: Option<String>,
    /// `null` makes it a draft again.
    #[serde(
        default,
        deserialize_with = "checks::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub published_at: Option<Option<DateTime<Utc>>>,
}

impl ArticleChange {
    /// What is wrong with it whatever it changes: a body that nobody needs to look into.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(body) = &self.body {
            errors.keep("body", body_text(body, false));
        }
        errors.finish()
    }

    /// The whole article as it would be after this change.
    pub fn onto(self, current: NewArticle) -> NewArticle {
        let Self {
            title,
            slug,
            summary,
            body,
            picture_id,
            picture_alt,
            published_at,
        } = self;
        NewArticle {
            title: title.unwrap_or(current.title),
            slug: slug.unwrap_or(current.slug),
            summary: summary.unwrap_or(current.summary),
            body: body.unwrap_or(current.body),
            picture_id: picture_id.unwrap_or(current.picture_id),
            picture_alt: picture_alt.unwrap_or(current.picture_alt),
            published_at: published_at.unwrap_or(current.published_at),
        }
    }
}

/// A body that is being written, to be shown as it will be read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyPreviewRequest {
    /// Markdown.
    #[schema(example = "Вода — **98 %** чашки.")]
    pub body: String,
}

impl BodyPreviewRequest {
    pub fn check(&self) -> Result<String, FieldErrors> {
        body_text(&self.body, false).map_err(|error| FieldErrors::one("body", error))
    }
}

/// A body as it will be read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct BodyPreview {
    /// The same HTML that the article would have as `body_html`.
    pub html: String,
    /// Its beginning as plain text: what stands in where no summary is written.
    pub excerpt: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_an_article_stands_follows_from_its_date() {
        let now: DateTime<Utc> = "2030-05-01T06:00:00Z".parse().unwrap();
        let second = chrono::TimeDelta::seconds(1);
        assert_eq!(ArticleState::at(None, now), ArticleState::Draft);
        let coming = ArticleState::at(Some(now + second), now);
        assert_eq!(coming, ArticleState::Scheduled);
        assert_eq!(ArticleState::at(Some(now), now), ArticleState::Published);
        for state in ArticleState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.word());
        }
    }

    #[test]
    fn a_draft_may_be_empty_and_what_is_to_be_read_may_not() {
        let draft = NewArticle {
            title: " Water ".to_owned(),
            ..NewArticle::default()
        };
        assert_eq!(draft.check().unwrap().title, "Water");
        let coming = NewArticle {
            published_at: Some("2030-05-01T06:00:00Z".parse().unwrap()),
            body: " \n".to_owned(),
            ..draft
        };
        let errors = coming.check().unwrap_err();
        assert_eq!(errors.of("body")[0].code, FieldCode::Required);
    }

    #[test]
    fn a_change_tells_null_from_nothing() {
        let current = NewArticle {
            title: "Water".to_owned(),
            picture_id: Some(7),
            ..NewArticle::default()
        };
        let change: ArticleChange = serde_json::from_str(r#"{"title": "Milk"}"#).unwrap();
        let changed = change.onto(current.clone());
        assert_eq!(
            (changed.title.as_str(), changed.picture_id),
            ("Milk", Some(7))
        );
        let change: ArticleChange = serde_json::from_str(r#"{"picture_id": null}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&change).unwrap(),
            r#"{"picture_id":null}"#
        );
        assert_eq!(change.onto(current).picture_id, None);
    }
}
