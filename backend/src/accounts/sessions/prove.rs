//! Proving again that it is you, before what could lock somebody out.
//!
//! Whoever finds an open page could otherwise take the account for good. A proof takes all factors, as signing in
//! does, and puts a new session in the place of the one that asks, so that what was known of the old one is worth
//! nothing.

use contract::accounts::Proof;
use sea_orm::EntityTrait;

use super::entity as session;
use super::sign_in::{self, SignedIn};
use crate::accounts::entity as user;
use crate::accounts::limits::OWN_PASSWORD;
use crate::accounts::second_factor::check::{self, Checked};
use crate::accounts::sessions;
use crate::app::App;
use crate::audit::Actor;
use crate::config::Secret;
use crate::http::caller::CurrentUser;
use crate::limits;
use crate::problem::ApiError;

/// Checks all factors of who asks, and opens a session in place of theirs.
pub async fn prove(app: &App, caller: &CurrentUser, proof: Proof) -> Result<SignedIn, ApiError> {
    let Proof { password, code } = proof;
    let subject = caller.id.to_string();
    let limit = [(OWN_PASSWORD, subject.as_str())];
    limits::take(app, &limit).await?;
    let session_id = caller.session_id().ok_or(ApiError::SessionRequired)?;
    let user = user::Entity::find_by_id(caller.id)
        .one(app.database.read())
        .await?
        .ok_or(ApiError::SignedOut)?;
    let hash = Some(user.password_hash.clone());
    if !app.passwords.check(Secret::new(password), hash).await? {
        return Err(ApiError::WrongCredentials);
    }
    let code = check::asked_for(app, &user, code).await?;
    let now = app.clock.now();
    let tx = app.database.write().await?;
    let user = sign_in::unchanged(&tx, user).await?;
    let actor = Actor::from(caller);
    if let Some(code) = code
        && check::check(app, &tx, &user, &actor, &code, now).await? == Checked::Wrong
    {
        tx.commit().await?;
        return Err(ApiError::WrongCode);
    }
    limits::give_back(app, &tx, &limit).await?;
    let old = session::Entity::find_by_id(session_id)
        .one(&tx)
        .await?
        .ok_or(ApiError::SignedOut)?;
    let session = sessions::replace(&tx, &app.config.auth, old, now).await?;
    tx.commit().await?;
    sign_in::signed_in(app, &session)
}
