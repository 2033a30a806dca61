//! Confirming an address: the link shows that its letters are read, the password that it is read by who signed up.
//!
//! Neither is enough alone. Whoever signs up with an address of somebody else knows the password and has no link; who
//! opens a letter that they never asked for, or has a mail scanner open it for them, has the link and not the
//! password. If the address's owner wants the account, they sign up themselves: that takes the password away from
//! whoever was there first ([`crate::accounts::sign_up`]).

use contract::accounts::sign_up::Confirmation;
use contract::audit::Act;
use contract::problem::{FieldCode, FieldError, FieldErrors};
use sea_orm::EntityTrait;

use crate::accounts::entity as user;
use crate::accounts::limits;
use crate::accounts::links::{self, Purpose};
use crate::accounts::sessions::sign_in::{self, SignedIn};
use crate::accounts::sign_up;
use crate::app::App;
use crate::audit::{self, Actor, Entry};
use crate::config::Secret;
use crate::http::client::Client;
use crate::problem::ApiError;

/// Confirms the address of an account, and signs in: there is no second factor yet that could be asked for.
pub async fn confirm(
    app: &App,
    confirmation: Confirmation,
    client: Client,
) -> Result<SignedIn, ApiError> {
    confirmation.check()?;
    let Confirmation { token, password } = confirmation;
    // The link is looked at first and taken last: a wrong password costs no link, and without a link nothing is tried.
    let db = app.database.read();
    let found = links::find(db, &app.tokens, Purpose::Confirm, &token, app.clock.now()).await?;
    let user = user::Entity::find_by_id(found.user_id).one(db).await?;
    let user = user.ok_or(ApiError::LinkExpired)?;
    limits::sign_in(app, &user.email, &client).await?;
    let hash = Some(user.password_hash.clone());
    if !app.passwords.check(Secret::new(password), hash).await? {
        return Err(wrong_password());
    }
    if user.blocked_at.is_some() {
        return Err(ApiError::Blocked);
    }

    let now = app.clock.now();
    let tx = app.database.write().await?;
    let link = links::take(&tx, &app.tokens, Purpose::Confirm, &token, now).await?;
    if !sign_up::confirmed(&tx, link.user_id, now).await? {
        return Err(ApiError::LinkExpired);
    }
    let user = sign_in::unchanged(&tx, user).await?;
    let actor = Actor::account(&user, &client.address);
    let entry = Entry::of_account(Act::SignedUp, user.clone().into());
    audit::record(&tx, &actor, entry, now).await?;
    let session = sign_in::enter(app, &tx, user, client, now).await?;
    tx.commit().await?;
    sign_in::signed_in(app, &session)
}

fn wrong_password() -> ApiError {
    let error = FieldError::new(
        FieldCode::WrongPassword,
        "is not the one that was chosen when signing up",
    );
    FieldErrors::one("password", error).into()
}
