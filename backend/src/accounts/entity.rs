//! The table of accounts.

use contract::accounts::Language;
use contract::listing::Owner;
use contract::permissions::Role;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// As it was written.
    pub email: String,
    /// Lower-cased, with the domain as punycode: unique.
    #[sea_orm(unique)]
    pub email_key: String,
    pub full_name: String,
    pub role: RoleWord,
    pub language: LanguageWord,
    pub time_zone: String,
    pub password_hash: String,
    pub confirmed_at: Option<DateTimeUtc>,
    pub blocked_at: Option<DateTimeUtc>,
    pub last_seen_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for Owner {
    fn from(user: Model) -> Self {
        Owner {
            id: user.id,
            email: user.email,
            full_name: user.full_name,
        }
    }
}

crate::database::words! {
    /// A role, by its word.
    RoleWord for Role { User = "user", ContentManager = "content_manager", Manager = "manager", Admin = "admin" }
}

crate::database::words! {
    /// A language, by its code.
    LanguageWord for Language { En = "en", Ru = "ru" }
}
