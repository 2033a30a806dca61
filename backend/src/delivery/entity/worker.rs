//! A process that sends. Its beat tells the others that it lives.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub beat: i64,
    pub taken_over: bool,
    pub started_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
