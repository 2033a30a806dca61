//! The table of who read what in this hour and the one before.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blog_visits")]
pub struct Model {
    /// Since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// A hash with the day's secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub visitor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
