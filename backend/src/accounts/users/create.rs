//! Accounts made by administrators. Their people choose a password through a link in a letter.

use chrono::{DateTime, Utc};
use contract::accounts::users::NewUserAccount;
use contract::audit::Act;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::overseer::Overseer;
use super::password_link;
use super::view::{self, Versioned};
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::invitations::entity as invitation;
use crate::accounts::make::{self, Account, NewUser};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::idempotency::Once;
use crate::problem::ApiError;

/// Makes an account and sends its person a link to choose a password by.
pub async fn create(
    app: &App,
    by: &Overseer,
    new: NewUserAccount,
    once: Once,
) -> Result<Versioned, ApiError> {
    by.gives(new.role)?;
    let now = app.clock.now();
    let account = make::prepare(app, without_password(new)).await?;
    let tx = app.database.write().await?;
    let user = match once.earlier(&tx).await? {
        Some(id) => find::account(&tx, id).await?,
        None => insert(app, &tx, by, account, now).await?,
    };
    once.keep(&tx, user.id).await?;
    let answer = view::detail(app, &tx, user).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Makes an account with a password that its person has typed, as the command line lets them.
pub async fn with_password(
    app: &App,
    by: &Overseer,
    new: NewUser,
) -> Result<user::Model, ApiError> {
    let now = app.clock.now();
    let account = make::prepare(app, new).await?;
    let tx = app.database.write().await?;
    let user = make::insert(&tx, account, now).await?;
    made(&tx, by, &user, now).await?;
    tx.commit().await?;
    Ok(user)
}

async fn insert(
    app: &App,
    tx: &impl ConnectionTrait,
    by: &Overseer,
    account: Account,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    let user = make::insert(tx, account, now).await?;
    password_link::send_in(tx, &user, app.config.accounts.invitation_for, now).await?;
    made(tx, by, &user, now).await?;
    Ok(user)
}

/// What follows from an account that was made.
async fn made(
    tx: &impl ConnectionTrait,
    by: &Overseer,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    // Whoever was invited has an account now.
    invitation::Entity::delete_many()
        .filter(invitation::Column::EmailKey.eq(&user.email_key))
        .exec(tx)
        .await?;
    let entry = Entry::of_account(Act::UserCreated, user.clone().into());
    audit::record(tx, &by.actor, entry, now).await
}

/// No password opens it yet: its person chooses one by the link.
fn without_password(new: NewUserAccount) -> NewUser {
    let NewUserAccount {
        email,
        full_name,
        role,
        language,
        time_zone,
        city,
    } = new;
    NewUser {
        email,
        full_name,
        role,
        password: None,
        language,
        time_zone,
        city,
    }
}
