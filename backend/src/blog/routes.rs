//! The blog's part of the API that everyone uses: reading.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use contract::blog::{ArticleCard, ArticleView};
use contract::listing::Page;
use contract::permissions::Permission;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{feed, pictures, public, writing_routes};
use crate::app::App;
use crate::database::keyset::ListQuery;
use crate::http::body::{PictureFile, Query};
use crate::http::client::Client;
use crate::http::guard::Anyone;
use crate::http::head::is_for_headers_alone;
use crate::http::reply::{self, Reply};

pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(read)
        .service(read_feed)
        .service(picture)
        .configure(writing_routes::routes);
}

/// Lists published articles.
///
/// `search` looks at the beginnings of the words of title and summary. Sorts: `published_at` (the default, newest
/// first), `readings`. The answer is the same for everyone and may be some seconds old.
#[utoipa::path(
    tag = "blog",
    security(()),
    params(ListQuery),
    responses(
        (status = 200, body = Page<ArticleCard>),
        (status = 304, description = "You have it already.")
    )
)]
#[get("/blog/articles")]
async fn list(
    _anyone: Anyone,
    app: Data<App>,
    query: Query<ListQuery>,
    request: HttpRequest,
) -> Reply {
    let answer = public::list(&app, &query.0).await?;
    reply::public(&request, "application/json", &answer.body)
}

/// Reads a published article.
///
/// By its slug, by one that it had before, or by its id. Each visitor counts as a reader once an hour, also by a 304;
/// who writes the blog does not, nor who sends no `User-Agent` or is a machine by it, nor `HEAD`. A visitor is a hash of address
/// and `User-Agent` with a secret of the day, kept for two hours at most.
#[utoipa::path(
    tag = "blog",
    security(()),
    params(("slug" = String, Path, example = "kak-varit-kofe")),
    responses(
        (status = 200, body = ArticleView),
        (status = 304, description = "You have it already.")
    )
)]
#[get("/blog/articles/{slug}")]
async fn read(
    anyone: Anyone,
    app: Data<App>,
    slug: Path<String>,
    client: Client,
    request: HttpRequest,
) -> Reply {
    let answer = public::article(&app, &slug).await?;
    let writes = anyone.0.is_some_and(|user| user.may(Permission::WriteBlog));
    if let Some(id) = answer.article_id
        && !writes
        && !is_for_headers_alone(&request)
    {
        app.blog.readings.note(app.clock.now(), id, &client);
    }
    reply::public(&request, "application/json", &answer.body)
}

/// The latest articles as an Atom feed.
#[utoipa::path(
    tag = "blog",
    security(()),
    responses(
        (status = 200, content_type = "application/atom+xml", body = String),
        (status = 304, description = "You have it already.")
    )
)]
#[get("/blog/feed.xml")]
async fn read_feed(_anyone: Anyone, app: Data<App>, request: HttpRequest) -> Reply {
    let answer = feed::read(&app).await?;
    reply::public(&request, feed::CONTENT_TYPE, &answer.body)
}

/// Shows a picture in one of its sizes.
///
/// What lies behind a name never changes: it may be kept for good.
#[utoipa::path(
    tag = "blog",
    security(()),
    params(("name" = String, Path, example = "3q2p7w-1600x900.jpg")),
    responses(
        (status = 200, description = "A JPEG or a WebP.", content(
            (inline(PictureFile) = "image/jpeg"),
            (inline(PictureFile) = "image/webp")
        )),
        (status = 304, description = "You have it already.")
    )
)]
#[get("/blog/pictures/{name}")]
async fn picture(
    _anyone: Anyone,
    app: Data<App>,
    name: Path<String>,
    request: HttpRequest,
) -> Reply {
    let (kind, bytes) = pictures::read(&app, &name).await?;
    reply::immutable(&request, kind.content_type(), &name, bytes)
}
