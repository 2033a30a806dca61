//! Making and finding accounts.

use chrono::{DateTime, Utc};
use contract::accounts::{FULL_NAME_LIMIT, Language, MeView, check_password};
use contract::address::Address;
use contract::checks;
use contract::permissions::{Permission, Role};
use contract::problem::FieldErrors;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set,
};

use super::entity as user;
use super::second_factor;
use super::strength;
use crate::address;
use crate::app::App;
use crate::config::Secret;
use crate::database::search;
use crate::http::caller::CurrentUser;
use crate::mailings::schedule;
use crate::problem::{ApiError, Taken};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: String,
    pub full_name: String,
    pub role: Role,
    pub password: Secret,
    pub language: Language,
    pub time_zone: String,
}

/// A checked account, with its password hashed.
#[derive(Clone, Debug)]
pub struct Account {
    email: Address,
    email_key: String,
    full_name: String,
    role: Role,
    password_hash: String,
    language: Language,
    time_zone: String,
}

/// Makes an account that may sign in at once: who makes it vouches for its address.
pub async fn create_user(app: &App, new: NewUser) -> Result<user::Model, ApiError> {
    let account = prepare(app, new).await?;
    let tx = app.database.write().await?;
    let user = insert(&tx, account, app.clock.now()).await?;
    tx.commit().await?;
    Ok(user)
}

/// Checks an account, weighs its password and hashes it: this takes too long for a transaction.
pub async fn prepare(app: &App, new: NewUser) -> Result<Account, ApiError> {
    let (account, password) = check(new)?;
    with_password(app, account, password).await
}

/// The same for the demo, unweighed: its passwords are printed for everybody to use, so they say whose they are
/// rather than being hard to guess. No letter ever leaves a demo.
pub async fn prepare_for_all_to_use(app: &App, new: NewUser) -> Result<Account, ApiError> {
    let (account, password) = check(new)?;
    let password_hash = app.passwords.hash(password).await?;
    Ok(Account {
        password_hash,
        ..account
    })
}

/// Checks what takes no time. The account has no password yet.
pub fn check(new: NewUser) -> Result<(Account, Secret), FieldErrors> {
    let NewUser {
        email,
        full_name,
        role,
        password,
        language,
        time_zone,
    } = new;
    let mut errors = FieldErrors::default();
    let email = Address::parse(&email).and_then(|email| Ok((address::key(&email)?, email)));
    let email = errors.keep("email", email);
    let full_name = errors.keep(
        "full_name",
        checks::optional_line(&full_name, FULL_NAME_LIMIT),
    );
    errors.keep("password", check_password(password.reveal()));
    errors.keep("time_zone", schedule::zone(&time_zone));
    let (Some((email_key, email)), Some(full_name), true) = (email, full_name, errors.is_empty())
    else {
        return Err(errors);
    };
    let account = Account {
        email,
        email_key,
        full_name,
        role,
        password_hash: String::new(),
        language,
        time_zone,
    };
    Ok((account, password))
}

/// The account with its password, weighed and hashed.
pub async fn with_password(
    app: &App,
    account: Account,
    password: Secret,
) -> Result<Account, ApiError> {
    let instance = &app.config.instance.name;
    let words = strength::words(instance, account.email.as_str(), &account.full_name);
    let password_hash = app.passwords.choose(password, words).await?;
    Ok(Account {
        password_hash,
        ..account
    })
}

impl Account {
    pub fn email_key(&self) -> &str {
        &self.email_key
    }
}

/// Writes a new account, confirmed.
pub async fn insert(
    tx: &impl ConnectionTrait,
    account: Account,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    insert_with(tx, account, Some(now), now).await
}

/// Writes a new account whose address is still to be confirmed.
pub async fn insert_unconfirmed(
    tx: &impl ConnectionTrait,
    account: Account,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    insert_with(tx, account, None, now).await
}

/// Lets an account be found by its address and name: after each change of one of them.
pub async fn index(tx: &impl ConnectionTrait, user: &user::Model) -> Result<(), DbErr> {
    let texts = [&user.email, &user.email_key, &user.full_name].map(String::as_str);
    search::index(tx, search::Kind::User, user.id, user.id, &texts).await
}

async fn insert_with(
    tx: &impl ConnectionTrait,
    account: Account,
    confirmed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    let Account {
        email,
        email_key,
        full_name,
        role,
        password_hash,
        language,
        time_zone,
    } = account;
    let user = user::ActiveModel {
        email: Set(email.as_str().to_owned()),
        email_key: Set(email_key),
        name_key: Set(full_name.to_lowercase()),
        full_name: Set(full_name),
        role: Set(role.into()),
        language: Set(language.into()),
        time_zone: Set(time_zone),
        city: Set(String::new()),
        password_hash: Set(password_hash),
        confirmed_at: Set(confirmed_at),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let user = user.insert(tx).await.taken("email")?;
    index(tx, &user).await?;
    Ok(user)
}

/// The account with this address, however it is written.
pub async fn find_by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<user::Model>, ApiError> {
    let key = Address::parse(email).and_then(|email| address::key(&email));
    let Ok(key) = key else {
        return Ok(None);
    };
    Ok(find_by_key(db, &key).await?)
}

/// The account whose address has this key.
pub async fn find_by_key(
    db: &impl ConnectionTrait,
    email_key: &str,
) -> Result<Option<user::Model>, DbErr> {
    user::Entity::find()
        .filter(user::Column::EmailKey.eq(email_key))
        .one(db)
        .await
}

/// The signed-in person's own account, and its version.
pub async fn me(app: &App, caller: &CurrentUser) -> Result<(MeView, i64), ApiError> {
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
