//! The table of changes of address under way.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// The new address, as it was written.
    pub email: String,
    pub email_key: String,
    /// When the link in the letter to the present address was taken.
    pub present_confirmed_at: Option<DateTimeUtc>,
    /// When the link in the letter to the new address was taken.
    pub new_confirmed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
