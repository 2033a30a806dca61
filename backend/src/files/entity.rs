//! The table of files that no row points to.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loose_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// From then on it may be removed.
    pub due_at: DateTimeUtc,
    /// It is being removed: nothing may point to it any more.
    pub leaves: bool,
}

impl ActiveModelBehavior for ActiveModel {}
