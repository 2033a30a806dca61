//! The table of who is in an audience.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audience_recipients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
