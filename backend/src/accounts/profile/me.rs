//! Who is signed in, as they see themselves.

use contract::accounts::MeView;
use contract::permissions::Permission;
use sea_orm::EntityTrait;

use crate::accounts::entity as user;
use crate::accounts::second_factor;
use crate::app::App;
use crate::http::caller::CurrentUser;
use crate::problem::ApiError;

/// The signed-in person's own account, and its version.
pub async fn read(app: &App, caller: &CurrentUser) -> Result<(MeView, i64), ApiError> {
    let user = user::Entity::find_by_id(caller.id)
        .one(app.database.read())
        .await?
        .ok_or(ApiError::SignedOut)?;
    let second_factor = second_factor::state(app.config.accounts.second_factor, &user);
    let user::Model {
        id,
        email,
        email_key: _,
        full_name,
        name_key: _,
        role,
        language,
        time_zone,
        phone,
        phone_verified_at,
        city,
        avatar,
        password_hash: _,
        second_factor_nonce: _,
        second_factor_at: _,
        second_factor_step: _,
        confirmed_at: _,
        blocked_at: _,
        block_reason: _,
        blocked_by: _,
        deleted_at: _,
        swept_at: _,
        last_seen_at: _,
        version,
        created_at,
        updated_at: _,
    } = user;
    let me = MeView {
        id,
        email,
        full_name,
        role: role.into(),
        permissions: Permission::ALL
            .into_iter()
            .filter(|permission| caller.may(*permission))
            .collect(),
        time_zone,
        language: language.into(),
        phone,
        phone_verified_at,
        city,
        avatar_url: avatar.map(|file| format!("/api/v1/me/avatar?v={file}")),
        second_factor,
        created_at,
    };
    Ok((me, version))
}
