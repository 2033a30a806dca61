//! One's own profile: what a person tells of themselves, and changes as they like.

pub mod avatar;
pub mod me;
pub mod routes;

use contract::accounts::MeView;
use contract::accounts::profile::ProfileChange;
use contract::problem::FieldErrors;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};

use crate::accounts::find;
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::http::version::IfMatch;
use crate::problem::ApiError;
use crate::zone;

/// Changes what is given, and tells who one is then.
pub async fn change(
    app: &App,
    caller: &CurrentUser,
    change: ProfileChange,
    read: IfMatch,
) -> Result<(MeView, i64), ApiError> {
    let change = checked(change)?;
    let tx = app.database.write().await?;
    let current = find::held(&tx, caller.id).await?;
    read.check(current.version)?;
    if change != ProfileChange::default() {
        let ProfileChange {
            full_name,
            city,
            language,
            time_zone,
        } = change;
        let full_name = full_name.unwrap_or_else(|| current.full_name.clone());
        let city = city.unwrap_or_else(|| current.city.clone());
        let language = language.map_or(current.language, Into::into);
        let time_zone = time_zone.unwrap_or_else(|| current.time_zone.clone());
        let version = current.version + 1;
        let mut changed = current.into_active_model();
        changed.name_key = Set(full_name.to_lowercase());
        changed.full_name = Set(full_name);
        changed.city = Set(city);
        changed.language = Set(language);
        changed.time_zone = Set(time_zone);
        changed.version = Set(version);
        changed.updated_at = Set(app.clock.now());
        let changed = changed.update(&tx).await?;
        find::index(&tx, &changed).await?;
    }
    tx.commit().await?;
    me::read(app, caller).await
}

fn checked(change: ProfileChange) -> Result<ProfileChange, FieldErrors> {
    let zone = change.time_zone.as_deref().map(zone::named).transpose();
    let (mut errors, change) = match change.check() {
        Ok(change) => (FieldErrors::default(), change),
        Err(errors) => (errors, ProfileChange::default()),
    };
    errors.keep("time_zone", zone);
    errors.finish()?;
    Ok(change)
}
