//! Who works at the company.

use chrono::{DateTime, TimeDelta, Utc};
use contract::accounts::Language;
use contract::permissions::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::SignIn;
use crate::accounts::entity as user;
use crate::accounts::make::{self, Account, NewUser};
use crate::app::App;
use crate::config::Secret;
use crate::problem::ApiError;

/// Those whose recipients, messages and mailings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Anna,
    Tom,
    Emily,
}

struct Person {
    full_name: &'static str,
    email: &'static str,
    password: &'static str,
    role: Role,
    language: Language,
    time_zone: &'static str,
}

const VERA: Person = Person {
    full_name: "Вера Орлова",
    email: "vera@ladoga.example",
    password: "golub-demo-admin",
    role: Role::Admin,
    language: Language::Ru,
    time_zone: "Europe/Moscow",
};
const DMITRY: Person = Person {
    full_name: "Дмитрий Ковалёв",
    email: "dmitry@ladoga.example",
    password: "golub-demo-manager",
    role: Role::Manager,
    language: Language::Ru,
    time_zone: "Europe/Moscow",
};
const EMILY: Person = Person {
    full_name: "Emily Clarke",
    email: "emily@ladoga.example",
    password: "golub-demo-content",
    role: Role::ContentManager,
    language: Language::En,
    time_zone: "Europe/London",
};
const ANNA: Person = Person {
    full_name: "Анна Соколова",
    email: "anna@ladoga.example",
    password: "golub-demo-user",
    role: Role::User,
    language: Language::Ru,
    time_zone: "Europe/Moscow",
};
const TOM: Person = Person {
    full_name: "Tom Baker",
    email: "tom@ladoga.example",
    password: "golub-demo-user",
    role: Role::User,
    language: Language::En,
    time_zone: "Europe/London",
};

/// The manager, who stops what others started.
pub const MANAGERS_NAME: &str = DMITRY.full_name;

/// Accounts with their passwords hashed, which takes a while.
pub struct Accounts(Vec<Account>);

/// The accounts as they are in the database.
pub struct Staff {
    vera: user::Model,
    dmitry: user::Model,
    anna: user::Model,
    tom: user::Model,
    emily: user::Model,
}

impl Staff {
    pub fn of(&self, who: Who) -> &user::Model {
        match who {
            Who::Anna => &self.anna,
            Who::Tom => &self.tom,
            Who::Emily => &self.emily,
        }
    }

    pub fn admin(&self) -> &user::Model {
        &self.vera
    }

    pub fn manager(&self) -> &user::Model {
        &self.dmitry
    }
}

pub fn sign_ins() -> Vec<SignIn> {
    let way_in = |person: Person| SignIn {
        role: person.role,
        email: person.email,
        password: person.password,
    };
    [VERA, DMITRY, EMILY, ANNA].map(way_in).to_vec()
}

pub async fn prepare(app: &App) -> Result<Accounts, ApiError> {
    let mut accounts = Vec::new();
    for person in [VERA, DMITRY, ANNA, TOM, EMILY] {
        let new = NewUser {
            email: person.email.to_owned(),
            full_name: person.full_name.to_owned(),
            role: person.role,
            password: Some(Secret::new(person.password)),
            language: person.language,
            time_zone: person.time_zone.to_owned(),
            city: String::new(),
        };
        accounts.push(make::prepare_for_all_to_use(app, new).await?);
    }
    Ok(Accounts(accounts))
}

/// Writes the accounts, made some months ago.
pub async fn insert(
    tx: &impl ConnectionTrait,
    accounts: Accounts,
    now: DateTime<Utc>,
) -> Result<Staff, ApiError> {
    let mut made = Vec::new();
    for (account, days) in accounts.0.into_iter().zip([180, 179, 150, 121, 98]) {
        made.push(make::insert(tx, account, now - TimeDelta::days(days)).await?);
    }
    match <[user::Model; 5]>::try_from(made) {
        Ok([vera, dmitry, anna, tom, emily]) => Ok(Staff {
            vera,
            dmitry,
            anna,
            tom,
            emily,
        }),
        Err(_) => Err(ApiError::ours("the demo lacks the accounts it prepared")),
    }
}

pub async fn are_there(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let vera = user::Entity::find().filter(user::Column::EmailKey.eq(VERA.email));
    Ok(vera.one(db).await?.is_some())
}
