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
    /// Lower-cased, to sort by.
    pub name_key: String,
    pub role: RoleWord,
    pub language: LanguageWord,
    pub time_zone: String,
    /// In E.164.
    pub phone: Option<String>,
    pub phone_verified_at: Option<DateTimeUtc>,
    pub city: String,
    /// The name of the picture's file.
    pub avatar: Option<String>,
    /// Empty: no password opens this account.
    pub password_hash: String,
    pub second_factor_nonce: Option<String>,
    pub second_factor_at: Option<DateTimeUtc>,
    pub second_factor_step: Option<i64>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub blocked_at: Option<DateTimeUtc>,
    pub block_reason: Option<String>,
    /// The name of who blocked.
    pub blocked_by: Option<String>,
    pub deleted_at: Option<DateTimeUtc>,
    /// When the last of what a deleted account owned was gone.
    pub swept_at: Option<DateTimeUtc>,
    pub last_seen_at: Option<DateTimeUtc>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// May this account be used?
    pub fn is_active(&self) -> bool {
        self.confirmed_at.is_some() && !self.is_out()
    }

    /// Is its person blocked, or gone? Then nothing of theirs is sent.
    pub fn is_out(&self) -> bool {
        self.blocked_at.is_some() || self.deleted_at.is_some()
    }

    /// The name to show to others; the address where there is none.
    pub fn name(&self) -> &str {
        if self.full_name.is_empty() {
            &self.email
        } else {
            &self.full_name
        }
    }
}

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
