//! Getting in again when the password is forgotten: a link to a new one, by letter.

use contract::accounts::check_password;
use contract::accounts::sign_up::PasswordReset;
use contract::audit::{Act, AuditDetailName};
use contract::problem::FieldErrors;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::change;
use super::strength;
use crate::accounts::api_tokens;
use crate::accounts::email_change;
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::limits;
use crate::accounts::links::{self, Purpose};
use crate::accounts::sessions;
use crate::accounts::sign_up;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::config::Secret;
use crate::http::client::Client;
use crate::limits::give_back;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// The account that a new password was asked for, and the link to choose it by; none where there is no such account,
/// or it is not confirmed, or blocked. The letter goes to the account's address, not to the one that was typed: two
/// that have the same key may still be two mailboxes.
///
/// It is asked when the letter is written, not when the link is asked for: so nobody learns by the time that takes
/// whether there is such an account.
pub async fn resolve(
    app: &App,
    tx: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<(user::Model, links::Model)>, ApiError> {
    let user = find::by_email(tx, typed).await?;
    let Some(user) = user.filter(user::Model::is_active) else {
        return Ok(None);
    };
    let (works_for, now) = (app.config.accounts.reset_for, app.clock.now());
    let link = links::make(tx, user.id, Purpose::Password, None, works_for, now).await?;
    Ok(Some((user, link)))
}

/// Chooses a password by the link of a letter, which proves the address as well. Everybody is signed out, and no
/// API token works any more; nobody is signed in, so that a second factor is still asked for.
pub async fn choose(app: &App, reset: PasswordReset, client: &Client) -> Result<(), ApiError> {
    let PasswordReset { token, password } = reset;
    check_password(&password).map_err(|error| FieldErrors::one("password", error))?;
    // The link is looked at first and taken last: a password that is too weak costs no link, and without a link
    // nothing is hashed.
    let db = app.database.read();
    let found = links::find(db, &app.tokens, Purpose::Password, &token, app.clock.now()).await?;
    let user = person(db, found.user_id).await?;
    let words = strength::words(&app.config.instance.name, &user.email, &user.full_name);
    let password_hash = app.passwords.choose(Secret::new(password), words).await?;

    let now = app.clock.now();
    let tx = app.database.write().await?;
    let link = links::take(&tx, &app.tokens, Purpose::Password, &token, now).await?;
    let user = person(&tx, link.user_id).await?;
    let actor = Actor::account(&user, &client.address);
    if sign_up::confirmed(&tx, user.id, now).await? {
        let entry = Entry::of_account(Act::SignedUp, user.clone().into());
        audit::record(&tx, &actor, entry, now).await?;
    }
    if !change::replace(&tx, &user, password_hash, now).await? {
        return Err(ApiError::LinkExpired);
    }
    // Whoever else was in may have asked for the account to have another address.
    email_change::forget(&tx, user.id).await?;
    let ended = sessions::close_all(&tx, user.id, None).await?;
    let changed = Notice::PasswordChanged {
        client: client.address.clone(),
        api_tokens: 0,
    };
    notices::tell(&tx, Addressee::from(&user), &changed, now).await?;
    // They may have made themselves API tokens, which would outlive the password that they had.
    api_tokens::all::delete(&tx, &user, &actor, now).await?;
    // Who has the letter may sign in now, however often others tried.
    let tries = [(limits::SIGN_IN_ADDRESS, user.email_key.as_str())];
    give_back(app, &tx, &tries).await?;
    let entry = Entry::of_account(Act::PasswordReset, user.into())
        .with(AuditDetailName::Sessions, ended.to_string());
    audit::record(&tx, &actor, entry, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn person(db: &impl ConnectionTrait, id: i64) -> Result<user::Model, ApiError> {
    let user = user::Entity::find_by_id(id).one(db).await?;
    user.filter(|user| user.deleted_at.is_none())
        .ok_or(ApiError::LinkExpired)
}
