//! The operations of the blog.

use contract::blog::pictures::PictureView;
use contract::blog::{
    ArticleCard, ArticleChange, ArticleSource, ArticleTotals, ArticleView, BodyPreview,
    BodyPreviewRequest, NewArticle, SourceCard,
};
use contract::listing::Page;

use crate::client::{Call, Version};
use crate::operations;

operations! {
    LIST: Get "/blog/articles" -> Page<ArticleCard>;
    READ: Get "/blog/articles/{slug}" -> ArticleView;
    SOURCES: Get "/blog/sources" -> Page<SourceCard>;
    TOTALS: Get "/blog/sources/totals" -> ArticleTotals;
    SOURCE: Get "/blog/articles/{slug}/source" -> ArticleSource;
    CREATE: Post "/blog/articles" -> ArticleSource;
    CHANGE: Patch "/blog/articles/{slug}" -> ArticleSource;
    PUBLISH: Post "/blog/articles/{slug}/publish" -> ArticleSource;
    DELETE: Delete "/blog/articles/{slug}" -> ();
    PREVIEW: Post "/blog/preview" -> BodyPreview;
    /// Takes the picture itself as its body.
    ADD_PICTURE: Post "/blog/pictures" -> PictureView;
}

pub fn create(article: &NewArticle) -> Call<ArticleSource> {
    CREATE.call().body(article)
}

/// Changes all that can be changed; the date only where it does not follow from what comes next.
pub fn change(version: &Version, article: NewArticle, keeps_date: bool) -> Call<ArticleSource> {
    let NewArticle {
        title,
        slug,
        summary,
        body,
        picture_id,
        picture_alt,
        published_at,
    } = article;
    let change = ArticleChange {
        title: Some(title),
        slug: Some(slug),
        summary: Some(summary),
        body: Some(body),
        picture_id: Some(picture_id),
        picture_alt: Some(picture_alt),
        published_at: (!keeps_date).then_some(published_at),
    };
    CHANGE.at(version).body(&change)
}

/// Shows a body as it will be read.
pub fn preview(body: &str) -> Call<BodyPreview> {
    let body = body.to_owned();
    PREVIEW
        .call()
        .body(&BodyPreviewRequest { body })
        .changing_nothing()
}
