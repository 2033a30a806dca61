//! One-time views: a letter's HTML behind a link that opens once, within a minute.
//!
//! A letter may be anybody's HTML. It is shown in a frame that may do nothing, and the frame cannot send an access
//! token; hence a link that needs none, and is worth nothing afterwards.

use std::time::Duration;

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::view_entity::{ActiveModel, Column, Entity};
use crate::accounts::tokens;
use crate::app::App;
use crate::http::reply::Reply;
use crate::problem::ApiError;

const OPENS_FOR: Duration = Duration::from_secs(60);
const PURPOSE: &str = "one-time view";

/// No scripts, no forms, no requests to anywhere; only our own page may frame it.
const CONTENT_SECURITY_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; \
     img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Keeps a letter's HTML for one look and gives the link to it.
pub async fn keep(app: &App, html: String) -> Result<String, ApiError> {
    let now = app.clock.now();
    let token = tokens::random_text()?;
    let tx = app.database.write().await?;
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now))
        .exec(&tx)
        .await?;
    let view = ActiveModel {
        token_hash: Set(app.tokens.keyed_hash(PURPOSE, &token)),
        // PostgreSQL keeps no NUL, and HTML has none.
        html: Set(html.replace('\0', "")),
        expires_at: Set(now + OPENS_FOR),
    };
    Entity::insert(view).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(format!("/api/v1/views/{token}"))
}

/// Shows a letter's HTML once.
///
/// The link comes from a preview; it opens within 60 seconds, for `<iframe sandbox>`.
#[utoipa::path(
    tag = "messages",
    security(()),
    params(("token" = String, Path, example = "3q2-7w")),
    responses((status = 200, body = String, content_type = "text/html"))
)]
#[get("/views/{token}")]
pub async fn open_view(app: Data<App>, token: Path<String>) -> Reply {
    let html = take(&app, &token).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .body(html))
}

async fn take(app: &App, token: &str) -> Result<String, ApiError> {
    let hash = app.tokens.keyed_hash(PURPOSE, token);
    let tx = app.database.write().await?;
    let view = Entity::find_by_id(hash.clone())
        .one(&tx)
        .await?
        .ok_or(ApiError::NotFound)?;
    let deleted = Entity::delete_by_id(hash).exec(&tx).await?;
    tx.commit().await?;
    // Of two who come at once, the one that deletes it sees it.
    if deleted.rows_affected == 1 && view.expires_at > app.clock.now() {
        Ok(view.html)
    } else {
        Err(ApiError::NotFound)
    }
}
