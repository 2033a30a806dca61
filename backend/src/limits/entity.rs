//! The table of limits.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// From then on nothing is spent.
    pub free_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
