//! The table of the day's secret, by which visitors are hashed. All processes use the same.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blog_visit_secrets")]
pub struct Model {
    /// Since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    pub secret: String,
}

impl ActiveModelBehavior for ActiveModel {}
