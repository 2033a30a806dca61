//! A new password, chosen by who knows the present one.

use chrono::{DateTime, Utc};
use contract::accounts::check_password;
use contract::accounts::password::PasswordChange;
use contract::audit::{Act, AuditDetailName};
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::strength;
use crate::accounts::api_tokens;
use crate::accounts::entity as user;
use crate::accounts::limits;
use crate::accounts::links::{self, Purpose};
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::config::Secret;
use crate::http::caller::CurrentUser;
use crate::limits::give_back;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Changes the caller's own password. The session that asks stays, all others end.
pub async fn change(
    app: &App,
    caller: &CurrentUser,
    change: PasswordChange,
) -> Result<(), ApiError> {
    let PasswordChange {
        current_password,
        password,
    } = change;
    check_password(&password).map_err(|error| FieldErrors::one("password", error))?;
    limits::by_person(app, limits::OWN_PASSWORD, caller.id).await?;
    let user = user::Entity::find_by_id(caller.id)
        .one(app.database.read())
        .await?
        .ok_or(ApiError::SignedOut)?;
    let hash = Some(user.password_hash.clone());
    if !app
        .passwords
        .check(Secret::new(current_password), hash)
        .await?
    {
        return Err(wrong_password());
    }
    let words = strength::words(&app.config.instance.name, &user.email, &user.full_name);
    let password_hash = app.passwords.choose(Secret::new(password), words).await?;

    let now = app.clock.now();
    let tx = app.database.write().await?;
    if !replace(&tx, &user, password_hash, now).await? {
        return Err(wrong_password());
    }
    give_back(app, &tx, &[(limits::OWN_PASSWORD, &user.id.to_string())]).await?;
    let ended = sessions::close_all(&tx, user.id, caller.session_id()).await?;
    let changed = Notice::PasswordChanged {
        client: caller.client.clone(),
        // They stay, for programs that nobody thinks of at this moment; the letter says so.
        api_tokens: api_tokens::all::working(&tx, user.id, now).await?,
    };
    notices::tell(&tx, Addressee::from(&user), &changed, now).await?;
    let entry = Entry::of_account(Act::PasswordChanged, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &Actor::from(caller), entry, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an account another password in place of the one it was read with; links to choose one by work no more.
/// False: it has another one already, and keeps it.
pub(super) async fn replace(
    tx: &impl ConnectionTrait,
    user: &user::Model,
    password_hash: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(user::Column::UpdatedAt, Expr::value(now))
        .col_expr(
            user::Column::Version,
            Expr::col(user::Column::Version).add(1),
        )
        .filter(user::Column::Id.eq(user.id))
        .filter(user::Column::PasswordHash.eq(user.password_hash.as_str()))
        .exec(tx)
        .await?;
    links::forget(tx, user.id, Purpose::Password).await?;
    links::forget(tx, user.id, Purpose::Confirm).await?;
    Ok(changed.rows_affected == 1)
}

fn wrong_password() -> ApiError {
    let error = FieldError::new(FieldCode::WrongPassword, "is not your password");
    FieldErrors::one("current_password", error).into()
}
