//! The table of one-time views.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_views")]
pub struct Model {
    /// A keyed hash: what stands in the database opens nothing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub html: String,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
