//! Pictures of the blog: taken from who writes it, drawn anew in sizes for the web, shown to whoever knows the name.
//!
//! A picture belongs to no article until one shows it. Its name is made by chance, so that nobody comes upon those of
//! a draft. What no article has shown for a day goes (somebody may be about to put it back); what a deleted article
//! alone has shown goes with it.

pub mod name;
pub mod used;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use contract::blog::pictures::PictureView;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use self::name::PictureName;
use super::entity::picture::{ActiveModel, Column, Entity, Model};
use crate::accounts::tokens::random_text;
use crate::app::App;
use crate::files::loose;
use crate::files::pictures::{NotAPicture, WebKind, WebPicture};
use crate::http::caller::CurrentUser;
use crate::limits::{self, Limit};
use crate::problem::ApiError;

/// Each takes some seconds of a processor and some memory.
const UPLOADS: Limit = Limit::new("blog pictures, person", 20, Duration::from_secs(10));
/// A picture that was taken out of an article may come back.
const KEPT_UNUSED: TimeDelta = TimeDelta::days(1);
/// So many go at a time.
const SWEPT_AT_ONCE: u64 = 20;

/// Pictures by their ids.
#[derive(Debug, Default)]
pub struct Pictures(HashMap<i64, Model>);

impl Pictures {
    pub async fn find(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = Option<i64>>,
    ) -> Result<Self, DbErr> {
        let ids: BTreeSet<i64> = ids.into_iter().flatten().collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let pictures = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
        let by_id = pictures.into_iter().map(|picture| (picture.id, picture));
        Ok(Self(by_id.collect()))
    }

    /// The picture as a page shows it, with an article's words for it.
    pub fn of(&self, id: Option<i64>, alt: &str) -> Option<PictureView> {
        let picture = self.0.get(&id?)?;
        Some(picture.name()?.view(picture.id, alt.to_owned()))
    }
}

impl Model {
    /// The name of the largest size.
    pub fn name(&self) -> Option<PictureName> {
        Some(PictureName {
            name: self.name.clone(),
            width: u32::try_from(self.width).ok()?,
            height: u32::try_from(self.height).ok()?,
            kind: WebKind::from_end(&self.kind)?,
        })
    }
}

/// Takes a picture that no article shows yet.
pub async fn upload(
    app: &App,
    caller: &CurrentUser,
    bytes: Bytes,
) -> Result<PictureView, ApiError> {
    limits::take(app, &[(UPLOADS, &caller.id.to_string())]).await?;
    let picture = app.pictures.for_web(bytes).await?;
    let picture = picture.map_err(|NotAPicture| not_a_picture())?;
    let name = keep(app, picture).await?;
    let tx = app.database.write().await?;
    let id = insert(&tx, &name, caller.id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(name.view(id, String::new()))
}

/// The kind and the bytes of one size.
pub async fn read(app: &App, file: &str) -> Result<(WebKind, Bytes), ApiError> {
    let name = PictureName::parse(file).ok_or(ApiError::NotFound)?;
    let bytes = app.files.get(&path(&name)).await?;
    Ok((name.kind, bytes.ok_or(ApiError::NotFound)?))
}

/// Writes all sizes under a new name, before any row points to them. Gives the name of the largest.
pub async fn keep(app: &App, picture: WebPicture) -> Result<PictureName, ApiError> {
    let WebPicture { kind, sizes } = picture;
    let name = random_text()?;
    let mut files = Vec::new();
    for size in sizes {
        let name = PictureName {
            name: name.clone(),
            width: size.width,
            height: size.height,
            kind,
        };
        files.push((name, size.bytes));
    }
    let paths: Vec<String> = files.iter().map(|(name, _)| path(name)).collect();
    loose::announce(app, &paths).await?;
    let mut largest = None;
    for ((name, bytes), path) in files.into_iter().zip(&paths) {
        app.files.put(path, bytes).await?;
        largest = Some(name);
    }
    largest.ok_or_else(|| ApiError::ours("a picture was drawn in no size at all"))
}

/// Writes the row of a picture whose files are there.
pub async fn insert(
    tx: &impl ConnectionTrait,
    name: &PictureName,
    uploaded_by: i64,
    now: DateTime<Utc>,
) -> Result<i64, ApiError> {
    let row = ActiveModel {
        name: Set(name.name.clone()),
        width: Set(i32::try_from(name.width).map_err(ApiError::ours)?),
        height: Set(i32::try_from(name.height).map_err(ApiError::ours)?),
        kind: Set(name.kind.end().to_owned()),
        uploaded_by: Set(uploaded_by),
        created_at: Set(now),
        unused_since: Set(Some(now)),
        ..Default::default()
    };
    let id = row.insert(tx).await?.id;
    loose::tie(tx, &paths(name)).await?;
    Ok(id)
}

/// Takes away the rows of pictures that are held; their files, which are given, are left to go.
pub async fn delete(
    app: &App,
    tx: &impl ConnectionTrait,
    pictures: Vec<Model>,
) -> Result<Vec<String>, ApiError> {
    let names = pictures.iter().filter_map(Model::name);
    let files: Vec<String> = names.flat_map(|name| paths(&name)).collect();
    let ids = pictures.iter().map(|picture| picture.id);
    Entity::delete_many()
        .filter(Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    loose::untie(app, tx, &files).await?;
    Ok(files)
}

/// Takes away those that no article has shown for a day.
pub async fn sweep(app: &App) -> Result<(), ApiError> {
    let long_ago = app.clock.now() - KEPT_UNUSED;
    let unused = Entity::find()
        .filter(Column::UnusedSince.lte(long_ago))
        .limit(SWEPT_AT_ONCE);
    while unused.clone().one(app.database.read()).await?.is_some() {
        let tx = app.database.write().await?;
        // Which an article took meanwhile is not among them any more.
        let held = unused.clone().order_by_asc(Column::Id).lock_exclusive();
        let files = delete(app, &tx, held.all(&tx).await?).await?;
        tx.commit().await?;
        loose::remove_now(app, &files).await;
    }
    Ok(())
}

/// Where all sizes of a picture are kept.
fn paths(name: &PictureName) -> Vec<String> {
    name.all_sizes().map(|size| path(&size)).collect()
}

fn path(name: &PictureName) -> String {
    format!("blog/{}", name.file())
}

fn not_a_picture() -> ApiError {
    let message = "must be a JPEG, PNG or WebP picture, whole, and no larger than 12,000 pixels in width and height";
    FieldErrors::one("picture", FieldError::new(FieldCode::NotAPicture, message)).into()
}
