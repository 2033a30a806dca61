//! What those who write the blog do with articles. They write it together: each may change what another began.

use chrono::{DateTime, Utc};
use contract::audit::{Act, AuditKind};
use contract::blog::{ArticleChange, ArticleSource, ArticleState, NewArticle};
use contract::listing::Owner;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, Select, Set};

use super::entity::article::{ActiveModel, Entity, Model};
use super::pictures;
use super::pictures::used::{self, InBody};
use super::{markdown, slugs, sources};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::clock;
use crate::database::hold;
use crate::database::search::{self, Kind};
use crate::files::loose;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::idempotency::Once;
use crate::problem::{ApiError, Taken as _};

/// An article as it is written, and its version.
pub type Versioned = (ArticleSource, i64);

pub async fn create(
    app: &App,
    user: &CurrentUser,
    new: NewArticle,
    once: Once,
) -> Result<Versioned, ApiError> {
    let new = new.check()?;
    let pictures = used::in_body(app, &new.body).await?;
    with_free_slug(!new.slug.is_empty(), async || {
        let now = app.clock.now();
        let tx = app.database.write().await?;
        let article = match once.earlier(&tx).await? {
            Some(id) => found(&tx, Entity::find_by_id(id)).await?,
            None => insert(&tx, user.id, new.clone(), &pictures, now).await?,
        };
        once.keep(&tx, article.id).await?;
        let answer = sources::view(&tx, article, now).await?;
        tx.commit().await?;
        Ok(answer)
    })
    .await
}

/// Changes what is given.
pub async fn change(
    app: &App,
    user: &CurrentUser,
    address: &str,
    change: ArticleChange,
    read: IfMatch,
) -> Result<Versioned, ApiError> {
    change.check()?;
    let pictures = match &change.body {
        Some(body) => {
            // Nothing is made of a body for an article that is not there.
            let db = app.database.read();
            let id = slugs::article_id(db, address).await?;
            found(db, Entity::find_by_id(id)).await?;
            Some(used::in_body(app, body).await?)
        }
        None => None,
    };
    let chosen = change.slug.as_ref().is_some_and(|slug| !slug.is_empty());
    with_free_slug(chosen, async || {
        let tx = app.database.write().await?;
        let current = held(&tx, address, read).await?;
        let new = change.clone().onto(current.as_new()).check()?;
        let answer = changed(app, &tx, user, current, new, pictures.as_ref()).await?;
        tx.commit().await?;
        Ok(answer)
    })
    .await
}

/// Lets everyone read it from now on. What is published already stays as it is.
pub async fn publish(
    app: &App,
    user: &CurrentUser,
    address: &str,
    read: IfMatch,
) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let current = held(&tx, address, read).await?;
    if current.state(now) == ArticleState::Published {
        return sources::view(&tx, current, now).await;
    }
    let new = NewArticle {
        published_at: Some(now),
        ..current.as_new()
    };
    let answer = changed(app, &tx, user, current, new.check()?, None).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Deletes an article, and the pictures that no other shows.
pub async fn delete(
    app: &App,
    user: &CurrentUser,
    address: &str,
    read: IfMatch,
) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let article = held(&tx, address, read).await?;
    let shown = used::hold_all(&tx, &article).await?;
    Entity::delete_by_id(article.id).exec(&tx).await?;
    search::forget(&tx, Kind::Article, article.id).await?;
    let unused = used::unused(&tx, shown).await?;
    let files = pictures::delete(app, &tx, unused).await?;
    let now = app.clock.now();
    audit::record_upon_others(&tx, user, article.author_id, now, |author| {
        entry(Act::ArticleDeleted, author, &article)
    })
    .await?;
    tx.commit().await?;
    loose::remove_now(app, &files).await;
    Ok(())
}

/// Writes a new article, already checked.
pub async fn insert(
    tx: &impl ConnectionTrait,
    author_id: i64,
    new: NewArticle,
    pictures: &InBody,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let shown = used::hold(tx, None, new.picture_id, Some(pictures)).await?;
    let slug = slugs::free(tx, &new.slug, &new.title, None).await?;
    let NewArticle {
        title,
        slug: chosen,
        summary,
        body,
        picture_id,
        picture_alt,
        published_at,
    } = new;
    let article = ActiveModel {
        author_id: Set(author_id),
        slug: Set(slug),
        slug_chosen: Set(!chosen.is_empty()),
        title_key: Set(title.to_lowercase()),
        title: Set(title),
        summary: Set(summary),
        excerpt: Set(markdown::excerpt(&body)),
        body: Set(body),
        picture_id: Set(picture_id),
        picture_alt: Set(picture_alt),
        published_at: Set(published_at.map(clock::kept)),
        was_public: Set(false),
        readings: Set(0),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let article = article.insert(tx).await.taken("slug")?;
    index(tx, &article).await?;
    used::note(tx, article.id, shown, now).await?;
    Ok(article)
}

/// Somebody else may take the slug made from a title at the same moment, unseen until they commit. Then it is done
/// again, once: another one is found.
async fn with_free_slug(
    chosen: bool,
    done: impl AsyncFn() -> Result<Versioned, ApiError>,
) -> Result<Versioned, ApiError> {
    match done().await {
        Err(ApiError::Taken(_)) if !chosen => done().await,
        answer => answer,
    }
}

async fn changed(
    app: &App,
    tx: &impl ConnectionTrait,
    user: &CurrentUser,
    before: Model,
    new: NewArticle,
    pictures: Option<&InBody>,
) -> Result<Versioned, ApiError> {
    let now = app.clock.now();
    let article = update(tx, before.clone(), new, pictures, now).await?;
    audit::record_upon_others(tx, user, before.author_id, now, |author| {
        entry(Act::ArticleChanged, author, &before).with_fields(&[
            ("title", before.title != article.title),
            ("slug", before.slug != article.slug),
            ("summary", before.summary != article.summary),
            ("body", before.body != article.body),
            ("picture_id", before.picture_id != article.picture_id),
            ("picture_alt", before.picture_alt != article.picture_alt),
            ("published_at", before.published_at != article.published_at),
        ])
    })
    .await?;
    sources::view(tx, article, now).await
}

async fn update(
    tx: &impl ConnectionTrait,
    current: Model,
    new: NewArticle,
    pictures: Option<&InBody>,
    now: DateTime<Utc>,
) -> Result<Model, ApiError> {
    let shown = used::hold(tx, Some(&current), new.picture_id, pictures).await?;
    let is_known = current.is_known(now);
    let (slug, slug_chosen) = slug_after(tx, &current, &new, is_known).await?;
    if slug != current.slug && is_known {
        slugs::lead_on(tx, current.id, &current.slug, &slug).await?;
    }
    let NewArticle {
        title,
        slug: _,
        summary,
        body,
        picture_id,
        picture_alt,
        published_at,
    } = new;
    let version = current.version + 1;
    let mut article = current.into_active_model();
    article.slug = Set(slug);
    article.slug_chosen = Set(slug_chosen);
    article.title_key = Set(title.to_lowercase());
    article.title = Set(title);
    article.summary = Set(summary);
    article.excerpt = Set(markdown::excerpt(&body));
    article.body = Set(body);
    article.picture_id = Set(picture_id);
    article.picture_alt = Set(picture_alt);
    article.published_at = Set(published_at.map(clock::kept));
    article.was_public = Set(is_known);
    article.version = Set(version);
    article.updated_at = Set(now);
    let article = article.update(tx).await.taken("slug")?;
    index(tx, &article).await?;
    used::note(tx, article.id, shown, now).await?;
    Ok(article)
}

/// The slug after a change, and whether it was chosen by hand. Of an article that readers know it changes by hand
/// alone.
async fn slug_after(
    tx: &impl ConnectionTrait,
    current: &Model,
    new: &NewArticle,
    is_known: bool,
) -> Result<(String, bool), ApiError> {
    if new.slug == current.slug {
        return Ok((current.slug.clone(), current.slug_chosen));
    }
    if new.slug.is_empty() && (is_known || new.title == current.title && !current.slug_chosen) {
        return Ok((current.slug.clone(), false));
    }
    let slug = slugs::free(tx, &new.slug, &new.title, Some(current.id)).await?;
    Ok((slug, !new.slug.is_empty()))
}

async fn index(tx: &impl ConnectionTrait, article: &Model) -> Result<(), ApiError> {
    let texts = [article.title.as_str(), article.shown_summary()];
    search::index(tx, Kind::Article, article.author_id, article.id, &texts).await?;
    Ok(())
}

/// The article, held for a change until the transaction ends.
async fn held(tx: &impl ConnectionTrait, address: &str, read: IfMatch) -> Result<Model, ApiError> {
    let id = slugs::article_id(tx, address).await?;
    let article = hold::one(tx, Entity::find_by_id(id)).await?;
    read.check(article.version)?;
    Ok(article)
}

async fn found(tx: &impl ConnectionTrait, article: Select<Entity>) -> Result<Model, ApiError> {
    article.one(tx).await?.ok_or(ApiError::NotFound)
}

/// What the audit log keeps of an act upon an article.
fn entry(act: Act, author: Owner, article: &Model) -> Entry {
    let (id, title) = (article.id, article.title.as_str());
    Entry::of_item(act, author, AuditKind::Article, id, title)
}
