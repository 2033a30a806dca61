//! The blog's part of the API for those who write it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, delete, get, patch, post};
use contract::blog::pictures::{PICTURE_BYTES_LIMIT, PictureView};
use contract::blog::{
    ArticleChange, ArticleSource, ArticleTotals, BodyPreview, BodyPreviewRequest, NewArticle,
    SourceCard,
};
use contract::listing::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::markdown::{self, Place};
use super::sources::{self, SourceFilter};
use super::{pictures, service};
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{Body, PictureBody, PictureFile, Query};
use crate::http::guard::{Allowed, WriteBlog};
use crate::http::reply::{self, Reply};
use crate::http::version::IfMatch;
use crate::idempotency::IdempotencyKey;

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_sources)
        .service(totals)
        .service(create)
        .service(read_source)
        .service(change)
        .service(delete)
        .service(publish)
        .service(preview)
        .service(upload);
}

/// Lists all articles for those who write them.
///
/// Drafts and scheduled ones too. `search` looks at the beginnings of the words of title and summary. Sorts:
/// `updated_at` (the default, newest first), `created_at`, `title`, `readings`.
#[utoipa::path(
    tag = "blog",
    params(ListQuery, SourceFilter),
    responses((status = 200, body = Page<SourceCard>), (status = 403))
)]
#[get("/blog/sources")]
async fn list_sources(
    _allowed: Allowed<WriteBlog>,
    app: Data<App>,
    query: Query<ListQuery>,
    filter: Query<SourceFilter>,
) -> Reply {
    reply::ok(&sources::list(&app, &query.0, &filter.0).await?)
}

/// Counts articles by where they stand.
#[utoipa::path(tag = "blog", responses((status = 200, body = ArticleTotals), (status = 403)))]
#[get("/blog/sources/totals")]
async fn totals(_allowed: Allowed<WriteBlog>, app: Data<App>) -> Reply {
    reply::ok(&sources::totals(&app).await?)
}

/// Adds an article.
///
/// Without a publication date it is a draft, with one in the future it appears by itself. The slug is made from the
/// title, where none is given; a chosen one that another article has or had is refused.
#[utoipa::path(
    tag = "blog",
    params(IdempotencyKey),
    request_body = NewArticle,
    responses(
        (status = 201, body = ArticleSource),
        (status = 403),
        (status = 409, description = "`taken`: another article has or had this slug.")
    )
)]
#[post("/blog/articles")]
async fn create(
    allowed: Allowed<WriteBlog>,
    app: Data<App>,
    key: IdempotencyKey,
    new: Body<NewArticle>,
) -> Reply {
    let once = key.once(allowed.user.id, "blog/articles", &new.0, app.clock.now())?;
    let (article, version) = service::create(&app, &allowed.user, new.0, once).await?;
    reply::created("blog/articles", article.id, &article, version)
}

/// Opens an article for those who write it.
///
/// By its slug, by one that it had before, or by its id.
#[utoipa::path(
    tag = "blog",
    params(("slug" = String, Path, example = "kak-varit-kofe")),
    responses(
        (status = 200, body = ArticleSource),
        (status = 304, description = "You have it already."),
        (status = 403)
    )
)]
#[get("/blog/articles/{slug}/source")]
async fn read_source(
    _allowed: Allowed<WriteBlog>,
    app: Data<App>,
    slug: Path<String>,
    request: HttpRequest,
) -> Reply {
    let (article, version) = sources::read(&app, &slug).await?;
    reply::read(&request, &article, version)
}

/// Changes an article: what is not given stays.
///
/// By its slug or its id. While readers do not know it, its slug follows the title; afterwards it changes by hand
/// alone, and the one before leads on to it.
#[utoipa::path(
    tag = "blog",
    params(("slug" = String, Path, example = "kak-varit-kofe"), IfMatch),
    request_body = ArticleChange,
    responses(
        (status = 200, body = ArticleSource),
        (status = 403),
        (status = 409, description = "`taken`: another article has or had this slug.")
    )
)]
#[patch("/blog/articles/{slug}")]
async fn change(
    allowed: Allowed<WriteBlog>,
    app: Data<App>,
    slug: Path<String>,
    if_match: IfMatch,
    change: Body<ArticleChange>,
) -> Reply {
    let (article, version) =
        service::change(&app, &allowed.user, &slug, change.0, if_match).await?;
    reply::changed(&article, version)
}

/// Deletes an article, and the pictures that no other shows.
#[utoipa::path(
    tag = "blog",
    params(("slug" = String, Path, example = "kak-varit-kofe"), IfMatch),
    responses((status = 204), (status = 403))
)]
#[delete("/blog/articles/{slug}")]
async fn delete(
    allowed: Allowed<WriteBlog>,
    app: Data<App>,
    slug: Path<String>,
    if_match: IfMatch,
) -> Reply {
    service::delete(&app, &allowed.user, &slug, if_match).await?;
    reply::no_content()
}

/// Publishes an article now.
///
/// What is published already stays as it is.
#[utoipa::path(
    tag = "blog",
    params(("slug" = String, Path, example = "kak-varit-kofe"), IfMatch),
    responses(
        (status = 200, body = ArticleSource),
        (status = 403),
        (status = 422, description = "`required`: there is nothing in it to read yet.")
    )
)]
#[post("/blog/articles/{slug}/publish")]
async fn publish(
    allowed: Allowed<WriteBlog>,
    app: Data<App>,
    slug: Path<String>,
    if_match: IfMatch,
) -> Reply {
    let (article, version) = service::publish(&app, &allowed.user, &slug, if_match).await?;
    reply::changed(&article, version)
}

/// Shows a body that is being written as it will be read.
#[utoipa::path(
    tag = "blog",
    request_body = BodyPreviewRequest,
    responses((status = 200, body = BodyPreview), (status = 403))
)]
#[post("/blog/preview")]
async fn preview(
    _allowed: Allowed<WriteBlog>,
    app: Data<App>,
    request: Body<BodyPreviewRequest>,
) -> Reply {
    let body = request.0.check()?;
    let excerpt = markdown::excerpt(&body);
    let html = markdown::rendered(&app, body, Place::Page).await?;
    reply::once(&BodyPreview { html, excerpt })
}

/// Takes a picture for the blog.
///
/// The body is the file: a JPEG, PNG or WebP of 10 MB and 12,000 by 12,000 pixels at most. It is drawn anew in sizes
/// for the web; nothing else of the file is kept, neither where the picture was taken nor with what. Its `id` is for
/// `picture_id` of an article, its `url` for a body: `![what is to be seen](url)`. A picture that no article shows
/// goes after a day.
#[utoipa::path(
    tag = "blog",
    request_body(content(
        (inline(PictureFile) = "image/jpeg"),
        (inline(PictureFile) = "image/png"),
        (inline(PictureFile) = "image/webp")
    )),
    responses(
        (status = 201, body = PictureView),
        (status = 403),
        (status = 422, description = "`not_a_picture`: what came is no JPEG, PNG or WebP, or is not whole, or too large."),
        (status = 429)
    )
)]
#[post("/blog/pictures")]
async fn upload(
    allowed: Allowed<WriteBlog>,
    app: Data<App>,
    picture: PictureBody<{ PICTURE_BYTES_LIMIT as usize }>,
) -> Reply {
    let picture = pictures::upload(&app, &allowed.user, picture.0).await?;
    reply::made_at(&picture.url, &picture)
}
