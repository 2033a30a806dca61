//! Avatars: a picture of one's own, made small, and shown to oneself and to those who look after accounts.
//!
//! A new picture has a new name. It is written first, then the account points to it, then the old one goes; what is
//! cut off in between is noted as loose and goes later. Who asks by the name of the current one may keep it for good.

use std::time::Duration;

use bytes::Bytes;
use contract::accounts::MeView;
use contract::accounts::profile::AVATAR_SIDE;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde::Deserialize;
use utoipa::IntoParams;

use super::me;
use crate::accounts::find;
use crate::accounts::tokens::random_text;
use crate::app::App;
use crate::files::loose;
use crate::files::pictures::NotAPicture;
use crate::http::caller::CurrentUser;
use crate::limits::{self, Limit};
use crate::problem::ApiError;

/// Each takes a moment of a processor and some memory.
const UPLOADS: Limit = Limit::new("avatars, person", 10, Duration::from_secs(60));

/// Which picture is meant.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AvatarVersion {
    /// As in `avatar_url`: where it is the current picture, the answer may be kept for good.
    #[param(example = "3q2p7w")]
    pub v: Option<String>,
}

/// A picture as it is kept.
#[derive(Debug)]
pub struct Avatar {
    /// The name of its file, which no other ever has.
    pub file: String,
    /// A JPEG.
    pub bytes: Bytes,
}

/// Takes a picture as one's own, in place of the one before.
pub async fn put(
    app: &App,
    caller: &CurrentUser,
    picture: Bytes,
) -> Result<(MeView, i64), ApiError> {
    limits::take(app, &[(UPLOADS, &caller.id.to_string())]).await?;
    let small = app.pictures.square(picture, AVATAR_SIDE).await?;
    let small = small.map_err(|NotAPicture| not_a_picture())?;
    let file = random_text()?;
    loose::announce(app, &[path(&file)]).await?;
    app.files.put(&path(&file), small).await?;
    point_to(app, caller.id, Some(file)).await?;
    me::read(app, caller).await
}

/// Takes one's picture away, if there is one.
pub async fn delete(app: &App, caller: &CurrentUser) -> Result<(), ApiError> {
    point_to(app, caller.id, None).await
}

/// The picture of an account. One whose file is not there may have been replaced since the account was read.
pub async fn read(app: &App, user_id: i64) -> Result<Avatar, ApiError> {
    match current(app, user_id).await {
        Err(ApiError::NotFound) => current(app, user_id).await,
        read => read,
    }
}

/// Removes the file of an account that is deleted, for whoever tries again if that fails.
pub async fn remove(app: &App, file: &str) -> Result<(), ApiError> {
    app.files.delete(&path(file)).await
}

async fn current(app: &App, user_id: i64) -> Result<Avatar, ApiError> {
    let user = find::account(app.database.read(), user_id).await?;
    let file = user.avatar.ok_or(ApiError::NotFound)?;
    let bytes = app.files.get(&path(&file)).await?;
    let bytes = bytes.ok_or(ApiError::NotFound)?;
    Ok(Avatar { file, bytes })
}

/// Lets an account point to another file; the one before goes. It is no change of the profile: whoever edits that
/// meanwhile loses nothing by it.
async fn point_to(app: &App, user_id: i64, file: Option<String>) -> Result<(), ApiError> {
    let tx = app.database.write().await?;
    let user = find::held(&tx, user_id).await?;
    let [new, before] = [&file, &user.avatar].map(|file| file.as_deref().map(path));
    let (new, before) = (Vec::from_iter(new), Vec::from_iter(before));
    loose::tie(&tx, &new).await?;
    loose::untie(app, &tx, &before).await?;
    let mut changed = user.into_active_model();
    changed.avatar = Set(file);
    changed.updated_at = Set(app.clock.now());
    changed.update(&tx).await?;
    tx.commit().await?;
    loose::remove_now(app, &before).await;
    Ok(())
}

fn path(file: &str) -> String {
    format!("avatars/{file}.jpg")
}

fn not_a_picture() -> ApiError {
    let message = "must be a JPEG, PNG or WebP picture, whole, and no larger than 12,000 pixels in width and height";
    FieldErrors::one("avatar", FieldError::new(FieldCode::NotAPicture, message)).into()
}
