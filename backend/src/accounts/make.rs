//! Making accounts: checked, their password weighed and hashed, then written.

use chrono::{DateTime, Utc};
use contract::accounts::{CITY_LIMIT, FULL_NAME_LIMIT, Language, check_password};
use contract::checks;
use contract::permissions::Role;
use contract::problem::FieldErrors;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};

use super::entity as user;
use super::find;
use super::passwords::strength;
use crate::address::Keyed;
use crate::app::App;
use crate::config::Secret;
use crate::problem::{ApiError, Taken};
use crate::zone;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: String,
    pub full_name: String,
    pub role: Role,
    /// None: its person is yet to choose one, by a link.
    pub password: Option<Secret>,
    pub language: Language,
    pub time_zone: String,
    pub city: String,
}

/// A checked account, with its password hashed, if it has one.
#[derive(Clone, Debug)]
pub struct Account {
    email: Keyed,
    full_name: String,
    role: Role,
    password_hash: String,
    language: Language,
    time_zone: String,
    city: String,
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
    let password_hash = match password {
        Some(password) => app.passwords.hash(password).await?,
        None => String::new(),
    };
    Ok(Account {
        password_hash,
        ..account
    })
}

/// Checks what takes no time. The account has no password yet.
pub fn check(new: NewUser) -> Result<(Account, Option<Secret>), FieldErrors> {
    let NewUser {
        email,
        full_name,
        role,
        password,
        language,
        time_zone,
        city,
    } = new;
    let mut errors = FieldErrors::default();
    let email = errors.keep("email", Keyed::parse(&email));
    let full_name = checks::optional_line(&full_name, FULL_NAME_LIMIT);
    let full_name = errors.keep("full_name", full_name);
    let city = errors.keep("city", checks::optional_line(&city, CITY_LIMIT));
    if let Some(password) = &password {
        errors.keep("password", check_password(password.reveal()));
    }
    errors.keep("time_zone", zone::named(&time_zone));
    let (Some(email), Some(full_name), Some(city), true) =
        (email, full_name, city, errors.is_empty())
    else {
        return Err(errors);
    };
    let account = Account {
        email,
        full_name,
        role,
        password_hash: String::new(),
        language,
        time_zone,
        city,
    };
    Ok((account, password))
}

/// The account with its password, if one was given, weighed and hashed.
pub async fn with_password(
    app: &App,
    account: Account,
    password: Option<Secret>,
) -> Result<Account, ApiError> {
    let Some(password) = password else {
        return Ok(account);
    };
    let instance = &app.config.instance.name;
    let words = strength::words(instance, account.email.address.as_str(), &account.full_name);
    let password_hash = app.passwords.choose(password, words).await?;
    Ok(Account {
        password_hash,
        ..account
    })
}

impl Account {
    pub fn email_key(&self) -> &str {
        &self.email.key
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

async fn insert_with(
    tx: &impl ConnectionTrait,
    account: Account,
    confirmed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<user::Model, ApiError> {
    let Account {
        email: Keyed { address, key },
        full_name,
        role,
        password_hash,
        language,
        time_zone,
        city,
    } = account;
    let user = user::ActiveModel {
        email: Set(address.as_str().to_owned()),
        email_key: Set(key),
        name_key: Set(full_name.to_lowercase()),
        full_name: Set(full_name),
        role: Set(role.into()),
        language: Set(language.into()),
        time_zone: Set(time_zone),
        city: Set(city),
        password_hash: Set(password_hash),
        confirmed_at: Set(confirmed_at),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let user = user.insert(tx).await.taken("email")?;
    find::index(tx, &user).await?;
    Ok(user)
}
