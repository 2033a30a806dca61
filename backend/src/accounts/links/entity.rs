//! The table of one-time links.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_links")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub purpose: Purpose,
    /// Random; part of what the token is derived from.
    pub nonce: String,
    /// For a change of address: the new one.
    pub email: Option<String>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Confirms the address of an account.
    #[sea_orm(string_value = "confirm")]
    Confirm,
    /// Chooses a password, which confirms the address too.
    #[sea_orm(string_value = "password")]
    Password,
    /// Lets the present address be changed.
    #[sea_orm(string_value = "email_present")]
    EmailPresent,
    /// Confirms the new address.
    #[sea_orm(string_value = "email_new")]
    EmailNew,
}
