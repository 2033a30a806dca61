//! Accounts made by administrators. Their people choose a password through a link in a letter.

use chrono::{DateTime, Utc};
use contract::accounts::users::NewUserAccount;
use contract::accounts::{CITY_LIMIT, FULL_NAME_LIMIT};
use contract::address::Address;
use contract::audit::Act;
use contract::checks;
use contract::problem::FieldErrors;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::overseer::Overseer;
use super::password_link;
use super::view::{self, Versioned};
use crate::accounts::entity as user;
use crate::accounts::find;
use crate::accounts::invitations::entity as invitation;
use crate::accounts::make::{self, NewUser};
use crate::address;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::idempotency::Once;
use crate::mailings::schedule;
use crate::problem::{ApiError, Taken};

/// Makes an account and sends its person a link to choose a password by.
pub async fn create(
    app: &App,
    by: &Overseer,
    new: NewUserAccount,
    once: Once,
) -> Result<Versioned, ApiError> {
    by.gives(new.role)?;
    let now = app.clock.now();
    let account = checked(new, now)?;
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
    account: user::ActiveModel,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    let user = account.insert(tx).await.taken("email")?;
    find::index(tx, &user).await?;
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

/// Confirmed at once: who makes it vouches for its address. No password opens it yet.
fn checked(new: NewUserAccount, now: DateTime<Utc>) -> Result<user::ActiveModel, FieldErrors> {
    let NewUserAccount {
        email,
        full_name,
        role,
        language,
        time_zone,
        city,
    } = new;
    let mut errors = FieldErrors::default();
    let email = Address::parse(&email).and_then(|email| Ok((address::key(&email)?, email)));
    let email = errors.keep("email", email);
    let full_name = checks::optional_line(&full_name, FULL_NAME_LIMIT);
    let full_name = errors.keep("full_name", full_name);
    let city = errors.keep("city", checks::optional_line(&city, CITY_LIMIT));
    let zone = errors.keep("time_zone", schedule::zone(&time_zone));
    let (Some((email_key, email)), Some(full_name), Some(city), Some(_)) =
        (email, full_name, city, zone)
    else {
        return Err(errors);
    };
    Ok(user::ActiveModel {
        email: Set(email.as_str().to_owned()),
        email_key: Set(email_key),
        name_key: Set(full_name.to_lowercase()),
        full_name: Set(full_name),
        role: Set(role.into()),
        language: Set(language.into()),
        time_zone: Set(time_zone),
        city: Set(city),
        password_hash: Set(String::new()),
        confirmed_at: Set(Some(now)),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    })
}
